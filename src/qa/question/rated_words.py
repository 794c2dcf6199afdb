"""Words that only say that a rating is meant: "rated at all", "by its rating", "how Oxleas is rated"."""

from __future__ import annotations

from qa.question import query as q
from qa.question.chunks import Chunk
from qa.question.shape import Shape, asks, next_of

_SAY_MORE = ("cond", "unrated", "spread", "super", "period", "versus", "by", "order", "order_way")


def rated_at_all(shape: Shape) -> None:
    """Read "are any dentists rated?", "has Elm House been rated?" and "which homes have a rating?" as a
    condition on having a rating."""
    rated = _only_rated(shape)
    if rated is None or _is_asked_for(shape, rated) or not _has_nouns(shape, rated):
        return
    aspect = next_of(shape, rated, "aspect")
    if aspect is None and shape.chunks.of("aspect"):
        return
    names = aspect.value if aspect is not None else (q.WHOLE,)
    if len(names) == 1:
        rated.kind, rated.value = "cond", q.Not(q.Unrated(names[0]))
        if aspect is not None:
            aspect.use("rating")


def _only_rated(shape: Shape) -> Chunk | None:
    """The word "rated" or "rating", if a question asks for nothing more than who is."""
    said = [
        chunk for chunk in shape.chunks.saying("rated", "") if chunk.text.split()[-1] in ("rated", "rating")
    ]
    asked = shape.yes_no or asks(shape, "which", "count", "list")
    if len(said) != 1 or not asked or any(chunk.kind in _SAY_MORE for chunk in shape.chunks):
        return None
    return said[0]


def _has_nouns(shape: Shape, rated: Chunk) -> bool:
    """True if what is rated is named before ``rated``, or after it in "is there a rating for Elm House
    yet?"."""
    place = shape.chunks.index(rated)
    heads = ("kind", "where", "provider", *(("subject",) if shape.yes_no else ()))
    if any(one.kind in heads for one in shape.chunks[:place]):
        return True
    there = shape.yes_no and shape.chunks.any("follow", "there")
    return there and any(one.kind == "subject" for one in shape.chunks[place:])


def _is_asked_for(shape: Shape, rated: Chunk) -> bool:
    """True for "…, what rating has it got" and "what was its maternity rating", which ask for the rating, not
    whether there is one."""
    ahead = shape.chunks.before(rated)
    first = next((one for one in shape.chunks if one.says("measure")), None)
    being = first is not None and first.says("measure", "which") and first.text in _WHAT_IS
    if shape.yes_no:
        return ahead is not None and ahead.says("measure", "which")
    return being and rated.text.split()[-1] == "rating"


_WHAT_IS = frozenset(("what is", "what was", "whats"))


def by_its_rating(shape: Shape) -> None:
    """Take "by its rating" in "Is it good, by its rating?", which makes no groups."""
    for chunk in shape.chunks.of("by"):
        behind = shape.chunks[shape.chunks.index(chunk) + 1 :]
        kinds = [one.kind for one in behind if one.kind != "function"]
        if kinds[:2] == ["follow", "rated"]:
            for one in (chunk, *behind[:2]):
                one.use("small")


def registered_there(shape: Shape) -> None:
    """Read "homes registered in Leeds" as being in Leeds and "registered homes" as all homes; "registered in
    2019" says more and stays."""
    for chunk in shape.chunks.saying("rated", "registered"):
        behind = [one for one in shape.chunks[shape.chunks.index(chunk) + 1 :] if one.kind != "function"][:1]
        there = (
            behind[0].kind in ("where", "provider", "kind")
            if behind
            else asks(shape, "count", "which", "list")
        )
        if not there:
            chunk.kind, chunk.value = "strange", chunk.text


def how_rated(shape: Shape) -> None:
    """Read "I'd like to know how Oxleas is rated" as "what is it rated?"."""
    for chunk in shape.chunks.saying("prose", "how"):
        if _asks_how_rated(shape.chunks[shape.chunks.index(chunk) + 1 :]):
            chunk.use("small")


def _asks_how_rated(behind: list[Chunk]) -> bool:
    """True for what may follow "how" in a question for a rating."""
    kinds = [one.kind for one in behind]
    if kinds[:1] == ["aspect"] or ("quality" in kinds and "aspect" in kinds):
        return True  # "how safe is it?", "how do the surgeries do on safe?"
    named = [one for one in behind if one.kind not in ("function", "quality", "where", "kind")]
    if len(named) < 2 or not named[1].says("rated", ""):
        return False
    return named[0].kind in ("subject", "strange", "provider")


def overall(shape: Shape) -> None:
    """Take "overall" in "rated overall", which means the same as "rated"."""
    for chunk in shape.chunks.of("aspect"):
        if chunk.value == (q.WHOLE,) and not chunk.out:
            chunk.use("measure")


def its_newest(shape: Shape) -> None:
    """Read "is its latest rating good?" as a question about the current rating."""
    named = shape.chunks.of("subject")
    if shape.yes_no and len(named) == 1 and len(named[0].value) == 1 and shape.chunks.of("cond"):
        for chunk in shape.chunks.saying("super", "newest"):
            if chunk.text.split()[-1] in ("rating", "latest", "recent", "newest"):
                chunk.use("small")


def how_they_compare(shape: Shape) -> None:
    """Read "How do homes in Kent compare with those in Essex?" as a comparison of their ratings."""
    if shape.chunks.saying("versus", "compare"):
        asking = [one for one in shape.chunks if one.kind == "quality" and one.text.startswith("how")]
        for chunk in (*shape.chunks.saying("prose", "how"), *asking):
            chunk.kind, chunk.value = "quality", "compare"
            chunk.use("small")
