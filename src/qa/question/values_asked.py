"""Questions for values of columns: who runs it, where it is, "the rating and the provider of Oxleas"."""

from __future__ import annotations

from dataclasses import replace

from qa.question import query as q
from qa.question.chunks import unique
from qa.question.query import Query
from qa.question.shape import Shape, asks, scope_left, take, take_aspects

GRADE = frozenset(("rating", "ratings", "grade", "grades"))
_ADDRESS = ("street", "address", "town", "local_authority", "postcode")


def values_queries(shape: Shape) -> list[Query]:
    """Return the Queries for the values of the columns that are asked for, if any are."""
    values = unique((*shape.columns, *_values_asked(shape)))
    return _with_values(shape, values) if values else []


def _with_values(shape: Shape, values: tuple[str, ...]) -> list[Query]:
    """The values asked for, with the rating and the date if they are asked for as well."""
    rated = shape.rated or _rating_too(shape)
    dated = shape.dated or take(shape, "measure", "when")
    aspects, service = take_aspects(shape) if rated or dated else ((), q.WHOLE)
    measures: list[q.Measure] = [q.Values(values)]
    if rated:
        measures.insert(0, q.Ratings(aspects or (q.WHOLE,), service))
    if dated:
        measures.append(q.Dates((aspects or (q.WHOLE,))[0], service))
    cut = Query(scope_left(shape), order=shape.order, ranks=shape.ranks, most=shape.most)
    return [replace(cut, measure=measure) for measure in measures]


def _rating_too(shape: Shape) -> bool:
    """True for "the rating and the provider of Oxleas", which asks for both."""
    named = bool(shape.chunks.included("subject"))
    for chunk in shape.chunks if named else ():
        if chunk.kind in ("rated", "aspect") and not GRADE.isdisjoint(chunk.text.split()):
            ahead, behind = shape.chunks.before(chunk), shape.chunks[shape.chunks.index(chunk) + 1 :]
            if (ahead is not None and ahead.kind == "and") or any(one.text == "and" for one in behind):
                return True
    return False


def _values_asked(shape: Shape) -> tuple[str, ...]:
    """The fields asked for: who runs it, where it is, "with their regions", "what ward is it in"."""
    found = [*_fields_meant(shape), *_fields_named(shape)]
    if found:
        take(shape, "measure", "which", "list")
        take(shape, "run_by", part="measure")
    if "predecessor" in found:
        take(shape, "time", "before", "start")  # "what name did it have before"
    return unique(found)


def _fields_meant(shape: Shape) -> list[str]:
    """Take the words that ask for a field without naming it, "who", "where", and return those fields."""
    found: list[str] = []
    if _asks_who_runs_it(shape):
        found.append("provider")
    if take(shape, "measure", "provider"):
        found.append("provider")
    if _only_where(shape) or take(shape, "measure", "address"):
        found += [name for name in _ADDRESS if name in shape.vocabulary.field_names]
    if take(shape, "measure", "kind"):
        found.append("kind")
    if _postcode_asked(shape):
        take(shape, "postcode")
        found.append("postcode")
    return found


def _fields_named(shape: Shape) -> list[str]:
    """Take the names of fields and return the fields; a year asks when."""
    found: list[str] = []
    for chunk in shape.chunks.of("field"):
        if chunk.value == ("year",):
            chunk.kind, chunk.value = "measure", "when"
        else:
            chunk.use("measure")
            found += chunk.value
    return found


def _asks_who_runs_it(shape: Shape) -> bool:
    """Take "run by" in "who is it run by" of a named subject, but not in "what brand is it part of"."""
    brand = any("brand" in chunk.value for chunk in shape.chunks.of("field"))
    named = bool(shape.chunks.included("subject"))
    return named and not brand and asks(shape, "which") and take(shape, "run_by", part="measure")


def _only_where(shape: Shape) -> bool:
    """True for "and where?" about the subjects before, which asks for their addresses; "where is …" asks for
    the address of what it names."""
    telling = [chunk for chunk in shape.chunks if chunk.kind not in ("function", "and")]
    return len(telling) == 1 and telling[0].says("measure", "which") and telling[0].text == "where"


def _postcode_asked(shape: Shape) -> bool:
    """True for "the postcode of …", but not for a postcode district, nor for postcodes to group by."""
    said = shape.chunks.saying("postcode")
    plain = all(
        chunk.text in ("postcode", "postcodes", "post code", "post codes", "postal code") for chunk in said
    )
    grouped = any(chunk.kind in ("super", "by", "order") for chunk in shape.chunks)
    return bool(said) and plain and not grouped and "postcode" in shape.vocabulary.field_names
