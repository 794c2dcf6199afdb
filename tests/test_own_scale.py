"""A scale of a regulator's own, whose words mean other things in the field of care."""

from __future__ import annotations

import pytest

from qa.service import Service
from qa.settings import Settings
from qa.web.pages.badges import legend

TABLE = """Name,Town,Postcode,Rating,Published
Wok,Brindle,A1 1AA,Poor,2024-01-02
Grill,Brindle,A1 1AB,Excellent,2024-01-02
Deli,Alden,A1 1AC,Good,2024-01-03
Bar,Alden,A1 1AD,,2024-01-03
"""
SCALE = '[scale]\nratings = ["Excellent", "Good", "Poor"]\n'


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("scale")
    (folder / "grades.csv").write_text(TABLE, encoding="utf-8")
    (folder / "grades.csv.toml").write_text(SCALE, encoding="utf-8")
    return Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Which places are rated Poor?", {"Wok"}),
        ("which places in Brindle are poor", {"Wok"}),
        ("Which places are excellent?", {"Grill"}),
        ("Is Wok poor?", {"Wok"}),
    ],
)
def test_its_words_are_ratings(asked: str, found: set[str], service: Service) -> None:
    assert {fact.subject for fact in service.ask(asked).facts} == found


@pytest.mark.parametrize(
    ("asked", "share"),
    [("What share of places is rated Poor?", 33.3), ("What percentage of places in Brindle is poor?", 50.0)],
)
def test_a_share_is_of_what_is_rated(asked: str, share: float, service: Service) -> None:
    assert service.ask(asked).figures[0].value == share


def test_a_share_of_all_is_none(service: Service) -> None:
    assert service.ask("What share of places is there in Brindle?").status == "not_found"


def test_the_meanings_of_another_scale_are_not_told(service: Service) -> None:
    assert {badge.meaning for badge in legend(service.scale.ratings)} == {""}
