"""Weigh what the rest of a question says beside a name: places, postcodes, streets and kinds."""

from __future__ import annotations

from collections.abc import Collection

from qa.question.aligned import Match
from qa.question.name_weights import (
    OTHER_KIND,
    OTHER_PLACE,
    TOLD_KIND,
    TOLD_PLACE,
    TOLD_POSTCODE,
    Part,
    Reason,
)

_APART = frozenset("by in next on under upon".split())  # "Newcastle upon Tyne", "St Leonards-on-Sea"


def weigh_context(match: Match) -> None:
    """Weigh everything said beside the name, which agrees or disagrees with the entry."""
    told = match.span.told
    for text, readings in told.places:
        _weigh_place(match, text, readings)
    for area in told.postcodes:
        agrees = in_postcode_area(match.column("postcode"), area)
        _judge(match, area, "postcode", agrees, TOLD_POSTCODE, OTHER_PLACE)
    for street in told.streets:
        agrees = any(f" {street} " in f" {match.column(field)} " for field in ("street", "address"))
        _judge(match, street, "street", agrees, TOLD_POSTCODE, OTHER_PLACE)
    for field, values in told.kinds:
        if kind := match.column(field):  # otherwise its kind is unknown
            _judge(match, " or ".join(sorted(values)), "kind", kind in values, TOLD_KIND, OTHER_KIND)


def _weigh_place(match: Match, text: str, readings: Collection[tuple[str, str]]) -> None:
    """Weigh a place; words of the name that are in it identify no subject."""
    words = text.split()
    agrees = (
        any(match.column(field) == value for field, value in readings)
        or match.held.issuperset(words)
        or begins_town(text, match.column("town"))
    )
    if agrees:
        match.beside.update(
            at for at, word in enumerate(match.name) if word in words and at not in match.taken
        )
        match.taken |= match.beside
    _judge(match, text, "place", agrees, TOLD_PLACE, OTHER_PLACE)


def _judge(match: Match, text: str, part: Part, agrees: bool, for_it: float, against: float) -> None:
    """Weigh what the question says beside the name."""
    match.reasons.append(
        Reason(text, f"told {part}", for_it) if agrees else Reason(text, f"other {part}", against)
    )


def begins_town(said: str, town: str) -> bool:
    """True for a folded town without what sets it apart from its namesakes: "st leonards" for "st leonards on
    sea"; not "sutton" for "sutton coldfield", which is another town."""
    rest = town.removeprefix(f"{said} ")
    return rest != town and rest.partition(" ")[0] in _APART


def in_postcode_area(postcode: str, area: str) -> bool:
    """True if the folded ``postcode`` lies in the area, district or sector: "sw1a 1aa" in "sw", "sw1" and
    "sw1a 1", not in "s"."""
    outward, _, inward = postcode.partition(" ")
    district, _, rest = area.partition(" ")
    if rest or not inward:
        return outward == district and inward.startswith(rest)
    if district == outward + inward:
        return True
    following = outward[len(district) :]
    divided = following[:1].isdigit() if district.isalpha() else following.isalpha() or not following
    return outward.startswith(district) and divided
