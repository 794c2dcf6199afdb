"""Documents to passages: verbatim slices of readable length, each under its headings.

Blocks that follow one another under the same headings and on the same page make a *run*. A run is cut into
*pieces*: a paragraph, an item, or a list or quotation with its lead-in; a piece that is too long is cut
between sentences, and short pieces are joined with those beside them. Titles and headings are in no passage;
passages are indexed under the words of those above them. Tables of ratings become facts; the rows of other
tables make passages, under the headings of their columns.
"""

from __future__ import annotations

import itertools
import math
import re
import urllib.parse
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qa.language.sentences import sentences
from qa.language.tokens import token_words
from qa.records import CELLS, Block, Document, Passage, Span

SHORT = 250  # characters: a piece below this is joined with one beside it …
TARGET = (
    900  # … to at most this many, and a piece that is too long is cut into pieces of at most about this many
)
LIMIT = 1_200  # characters: a piece above this is too long, unless it is one sentence
REPEATED = 8  # words: a block of fewer is never taken for a repetition

_BODY = frozenset({"paragraph", "item", "quote"})
_ALONE = frozenset({"metadata", "note", "rows"})
_LEAD_IN = re.compile(
    r":\s*\Z|\b(?:said|says|added|adds|wrote|writes|commented|explained|told\s+\w+)\s*:", re.IGNORECASE
)
_OPENING_QUOTES = ("“", '"', "«")


class _Placed(NamedTuple):
    block: Block
    headings: tuple[str, ...]  # the headings above it, the highest first


def passages_of(document: Document) -> tuple[Passage, ...]:
    """The passages of a document in their order, disjoint.

    Every sentence of a paragraph, item, quotation, note or metadata line is in exactly one, unless its block
    only repeats another.
    """
    return tuple(
        Passage(
            identifier(document.path, span),
            document,
            span.start,
            span.end,
            run[0].headings,
            run[0].block.page,
            columns,
        )
        for run in _runs(document)
        for columns, spans in [_cut(document.text, [placed.block for placed in run])]
        for span in spans
    )


def sentences_of(passage: Passage) -> list[Span]:
    """The sentences of a passage, in order, within its text. No sentence spans two blocks, and each row of a
    table is one.
    """
    text, begun, found = passage.text, passage.start, list[Span]()
    for block in passage.blocks:
        start, end = max(block.start, begun) - begun, min(block.end, passage.end) - begun
        spans = _lines if block.kind == "rows" else sentences
        found += [_moved(span, start) for span in spans(text[start:end])]
    return found or sentences(text)  # of a passage that was made without blocks


def identifier(path: str, span: Span) -> str:
    """The id of a passage of the document of this path: unique in the corpus, e.g.

    "reports/june~20trusts.md-120-560".
    """
    return f"{identifier_of(path)}-{span.start}-{span.end}"


def identifier_of(path: str) -> str:
    """Return the beginning of the ids of a document's passages: safe in a URL and as an anchor."""
    return urllib.parse.quote(path, safe="/", errors="surrogatepass").replace("~", "%7E").replace("%", "~")


# Runs -------------------------------------------------------------------------------------------------------


def _runs(document: Document) -> Iterator[list[_Placed]]:
    """Blocks that may share a passage.

    Anything between two blocks that is in neither keeps them apart, as a passage is one slice.
    """
    all_placed = _under_headings(document)
    repetitions = _repetitions(document.text, all_placed)
    run: list[_Placed] = []
    for number, placed in enumerate(all_placed):
        told = placed.block.kind in _BODY | _ALONE and number not in repetitions
        if run and not (told and _may_share(run[-1], placed)):
            yield run
            run = []
        if told:
            run.append(placed)
    if run:
        yield run


def _may_share(left: _Placed, right: _Placed) -> bool:
    return (
        {left.block.kind, right.block.kind} <= _BODY
        and left.headings == right.headings
        and left.block.page == right.block.page
    )


def _under_headings(document: Document) -> list[_Placed]:
    """Every block with the headings above it."""
    placed, above = [], list[tuple[int, str]]()
    for block in document.blocks:
        placed.append(_Placed(block, tuple(heading for _, heading in above)))
        if block.kind in ("heading", "title"):
            above = [(level, heading) for level, heading in above if level < block.level]
        if block.kind == "heading":
            above.append((block.level, " ".join(document.text[block.start : block.end].split())))
    return placed


# Repetitions ------------------------------------------------------------------------------------------------


def _repetitions(source: str, all_placed: Sequence[_Placed]) -> set[int]:
    """The numbers of the blocks that another block contains: a pull-quote, wherever it is, or a text repeated
    under the same headings. Under other headings the same words may be about something else, e.g. another
    service.
    """
    words = [_words(source, placed.block) for placed in all_placed]
    openings = defaultdict[tuple[str, ...], list[int]](list)
    for number, placed in enumerate(all_placed):
        if len(words[number]) >= REPEATED and placed.block.kind != "item":  # a list keeps its items
            openings[words[number][:REPEATED]].append(number)
    return {
        inner
        for outer, held in enumerate(words)
        for place in range(len(held) - REPEATED + 1)
        for inner in openings.get(held[place : place + REPEATED], ())
        if held[place : place + len(words[inner])] == words[inner]
        and (len(words[inner]), -inner) < (len(held), -outer)
        and (
            all_placed[inner].block.kind == "quote"
            or all_placed[inner].headings == all_placed[outer].headings
        )
    }


def _words(source: str, block: Block) -> tuple[str, ...]:
    return tuple(token_words(source[block.start : block.end])) if block.kind in _BODY | _ALONE else ()


# Rows -------------------------------------------------------------------------------------------------------


def _cut(source: str, run: Sequence[Block]) -> tuple[tuple[str, ...], Iterable[Span]]:
    """Yield the passages of a run; for a table's rows, with the headings of its columns, which
    are in none of them.
    """
    if run[0].kind != "rows":
        return (), _joined(_pieces(source, run))
    heading, *rows = (_moved(span, run[0].start) for span in _lines(source[run[0].start : run[0].end]))
    return tuple(source[heading.start : heading.end].split(CELLS)), _balanced(rows)


def _lines(source: str) -> list[Span]:
    return [Span(*found.span()) for found in re.finditer(r"\S.*", source)]


# Pieces -----------------------------------------------------------------------------------------------------


def _pieces(source: str, run: Sequence[Block]) -> Iterator[Span]:
    """Return the spans of a run's groups; those that are too long are cut between blocks, or
    else between sentences.
    """
    for group in _groups(source, run):
        whole = Span(group[0].start, group[-1].end)
        blocks = _glued([[Span(block.start, block.end)] for block in group])
        for piece in _balanced(blocks) if _is_long(whole) else [whole]:
            yield from _balanced(_sentences(source, group, piece)) if _is_long(piece) else [piece]


def _groups(source: str, run: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the blocks of a run one by one, except that a lead-in comes together with what it leads to."""
    group: list[Block] = []
    for block in run:
        if group and not (_is_lead_in(source, group[0]) and _is_led_to(source, block)):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_lead_in(source: str, block: Block) -> bool:
    return block.kind == "paragraph" and _LEAD_IN.search(source, block.start, block.end) is not None


def _is_led_to(source: str, block: Block) -> bool:
    return block.kind in ("item", "quote") or source.startswith(_OPENING_QUOTES, block.start)


def _sentences(source: str, group: Sequence[Block], piece: Span) -> list[Span]:
    """The sentences of a group that lie within a piece of it."""
    by_block = [
        [_moved(span, block.start) for span in sentences(source[block.start : block.end])] for block in group
    ]
    return [span for span in _glued(by_block) if piece.start <= span.start and span.end <= piece.end]


def _glued(by_block: Sequence[list[Span]]) -> list[Span]:
    """The spans of a group's blocks, a lead-in's last made one with the first that it leads to."""
    (*lead_in, last), *others = by_block
    if not others:
        return [*lead_in, last]
    (first, *more), *rest = others
    return [*lead_in, Span(last.start, first.end), *more, *itertools.chain.from_iterable(rest)]


def _moved(span: Span, places: int) -> Span:
    return Span(span.start + places, span.end + places)


def _balanced(atoms: Sequence[Span]) -> Iterator[Span]:
    """Pieces of about the same length, each ending with the atom that ends nearest to its even share."""
    begun, ends = atoms[0].start, [atom.end for atom in atoms]
    count = math.ceil((ends[-1] - begun) / TARGET)
    cuts = {_nearest(ends, begun + (ends[-1] - begun) * share / count) for share in range(1, count)}
    first = 0
    for last in sorted(cuts | {len(atoms) - 1}):
        yield Span(atoms[first].start, ends[last])
        first = last + 1


def _nearest(ends: Sequence[int], aim: float) -> int:
    right = bisect_left(ends, aim)
    return right - 1 if right and aim - ends[right - 1] <= ends[right] - aim else right


def _joined(pieces: Iterable[Span]) -> Iterator[Span]:
    """Pieces in their order, the short ones joined with one beside them as far as that stays within the
    target.
    """
    held: Span | None = None
    for piece in pieces:
        if held and min(_length(held), _length(piece)) < SHORT and piece.end - held.start <= TARGET:
            held = Span(held.start, piece.end)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _length(span: Span) -> int:
    return span.end - span.start


def _is_long(span: Span) -> bool:
    return _length(span) > LIMIT
