"""Passages of invented documents: what shares one, what is cut, and what never is."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answering.quoting import told
from qa.language.sentences import sentences
from qa.passages import LIMIT, SHORT, TARGET, passages_of, sentences_of
from qa.reading import read_corpus
from qa.records import Block, BlockKind, Document, Passage, Report
from qa.retrieval import Retriever

BODY: tuple[BlockKind, ...] = ("paragraph", "item", "quote")
KINDS: tuple[BlockKind, ...] = ("title", "heading", "table", "metadata", "note", *BODY * 3)
Part = tuple[BlockKind, str] | tuple[BlockKind, str, int]  # a block's kind, its text and its page


def document(
    parts: Sequence[Part], path: str = "report.md", title: str = "Report", levels: Sequence[int] = ()
) -> Document:
    """A document of these blocks, a blank line between them; ``levels`` are the headings'."""
    blocks, source, level = [], "", iter(levels)
    for kind, words, *page in parts:
        height = next(level, 2) if kind == "heading" else 0
        blocks.append(Block(kind, len(source), len(source) + len(words), height, *page))
        source += f"{words}\n\n"
    return Document(path, title, source, tuple(blocks))


def texts(parts: Sequence[Part]) -> list[str]:
    """The texts of the passages of a document of these blocks."""
    return [passage.text for passage in passages_of(document(parts))]


def sentence(number: int, length: int = 100) -> str:
    """A sentence of that many characters, like no other number's."""
    begun = f"Ward {number} told inspector {number}"
    return (
        f"{begun} "
        f"{('that all was well ' * 40)[: length - len(begun) - 3].rstrip('. '):a<{length - len(begun) - 2}}."
    )


def paragraph(first: int, count: int, length: int = 100) -> str:
    """That many different sentences."""
    return " ".join(sentence(number, length) for number in range(first, first + count))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents of all kinds of blocks, on pages, in which no sentence stands twice."""
    kinds: list[BlockKind] = draw(st.lists(st.sampled_from(KINDS), max_size=8))
    numbers, page, parts = itertools.count(1), 1, list[Part]()
    for kind in kinds:
        count, length = draw(st.integers(1, 9 if kind in BODY else 1)), draw(st.integers(40, 190))
        words = " ".join(sentence(next(numbers), length) for _ in range(count))
        page += draw(st.sampled_from([0, 0, 0, 1]))
        parts.append((kind, words[:-1] + draw(st.sampled_from([".", ".", ":"])), page))
    return document(parts, levels=draw(st.lists(st.integers(1, 3), min_size=8, max_size=8)))


# Whatever the document --------------------------------------------------------------------------------------


@settings(deadline=None)
@given(documents())
def test_passages_are_ordered_disjoint_slices_without_white_space_at_their_ends(made: Document) -> None:
    passages = passages_of(made)
    places = [place for passage in passages for place in (passage.start, passage.end)]
    assert places == sorted(places)
    assert all(passage.text and passage.text == passage.text.strip() for passage in passages)
    assert all(0 <= passage.start < passage.end <= len(made.text) for passage in passages)


@settings(deadline=None)
@given(documents())
def test_every_sentence_is_whole_in_exactly_one_passage(made: Document) -> None:
    passages = passages_of(made)
    for block in made.blocks:
        for span in sentences(made.text[block.start : block.end]):
            start, end = block.start + span.start, block.start + span.end
            holding = [passage for passage in passages if passage.start <= start and end <= passage.end]
            touching = [passage for passage in passages if passage.start < end and start < passage.end]
            assert len(holding) == len(touching) == (block.kind not in ("title", "heading", "table"))


@settings(deadline=None)
@given(documents())
def test_a_passage_keeps_to_its_headings_and_page(made: Document) -> None:
    above: list[tuple[int, str]] = []
    passages = passages_of(made)
    for block in made.blocks:
        words = made.text[block.start : block.end]
        within = [
            passage for passage in passages if passage.start <= block.start and block.end <= passage.end
        ]
        assert all(passage.headings == tuple(heading for _, heading in above) for passage in within)
        assert all(passage.page == block.page for passage in within)
        if block.kind in ("title", "heading"):
            above = [(level, heading) for level, heading in above if level < block.level]
        if block.kind == "heading":
            above.append((block.level, words))


@settings(deadline=None)
@given(documents())
def test_passages_have_a_readable_length(made: Document) -> None:
    assert all(passage.end - passage.start <= LIMIT for passage in passages_of(made))


@settings(deadline=None)
@given(documents())
def test_notes_and_metadata_are_passages_of_their_own(made: Document) -> None:
    spans = {(passage.start, passage.end) for passage in passages_of(made)}
    assert all((block.start, block.end) in spans for block in made.blocks if block.kind == "metadata")


# What shares a passage --------------------------------------------------------------------------------------


def test_short_paragraphs_are_joined_and_long_ones_stand_alone() -> None:
    short, long = paragraph(1, 2), paragraph(10, 8)
    assert len(short) < SHORT < len(long) < TARGET
    assert texts(
        [
            ("paragraph", short),
            ("paragraph", sentence(5)),
            ("paragraph", long),
            ("paragraph", paragraph(20, 8)),
        ]
    ) == [
        f"{short}\n\n{sentence(5)}",
        long,
        paragraph(20, 8),
    ]


@pytest.mark.parametrize("kind", ["title", "heading", "table", "metadata", "note"])
def test_nothing_is_joined_across_other_blocks(kind: BlockKind) -> None:
    found = texts([("paragraph", sentence(1)), (kind, "Between"), ("paragraph", sentence(2))])
    assert [words for words in found if words != "Between"] == [sentence(1), sentence(2)]


def test_nothing_is_joined_across_pages() -> None:
    made = document([("paragraph", sentence(1), 1), ("paragraph", sentence(2), 2)])
    assert [(passage.text, passage.page) for passage in passages_of(made)] == [
        (sentence(1), 1),
        (sentence(2), 2),
    ]


def test_headings_are_kept_highest_first_and_end_with_their_level() -> None:
    parts: list[Part] = [("paragraph", sentence(1))]
    for number, name in enumerate(["Findings", "Safety", "Medicines", "Leadership"], 2):
        parts += [("heading", name), ("paragraph", sentence(number))]
    passages = passages_of(document(parts, levels=[1, 2, 3, 2]))
    assert [passage.headings for passage in passages] == [
        (),
        ("Findings",),
        ("Findings", "Safety"),
        ("Findings", "Safety", "Medicines"),
        ("Findings", "Leadership"),
    ]


@pytest.mark.parametrize("followers", [("item", "item", "item"), ("quote", "quote")])
def test_a_list_or_quotation_keeps_its_lead_in(followers: Sequence[BlockKind]) -> None:
    lead_in = f"{paragraph(1, 3)} The chair said:"
    parts: list[Part] = [("paragraph", paragraph(50, 6)), ("paragraph", lead_in)]
    parts += [(kind, paragraph(10 * number, 3, 80)) for number, kind in enumerate(followers, 1)]
    assert texts(parts) == [paragraph(50, 6), "\n\n".join(words for _, words, *_ in parts[1:])]


def test_a_quotation_that_begins_in_its_lead_in_is_kept_together() -> None:
    parts: list[Part] = [
        ("paragraph", f"Ann Hale, chief inspector, said:{paragraph(1, 3)}"),
        ("paragraph", f"“{paragraph(10, 3)}"),
        ("paragraph", f"“{paragraph(20, 3)}”"),
        ("paragraph", paragraph(30, 6)),
    ]
    assert texts(parts) == ["\n\n".join(words for _, words, *_ in parts[:3]), paragraph(30, 6)]


def test_a_long_list_is_cut_between_items_and_begins_with_its_lead_in() -> None:
    items = [paragraph(10 * number, 3) for number in range(1, 9)]
    found = texts([("paragraph", "The trust must:"), *(("item", item) for item in items)])
    assert found[0].startswith(f"The trust must:\n\n{items[0]}")
    assert [words for passage in found for words in passage.split("\n\n")] == ["The trust must:", *items]
    assert all(len(passage) <= LIMIT for passage in found)


def test_a_long_paragraph_is_cut_into_pieces_of_about_the_same_length() -> None:
    whole = paragraph(1, 20)
    found = texts([("paragraph", whole)])
    assert " ".join(found) == whole
    assert len(found) == 3
    assert max(map(len, found)) - min(map(len, found)) <= 110


def test_a_single_sentence_is_never_cut() -> None:
    endless = f"The trust {'and the ward ' * 200}improved."
    assert texts([("paragraph", f"{sentence(1, 190)} {endless} {sentence(2)}")]) == [
        sentence(1, 190),
        endless,
        sentence(2),
    ]


# Repetitions ------------------------------------------------------------------------------------------------


def test_a_pull_quote_that_repeats_a_sentence_is_left_out_wherever_it_stands() -> None:
    whole = f"“{paragraph(1, 3)}”"
    before: list[Part] = [("quote", sentence(2)), ("paragraph", whole)]
    after: list[Part] = [("paragraph", whole), ("heading", "Ratings"), ("quote", sentence(2)[:60])]
    assert texts(before) == texts(after) == [whole]


def test_a_text_told_twice_under_one_heading_is_one_passage() -> None:
    parts: list[Part] = [
        ("heading", "Safety"),
        ("paragraph", sentence(1)),
        ("table", "A B"),
        ("paragraph", sentence(1)),
        ("note", sentence(1)),
    ]
    assert texts(parts) == [sentence(1)]


def test_the_same_words_under_another_heading_are_another_passage() -> None:
    same = "Our rating of this service improved. We rated it as good."
    parts: list[Part] = [
        ("heading", "Wards"),
        ("paragraph", same),
        ("heading", "Clinics"),
        ("paragraph", same),
    ]
    assert [passage.section for passage in passages_of(document(parts))] == ["Wards", "Clinics"]


def test_short_lines_and_list_items_are_not_repetitions() -> None:
    lines: list[Part] = [
        ("paragraph", "Rated good."),
        ("table", "A B"),
        ("paragraph", "Rated good."),
        ("table", "A B"),
    ]
    items: list[Part] = [("item", sentence(number)) for number in (1, 2, 1)]
    assert texts(lines + items) == [
        "Rated good.",
        "Rated good.",
        "\n\n".join([sentence(1), sentence(2), sentence(1)]),
    ]


# Identifiers and terms --------------------------------------------------------------------------------------


def test_identifiers_are_safe_in_urls_and_like_no_other() -> None:
    paths = [
        "a b.md",
        "a~20b.md",
        "a%20b.md",
        "a-b.md",
        "a/b.md",
        "über.md",
        "a-0.md",
        "a.md",
        "a#?&.md",
        "\udcff.md",
    ]
    found = [
        passage.id
        for path in paths
        for passage in passages_of(document([("note", "One"), ("note", "Two")], path))
    ]
    assert not [identifier for identifier, count in Counter(found).items() if count > 1]
    assert all(re.fullmatch(r"[A-Za-z0-9._~/-]+", identifier) for identifier in found)
    assert found[0] == "a~20b.md-0-3"


# Real documents ---------------------------------------------------------------------------------------------


def test_real_articles_give_passages_of_readable_length(shared: Path) -> None:
    passages: list[Passage] = []
    for file in sorted((shared / "data" / "squad" / "corpus").glob("*.txt")):
        parts: list[Part] = [
            ("paragraph", words.strip())
            for words in file.read_text(encoding="utf-8").split("\n\n")
            if words.strip()
        ]
        passages += passages_of(document(parts, file.name))
    lengths = sorted(passage.end - passage.start for passage in passages)
    assert lengths[int(len(lengths) * 0.95)] < LIMIT
    assert lengths[len(lengths) // 20] >= SHORT


# Tables -----------------------------------------------------------------------------------------------------

TABLE = "# Homes\n\n## Beds\n\n| Home | Beds |\n|---|---|\n| Ash House | 42 |\n| Birch Lodge | 18 |\n"


def test_the_rows_of_a_table_make_a_passage_under_its_columns(tmp_path: Path) -> None:
    (tmp_path / "homes.md").write_text(TABLE, encoding="utf-8")
    (document,) = read_corpus(tmp_path, Report()).documents
    (passage,) = passages_of(document)
    assert (passage.headings, passage.columns) == (("Beds",), ("Home", "Beds"))
    assert [passage.text[span.start : span.end] for span in sentences_of(passage)] == [
        "Ash House | 42",
        "Birch Lodge | 18",
    ]
    assert document.text[passage.start : passage.end] == passage.text
    found = Retriever([passage]).search("How many beds does Birch Lodge have?")
    assert found.answered
    assert [point.text for point in found.points] == ["Birch Lodge | 18"]
    assert told(found).text == "Birch Lodge: Beds 18"


def test_a_sentence_is_of_one_block(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("# Plans\n\n- Open a station\n- Train staff\n", encoding="utf-8")
    (passage,) = passages_of(read_corpus(tmp_path, Report()).documents[0])
    assert [passage.text[span.start : span.end] for span in sentences_of(passage)] == [
        "Open a station",
        "Train staff",
    ]
