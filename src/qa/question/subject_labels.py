"""Identifiers and labels that mean one subject, even if several have the same name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.engines.keyed import Counts, Lists
from qa.facts import FactStore, Subject

SHORTEST_CODE = 5  # the fewest characters of an identifier
_KEPT = 16  # cached names with their subjects


class SubjectLabels:
    """The subjects of one store by their identifiers, and by names that distinguish them."""

    def __init__(
        self,
        store: FactStore,
        bearers: Callable[[str], Sequence[int]],
        identifiers: Lists,
        code_lengths: Counts,
    ) -> None:
        """``bearers`` returns the subjects with a name, ``identifiers`` those with an identifier in lower
        case, ``code_lengths`` how many identifiers are so many digits.
        """
        self.store, self._bearers = store, bearers
        self._called = lru_cache(_KEPT)(self._subjects_called)  # subjects of one name are labelled in a row
        self._identifiers, self._code_lengths = identifiers, code_lengths

    def identified(self, code: str) -> tuple[int, ...]:
        """Return the subjects with this identifier, in any case; none for one without a digit."""
        return tuple(self._identifiers.listed(code.casefold())) if any(map(str.isdigit, code)) else ()

    def is_code(self, digits: str) -> bool:
        """True if digits are an identifier, or as long as those in these tables are, so that they are not a
        number."""
        if len(digits) < SHORTEST_CODE or not digits.isdigit():
            return False
        return str(len(digits)) in self._code_lengths

    def label(self, number: int) -> str:
        """Return the published name of a subject; if several share it, with a detail that distinguishes
        it."""
        found = self.store.subjects([number])
        if not found:
            return str(number)
        name = found[0].name
        others = [one for one in self._called(name) if one.id != number]
        if not others:
            return name
        elsewhere = {detail for one in others for detail in _details(one)}
        return f"{name} ({next(detail for detail in _details(found[0]) if detail not in elsewhere)})"

    def called(self, label: str) -> int | None:
        """Return the number of the subject with this :meth:`label`; ``None`` if there is none or several."""
        whole = self._called(label)
        if len(whole) == 1:
            return whole[0].id
        name, _, told = label.rpartition(" (")
        fitting = (
            [one.id for one in self._called(name) if told.removesuffix(")") in _details(one)] if name else []
        )
        return fitting[0] if len(fitting) == 1 else None

    def _subjects_called(self, name: str) -> list[Subject]:
        return [one for one in self.store.subjects(self._bearers(name)) if one.name == name]


def _details(subject: Subject) -> list[str]:
    """Yield the details that distinguish subjects of the same name, most familiar first; the store number is
    the last resort.
    """
    told = (subject.attributes.get(field) for field in ("postcode", "identifier", "town", "street"))
    return [*(detail for detail in told if detail), f"no. {subject.id}"]
