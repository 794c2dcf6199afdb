"""The kind of place that "where are the most homes?" asks for."""

from __future__ import annotations

from qa.question.chunks import Chunk
from qa.question.parts import Meant
from qa.question.shape import Shape

_SORTS = ("town", "local_authority", "region")  # the smaller first
_NAMING = ("field", "subject", "by", "versus", "near")


def place_of_most(shape: Shape) -> list[str]:
    """Return the field of the places that "where are the most homes?" asks for; nothing for any other
    question.

    It is that of the places left out, "other than Leeds and York"; within a council, or in tables of one
    area, the town; within a region, or in tables of a whole country, the council.
    """
    where = [one for one in shape.chunks.of("measure") if one.text.split()[0] == "where"]
    ranked = _the_most(shape) or _most_of(shape)
    counted = any(one.text.endswith("s") for one in shape.chunks.of("kind"))  # not "the most inadequate home"
    if shape.yes_no or not (where and ranked and counted) or shape.chunks.of(*_NAMING):
        return []
    sort = _sort_asked(shape)
    if sort not in shape.vocabulary.field_names:
        return []
    where[0].use("by")
    ranked[0].kind = "super"
    return [sort]


def _the_most(shape: Shape) -> list[Chunk]:
    """The words of a ranking; not those of "where are most homes good?", which asks for a majority."""
    said = shape.chunks.saying("super", "most", "least")
    ahead = [shape.chunks.before(one) for one in said]
    return [
        one
        for one, before in zip(said, ahead, strict=True)
        if one.text != "most" or (before is not None and before.text in ("has", "the"))
    ]


def _most_of(shape: Shape) -> list[Chunk]:
    """The word "most" in "where are most of the inadequate homes?"."""
    told = [one.start for one in shape.chunks.of("cond")]
    nouns = [one.start for one in shape.chunks.of("kind")]
    return shape.chunks.saying("quantifier", "most") if told and nouns and told[-1] < nouns[0] else []


def _sort_asked(shape: Shape) -> str:
    named = shape.chunks.of("where")
    out = [field for one in named if one.out for field in _fields(one)]
    if out:
        return out[0]
    within = [field for one in named if not one.out for field in _fields(one) if field in _SORTS]
    if within:
        return _SORTS[max(_SORTS.index(within[0]) - 1, 0)]
    return "town" if shape.vocabulary.is_of_one_area else "local_authority"


def _fields(chunk: Chunk) -> list[str]:
    return [value.field for value in chunk.value if isinstance(value, Meant)]
