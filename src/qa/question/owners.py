"""Providers and brands that a name may mean at all.

Only the name of an owner is known. An owner whose name lacks two of the typed words is not meant, and need
not be aligned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from qa.engines.keyed import Lists
from qa.engines.strings import Strings
from qa.question.aligned import is_free, may_be_county
from qa.question.name_index import Entries
from qa.question.name_weights import Typed

_LACKING = 2  # an owner whose name lacks this many of the typed words is not meant


class Owners:
    """The owners in ``entries`` whose names have all of the typed words, or all but one."""

    def __init__(self, entries: Entries, typed: Sequence[Typed]) -> None:
        self._entries = entries
        self._forms = list(_forms(entries, typed))
        self._bearers = frozenset(
            int(entry) for one in typed for form in one.forms for entry in entries.initials.get(form, ())
        )

    def are_there(self) -> bool:
        """True if there may be any."""
        held = self._entries.holders
        lacking = [
            forms for forms, county in self._forms if not county and not any(form in held for form in forms)
        ]
        return len(lacking) < _LACKING or bool(self._bearers)

    def hold(self, entry: int) -> bool:
        """True if an entry is one of them."""
        if entry in self._bearers:
            return True
        words = self._entries.names[entry].split()
        lacking = 0
        for forms, county in self._forms:
            if forms.isdisjoint(words) and not (county and any(word.endswith("shire") for word in words)):
                lacking += 1
                if lacking == _LACKING:
                    return False
        return True


def _forms(entries: Entries, typed: Sequence[Typed]) -> Iterator[tuple[frozenset[str], bool]]:
    """For each word that carries information, the forms that it may have in a name, and whether it may be an
    abbreviated county. A slip that gives another known word disagrees, as a missing word does."""
    joined = [one.forms[0] + two.forms[0] for one, two in pairwise(typed)]
    for at, one in enumerate(typed):
        said = one.forms[0]
        if not is_free(entries, said):
            beside = joined[max(at - 1, 0) : at + 1]
            parts = entries.joined.get(said, ())
            near = () if one.known else one.near
            yield frozenset((*one.forms, *one.variants, *near, *beside, *parts)), may_be_county(said)


class OwnerForms:
    """The names of a column's owners in all their shorter forms, also without the column's own word before:
    "hc one" for "BRAND HC-One Limited"."""

    def __init__(self, forms: Lists, values: Strings | range) -> None:
        """``forms`` has the entries of each form of a name, ``values`` their published names."""
        self.forms, self._values = forms, values

    @classmethod
    def of(cls, field: str, entries: Entries, forms_of: Callable[[str], set[str]]) -> OwnerForms:
        """Make them of the entries of a column."""
        found: dict[str, list[int]] = {}
        for number, name in enumerate(entries.names):
            whole = (name, name.removeprefix(f"{field} ")) if name.startswith(f"{field} ") else (name,)
            for form in set().union(*map(forms_of, whole)):
                found.setdefault(form, []).append(number)
        return cls(Lists.of(found), entries.values)

    def called(self, name: str) -> tuple[str, ...]:
        """Return the owners with exactly this name."""
        return tuple(str(self._values[number]) for number in self.forms.listed(name))

    def begun(self, name: str) -> tuple[str, ...]:
        """Return the one owner whose name begins with the words of ``name``; an empty tuple if there are
        several."""
        begin, found = f"{name} ", dict[int, None]()
        forms = self.forms.strings
        for place in range(bisect_left(forms, begin), len(forms)):
            if not forms[place].startswith(begin) or len(found) > 1:
                break
            found |= dict.fromkeys(self.forms.at(place).tolist())
        return tuple(str(self._values[number]) for number in found) if len(found) == 1 else ()
