"""The pages without JavaScript: start, conversation by form, share link, every status, hostile text, and what
stands behind.
"""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_page import shown_page

from qa.service import Service
from qa.settings import Settings
from qa.web import create_app

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><b>bold</b>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;already escaped&gt; &amp;",
    "\u202eright to left\u202c \u0000 \u200b 👩🏽‍⚕️",
    "x" * 2_000,
]
PAGES = ["/", "/?q=Which+trust+became+outstanding%3F", "/about", "/accessibility", "/privacy"]


def opened(corpus: Path | None = None) -> FlaskClient:
    """A client for a corpus folder; by default for the one that comes with Askwell."""
    flags = {"cache": "none"} | ({"corpus": str(corpus)} if corpus else {})
    return create_app(Service.open(Settings.load(flags, {}))).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return opened()


def got(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "text/html")
    return shown_page(response.text)


def sentences_of(page: BeautifulSoup) -> list[str]:
    """The headline of an answer and what stands below it, with plain spaces."""
    return [told.get_text().replace("\N{NO-BREAK SPACE}", " ") for told in page.select(".sentence, .basis")]


def pressed(client: FlaskClient, page: BeautifulSoup, question: str = "", button: str = "") -> BeautifulSoup:
    """The page after filling the form of ``page`` and pressing "Ask", or the ``button`` with this value."""
    form = one(page, "form#ask")
    fields = [(str(field["name"]), str(field["value"])) for field in form.select("input[type=hidden]")]
    fields += [("question", question), *([("ask", button)] if button else [])]
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    response = client.post(str(form["action"]).partition("#")[0], data=data)
    assert response.status_code == 200
    return shown_page(response.text)


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def questions(page: BeautifulSoup) -> list[str]:
    return [heading.get_text() for heading in page.select("article.turn h2")]


def test_the_start_page_has_the_box_the_examples_and_the_meanings(client: FlaskClient) -> None:
    page = got(client, "/")
    assert one(page, "html")["lang"] == "en-GB"
    assert one(page, ".lead").get_text().startswith("7 trusts and 1 report, up to")
    assert one(page, "label")["for"] == one(page, "textarea")["id"]
    assert [badge.get_text() for badge in page.select(".legend .badge")] == [
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
    ]
    assert len(page.select("button.example[form=ask][name=ask][value]")) == 6
    assert not page.select(".turn, .bar form")


@pytest.mark.parametrize(
    ("regions", "told"),
    [(0, "6 places, up to"), (1, "6 places in Region 0, up to"), (3, "6 places in 3 regions, up to")],
)
def test_the_start_page_says_where_what_is_held_is(tmp_path: Path, regions: int, told: str) -> None:
    rows = "".join(
        f"Home {number},Good,2020-01-02{f',Region {number % regions}' if regions else ''}\n"
        for number in range(6)
    )
    (tmp_path / "ratings.csv").write_text(
        f"Name,Overall,Published{',Region' if regions else ''}\n{rows}", encoding="utf-8"
    )
    assert (
        one(got(opened(tmp_path), "/"), ".lead").get_text().replace("rated places", "places").startswith(told)
    )


def test_every_example_of_the_start_page_can_be_asked(client: FlaskClient) -> None:
    page = got(client, "/")
    for example in page.select("button.example"):
        answered = pressed(client, page, button=str(example["value"]))
        assert questions(answered) == [example["value"]]
        assert one(answered, ".answer.answered")


def test_a_conversation_grows_by_the_form_alone(client: FlaskClient) -> None:
    first = pressed(client, got(client, "/"), "What is Oxleas rated?")
    assert one(first, "form#ask")["action"] == "/#turn-2"
    second = pressed(client, first, "And Sheffield?")
    assert one(second, "form#ask")["action"] == "/#turn-3"
    assert questions(second) == ["What is Oxleas rated?", "And Sheffield?"]
    assert "Sheffield Health and Social Care" in one(second, "#turn-2 .sentence").get_text()
    assert [link["href"] for link in second.select(".jump a")] == ["#turn-1", "#turn-2"]
    assert one(second, ".jump [aria-current]").get_text() == "And Sheffield?"
    assert one(second, "#top-links a").get_text() == "New conversation"
    assert one(second, ".bar textarea").get_text().strip() == ""


def test_a_suggestion_is_asked_and_keeps_what_was_being_typed(client: FlaskClient) -> None:
    first = pressed(client, got(client, "/"), "What is Oxleas rated?")
    pill = first.select("button.pill[form=ask][name=ask]")[0]
    second = pressed(client, first, "half a thought", button=str(pill["value"]))
    assert questions(second)[1] == pill["value"]
    assert one(second, "textarea").get_text().strip() == "half a thought"


def test_beyond_twenty_questions_the_oldest_drops_out(client: FlaskClient) -> None:
    page = got(client, "/")
    for number in range(1, 23):
        page = pressed(client, page, f"hello {number}")
    assert questions(page) == [f"hello {number}" for number in range(3, 23)]
    assert [turn["id"] for turn in page.select("article.turn")] == [
        f"turn-{number}" for number in range(3, 23)
    ]
    assert one(page, "form#ask")["action"] == "/#turn-23"


def test_the_script_gets_the_newest_turn_only_with_the_whole_form(client: FlaskClient) -> None:
    fields = {"history": ["What is Oxleas rated?"], "question": "And Sheffield?"}
    page = shown_page(client.post("/", data=fields, headers={"X-Turns": "last"}).text)
    assert questions(page) == ["And Sheffield?"]
    assert one(page, "article.turn")["id"] == "turn-2"
    assert "Sheffield" in one(page, ".sentence").get_text()
    assert len(page.select("input[name=history]")) == 2
    assert one(page, "article.turn")["data-ready"].startswith("Answer ready: 1 rating, ")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "message"),
    [("", "Enter a question"), (" \n ", "Enter a question"), ("y" * 2_001, "2,000 characters or fewer")],
)
@pytest.mark.parametrize("earlier", [[], ["What is Oxleas rated?"]])
def test_a_question_that_cannot_be_asked_is_told_at_the_box(
    client: FlaskClient, typed: str, message: str, earlier: list[str]
) -> None:
    page = shown_page(client.post("/", data={"history": earlier, "question": typed}).text)
    box = one(page, "textarea")
    assert one(page, "title").get_text().startswith("Error: ")
    assert message in one(page, "#question-error").get_text()
    assert (box["aria-invalid"], "question-error" in str(box["aria-describedby"])) == ("true", True)
    assert box.get_text().strip() == typed.strip()
    assert questions(page) == earlier


def test_a_form_that_was_tampered_with_is_read_as_far_as_it_makes_sense(client: FlaskClient) -> None:
    fields = {
        "history": ["", "z" * 3_000, *("hello" for _ in range(50))],
        "dropped": "-9e9",
        "question": "hello again",
        "colour": "red",
    }
    page = shown_page(client.post("/", data=fields).text)
    assert len(questions(page)) == 20
    assert questions(page)[-1] == "hello again"


def test_each_part_of_a_compound_question_is_answered_in_a_paragraph_of_its_own(client: FlaskClient) -> None:
    page = got(client, "/?q=Why+did+the+trusts+improve%3F+And+what+about+governance%3F")
    lead, first, second = (told.get_text() for told in page.select(".points, .sentence"))
    assert lead.endswith(" points from the report")
    source = page.select(".points + .source")[0]
    assert source.get_text().startswith("From Askwell’s digest of Strong leadership essential")
    assert source.get_text().endswith("published 15\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2018.")
    assert one(source, "a")["href"] == "https://cqc.org.uk/node/870"
    assert "leadership that is strong and visible" in first
    assert "governance" in second


def test_several_points_are_numbered_and_each_leads_to_its_passage(client: FlaskClient) -> None:
    page = got(client, "/?q=Why+did+these+trusts+improve%3F")
    points = page.select(".points > li")
    assert [one(point, ".number").get_text() for point in points] == [
        str(number) for number in range(1, len(points) + 1)
    ]
    for point in points:
        told, passage = one(point, "mark").get_text(), one(page, f".passages {one(point, 'a')['href']}")
        assert told in one(passage, "blockquote").get_text()


@pytest.mark.parametrize(
    ("places", "lead"),
    [(2, "2 places in Ludlow"), (6, "6 places in Ludlow have the lowest rating, Inadequate.")],
)
def test_more_than_three_names_are_not_in_the_largest_type(tmp_path: Path, places: int, lead: str) -> None:
    rows = "".join(
        f"Care Home of the Name of {name},Inadequate,2020-01-02,Ludlow\n" for name in "ABCDEFGHI"[:places]
    )
    (tmp_path / "ratings.csv").write_text(
        "Name,Overall,Published,Town\nOak House,Good,2020-01-02,Ludlow\n" + rows, encoding="utf-8"
    )
    page = got(opened(tmp_path), "/?q=worst+places+in+Ludlow")
    assert one(page, ".sentence").get_text().replace("\N{NO-BREAK SPACE}", " ").startswith(lead)
    assert ("Name of A" in one(page, ".sentence").get_text()) is (places < 4)
    assert "Name of A" in "".join(told.get_text() for told in page.select(".sentence, .basis, .facts"))


NEAR = """Name,Overall,Published,Town,Latitude,Longitude
Oak Tree House Residential Home,Good,2020-01-02,Ludlow,52.370,-2.710
The Old Rectory Nursing Home,Good,2021-03-04,Ludlow,52.380,-2.720
Elm Grove Residential Care Home,Good,2022-05-06,Ludlow,52.400,-2.730
Wem Lodge Residential Care Home,Good,2022-05-06,Wem,52.420,-2.730
"""


@pytest.mark.parametrize(
    ("question", "headline", "below"),
    [
        (
            "What is Wem Lodge rated?",
            "Wem Lodge Residential Care Home was rated Good.",
            "Published 6 May 2022.",
        ),
        (
            "When was Wem Lodge rated?",
            "The rating of Wem Lodge Residential Care Home, Good, was published on 6 May 2022.",
            "",
        ),
        (
            "nearest 2 good places to Wem",
            "Wem Lodge Residential Care Home (under 0.1 miles) and Elm Grove Residential Care Home (1.4 miles).",
            "These are the 2 homes rated Good nearest to Wem (postal town).",
        ),
        ("nearest 4 places to Ludlow", "The 4 homes nearest to Ludlow: 0.2 to 2.6 miles.", ""),
    ],
)
def test_the_largest_type_has_no_dates_that_the_table_has_and_names_up_to_three(
    tmp_path: Path, question: str, headline: str, below: str
) -> None:
    (tmp_path / "ratings.csv").write_text(NEAR, encoding="utf-8")
    page = got(opened(tmp_path), f"/?q={question}")
    said = sentences_of(page)
    assert said[0] == headline
    assert below in said[1]
    assert all(row.select("time") for row in page.select(".facts tbody tr"))


@pytest.mark.parametrize(
    ("question", "headline", "below"),
    [
        (
            "which town has the most homes rated Outstanding or Good within 10 miles of Ludlow",
            "Ludlow (3) has the most.",
            "The count is of homes within 10 miles of Ludlow (postal town) rated Outstanding or Good.",
        ),
        (
            "which town has the highest share of Good places within 100 miles of Ludlow",
            "It is a tie: Ludlow and Wem (100% each) have the highest share.",
            "The share is of homes within 100 miles of Ludlow (postal town) rated Good.",
        ),
        (
            "oldest rated place within 100 miles of Ludlow",
            "Oak Tree House Residential Home in Ludlow (Good) has the oldest rating.",
            "Among homes within 100 miles of Ludlow (postal town).",
        ),
    ],
)
def test_a_ranking_tells_who_comes_first_and_below_of_what(
    tmp_path: Path, question: str, headline: str, below: str
) -> None:
    (tmp_path / "ratings.csv").write_text(NEAR, encoding="utf-8")
    page = got(opened(tmp_path), f"/?q={question}")
    said = sentences_of(page)
    assert said[0] == headline
    assert said[1].startswith(below)


def test_the_figures_of_a_long_comparison_follow_below_its_verdict(tmp_path: Path) -> None:
    towns = ("Stoke upon Rother", "Kirkby under Hawdale", "Newton by the Water")
    rows = "".join(f"Care Home {number},Good,2020-01-02,{towns[number // 3]}\n" for number in range(7))
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published,Town\n" + rows, encoding="utf-8")
    asked = f"Which has more places rated Outstanding or Good, {towns[0]}, {towns[1]} or {towns[2]}?"
    page = got(opened(tmp_path), f"/?q={asked}")
    said = sentences_of(page)
    assert said[0] == (
        "Stoke upon Rother and Kirkby under Hawdale have the highest number of places rated Outstanding or Good."
    )
    assert said[1].startswith("Stoke upon Rother 3, Kirkby under Hawdale 3 and Newton by the Water 1.")


def test_a_share_link_shows_the_answer_to_anyone(client: FlaskClient) -> None:
    asked = pressed(client, pressed(client, got(client, "/"), "What is Oxleas rated?"), "And Sheffield?")
    link = str(asked.select("#turn-2 .keep a")[0]["href"])
    shared = got(client, link)
    assert "Sheffield Health and Social Care" in one(shared, "#turn-2 .sentence").get_text()
    assert "Sheffield Health and Social Care" in str(
        one(shared, "meta[property='og:description']")["content"]
    )
    assert one(shared, "meta[name=robots]")["content"] == "noindex"


def test_a_rating_stands_with_what_was_before_its_date_its_note_and_its_source(client: FlaskClient) -> None:
    page = got(client, "/?q=Which+trust+became+outstanding%3F")
    table = one(page, "table.facts")
    assert [cell.get_text() for cell in table.select("thead th")] == ["Name", "Before", "Now", "Published"]
    assert [cell.get_text() for cell in table.select("tbody td")] == [
        "Good",
        "Outstanding",
        "15\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2018",
    ]
    assert one(table, "time")["datetime"] == "2018-03-15"
    note = one(table, "sup a")
    assert "Mersey Care" in one(page, str(note["href"])).get_text()
    assert "row 7" in one(page, ".facts ~ .source").get_text()
    assert all(part["role"] for part in table.select("thead, tbody, tr, th, td"))


def test_a_digest_is_called_so_and_never_in_quotation_marks(client: FlaskClient) -> None:
    page = got(client, "/?q=Why+did+these+trusts+improve%3F")
    assert "From our digest of the report" in [heading.get_text() for heading in page.select("h3")]
    assert "What the reports say" not in page.get_text()
    assert page.select(".quotes li")
    assert all("digest" in (item["class"] or "") for item in page.select(".quotes > li"))
    assert all("Askwell’s digest of" in source.get_text() for source in page.select(".quotes .source"))
    assert page.select(".quotes mark")


def test_what_is_not_found_is_said_with_the_closest_passage_and_a_way_on(client: FlaskClient) -> None:
    page = got(client, "/?q=How+long+do+patients+wait%3F")
    headings = [heading.get_text() for heading in page.select("h3")]
    assert one(page, ".answer.not_found .basis").get_text().startswith("Searched 1 report and 7 ratings")
    assert headings == ["Closest passage", "Questions the reports can answer"]
    assert len(page.select(".quotes > li")) == 1
    assert not page.select("mark")
    assert not page.select("table.facts")


def test_small_talk_offers_questions(client: FlaskClient) -> None:
    page = got(client, "/?q=hello")
    assert one(page, ".answer.small_talk")
    assert [heading.get_text() for heading in page.select("h3")] == ["Questions the reports can answer"]


def test_somebody_in_danger_can_press_the_number(client: FlaskClient) -> None:
    page = got(client, "/?q=I+want+to+kill+myself")
    assert one(page, ".answer.signposted")
    assert "tel:999" in [link["href"] for link in page.select(".contacts .now a")]
    assert "tel:116123" in [link["href"] for link in page.select(".contacts a")]


@pytest.mark.parametrize("question", ["I want to kill myself", "im scared of going back to the ward"])
def test_nothing_stands_beside_or_under_what_is_said_to_somebody_in_danger(
    client: FlaskClient, question: str
) -> None:
    page = shown_page(
        client.post("/", data={"history": ["What is Oxleas rated?"], "question": question}).text
    )
    assert not page.select("#turn-2 button, #turn-2 details, #turn-2 h3, aside.rail")
    assert not page.select("title")[0].get_text().startswith(question)
    after = shown_page(
        client.post("/", data={"history": [question], "question": "What is Oxleas rated?"}).text
    )
    assert question not in [link.get_text() for link in after.select(".jump a")]


def test_the_answer_comes_first_with_number_and_split_and_names_after_it(tmp_path: Path) -> None:
    rows = "".join(
        f"Care Home {number:03},{'Good' if number % 3 else 'Inadequate'},2020-01-02,Ludlow\n"
        for number in range(60)
    )
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published,Town\n" + rows, encoding="utf-8")
    page = got(opened(tmp_path), "/?q=Show+all+places+in+Ludlow")
    told = one(page, ".sentence").get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert told == "60 places in Ludlow: 40 Good and 20 Inadequate"
    assert page.select(".basis")[0].get_text().startswith("Published")  # who they are says the table
    assert page.select("table.facts tbody th")[0].get_text().startswith("Care Home 000")
    assert [part.get_text(" ", strip=True) for part in page.select(".split-words li")] == [
        "40 Good",
        "20 Inadequate",
    ]


def test_how_an_answer_was_found_can_be_unfolded(client: FlaskClient) -> None:
    found = one(got(client, "/?q=What+is+Oxlees+rated%3F"), "details.found")
    told = dict(
        zip(
            [term.get_text() for term in found.select("dt")],
            [words.get_text() for words in found.select("dd")],
            strict=True,
        )
    )
    assert told["About"] == "Oxleas NHS Foundation Trust"
    assert told["Spelling corrected"].split() == [
        "Oxlees",
        "→",
        "Oxleas",
        "Undo",
        "and",
        "ask",
        "with",
        "“Oxlees”",
        "as",
        "typed",
    ]
    assert told["Confidence"].endswith("%")
    assert {"Kind of question", "Index", "Passages, with scores"} <= told.keys()


AMBIGUOUS = """Name,Overall,Published,Town,Postcode
Rose Cottage,Good,2020-01-02,Ludlow,SY8 1AA
Rose Cottage,Inadequate,2021-03-04,Telford,TF1 1AB
Holly House,Outstanding,,Ludlow,SY8 2BB
"""


def test_candidates_for_a_shared_name_are_choices_that_lead_to_one_answer(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(AMBIGUOUS, encoding="utf-8")
    client = opened(tmp_path)
    page = got(client, "/?q=What+is+Rose+Cottage+rated%3F")
    choices = page.select(".answer.ambiguous button.example[form=ask][name=ask]")
    assert [choice.get_text(" ", strip=True) for choice in choices] == [
        "Rose Cottage Ludlow, SY8 1AA Good",
        "Rose Cottage Telford, TF1 1AB Inadequate",
    ]
    for link, place in zip(page.select(".choices a"), ["Ludlow", "Telford"], strict=True):
        assert place in one(got(client, str(link["href"])), "main").get_text()
    assert not page.select("table.facts")
    assert not any("Rose Cottage" in pill.get_text() for pill in page.select(".next .pill"))
    for choice, rating in zip(choices, ["Good", "Inadequate"], strict=True):
        chosen = pressed(client, page, button=str(choice["value"]))
        assert [badge.get_text() for badge in chosen.select("#turn-2 td .badge")] == [rating]


def test_a_choice_in_a_follow_up_answers_what_the_follow_up_asked(tmp_path: Path) -> None:
    rows = (
        AMBIGUOUS.replace("Postcode\n", "Postcode,Provider\n")
        .replace("AA\n", "AA,Elm Care Limited\n")
        .replace("1AB\n", "1AB,Oak Trust\n")
    )
    (tmp_path / "ratings.csv").write_text(rows.replace("2BB\n", "2BB,Oak Trust\n"), encoding="utf-8")
    client = opened(tmp_path)
    page = pressed(client, got(client, "/?q=What+is+Rose+Cottage+rated%3F"), "Who runs it?")
    choices = page.select("#turn-2 button.example")
    for choice, provider in zip(choices, ["Elm Care Limited", "Oak Trust"], strict=True):
        assert (
            provider
            in one(pressed(client, page, button=str(choice["value"])), "#turn-3 .sentence").get_text()
        )


def test_a_rating_without_a_date_says_so_and_columns_follow_the_facts(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(AMBIGUOUS, encoding="utf-8")
    table = one(got(opened(tmp_path), "/?q=What+is+Holly+House+rated%3F"), "table.facts")
    assert [cell.get_text() for cell in table.select("thead th")] == ["Name", "Rating", "Published"]
    assert [cell.get_text() for cell in table.select("tbody td")] == ["Outstanding", "date not published"]
    assert one(table, "tbody th .where").get_text() == "Ludlow"


def test_more_facts_than_are_shown_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"Care Home {number:03},Good,2020-01-02\n" for number in range(60))
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published\n" + rows, encoding="utf-8")
    page = got(opened(tmp_path), "/?q=Which+places+are+good%3F")
    assert len(page.select("table.facts tbody tr")) == 50
    assert "From 60 ratings" in page.select(".basis")[-1].get_text()
    links = {link.get_text(): str(link["href"]) for link in page.select(".list-links a")}
    assert list(links) == ["All 60: sort and filter", "All as CSV", "XLSX"]
    assert one(page, ".all-rows").get_text(strip=True).startswith("Show 40 more")
    rest = got(opened(tmp_path), links["All 60: sort and filter"])
    rest = got(opened(tmp_path), next(str(link["href"]) for link in rest.select(".list-links a[rel=next]")))
    assert len(rest.select("table.facts tbody tr")) == 10
    assert "51–60 of 60" in one(rest, ".list-links").get_text()


def test_what_was_searched_is_told_without_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(AMBIGUOUS, encoding="utf-8")
    basis = one(got(opened(tmp_path), "/?q=What+is+Elm+House+rated%3F"), ".basis")
    assert basis.get_text() == "Searched 3 ratings, up to 4\u00a0March\u00a02021."


def test_an_empty_corpus_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text("Name,Overall,Published\n", encoding="utf-8")
    page = got(opened(tmp_path), "/")
    assert "No reports are loaded yet" in one(page, ".lead").get_text()
    assert "qa serve --corpus" in one(page, "main").get_text()
    assert not page.select("button.example")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_text_everywhere(client: FlaskClient, text: str) -> None:
    page = shown_page(client.post("/", data={"history": [text], "question": text, "ask": text}).text)
    seen = text.replace("\x00", "\ufffd")
    assert [shown.replace("\x00", "\ufffd") for shown in questions(page)] == [seen, seen]
    assert [
        str(field["value"]).replace("\x00", "\ufffd") for field in page.select("input[name=history]")
    ] == [seen, seen]
    assert {element.name for element in page.select("main *")}.isdisjoint(
        {"script", "img", "iframe", "style"}
    )
    assert not [
        element
        for element in page.select("*")
        if any(name.startswith("on") or name == "style" for name in element.attrs)
    ]
    assert [Path(str(script["src"])).name.split(".")[0] for script in page.select("script")] == [
        "page",
        "names",
    ]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_text_in_the_box_gives_a_page(client: FlaskClient, text: str) -> None:
    response = client.post("/", data={"question": text, "history": ["hello"]})
    page = shown_page(response.text)
    assert response.status_code == 200
    assert len(questions(page)) == (2 if text.strip() else 1)


def test_hostile_text_in_a_corpus_shows_as_text(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> & Sons <b>NHS</b> Trust"
    (tmp_path / "ratings.csv").write_text(
        (
            f'Name,Overall,Published,Note,Source\n"{name}",Good,2020-01-02,<img src=x '
            "onerror=alert(2)>,javascript:alert(3)\n"
        ),
        encoding="utf-8",
    )
    (tmp_path / "report.txt").write_text(
        "The zebra<script>alert(4)</script> inspection found clean wards.\n", encoding="utf-8"
    )
    client = opened(tmp_path)
    table = got(client, "/?q=Which+places+are+good%3F")
    assert one(table, "tbody th").get_text().startswith(name)
    assert "<img src=x" in one(table, ".notes").get_text()
    quoted = got(client, "/?q=What+did+the+zebra+inspection+find%3F")
    assert "zebra<script>alert(4)</script> inspection" in one(quoted, "blockquote").get_text()
    for page in (table, quoted):
        assert [Path(str(script["src"])).name.split(".")[0] for script in page.select("script")] == [
            "page",
            "names",
        ]
        assert not page.select("main script, main img, a[href^=javascript]")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_what_readers_and_search_engines_need(client: FlaskClient, path: str) -> None:
    page = got(client, path)
    title = one(page, "title").get_text()
    assert "Askwell" in title
    assert one(page, "meta[property='og:title']")["content"] == title
    assert one(page, "meta[name=description]")["content"]
    assert (
        one(page, "meta[property='og:description']")["content"]
        == one(page, "meta[name=description]")["content"]
    )
    assert one(page, "link[rel=icon]")["href"]
    assert len(page.select("h1")) == len(page.select("main")) == 1
    assert "independent" in one(page, "footer").get_text()
    identifiers = [str(element["id"]) for element in page.select("[id]")]
    assert len(identifiers) == len(set(identifiers))


def test_every_link_within_the_site_leads_somewhere(client: FlaskClient) -> None:
    page = got(client, "/?q=Which+trust+became+outstanding%3F")
    for link in page.select("a[href]"):
        path, _, fragment = str(link["href"]).partition("#")
        if path.startswith("/"):
            assert client.get(path).status_code == 200
        if fragment:
            assert one(got(client, path) if path else page, f"#{fragment}")


def test_what_is_loaded_is_told(client: FlaskClient) -> None:
    told = one(got(client, "/about"), "main dl").get_text(" ", strip=True)
    assert "7, of 7 rated places" in told
    assert "15\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2018" in told


@pytest.mark.parametrize("length", [499, 500, 501, 1_980, 1_990, 2_000])
def test_a_question_that_is_answered_for_programs_is_answered_on_the_page(
    client: FlaskClient, length: int
) -> None:
    question = "Which trusts were rated good? " + "please " * 300
    question = question[:length].strip().ljust(length, "e")
    assert client.post("/ask", json={"question": question}).status_code == 200
    assert client.post("/", data={"question": question}).status_code == 200
    assert client.get("/", query_string={"q": question}).status_code == 200
