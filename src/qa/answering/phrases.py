"""A condition in words: after a noun, and stated of one and of several."""

from __future__ import annotations

from typing import NamedTuple

from qa.answering.english import exact


class Phrase(NamedTuple):
    """A condition in the form after a noun, and as a statement about one and about several."""

    after: str
    one: str
    several: str

    def beside_a_rating(self) -> Phrase:
        """``in ratings published in 2020``, if the ratings come before it."""
        told = self.after.replace("with a rating", "in ratings", 1).replace(
            "without a rating", "not in ratings", 1
        )
        return Phrase(told, told, told)


def be(text: str, holds: bool = True) -> Phrase:
    """``rated Good``, ``was rated Good``; or ``not rated Good``."""
    told = text if holds else f"not {text}"
    return Phrase(told, f"was {told}", f"were {told}")


def have(text: str, holds: bool = True) -> Phrase:
    """``with a rating``, ``had a rating``; or ``without a rating``, ``did not have a rating``."""
    if holds:
        return Phrase(f"with {text}", f"had {text}", f"had {text}")
    return Phrase(f"without {text}", f"did not have {text}", f"did not have {text}")


def bounds(low: float | None, high: float | None) -> str:
    """``exactly 2``, ``at least 3``, ``at most 4``, ``3 to 5``."""
    if low is None or high is None:
        return (
            f"at least {exact(low)}"
            if low is not None
            else f"at most {exact(high)}"
            if high is not None
            else "any number of"
        )
    return f"exactly {exact(low)}" if low == high else f"{exact(low)} to {exact(high)}"
