"""How a rating's words are shown: a style and an icon for those that are known, a neutral badge for every
other scale.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qa.scale import CQC, folded

# A rating → its style, and what the regulator means by it.
KNOWN = {
    "outstanding": ("outstanding", "The service is performing exceptionally well."),
    "good": ("good", "The service is meeting expectations."),
    "requires improvement": ("improve", "The service is not performing as well as it should."),
    "inadequate": ("inadequate", "The service is performing badly."),
}
UNRATED = frozenset(map(folded, CQC.unrated))


@dataclass(frozen=True, slots=True)
class Badge:
    """A rating in the scale's words; ``style`` names the class and the icon that stands beside them."""

    words: str
    style: str
    meaning: str = ""


UNKNOWN = Badge("Not known", "none")


def badge(words: str | None) -> Badge:
    """Return the badge for a rating; ``None`` is a rating that the publisher does not give."""
    if words is None:
        return UNKNOWN
    known = KNOWN.get(folded(words))
    if known is None:
        return Badge(words, "none" if folded(words) in UNRATED else "other")
    return Badge(folded(words).capitalize(), *known)  # a table may write "Requires Improvement"


def legend(ratings: Iterable[str]) -> list[Badge]:
    """Return the badges of a scale, best first, for "What the ratings mean"; the meanings known are those of
    one regulator's scale.
    """
    badges = [badge(words) for words in ratings]
    ours = {folded(words) for words in CQC.ratings} == {folded(one.words) for one in badges}
    return badges if ours else [replace(one, meaning="") for one in badges]
