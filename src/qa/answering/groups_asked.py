"""Words what a grouping asks: its dimensions, the measure of each group, and the conditions on groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from qa.answering.context import Context
from qa.answering.english import is_plural, listed, number, with_article
from qa.answering.wording import condition_phrase, scope_phrase
from qa.question.query import (
    FEWER,
    MORE,
    Condition,
    Count,
    Having,
    Quantifier,
    Query,
    Share,
    Total,
    conjunction,
)

_DIMENSIONS = {
    "aspect": ("key question", "key questions"),
    "service": ("service", "services"),
    "rating": ("rating", "ratings"),
    "year": ("year", "years"),
}
_FUNCTIONS = {"sum": "sum of", "mean": "mean of", "least": "smallest of", "most": "largest of"}
_HALF = Fraction(1, 2)
_BOUNDS = (("over", "more than"), ("least", "at least"), ("under", "fewer than"), ("most", "at most"))
_SAID_AGAIN = ("for", "in", "not", "other", "than")  # before the first word in which two phrases differ


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
    if having.than is not None:
        return _comparing(having, of, context)
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


def sides_of(having: Having, scope: Condition, context: Context) -> tuple[str, str]:
    """Return what the two numbers of a group count: ``care homes rated Good``, ``care homes rated
    Outstanding``."""
    assert having.than is not None
    one, other = (scope_phrase(conjunction(scope, part), None, context) for part in having.conditions)
    return one, other


def _comparing(having: Having, scope: Condition, context: Context) -> str:
    """Return ``more care homes rated Good than Outstanding``: common conditions are stated once."""
    first, second = sides_of(having, scope, context)
    words = second.split()
    pairs = enumerate(zip(first.split(), words, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), len(words))
    while same and words[same - 1] in _SAID_AGAIN:
        same -= 1
    before, between = times_phrase(having.quantifier)
    return f"{before} {first} {between} {' '.join(words[same:]) or second}"


def times_phrase(quantifier: Quantifier) -> tuple[str, str]:
    """Return the words before and between two numbers: ``("more", "than")``, ``("as many", "as")``."""
    if quantifier in (MORE, FEWER):
        return ("more" if quantifier == MORE else "fewer"), "than"
    told = [(words, getattr(quantifier, name)) for name, words in _BOUNDS]
    words, part = next((words, part) for words, part in told if part is not None)
    exactly = quantifier.least is not None and quantifier.least == quantifier.most
    if part == 1:
        return ("as many" if exactly else f"{words} as many"), "as"
    return f"{'exactly' if exactly else words} {float(part):g} times as many", "as"


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
    told = [
        f"{word} {_part(value)}" for name, word in _BOUNDS if (value := getattr(quantifier, name)) is not None
    ]
    return f"{listed(told)} of their"


def _part(value: Fraction) -> str:
    return "half" if value == _HALF else "all" if value == 1 else f"{float(100 * value):g}%"
