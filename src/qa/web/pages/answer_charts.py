"""An answer's figures as charts: bars, one stacked bar of ratings, and small multiples of either for two
groupings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from qa.records import Figure
from qa.web.pages.badges import Badge, badge
from qa.web.pages.chart_shapes import SplitPart, rating_badge, split

LEAST_BARS = 3  # for fewer figures the sentence is enough
LEAST_SPLIT = 2
_MOST_INNER = 6  # bars of one small multiple; the rest is counted


@dataclass(frozen=True, slots=True)
class Bar:
    """One group's figure: ``share`` is its length as a percentage of the longest; ``rating`` is set if the
    group is a rating.
    """

    label: str
    value: str
    share: float
    rating: Badge | None = None


@dataclass(frozen=True, slots=True)
class Multiple:
    """One of the outer groups, with its own chart: a stacked bar of ratings, or bars, of which
    ``rest`` are not shown.
    """

    label: str
    split: tuple[SplitPart, ...] = ()
    bars: tuple[Bar, ...] = ()
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures by group in the order of the answer: ``bars``, or a ``split`` by rating, or
    ``multiples`` for two groupings.
    """

    caption: str
    bars: tuple[Bar, ...] = ()
    split: tuple[SplitPart, ...] = ()
    multiples: tuple[Multiple, ...] = ()


def chart(
    figures: Sequence[Figure], no_groups: Collection[str] = (), ratings: Sequence[str] = ()
) -> Chart | None:
    """Turn an answer's figures by group into a chart; ``None`` if there are too few with one unit.

    Figures labelled as one of ``no_groups`` count the groups themselves. ``ratings`` are the
    scale's, best first.
    """
    figures = [figure for figure in figures if figure.label not in no_groups]
    crossed = [figure for figure in figures if figure.group is not None]
    if crossed:
        return _crossed(crossed, ratings)
    return _single(figures, ratings)


def _single(figures: Sequence[Figure], ratings: Sequence[str]) -> Chart | None:
    """Return the chart of one grouping."""
    unit, number = _commonest(figures)
    shown = _without_total([(figure.label, float(figure.value)) for figure in figures if figure.unit == unit])
    if unit == "count" and len(shown) >= LEAST_SPLIT and _are_ratings(label for label, _ in shown):
        return Chart("How many by rating", split=_split(shown, ratings))
    if number < LEAST_BARS:
        return None
    made = _bars(shown, unit, max(value for _, value in shown))
    return Chart(_caption(unit, "by rating" if all(bar.rating for bar in made) else "in each group"), made)


def _crossed(figures: Sequence[Figure], ratings: Sequence[str]) -> Chart | None:
    unit, number = _commonest(figures)
    if number < LEAST_BARS:
        return None
    rows = _rows([figure for figure in figures if figure.unit == unit])
    cells = list(chain.from_iterable(rows.values()))
    if unit == "count" and _are_ratings(label for label, _ in cells):
        splits = tuple(Multiple(label, split=_split(row, ratings)) for label, row in rows.items())
        return Chart(_caption(unit, "by rating in each" if splits[0].split else "in each"), multiples=splits)
    longest = max(value for _, value in cells)
    bars = tuple(_multiple(label, row, unit, longest) for label, row in rows.items())
    return Chart(_caption(unit, "in each"), multiples=bars)


def _multiple(label: str, row: Sequence[tuple[str, float]], unit: str, longest: float) -> Multiple:
    bars = _bars(row[:_MOST_INNER], unit, longest)
    return Multiple(label, bars=bars, rest=max(0, len(row) - _MOST_INNER))


def _rows(figures: Iterable[Figure]) -> dict[str, list[tuple[str, float]]]:
    """Return the inner labels and values by outer label. If only the outer labels are ratings they change
    places: "each place by rating" says more than the other way round.
    """
    cells = [(figure.group or "", figure.label, float(figure.value)) for figure in figures]
    outers, inners = {outer for outer, _, _ in cells}, {inner for _, inner, _ in cells}
    swapped = _are_ratings(outers) and not _are_ratings(inners)
    rows: dict[str, list[tuple[str, float]]] = {}
    for outer, inner, value in cells:
        label, within = (inner, outer) if swapped else (outer, inner)
        rows.setdefault(label, []).append((within, value))
    return rows


def _commonest(figures: Sequence[Figure]) -> tuple[str, int]:
    counted = Counter(figure.unit for figure in figures if figure.unit in ("count", "percent"))
    return counted.most_common(1)[0] if counted else ("count", 0)


def _caption(unit: str, by: str) -> str:
    return f"{'Share' if unit == 'percent' else 'How many'} {by}"


def _split(shown: Iterable[tuple[str, float]], ratings: Sequence[str]) -> tuple[SplitPart, ...]:
    """Return the parts of a stacked bar in the scale's order; labels that are not on the scale come last."""
    order = {rating.casefold(): place for place, rating in enumerate(ratings)}
    ranked = sorted(shown, key=lambda one: order.get(one[0].casefold(), len(order)))
    return split((label, int(value)) for label, value in ranked)


def _bars(shown: Iterable[tuple[str, float]], unit: str, longest: float) -> tuple[Bar, ...]:
    return tuple(
        Bar(label, _number(value, unit), round(100 * value / (longest or 1.0), 1), _rating(label))
        for label, value in shown
    )


def _are_ratings(labels: Iterable[str]) -> bool:
    """Whether all labels are ratings, or say that there is none."""
    return all(rating_badge(label).style != "other" for label in labels)


def _rating(label: str) -> Badge | None:
    known = badge(label)
    return None if known.style == "other" else known


def _without_total(shown: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Leave out a first figure that is the sum of all others: it is not a group."""
    rest = sum(value for _, value in shown[1:])
    return shown[1:] if len(shown) > LEAST_SPLIT and 0 < rest == shown[0][1] else shown


def _number(value: float, unit: str) -> str:
    told = f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return f"{told}%" if unit == "percent" else told
