"""Made question sets: seeded, of every kind that the tables allow, with golds that hold on a second count
from the file.
"""

import csv
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qa.errors import UsageError
from qa.evaluation.cases import Case
from qa.evaluation.making import MAKERS, load, make
from qa.evaluation.making.kinds import LONGEST_LIST, MOST_TIED
from qa.evaluation.making.world import World

HEADS = (
    "Location ID,Location Name,Care Home?,Location Primary Inspection Category,Location "
    "City,Location Post Code,Location Local Authority,"
    "Location Region,Service / Population Group,Domain,Latest Rating,Publication Date,Provider Name"
)
# name, care home, category, town, council, region, provider, rating, older rating
PLACES = [
    (
        "Applegarth House",
        "Y",
        "Residential social care",
        "Penrith",
        "Westmoor",
        "North West",
        "Larch Care Limited",
        "Good",
        "Requires improvement",
    ),
    (
        "Brackenrigg Lodge",
        "Y",
        "Residential social care",
        "Penrith",
        "Westmoor",
        "North West",
        "Larch Care Limited",
        "Inadequate",
        "Good",
    ),
    (
        "Copperfield Court",
        "Y",
        "Residential social care",
        "Kirkby",
        "Eastmoor",
        "North East",
        "Larch Care Limited",
        "Good",
        "",
    ),
    (
        "Dunnerdale Manor",
        "Y",
        "Residential social care",
        "Kirkby",
        "Eastmoor",
        "North East",
        "Sorrel Homes Limited",
        "Outstanding",
        "Good",
    ),
    (
        "Everglade Nursing",
        "Y",
        "Residential social care",
        "Alston",
        "Eastmoor",
        "North East",
        "Sorrel Homes Limited",
        "Good",
        "",
    ),
    (
        "Fellside Surgery",
        "N",
        "GP Practices",
        "Penrith",
        "Westmoor",
        "North West",
        "Doctor Alder",
        "Good",
        "",
    ),
    (
        "Greystoke Practice",
        "N",
        "GP Practices",
        "Kirkby",
        "Eastmoor",
        "North East",
        "Doctor Birch",
        "Outstanding",
        "",
    ),
    (
        "Hawthorn Practice",
        "N",
        "GP Practices",
        "Alston",
        "Eastmoor",
        "North East",
        "Doctor Cedar",
        "Requires improvement",
        "",
    ),
    (
        "Hawthorn Practice",
        "N",
        "GP Practices",
        "Penrith",
        "Westmoor",
        "North West",
        "Doctor Dogwood",
        "Good",
        "",
    ),
    (
        "Ivybridge Dentistry",
        "N",
        "Dentists",
        "Alston",
        "Eastmoor",
        "North East",
        "Doctor Elder",
        "Not applicable",
        "",
    ),
]
KINDS: dict[str, tuple[int, str]] = {
    "care homes": (1, "Y"),
    "GP practices": (2, "GP Practices"),
    "dentists": (2, "Dentists"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = [HEADS]
    for number, (name, home, category, town, council, region, provider, rating, older) in enumerate(PLACES):
        head = f"1-{number},{name},{home},{category},{town},AB1 {number}CD,{council},{region}"
        lines.append(f"{head},Overall,Overall,{rating},05/03/2024,{provider}")
        lines.append(
            f"{head},Overall,Safe,{'Good' if rating != 'Not applicable' else rating},05/03/2024,{provider}"
        )
        lines.append(f"{head},Older people,Overall,Inadequate,06/04/2024,{provider}")
        if older:
            lines.append(f"{head},Overall,Overall,{older},07/08/2019,{provider}")
    path = tmp_path_factory.mktemp("tables")
    (path / "directory.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in make(load(folder), seed=1, per_kind=25, kinds=(*MAKERS,))]


def selected(what: str) -> list[tuple[str, ...]]:
    """The rows of a group in the words of a question, e.g. "care homes in Penrith"."""
    kind, _, place = what.partition(" in ")
    column, value = KINDS.get(kind, (0, ""))
    return [row for row in PLACES if (not value or row[column] == value) and (not place or place in row[3:6])]


def asked(question: str, *patterns: str) -> dict[str, str]:
    """The parts of a question by the first wording that it has."""
    return next(found.groupdict() for pattern in patterns if (found := re.fullmatch(pattern, question)))


def of_kind(made: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [one for one in made if one["kind"] == kind]
    assert found, f"no question of kind {kind}"
    return found


def row_of(name: str) -> tuple[str, ...]:
    return next(row for row in PLACES if row[0] == name)


def test_every_kind_is_made_and_every_line_is_a_question_of_the_schema(made: list[dict[str, Any]]) -> None:
    assert {one["kind"] for one in made} == {*MAKERS}
    for one in made:
        Case.model_validate_json(json.dumps(one), strict=True)
    assert max(Counter(one["id"] for one in made).values()) == 1


def test_the_same_seed_makes_the_same_set_and_another_seed_another(folder: Path) -> None:
    loaded = load(folder)
    one, again, other = (
        "\n".join(make(loaded, seed=seed, per_kind=5, kinds=(*MAKERS,))) for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other


def test_places_that_may_be_read_in_two_ways_are_not_asked_about(tmp_path: Path) -> None:
    places = [
        ("Leigh On Sea", "Southmoor"),
        ("Leigh-on-Sea", "Southmoor"),
        ("Kings-Ford", "Kings Ford, City of"),
        ("Alston", "Southmoor"),
    ]
    rows = (
        f'1-{at},Elm{at},Y,,{town},,"{council}",,Overall,Overall,Good,05/03/2024,'
        for at, (town, council) in enumerate(places)
    )
    (tmp_path / "directory.csv").write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8")
    assert [place.name for place in World(load(tmp_path).tables).places] == [
        "Kings Ford, City of",
        "Southmoor",
        "Alston",
    ]


def test_no_kind_has_more_questions_than_wanted_nor_one_twice(made: list[dict[str, Any]]) -> None:
    assert max(Counter(one["kind"] for one in made).values()) == 25
    assert (
        max(Counter((one["kind"], one["question"], tuple(one.get("history", ()))) for one in made).values())
        == 1
    )


@pytest.mark.parametrize("kind", ["lookup_rating", "yes_no", "false_premise", "misspelt", "follow_up_name"])
def test_a_named_place_has_its_newest_overall_rating(kind: str, made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, kind):
        (name,) = one["names"]
        assert one["rating"] == row_of(name)[7]
        assert (name in one["question"]) == (kind != "misspelt")


def test_a_shared_name_is_asked_about_as_ambiguous_or_with_its_postcode(made: list[dict[str, Any]]) -> None:
    assert {(one["names"][0], one["total"]) for one in of_kind(made, "ambiguous")} == {
        ("Hawthorn Practice", 2)
    }
    for one in made:
        if one["kind"] != "ambiguous":
            assert "Hawthorn" not in re.sub(r"Hawthorn Practice \(AB1 [78]CD\)", "", one["question"])


def test_yes_and_no_are_both_asked_for(made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, "yes_no"):
        said = asked(
            one["question"],
            r"Is (?P<name>.+) rated (?P<rating>.+)\?",
            r"Does (?P<name>.+) have a rating of (?P<rating>.+)\?",
        )
        assert bool(re.search(one["direct"][0], "yes")) == (said["rating"] == one["rating"])
    assert len({tuple(one["direct"]) for one in of_kind(made, "yes_no")}) == 2


def test_a_false_premise_was_never_true(made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, "false_premise"):
        said = asked(
            one["question"],
            r"When did (?P<name>.+) become (?P<rating>.+)\?",
            r"Since when is (?P<name>.+) rated (?P<rating>.+)\?",
        )
        assert said["rating"] not in row_of(said["name"])[7:9]


def test_the_rating_before_is_the_newest_older_one(made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, "lookup_before"):
        assert re.search(one["direct"][0], row_of(one["names"][0])[8])


def test_those_that_improved_have_a_better_rating_than_before(made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, "improved"):
        assert set(one["names"]) <= {"Applegarth House", "Dunnerdale Manor"}
    assert max(one["total"] for one in of_kind(made, "improved")) == 2


def test_counts_shares_and_lists_hold_on_a_second_count(made: list[dict[str, Any]]) -> None:
    for one in of_kind(made, "count_filter"):
        said = asked(
            one["question"].removesuffix("?").removesuffix(" are there"),
            r"(?:How many|number of) (?P<what>.+) rated (?P<rating>.+)",
        )
        assert one["value"] == sum(row[7] == said["rating"] for row in selected(said["what"]))
    for one in of_kind(made, "share"):
        said = asked(
            one["question"], r"What (?:percentage|share) of (?P<what>.+) (?:is|are) rated (?P<rating>.+)\?"
        )
        rated = [row for row in selected(said["what"]) if row[7] != "Not applicable"]
        assert one["value"] == round(100 * sum(row[7] == said["rating"] for row in rated) / len(rated), 1)
    for one in of_kind(made, "list_filter"):
        said = asked(
            one["question"],
            r"Which (?P<what>.+) are rated (?P<rating>.+)\?",
            r"List the (?P<what>.+) rated (?P<rating>.+)",
        )
        rows = [row for row in selected(said["what"]) if row[7] == said["rating"]]
        assert (one["names"], one["total"]) == (sorted({row[0] for row in rows}), len(rows))
        assert 0 < len(rows) <= LONGEST_LIST


def test_rankings_and_comparisons_hold_on_a_second_count(made: list[dict[str, Any]]) -> None:
    columns = {"town": 3, "council": 4, "region": 5}
    for one in of_kind(made, "superlative"):
        said = asked(
            one["question"],
            (
                r"(?:Which|What) (?P<level>\w+) has the (?:most|highest number of) (?P<what>.+) rated "
                r"(?P<rating>.+)\?"
            ),
        )
        counts = Counter(
            row[columns[said["level"]]] for row in selected(said["what"]) if row[7] == said["rating"]
        )
        most = max(counts.values())
        assert (one["value"], one["names"]) == (
            most,
            sorted(name for name, count in counts.items() if count == most),
        )
        assert len(one["names"]) <= MOST_TIED
    for one in of_kind(made, "compare_places"):
        said = asked(
            one["question"],
            r"Are there more (?P<what>.+) rated (?P<rating>.+) in .+ or in .+\?",
            r"Which has more (?P<what>.+) rated (?P<rating>.+), .+\?",
        )
        counts = Counter(
            {
                place: sum(row[7] == said["rating"] for row in selected(f"{said['what']} in {place}"))
                for place in one["names"]
            }
        )
        assert one["values"] == counts
        assert one["winner"] == sorted(
            place for place, count in counts.items() if count == max(counts.values())
        )
    order = ["Outstanding", "Good", "Requires improvement", "Inadequate"]
    for one in of_kind(made, "compare"):
        assert one["values"] == {name: row_of(name)[7] for name in one["names"]}
        assert one["rating"] == min(one["values"].values(), key=order.index)
    for one in of_kind(made, "provider_rollup"):
        assert one["value"] == sum(row[6] == one["names"][0] for row in PLACES) > 1


def test_domains_dates_and_follow_ups_have_their_golds(made: list[dict[str, Any]]) -> None:
    assert {(one["rating"], one["domain"]) for one in of_kind(made, "lookup_domain")} == {("Good", "Safe")}
    assert {one["date"] for one in of_kind(made, "when")} == {"2024-03-05"}
    for one in of_kind(made, "follow_up_rating"):
        before = asked(one["history"][0], r"How many (?P<what>.+) are rated (?P<rating>.+)\?")
        now = asked(
            one["question"], r"And how many are rated (?P<rating>.+)\?", r"What about (?P<rating>.+)\?"
        )
        assert now["rating"] != before["rating"]
        assert one["value"] == sum(row[7] == now["rating"] for row in selected(before["what"]))


def test_what_the_tables_do_not_hold_has_no_answer(made: list[dict[str, Any]], folder: Path) -> None:
    words = set(re.findall(r"\w+", (folder / "directory.csv").read_text(encoding="utf-8")))
    for one in [*of_kind(made, "unknown_name"), *of_kind(made, "unknown_place")]:
        assert not one["answerable"]
        assert any(word not in words for word in re.findall(r"\b[A-Z]\w+", one["question"])[1:])
    assert not any(one["answerable"] for one in of_kind(made, "out_of_schema"))


def test_a_small_table_makes_fewer_kinds(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        "Trust,From,To\nElm NHS Trust,Good,Outstanding\nOak NHS Trust,,Good\n", encoding="utf-8"
    )
    made = [json.loads(line) for line in make(load(tmp_path), seed=3, per_kind=10, kinds=(*MAKERS,))]
    kinds = {one["kind"] for one in made}
    assert {
        "lookup_rating",
        "lookup_before",
        "count_filter",
        "list_filter",
        "compare",
        "improved",
        "unknown_place",
    } <= kinds
    assert kinds.isdisjoint(
        {"when", "lookup_domain", "superlative", "compare_places", "provider_rollup", "ambiguous"}
    )
    assert any("trusts" in one["question"] for one in made)


def test_names_that_differ_by_the_alone_are_not_asked_about(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(
        "Location Name,Post Code,Rating\nThe Elms,A1 1AA,Good\nElms,B2 2BB,Good\nOak Court,C3 3CC,Good\n",
        encoding="utf-8",
    )
    made = [json.loads(line) for line in make(load(tmp_path), seed=3, per_kind=10, kinds=(*MAKERS,))]
    assert not any(one["kind"] == "ambiguous" for one in made)
    assert {tuple(one["names"]) for one in made if one["kind"] == "lookup_rating"} == {("Oak Court",)}


def test_tables_without_overall_ratings_make_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("# A report\n\nOnly words.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has no rating table"):
        load(tmp_path)


def test_shared_directory_golds_hold_on_a_second_count(shared: Path, tmp_path: Path) -> None:
    name = "stw-2025.csv"
    shutil.copyfile(shared / "data" / "ratings" / name, tmp_path / name)
    with (tmp_path / name).open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["service_population_group"] == row["domain"] == "Overall"
        ]
    made = [json.loads(line) for line in make(load(tmp_path), seed=4, per_kind=20, kinds=("count_filter",))]
    homes = [row for row in rows if row["care_home"] == "Y"]
    checked = 0
    for one in of_kind(made, "count_filter"):
        found = re.fullmatch(
            r"(?:How many|number of) care homes rated (\w+(?: improvement)?)(?: are there)?\??",
            one["question"],
        )
        if found:
            assert one["value"] == len(
                {row["location_id"] for row in homes if row["latest_rating"] == found[1]}
            )
            checked += 1
    assert checked
