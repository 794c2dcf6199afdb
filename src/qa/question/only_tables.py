"""Questions that only the tables can answer, even if the words left over occur in a passage: lists, counts
and claims of rated places."""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk
from qa.question.naming_found import INSIDE
from qa.question.parse import OPERATORS, Parsed
from qa.question.vocabulary import Vocabulary


def asks_the_tables(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True if no sentence of a report can answer a question with words left over."""
    return (
        _narrows_rated_places(parsed)
        or _asks_where(parsed)
        or _asks_a_rating(parsed)
        or _ranks_by_ratings(parsed)
        or _claims_the_same(parsed)
        or _asks_if_listed(parsed, vocabulary)
    )


def _narrows_rated_places(parsed: Parsed) -> bool:
    """True if places with a rating are listed, counted or claimed, and the words left over only say which
    places: "Which trusts except the two in the Fens are good?", "Did all trusts with a farm improve?".

    After the rating, only the words of a place narrow: "Which trusts are good at listening?" asks for what
    reports say.
    """
    told = [chunk for chunk in parsed.chunks if chunk.kind == "cond"]
    head = _rated_head(parsed) if told else None
    if head is None:
        return False
    left = [chunk for chunk in parsed.chunks if chunk.kind == "strange" or chunk in parsed.left_out]
    return not _only_operators(left) and all(
        _is_behind_place(parsed, chunk) or _is_in_clause(parsed, head, chunk)
        for chunk in left
        if chunk.start > told[-1].start
    )


def _asks_where(parsed: Parsed) -> bool:
    """True for "Which trusts are in the Fens?": nothing is asked but which of the rated are there."""
    head = _rated_head(parsed)
    if head is None:
        return False
    behind = [chunk for chunk in parsed.chunks if chunk.start > head.start]
    unknown = [chunk for chunk in behind if chunk.kind == "strange"]
    plain = all(one in unknown or one.text in _BEING_THERE | INSIDE for one in behind)
    return bool(unknown) and plain and _is_behind_place(parsed, unknown[0])


_BEING_THERE = frozenset("are based be found is located situated the there was were".split())


def _asks_a_rating(parsed: Parsed) -> bool:
    """True for "What is Elm Trust rated?" and "elm trust rating", if no table has the name of several words:
    nothing but its rating is asked."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind != "function"]
    names = [chunk for chunk in telling if chunk.kind == "strange"]
    rated = [chunk for chunk in telling if chunk.kind == "rated"]
    plain = all(chunk in (*names, *rated) or chunk.says("measure", "which") for chunk in telling)
    return plain and bool(rated) and len(names) == 1 and len(names[0].text.split()) > 1


def _ranks_by_ratings(parsed: Parsed) -> bool:
    """True for "Which home is best for safe and well-led?", in which nothing but key questions is left."""
    left = parsed.left_out
    ranked = parsed.has("super") and _rated_head(parsed) is not None
    return ranked and bool(left) and all(one.kind in ("aspect", "aspects", *OPERATORS) for one in left)


def _only_operators(chunks: Sequence[Chunk]) -> bool:
    return all(chunk.kind in OPERATORS for chunk in chunks)


def _claims_the_same(parsed: Parsed) -> bool:
    """True for "Are all trusts rated the same?": whether ratings are alike is in no sentence of a report."""
    if not parsed.yes_no or _rated_head(parsed) is None:
        return False
    same = [chunk for chunk in parsed.chunks if chunk.says("versus", "same")]
    behind = [parsed.chunks.after(chunk) for chunk in same]
    return any("rat" in chunk.text for chunk in same) or any(
        chunk is not None and chunk.kind == "rated" for chunk in behind
    )


def _asks_if_listed(parsed: Parsed, vocabulary: Vocabulary) -> bool:
    """True for "Is Larkmoor one of the seven?", which asks whether a name is in the table."""
    strange = [place for place, chunk in enumerate(parsed.chunks) if chunk.kind == "strange"]
    if not parsed.yes_no or len(strange) != 1:
        return False
    behind = parsed.chunks[strange[0] + 1 :]
    held = vocabulary.store.size[1]
    whole = any(one.kind == "quantity" and one.value.low == held for one in behind[2:])
    return " ".join(one.text for one in behind).startswith("one of") and (
        whole or any(one.kind == "kind" for one in behind)
    )


def _is_behind_place(parsed: Parsed, chunk: Chunk) -> bool:
    """True for the words behind "in", as in "outstanding in the Fens"."""
    ahead = [word.text for word in parsed.annotated.words[max(0, chunk.start - 2) : chunk.start]]
    return not INSIDE.isdisjoint(ahead[-2:] if ahead[-1:] == ["the"] else ahead[-1:])


def _is_in_clause(parsed: Parsed, head: Chunk, chunk: Chunk) -> bool:
    """True for words of a clause about the places listed: "the good trusts with wards for children"."""
    behind = parsed.annotated.words[head.end : head.end + 1]
    return chunk.start > head.end and any(word.text in _BEGINS_CLAUSE for word in behind)


_BEGINS_CLAUSE = frozenset("having that where which who whose with without".split())


def _rated_head(parsed: Parsed) -> Chunk | None:
    """The kind of place that is listed, counted or claimed about; ``None`` if something else is, as in "What
    documents did trusts use?"."""
    head = next((chunk for chunk in parsed.chunks if chunk.kind == "kind" and not chunk.out), None)
    if head is None:
        return None
    ahead = parsed.chunks[: parsed.chunks.index(head)]
    places = [place for place, chunk in enumerate(ahead) if _asks_which(parsed, chunk)]
    direct = bool(places) and all(chunk.kind != "strange" for chunk in ahead[places[-1] : -1])
    return head if direct or (parsed.yes_no and _is_placed(parsed)) else None


def _is_placed(parsed: Parsed) -> bool:
    """True if unknown words say where: "Was the trust in the Fens outstanding?"."""
    return any(_is_behind_place(parsed, chunk) for chunk in parsed.chunks if chunk.kind == "strange")


def _asks_which(parsed: Parsed, chunk: Chunk) -> bool:
    if parsed.yes_no and chunk.kind in ("quantifier", "portion", "quantity"):
        return True
    return chunk.says("measure", "count", "which", "list", "share")
