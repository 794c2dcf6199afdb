"""Natural words around what is asked about: "taking Leeds on its own", "care of the older people group",
"round here"."""

from __future__ import annotations

from qa.language.tokens import key
from qa.question.shape import Shape


def take_around(shape: Shape) -> None:
    """Take the words around a year, a place, a service or "here" that add nothing to its meaning."""
    for step in (_year_of_somebody, _looked_at, _round_here, _of_service):
        step(shape)


def _year_of_somebody(shape: Shape) -> None:
    """Read "what year was each rated?" and "in which year was Elm House rated?" as "when?"."""
    for chunk in [one for one in shape.chunks.of("field") if one.value == ("year",)]:
        ahead = shape.chunks.before(chunk)
        each = shape.chunks.saying("quantifier", "each", "all")
        if (
            ahead is None
            or not ahead.says("measure", "which")
            or any(one.kind == "super" for one in shape.chunks)
        ):
            continue
        if any(one.text.startswith("each") for one in each) or shape.chunks.of("subject"):
            chunk.kind, chunk.value = "measure", "when"
            for one in each:
                one.use("measure")


_LOOKING = frozenset(
    "concentrating concerning considering focusing focussing regarding restricting sticking taking".split()
)


def _looked_at(shape: Shape) -> None:
    """Take the opening word of "Taking Leeds on its own, how many …": it adds nothing to the place."""
    first, behind = shape.chunks[0] if shape.chunks else None, shape.chunks[1:]
    nouns = [one for one in behind if one.kind != "function" and not one.says("quantifier", "only")]
    if (
        first is not None
        and first.text in _LOOKING
        and nouns
        and nouns[0].kind in ("where", "provider", "kind")
    ):
        first.use("small")


def _round_here(shape: Shape) -> None:
    """Read "round here", in a directory of one area, as everything in it: "Which brand has the most homes
    round here?"."""
    for chunk in shape.chunks.saying("unheld", "here"):
        if chunk.text in _HERE and shape.vocabulary.is_of_one_area:
            chunk.use("scope")


_HERE = frozenset(
    ("around here", "round here", *(f"on {whose} patch" for whose in ("my", "our", "the", "your")))
)

_OF_GROUPS = frozenset(
    "care caring category department departments dept depts group groups health needs patient patients "
    "people population populations service services team teams treatment unit units".split()
)  # words that people put around the name of a service

_OF_PEOPLE = frozenset(("who", "who are", "whose", "with"))


def _of_service(shape: Shape) -> None:
    """Take the words around the name of a service that add nothing: "inadequate in their care of the older
    people group", "for patients whose circumstances make them vulnerable"."""
    for service in [one for one in shape.chunks if one.kind == "service"]:
        own = {*key(" ".join(service.value)).split()}
        place = shape.chunks.index(service)
        for row in (shape.chunks[:place][::-1], shape.chunks[place + 1 :]):
            for chunk in row:
                words = {*chunk.text.split()}
                if words <= own | _OF_GROUPS and chunk.kind in ("strange", "word", "field", "aspect", "kind"):
                    chunk.use("rating")
                elif chunk.kind not in ("function", "follow") and chunk.text not in _OF_PEOPLE:
                    break
