"""What is near: distances from coordinates, measured from the middle of the places held in a town, a postcode
district or at somebody's.
"""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from qa import wire
from qa.facts.coordinates import Coordinates, nearest
from qa.facts.store import FactStore
from qa.fields import Field, own_field
from qa.language import lengths
from qa.language.lengths import find_lengths
from qa.language.numbers import Number, find_numbers
from qa.question.query import And, Count, Is, Near, Not, Order, Postcode, Query, Rated, Ratings, near_parts
from qa.question.say import say
from qa.records import Answer
from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

HEADS = (
    "Name,Location ID,Care Home?,Location Primary Inspection Category,Town,Local "
    "Authority,Region,Postcode,Overall,Published,Latitude,Longitude"
)
HTML = {"Accept": "text/html"}
MILE = math.degrees(1 / 3958.8)  # degrees north of one mile
# Name, kind, town, postcode, rating, miles north of the middle of Wem; the two homes in Wem lie on both sides
# of it.
PLACES = [
    ("Ash House", "Y", "Wem", "SY4 5AA", "Good", -0.4),
    ("Birch House", "Y", "Wem", "SY4 5AB", "Requires improvement", 0.4),
    ("Cedar House", "Y", "Prees", "SY13 2AA", "Good", 3),
    ("Damson House", "Y", "Prees", "SY13 2AB", "Outstanding", 4.9),
    ("Elder House", "Y", "Ludlow", "SY8 1AA", "Outstanding", 9),
    ("Fir House", "Y", "Ludlow", "SY8 1AB", "Inadequate", 20),
    ("Gorse House", "Y", "Nowhere", "ZZ1 1AA", "Good", None),
    ("Hazel Surgery", "N", "Wem", "SY4 5AC", "Good", 0),
    ("Ivy Surgery", "N", "Prees", "SY13 2AC", "Outstanding", 4),
]


def table(*, located: bool = True) -> str:
    lines = [HEADS if located else HEADS.rpartition(",Latitude")[0]]
    for number, (name, home, town, postcode, rating, miles) in enumerate(PLACES):
        kind = "Residential social care" if home == "Y" else "GP Practices"
        cells = [
            name,
            f"1-{number}",
            home,
            kind,
            town,
            "Shropshire",
            "West Midlands",
            postcode,
            rating,
            f"2020-01-{number + 1:02}",
        ]
        degrees = ("", "") if miles is None else (f"{52 + miles * MILE:.7f}", "-2.7")
        lines.append(",".join([*cells, *(degrees if located else ())]))
    return "\n".join(lines) + "\n"


def serve(folder: Path, text: str) -> Service:
    (folder / "ratings.csv").write_text(text, encoding="utf-8")
    return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return serve(tmp_path_factory.mktemp("near"), table())


def told(answer: Answer) -> list[tuple[str, float]]:
    off = {one.fact: one.value for one in answer.distances}
    return [(fact.subject.split()[0], off[fact.id]) for fact in answer.facts]


NEAREST = [
    ("care homes near Wem", [("Ash", 0.4), ("Birch", 0.4), ("Cedar", 3.0), ("Damson", 4.9)]),
    ("care homes close to Wem", [("Ash", 0.4), ("Birch", 0.4), ("Cedar", 3.0), ("Damson", 4.9)]),
    ("Which care homes are within 3.5 miles of Wem?", [("Ash", 0.4), ("Birch", 0.4), ("Cedar", 3.0)]),
    (
        "care homes within a 10 mile radius of Wem",
        [("Ash", 0.4), ("Birch", 0.4), ("Cedar", 3.0), ("Damson", 4.9), ("Elder", 9.0)],
    ),
    ("care homes within 5km of Wem", [("Ash", 0.6), ("Birch", 0.6), ("Cedar", 4.8)]),
    ("GP practices less than 2 miles from Wem", [("Hazel", 0.0)]),
    ("care homes more than 4 miles from Wem", [("Damson", 4.9), ("Elder", 9.0), ("Fir", 20.0)]),
    ("care homes between 2 and 5 miles from Wem", [("Cedar", 3.0), ("Damson", 4.9)]),
    ("care homes 2 to 5 miles from Wem", [("Cedar", 3.0), ("Damson", 4.9)]),
    ("care homes 2-5 miles from Wem", [("Cedar", 3.0), ("Damson", 4.9)]),
    ("Which care homes are between 4 and 10km of Wem?", [("Cedar", 4.8), ("Damson", 7.9)]),
    ("Is the nearest care home to SY13 good?", [("Damson", 0.9)]),
    ("is the closest good care home to Wem outstanding?", [("Ash", 0.4)]),
    ("How far is Cedar House from Wem?", [("Cedar", 3.0)]),
    ("how many miles is Cedar House from Damson House", [("Cedar", 1.9)]),
    ("what is the distance between Cedar House and Wem?", [("Cedar", 3.0)]),
    ("how far is it from Ludlow to Wem", [("Elder", 9.0), ("Fir", 20.0)]),
    ("care homes not within 4 miles of Wem", [("Damson", 4.9), ("Elder", 9.0), ("Fir", 20.0)]),
    ("nearest outstanding care home to Wem", [("Damson", 4.9)]),
    ("What is the closest GP practice to SY13?", [("Ivy", 0.0)]),
    ("closest 3 care homes to SY13", [("Damson", 0.9), ("Cedar", 1.0), ("Birch", 3.6)]),
    ("the 2 nearest good care homes to Ludlow", [("Cedar", 11.5), ("Ash", 14.9)]),
    ("second nearest care home to SY13", [("Cedar", 1.0)]),
    ("Which care home is furthest from Wem?", [("Fir", 20.0)]),
    ("good care homes within 10 miles of Wem, nearest first", [("Ash", 0.4), ("Cedar", 3.0)]),
    ("care homes within 2 miles of Cedar House", [("Damson", 1.9)]),
    ("care homes near Wem or Ludlow", [("Ash", 0.4), ("Birch", 0.4), ("Cedar", 3.0), ("Damson", 4.9)]),
    ("nearest care home to SY13 9ZZ", [("Damson", 0.9)]),
    ("nearest care home to SY132AB", [("Damson", 0.0)]),
    ("nearest Ludlow care home to Wem", [("Elder", 9)]),
    ("nearest Wem care home to Ludlow", [("Birch", 14.1)]),
]


@pytest.mark.parametrize(("question", "found"), NEAREST, ids=[question for question, _ in NEAREST])
def test_what_is_near_is_told_nearest_first_with_its_distance(
    service: Service, question: str, found: list[tuple[str, float]]
) -> None:
    answer = service.ask(question)
    assert (answer.status, told(answer)) == ("answered", found)
    assert {one.unit for one in answer.distances} == {"km" if "km" in question else "miles"}


FIGURES = [
    ("How many care homes are within 10 miles of Wem?", 5),
    ("How many good care homes are near Wem?", 2),
    ("How many care homes are more than 5 miles from Wem?", 2),  # who is nowhere is not far away
    ("What share of care homes within 10 miles of Wem are good?", 40.0),
    ("Are all care homes near Wem good?", False),
    ("Is there an outstanding care home near Wem?", True),
    ("Is Cedar House near Wem?", True),
    ("How many care homes are between 4 and 10 miles from Wem?", 2),
    ("Is there an outstanding care home between 5 and 10 miles from Wem?", True),
]


@pytest.mark.parametrize(("question", "figure"), FIGURES, ids=[question for question, _ in FIGURES])
def test_distances_compose_with_figures_and_claims(service: Service, question: str, figure: object) -> None:
    answer = service.ask(question)
    assert answer.status == "answered"
    if isinstance(figure, bool):
        assert answer.answer.text.startswith("Yes" if figure else "No")
    else:
        assert answer.figures[0].value == figure or f"{figure:g}%" in answer.answer.text


def test_of_whom_the_tables_do_not_say_where_it_is_that_is_said(service: Service) -> None:
    text = service.ask("Are Ash House and Gorse House within 5 miles of Wem?").answer.text
    assert "Ash House is 0.4 miles off." in text
    assert "The tables do not say where Gorse House is, so its distance is not known." in text


def test_how_near_is_meant_and_what_is_measured_from_are_said(service: Service) -> None:
    text = service.ask("care homes near Wem").answer.text
    assert text.startswith("4 care homes within 5 miles of Wem (postal town): ")
    assert "Ash House (0.4 miles)" in text
    assert (
        "Distances are in a straight line from the middle of the 3 places held in Wem (postal town)." in text
    )
    assert "“near” is read as within 5 miles." in text
    assert "read as" not in service.ask("care homes within 5 miles of Wem").answer.text
    assert (
        "in a straight line from Cedar House."
        in service.ask("care homes within 2 miles of Cedar House").answer.text
    )
    assert "“nearest” is read as the first 5." in service.ask("nearest care homes to Wem").answer.text
    assert "SY13 is measured from instead" in service.ask("nearest care home to SY13 9ZZ").answer.text
    assert "Cedar House is 3 miles off." in service.ask("Is Cedar House near Wem?").answer.text
    text = service.ask("care homes between 2 and 5 miles from Wem").answer.text
    assert text.startswith(
        "2 care homes between 2 and 5 miles from Wem (postal town): Cedar House (3 miles, Good, "
    )
    assert service.ask("How far is Cedar House from Wem?").answer.text.startswith(
        "Cedar House is 3 miles from Wem (postal town). "
    )
    text = service.ask("How far is Ludlow from Wem?").answer.text
    assert text.startswith(
        "The nearest of the 2 places in Ludlow (postal town) to Wem (postal town), Elder House, is 9 "
        "miles away. "
    )
    text = service.ask("is the nearest GP practice to Wem good?").answer.text
    assert text.startswith(
        "The GP practice nearest to Wem (postal town) is Hazel Surgery (under 0.1 miles, Good, "
    )


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("care homes near me", "Name a town or a postcode"),
        ("nearest care home to me", "Name a town or a postcode"),
        ("care homes near Wibblestone", "do not know “Wibblestone”"),
        ("care homes within 5 miles of Wibblestone", "do not know “Wibblestone”"),
        ("care homes near Nowhere", "do not say where Nowhere (postal town) is"),
        ("care homes nearby", "Name a town or a postcode"),
        ("nearest care home", "Name a town or a postcode"),
        ("care homes within 5 miles", "Name a town or a postcode"),
        ("care homes near GP practices", "did not understand “near”"),
        ("How far is Cedar House?", "Name a town or a postcode"),
        ("How far is Wibblestone from Wem?", "do not know “Wibblestone”"),
        ("How far is Wem from Wibblestone?", "do not know “Wibblestone”"),
    ],
)
def test_what_can_t_be_measured_is_refused_with_the_reason(service: Service, question: str, why: str) -> None:
    answer = service.ask(question)
    assert (answer.status, answer.distances) == ("not_found", ())
    assert why in answer.answer.text


def test_a_table_without_coordinates_says_that_it_can_t_tell_distances_and_offers_those_there(
    tmp_path: Path,
) -> None:
    plain = serve(tmp_path, table(located=False))
    near, within = plain.ask("care homes near Wem"), plain.ask("care homes in Wem")
    assert near.facts == within.facts != ()
    assert near.answer.text.endswith("“near” is read as “in”, as the tables have no latitude and longitude.")
    for question in ("nearest care home to Wem", "How many care homes are within 5 km of Wem?"):
        answer = plain.ask(question)
        assert answer.status == "not_found"
        assert "have no latitude and longitude" in answer.answer.text
        assert "care homes in Wem" in answer.suggestions[0]
        assert plain.ask(answer.suggestions[0]).status == "answered"


def test_one_of_several_of_a_name_is_asked_back(tmp_path: Path) -> None:
    text = table() + (
        "Ash House,1-90,Y,Residential social care,Ludlow,Shropshire,West Midlands,SY8 "
        "1AZ,Good,2020-02-01,52.2,-2.7\n"
    )
    answer = serve(tmp_path, text).ask("care homes within 2 miles of Ash House")
    assert (answer.status, answer.facts_total) == ("ambiguous", 2)


WEM = Near(Is("town", ("Wem",)), 5)
FOLLOWING = [
    ("what about near Ludlow?", Near(Is("town", ("Ludlow",)), 5)),
    ("and in Ludlow?", Is("town", ("Ludlow",))),
]


@pytest.mark.parametrize(("question", "place"), FOLLOWING, ids=[question for question, _ in FOLLOWING])
def test_a_follow_up_puts_another_place_in_its_stead(service: Service, question: str, place: object) -> None:
    *_, asked = service.converse(["care homes near Wem", question])
    assert asked.reading.queries == (Query(And((Is("care_home", ("Y",)), place))),)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", [question for question, _ in NEAREST])
def test_the_reading_that_is_shown_is_read_back(service: Service, question: str) -> None:
    (asked,) = service.converse([question])
    (query,) = asked.reading.queries
    assert near_parts(query.scope)
    (again,) = service.converse([say(query, service.vocabulary)])
    assert again.reading.queries == (query,)


def test_the_query_says_what_is_near(service: Service) -> None:
    (asked,) = service.converse(["closest 3 good care homes to SY13"])
    near = Near(Postcode(("SY13",)))
    scope = And((Is("care_home", ("Y",)), near, Rated(("Good",))))
    assert asked.reading.queries == (
        Query(scope, Ratings(), order=Order("distance", descending=False), ranks=(1, 3)),
    )
    told_of = json.loads(wire.dumps(asked.answer))["understood"]["reading"]
    assert told_of["scope"]["parts"][1] == {"type": "near", "of": {"type": "postcode", "areas": ["SY13"]}}


def test_only_answers_of_distances_have_them(service: Service) -> None:
    near, plain = (
        json.loads(wire.dumps(service.ask(question)))
        for question in ("care homes near Wem", "care homes in Wem")
    )
    assert "distances" not in plain
    assert near["distances"][0] == {"fact": near["facts"][0]["id"], "value": 0.4, "unit": "miles"}


def test_pages_and_downloads_show_the_distances(service: Service) -> None:
    client = create_app(service).test_client()
    answer = client.get("/?q=care+homes+near+Wem", headers=HTML).text
    listed = client.get("/list?q=care+homes+near+Wem&sort=-distance", headers=HTML).text
    for page in (answer, listed):
        assert "Distance" in page
        assert '<td role="cell" class="distance">4.9 miles</td>' in page
    assert listed.index("Damson House") < listed.index("Ash House")
    assert 'class="distance"' not in client.get("/?q=care+homes+in+Wem", headers=HTML).text
    text = client.get("/answer.csv?q=care+homes+within+5+km+of+Wem").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text.partition("\r\n\r\n")[2])))
    assert [(row["subject"], row["distance_km"]) for row in rows] == [
        ("Ash House", "0.6"),
        ("Birch House", "0.6"),
        ("Cedar House", "4.8"),
    ]


@pytest.mark.parametrize(
    ("question", "squares"), [("care+homes+near+Wem", True), ("good+care+homes+near+Wem", False)]
)
def test_the_map_says_by_shape_too_who_is_rated_below_good(
    service: Service, question: str, squares: bool
) -> None:
    page = create_app(service).test_client().get(f"/list?q={question}", headers=HTML).text
    assert "North is up, and the bar in the corner is 1 mile long." in page.replace("0.5 miles", "1 mile")
    assert ("Squares are rated below Good" in page) is squares


def test_a_subjects_page_asks_for_what_is_near_it(service: Service) -> None:
    page = create_app(service).test_client().get("/subjects/1-2", headers=HTML).text
    assert "Show all care homes within 5 miles of Cedar House" in page
    assert told(service.ask("Show all care homes within 5 miles of Cedar House"))[0] == ("Damson", 1.9)


def test_how_far_it_is_follows_whom_was_named(service: Service) -> None:
    *_, asked = service.converse(["What is Cedar House rated?", "how far is it from Wem?"])
    assert asked.answer.answer.text.startswith("Cedar House is 3 miles from Wem")


def test_degrees_printed_with_an_exponent_are_degrees(tmp_path: Path) -> None:
    text = table() + (
        "Kite House,1-91,Y,Residential social care,Ewell,Shropshire,West Midlands,SY9 "
        "1AA,Good,2020-02-01,52.9,-4.1e-05\n"
    )
    assert told(serve(tmp_path, text).ask("nearest outstanding care home to Wem")) == [("Damson", 4.9)]


LENGTHS = {
    "within 10 miles of Wem": [(10, "miles")],
    "a 2.5-mile walk": [(2.5, "miles")],
    "5km or 3 kilometres": [(5, "km"), (3, "km")],
    "half a mile": [(0.5, "miles")],
    "a mile from Wem": [(1, "miles")],
    "ten miles": [(10, "miles")],
    "12 km": [(12, "km")],
    "3 mi away": [(3, "miles")],
    "between five and ten miles": [(10, "miles")],
    "between 5 miles and 10 miles": [(10, "miles")],
    "from 2 to 5km": [(5, "km")],
    "2–5 km": [(5, "km")],
    "SW1 2AB, 24/7, 5 minutes, miles of it, Miles House, 5 middling homes": [],
}


@pytest.mark.parametrize("text", LENGTHS)
def test_lengths_are_found_in_words_and_digits(text: str) -> None:
    assert [(one.value, one.unit) for one in find_lengths(text)] == LENGTHS[text]
    assert [text[one.start : one.end] for one in find_lengths(text)] == [
        text[one.start : one.end].strip() for one in find_lengths(text)
    ]


def test_the_lower_end_of_a_length_is_told_and_a_long_text_is_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [
        (one.least, one.value) for one in find_lengths("between 5 and 10 miles, 2-3 km, 10 to 5 miles")
    ] == [(5, 10), (2, 3), (None, 5)]
    read: list[str] = []

    def counted(text: str) -> tuple[Number, ...]:
        read.append(text)
        return find_numbers(text)

    monkeypatch.setattr(lengths, "find_numbers", counted)
    find_lengths("between 5 and 10 miles " * 85)
    assert len(read) == 1


@pytest.mark.parametrize(
    "question", ["How many care homes are good all around?", "Which care homes were rated good around 2020?"]
)
def test_around_a_time_or_a_topic_is_no_distance(service: Service, question: str) -> None:
    (asked,) = service.converse([question])
    assert not any(near_parts(query.scope) for query in asked.reading.queries)


def test_not_near_holds_where_a_place_is_not_known_but_further_than_does_not(service: Service) -> None:
    homes = Is("care_home", ("Y",))
    (asked,) = service.converse([say(Query(And((homes, Not(WEM))), Count()), service.vocabulary)])
    assert asked.answer.figures[0].value == 3  # with the one that is nowhere


@pytest.mark.parametrize("question", [question for question, _ in NEAREST])
def test_what_is_suggested_next_is_answered_and_is_not_what_was_asked(
    service: Service, question: str
) -> None:
    answer = service.ask(question)
    assert answer.suggestions
    for suggestion in answer.suggestions:
        told_next = service.ask(suggestion)
        assert told_next.status == "answered", suggestion
        assert told_next.understood.reading != answer.understood.reading


class Positions:
    """A store of positions alone."""

    def __init__(self, latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> None:
        self._columns = {"latitude": latitude, "longitude": longitude}

    def field(self, name: str) -> Field | None:
        return replace(own_field(name, name), type="number") if name in self._columns else None

    def column(self, name: str) -> NDArray[np.float64]:
        return self._columns[name.removeprefix("subject.")]


@pytest.mark.parametrize("spread", [0.01, 0.3, 3.0, 60.0], ids="{} degrees".format)
@pytest.mark.parametrize("most", [1, 5, 300])
def test_the_nearest_are_those_of_least_distance_wherever_they_are(spread: float, most: int) -> None:
    random = np.random.default_rng(20)
    latitude, longitude = random.uniform(-spread, spread, (2, 300))
    latitude[::7], longitude[::11] = np.nan, 999
    alike = random.random(300) < 0.8
    found = Coordinates(latitude, longitude)
    store = cast(FactStore, Positions(latitude, longitude))
    for place in range(0, 300, 20):
        miles = found.miles(float(latitude[place]), float(longitude[place]))
        others = [one for one in np.flatnonzero(alike & found.known) if one != place]
        expected = sorted(others, key=lambda one: float(miles[one]))[:most] if found.known[place] else []
        assert [one for one, _ in nearest(store, place, alike, most)] == expected


@pytest.mark.parametrize("more", [0, 1, 2, 3])
def test_of_hardly_more_than_are_asked_for_the_furthest_are_left_out(more: int) -> None:
    miles = np.random.default_rng(20).permutation(np.arange(6.0 + more))
    latitude = np.array([0, *miles]) * MILE
    store = cast(FactStore, Positions(latitude, np.zeros(len(latitude))))
    found = nearest(store, 0, np.ones(len(latitude), np.bool_), 5)
    assert [round(far, 3) for _, far in found] == [0, 1, 2, 3, 4]
