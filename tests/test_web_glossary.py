"""The page of what words mean, and the ways that lead to it."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

HTML = {"Accept": "text/html"}
ROWS = """Location ID,Location Name,Location Primary Inspection Category,Domain,Latest Rating,Publication Date
1-1,Oak House,Residential social care,Overall,Good,2024-03-02
1-1,Oak House,Residential social care,Safe,Requires improvement,2024-03-02
1-1,Oak House,Residential social care,Well-led,Good,2024-03-02
"""
OWN = '[[terms]]\nname = "Off-rolling"\nmeans = "Taking a pupil <off> the register."\n'
STARS = '[scale]\nratings = ["Gold", "Silver"]\n'


def client(folder: Path, **texts: str) -> FlaskClient:
    for name, text in texts.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return create_app(Service.open(Settings.load({"cache": "none", "corpus": folder}, {}))).test_client()


def got(client: FlaskClient, address: str) -> BeautifulSoup:
    response = client.get(address, headers=HTML)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def explained(page: BeautifulSoup) -> dict[str, dict[str, str]]:
    """The words and what they mean, by their heading."""
    found: dict[str, dict[str, str]] = {}
    for heading in page.select("main h2"):
        listed = heading.find_next("dl")
        assert listed
        terms = ((word.get_text(strip=True), word.find_next("dd")) for word in listed.select("dt"))
        found[heading.get_text()] = {word: means.get_text() for word, means in terms if means}
    return found


def test_ratings_key_questions_and_other_words_are_explained(tmp_path: Path) -> None:
    told = explained(got(client(tmp_path, ratings__csv=ROWS), "/glossary"))
    assert list(told) == ["Ratings, the best first", "Key questions", "Other words"]
    assert list(told["Ratings, the best first"]) == [
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
    ]
    assert list(told["Key questions"]) == ["Safe", "Well-led"]
    assert {"Special measures", "Inherited rating", "CQC", "Key questions"} <= set(told["Other words"])
    assert all(means for group in told.values() for means in group.values())


def test_a_folders_own_words_are_there_as_text(tmp_path: Path) -> None:
    page = got(client(tmp_path, ratings__csv=ROWS, glossary__toml=OWN), "/glossary")
    assert explained(page)["Other words"]["Off-rolling"] == "Taking a pupil <off> the register."
    assert page.select("off") == []


def test_of_another_scale_nothing_is_said_that_is_not_known(tmp_path: Path) -> None:
    rows = "Name,Rating,Published\nOak House,Gold,2024-03-02\n"
    served = client(tmp_path, ratings__csv=rows, ratings__csv__toml=STARS)
    assert explained(got(served, "/glossary")) == {
        "Ratings, the best first": dict.fromkeys(
            ("Gold", "Silver"), "Nothing loaded here says what this means."
        )
    }
    assert got(served, "/subjects/oak-house").select(".explained, .cards a") == []


@pytest.mark.parametrize(
    ("address", "selector"),
    [
        ("/", "footer"),
        ("/", ".legend"),
        ("/?q=What+is+Oak+House+rated%3F", ".legend"),
        ("/subjects/1-1", ".overall"),
        ("/subjects/1-1", ".cards"),
    ],
)
def test_what_words_mean_is_one_press_away(tmp_path: Path, address: str, selector: str) -> None:
    served = client(tmp_path, ratings__csv=ROWS)
    links = [str(link["href"]) for link in got(served, address).select(f"{selector} a[href^='/glossary']")]
    assert links
    page = got(served, "/glossary")
    for link in links:
        _, _, identifier = link.partition("#")
        assert not identifier or page.find(id=identifier), link


def test_identifiers_are_of_one_word_each(tmp_path: Path) -> None:
    identifiers = [
        str(one["id"]) for one in got(client(tmp_path, ratings__csv=ROWS), "/glossary").select("[id]")
    ]
    assert len(identifiers) == len(set(identifiers))


def test_what_inherited_means_can_be_asked(tmp_path: Path, trusts: Service) -> None:
    service = trusts
    assert service.ask("what does inherited rating mean?").answer.text.startswith("Inherited rating: ")


def test_what_a_word_means_is_told_once_with_its_source_and_its_citation(trusts: Service) -> None:
    client = create_app(trusts).test_client()
    page = BeautifulSoup(client.get("/?q=What+does+inadequate+mean").text, "html.parser")
    told = page.select("#turn-1 .sentence")[0].get_text()
    assert told.startswith("Inadequate: ")
    assert not page.select("#turn-1 blockquote, #turn-1 h3:-soup-contains('digest')")
    assert page.select("#turn-1 .quotes .source")[0].get_text().startswith("Askwell’s digest of ")
    assert told in page.select("#turn-1 .cite pre")[0].get_text()
