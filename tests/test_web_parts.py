"""The parts of a page that are made from records alone: quotes, tables, bars, badges, contacts,
conversations.
"""

import datetime
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import (
    Answer,
    AnswerText,
    Conflict,
    FactSource,
    Figure,
    IndexState,
    PassageSource,
    QuotedPassage,
    RatingFact,
    Span,
    Understood,
)
from qa.web.pages import answer_charts, chart_shapes, contact_links, fact_tables, paragraphs, quotes
from qa.web.pages.badges import badge
from qa.web.pages.conversation import Conversation
from qa.web.pages.date_format import long_date, short_date


def fact(subject: str = "Holly House", row: int = 2, **changed: object) -> RatingFact:
    fields: dict[str, object] = {
        "id": f"f{row}",
        "subject": subject,
        "aspect": "Overall",
        "service": None,
        "rating": "Good",
        "previous_rating": None,
        "published": datetime.date(2020, 1, 2),
        "note": None,
        "attributes": {},
        "source": FactSource("ratings.csv", "Ratings", None, row),
    }
    return RatingFact(**(fields | changed))  # type: ignore[arg-type]


def passage(
    text: str,
    answer: Span | None = None,
    highlights: tuple[Span, ...] = (),
    *,
    rank: int = 1,
    kind: str = "original",
) -> QuotedPassage:
    source = PassageSource("report.md", "A report", kind, None, None, None, None, 0, len(text), "0" * 12)  # type: ignore[arg-type]
    return QuotedPassage(f"p{rank}", rank, 1.0, text, answer, highlights, source)


def answered(
    *facts: RatingFact, standalone: str = "", total: int | None = None, conflicts: tuple[Conflict, ...] = ()
) -> Answer:
    return Answer(
        question=standalone,
        status="answered",
        answer=AnswerText("", "facts", 1.0),
        facts=facts,
        facts_total=len(facts) if total is None else total,
        figures=(),
        conflicts=conflicts,
        parts=(),
        passages=(),
        understood=Understood("list", standalone),
        suggestions=(),
        index=IndexState("0", None),
    )


def table(*facts: RatingFact, total: int | None = None) -> fact_tables.FactTable:
    made = fact_tables.fact_table(answered(*facts, total=total))
    assert made is not None
    return made


@st.composite
def marked_passages(draw: st.DrawFn) -> QuotedPassage:
    """Passages with an answer and highlights anywhere, which may overlap."""
    text = draw(st.text(min_size=1, max_size=40))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda pair: Span(min(pair), max(pair)))
    return passage(text, draw(st.none() | spans), tuple(draw(st.lists(spans, max_size=5))))


@given(marked_passages())
def test_a_quote_joined_again_is_the_passage_with_its_marks(quoted: QuotedPassage) -> None:
    stretches = quotes.quote(quoted).stretches
    assert "".join(piece.text for stretch in stretches for piece in stretch.pieces) == quoted.text
    marked = "".join(piece.text for stretch in stretches if stretch.answers for piece in stretch.pieces)
    assert marked == (quoted.text[quoted.answer.start : quoted.answer.end] if quoted.answer else "")
    matched = sum(len(piece.text) for stretch in stretches for piece in stretch.pieces if piece.matched)
    assert matched == len({place for span in quoted.highlights for place in range(span.start, span.end)})


def test_quotes_are_grouped_by_whose_words_they_are() -> None:
    kinds = ["digest", "original", "digest", "digest", "digest"]
    passages = [passage("Text.", rank=rank, kind=kind) for rank, kind in enumerate(kinds, 1)]
    found = quotes.groups(answered(), passages)
    assert [
        (group.heading, [quote.number for quote in group.shown], [quote.number for quote in group.folded])
        for group in found
    ] == [
        ("From our digest of the report", [1, 3, 4], [5]),
        ("What the reports say", [2], []),
    ]


@pytest.mark.parametrize(
    ("named", "conflicts", "shown", "marked"),
    [
        (("Oxleas",), (), [2], [2]),  # beside what the table says of one, a passage about another unfolds
        (("Oxleas",), (Conflict("f1", "p1"),), [1, 2], [1, 2]),
        ((), (), [1, 2], []),  # and its best sentence is no answer
    ],
)
def test_beside_a_table_only_what_is_said_of_those_told_of_is_marked(
    named: tuple[str, ...], conflicts: tuple[Conflict, ...], shown: list[int], marked: list[int]
) -> None:
    texts = ("Calderstones was rated outstanding.", "Oxleas was rated good.")
    passages = [passage(text, Span(0, len(text)), rank=rank) for rank, text in enumerate(texts, 1)]
    [group] = quotes.groups(answered(conflicts=conflicts), passages, named)
    assert [quote.number for quote in group.shown] == shown
    assert [quote.number for quote in (*group.shown, *group.folded) if quote.answers] == marked


def test_nothing_is_marked_in_the_closest_passage_to_what_was_not_found() -> None:
    [group] = quotes.closest([passage("Themes.", Span(0, 7))])
    assert not any(quote.answers for quote in group.shown)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 Requires improvement", "5~Requires improvement"),
        ("published 15 March 2018", "published 15~March~2018"),
        ("Care Home 071 (1.1 miles)", "Care Home~071 (1.1~miles)"),
        ("6 of 7 were Good.", "6~of 7~were Good."),
    ],
)
def test_a_number_stays_with_its_word(text: str, words: str) -> None:
    assert paragraphs.unbroken(text) == words.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_on_the_web_are_linked(url: str | None, safe: bool) -> None:
    assert quotes.safe_url(url) == (url if safe else None)


def test_columns_are_shown_only_where_they_tell_something() -> None:
    plain = table(fact())
    assert not any((plain.with_service, plain.with_aspect, plain.with_before, plain.cut))
    full = table(
        fact(),
        fact(
            row=3,
            aspect="Safe",
            service="Older people",
            previous_rating="Good",
            attributes={"town": "Ludlow"},
        ),
        total=9,
    )
    assert all(
        (full.rows[1].place == "Ludlow", full.with_service, full.with_aspect, full.with_before, full.cut)
    )


@pytest.mark.parametrize(
    ("aspects", "caption"),
    [(["Overall", "Overall"], "Overall rating"), (["Safe"], "Safe rating"), (["Safe", "Caring"], "Ratings")],
)
def test_a_table_is_named_by_what_was_rated(aspects: list[str], caption: str) -> None:
    assert table(*(fact(aspect=aspect) for aspect in aspects)).caption == caption


def test_a_note_is_told_once_and_its_mark_stands_with_each_fact() -> None:
    made = table(
        fact(row=2, note="Moved."), fact(row=3), fact(row=4, note="Closed."), fact(row=5, note="Moved.")
    )
    assert [row.mark for row in made.rows] == ["a", "", "b", "a"]
    assert made.notes == (("a", "Moved."), ("b", "Closed."))


def test_more_notes_than_letters_are_numbered() -> None:
    made = table(*(fact(row=row, note=f"Note {row}.") for row in range(30)))
    assert [mark for mark, _ in made.notes][24:] == ["y", "z", "27", "28", "29", "30"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([2], "2"),
        ([4, 2, 3], "2–4"),
        ([9, 2, 3, 2], "2–3, 9"),
        ([*range(2, 30, 2), 31], "2, 4, 6, 8, 10, 12, 14, 16 and 7 more"),
    ],
)
def test_the_rows_of_a_source_are_told_as_runs(rows: list[int], told: str) -> None:
    (source,) = table(*(fact(row=row) for row in rows)).sources
    assert source.rows == told


def test_how_many_groups_there_are_is_no_bar() -> None:
    figures = [
        Figure(label, value, "count")
        for label, value in (("Kent", 6), ("Devon", 5), ("Essex", 5), ("councils", 3))
    ]
    chart = answer_charts.chart(figures, {"councils"})
    assert chart is not None
    assert [bar.label for bar in chart.bars] == ["Kent", "Devon", "Essex"]


def test_every_table_that_facts_come_from_is_a_source() -> None:
    other = fact(source=FactSource("more.csv", "More ratings", "https://example.org", 7))
    assert [(one.title, one.url) for one in table(fact(), other).sources] == [
        ("Ratings", None),
        ("More ratings", "https://example.org"),
    ]


@pytest.mark.parametrize(
    ("figures", "bars"),
    [
        ([("Kent", 4, "count"), ("Essex", 2, "count")], []),
        (
            [("Good", 4, "count"), ("Poor", 1, "count"), ("None", 0, "count")],
            [("Good", "4", 100), ("Poor", "1", 25), ("None", "0", 0)],
        ),
        (
            [("A", 50.5, "percent"), ("B", 25, "percent"), ("C", 1, "percent"), ("n", 7, "count")],
            [("A", "50.5%", 100), ("B", "25%", 49.5), ("C", "1%", 2)],
        ),
        (
            [("A", 0, "count"), ("B", 0, "count"), ("C", 0, "count")],
            [("A", "0", 0), ("B", "0", 0), ("C", "0", 0)],
        ),
        (
            [("A", 12_345, "count"), ("B", 2, "count"), ("C", 1, "count")],
            [("A", "12,345", 100), ("B", "2", 0), ("C", "1", 0)],
        ),
        (
            [("first", "2018-01-02", "date"), ("last", "2018-03-04", "date"), ("next", "2019-03-04", "date")],
            [],
        ),
    ],
)
def test_figures_by_group_become_bars(
    figures: list[tuple[str, float | str, str]], bars: list[tuple[str, str, float]]
) -> None:
    made = answer_charts.chart([Figure(label, value, unit) for label, value, unit in figures])  # type: ignore[arg-type]
    assert [(bar.label, bar.value, bar.share) for bar in (made.bars if made else ())] == bars


@pytest.mark.parametrize(
    ("labels", "unit", "caption", "rated"),
    [
        (["Good", "Requires Improvement", "Outstanding"], "percent", "Share by rating", 3),
        (["Kent", "Essex", "Good"], "count", "How many in each group", 1),
        (["Kent", "Essex", "Devon"], "percent", "Share in each group", 0),
    ],
)
def test_a_chart_says_what_its_bars_tell(
    labels: list[str], unit: Literal["count", "percent"], caption: str, rated: int
) -> None:
    chart = answer_charts.chart([Figure(label, 1, unit) for label in labels])
    assert chart is not None
    assert (chart.caption, sum(bar.rating is not None for bar in chart.bars)) == (caption, rated)


def test_ratings_that_are_counted_are_one_stacked_bar_in_the_order_of_the_scale() -> None:
    figures = [
        Figure(label, value, "count")
        for label, value in (("homes", 9), ("Good", 6), ("Outstanding", 1), ("Not rated", 2))
    ]
    chart = answer_charts.chart(figures, ratings=("Outstanding", "Good"))
    assert chart is not None
    assert [(part.badge.words, part.count) for part in chart.split] == [
        ("Outstanding", 1),
        ("Good", 6),
        ("Not rated", 2),
    ]
    assert (chart.bars, chart.multiples) == ((), ())


RATED = [("Kent", "Good", 4), ("Kent", "Outstanding", 1), ("Essex", "Good", 2)]
SORTS = [("Kent", f"Kind {number}", 10 - number) for number in range(8)] + [("Essex", "Kind 0", 5)]


@pytest.mark.parametrize("turned", [False, True], ids=["places by rating", "ratings by place"])
def test_places_by_rating_are_small_multiples_of_stacked_bars(turned: bool) -> None:
    figures = [
        Figure(*((outer, value, "count", inner) if turned else (inner, value, "count", outer)))
        for outer, inner, value in RATED
    ]
    chart = answer_charts.chart(figures, ratings=("Outstanding", "Good"))
    assert chart is not None
    assert [(one.label, [part.count for part in one.split]) for one in chart.multiples] == [
        ("Kent", [1, 4]),
        ("Essex", [2]),
    ]


def test_other_pairs_are_small_multiples_of_bars_of_one_measure() -> None:
    chart = answer_charts.chart([Figure(inner, value, "count", outer) for outer, inner, value in SORTS])
    assert chart is not None
    kent, essex = chart.multiples
    assert (len(kent.bars), kent.rest, kent.bars[0].share) == (6, 2, 100)
    assert [(bar.label, bar.value, bar.share) for bar in essex.bars] == [("Kind 0", "5", 50)]


@pytest.mark.parametrize(("known", "column"), [(0, False), (1, False), (2, True), (4, True)])
def test_ratings_before_have_a_column_where_half_of_the_rows_have_one(known: int, column: bool) -> None:
    rows = [fact(row=row, previous_rating="Good" if row < known else None) for row in range(4)]
    assert table(*rows).with_before is column


@pytest.mark.parametrize(
    ("words", "style", "shown"),
    [
        ("Outstanding", "outstanding", "Outstanding"),
        ("Requires Improvement", "improve", "Requires improvement"),
        ("requires  improvement", "improve", "Requires improvement"),
        ("Inadequate", "inadequate", "Inadequate"),
        ("Not rated", "none", "Not rated"),
        ("Insufficient evidence to rate", "none", "Insufficient evidence to rate"),
        ("Working towards", "other", "Working towards"),
        (None, "none", "Not known"),
    ],
)
def test_a_rating_is_shown_in_the_words_of_its_scale_as_the_scale_writes_them(
    words: str | None, style: str, shown: str
) -> None:
    assert (badge(words).style, badge(words).words) == (style, shown)


@given(
    st.text(max_size=60) | st.sampled_from(["Call 999 or 111.", "See https://a.org/b, or write to c@d.org!"])
)
def test_linked_runs_joined_again_are_the_text(text: str) -> None:
    assert "".join(run.text for run in contact_links.linked(text)) == text


@pytest.mark.parametrize(
    ("text", "hrefs"),
    [
        ("Call 999, Samaritans on 116 123 or NHS 111.", ["tel:999", "tel:116123", "tel:111"]),
        ("Ring 03000 616161 (weekdays).", ["tel:03000616161"]),
        (
            "See https://www.example.org/help. Or www.example.org!",
            ["https://www.example.org/help", "https://www.example.org"],
        ),
        ("Write to help@example.org.", ["mailto:help@example.org"]),
        ("In 1999 there were 1,999 of 9990.", []),
    ],
)
def test_what_can_be_dialled_or_opened_is_linked(text: str, hrefs: list[str]) -> None:
    assert [run.href for run in contact_links.linked(text) if run.href] == hrefs


def test_dates_are_written_as_british_readers_write_them() -> None:
    day = datetime.date(2018, 3, 5)
    assert (long_date(day), short_date(day)) == (
        "5\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2018",
        "5\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2018",
    )


@given(st.lists(st.text(max_size=5), max_size=50))
def test_a_conversation_never_holds_more_than_twenty_questions(typed: list[str]) -> None:
    conversation = Conversation()
    for question in typed:
        conversation = conversation.asking(question)
    kept = [question.replace("\r\n", "\n").strip() for question in typed]
    kept = [question for question in kept if question]
    assert conversation.questions == tuple(kept[-20:])
    assert conversation.next_number == len(kept) + 1


@pytest.mark.parametrize(
    ("north", "words"),
    [(0.001, None), (0.01, "0.1 miles"), (0.1, "1 mile"), (1.0, "10 miles"), (9.0, "100 miles")],
)
def test_a_map_has_a_bar_of_round_miles_that_is_a_quarter_of_it_at_most(
    north: float, words: str | None
) -> None:
    latitude = np.array([52.0, 52.0 + north])
    drawn = chart_shapes.dot_map(latitude, np.array([-2.7, -2.7]), ["Good", "Good"], ["Good"])
    assert drawn is not None
    assert (drawn.scale.words if drawn.scale else None) == words
    if drawn.scale:
        long = float(drawn.scale.path.rpartition("h")[2].removesuffix("v-4"))
        miles = float(drawn.scale.words.split()[0])
        assert long <= 50
        assert long == pytest.approx(miles * 200 / (69.09 * north), abs=0.1)
