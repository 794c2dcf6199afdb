"""Words what a grouping asks: its dimensions, the measure of each group, and the conditions on groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qa.answering.context import Context
from qa.answering.english import is_plural, listed, number, with_article
from qa.answering.wording import condition_phrase, scope_phrase
from qa.question.query import Condition, Count, Having, Quantifier, Query, Share, Total, conjunction

_DIMENSIONS = {
    "aspect": ("key question", "key questions"),
    "service": ("service", "services"),
    "rating": ("rating", "ratings"),
    "year": ("year", "years"),
}
_FUNCTIONS = {"sum": "sum of", "mean": "mean of", "least": "smallest of", "most": "largest of"}
_HALF = Fraction(1, 2)


def dimension(query: Query, context: Context, place: int = 0) -> tuple[str, str]:
    """Return the word for the groups, singular and plural: ``("council", "councils")``."""
    name = query.by[place]
    if name in _DIMENSIONS:
        return _DIMENSIONS[name]
    field = context.field(name)
    return field.label, field.plural


def of_each(query: Query, context: Context) -> str:
    """Return what each group's figure counts: ``care homes rated Inadequate``."""
    scope, measure = scope_phrase(query.scope, None, context), query.measure
    if isinstance(measure, Share):
        return f"{scope} {condition_phrase(measure.of, context)}".rstrip()
    if isinstance(measure, Total):
        field = context.field(measure.field)
        label = field.label if is_plural(field.label) else field.plural
        return f"{_FUNCTIONS[measure.function]} {label} of {scope}"
    if isinstance(measure, Count) and measure.of:
        return f"{context.field(measure.of).plural} of {scope}"
    return scope


def havings(asked: Sequence[Having], scope: Condition, context: Context) -> str:
    """Return conditions on groups of a scope: ``at least 8 care homes rated Inadequate``, ``both … and``."""
    told = [_having(one, scope, context) for one in asked]
    both = len(told) == 2 and all(one.quantifier == Quantifier(low=1) for one in asked)
    return f"both {listed(told)}" if both else listed(told, len(told))


def _having(having: Having, of: Condition, context: Context) -> str:
    quantifier, scope = having.quantifier, conjunction(of, having.condition)
    if quantifier.is_share:
        whole, part = scope_phrase(of, None, context), condition_phrase(having.condition, context)
        return f"{share_phrase(quantifier)} {whole} {part}".strip()
    low, high = quantifier.low, quantifier.high
    if high == 0:
        return f"no {scope_phrase(scope, 1, context)}"
    if (low, high) == (1, None):
        return with_article(scope_phrase(scope, 1, context))
    told = count_phrase(low, high)
    return f"{told} {scope_phrase(scope, 1 if (high or low) == 1 else None, context)}"


def count_phrase(low: int, high: int | None) -> str:
    """``exactly 2``, ``at least 3``, ``at most 4``, ``3 to 5``."""
    if high is None:
        return f"at least {number(low)}"
    if low == high:
        return f"exactly {number(low)}"
    return f"at most {number(high)}" if low == 0 else f"{number(low)} to {number(high)}"


def share_phrase(quantifier: Quantifier) -> str:
    """``most of their``, ``at least half of their``, ``all of their``, ``under 25% of their``."""
    if quantifier.least == 1:
        return "all of their"
    if quantifier.over == _HALF:
        return "most of their"
    words = (("over", "more than"), ("least", "at least"), ("under", "fewer than"), ("most", "at most"))
    told = [
        f"{word} {_part(value)}" for name, word in words if (value := getattr(quantifier, name)) is not None
    ]
    return f"{listed(told)} of their"


def _part(value: Fraction) -> str:
    return "half" if value == _HALF else "all" if value == 1 else f"{float(100 * value):g}%"
