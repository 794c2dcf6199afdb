"""The id of a rated subject in addresses: its identifier, otherwise its name and place.

``1-108271943``, ``oxleas-nhs-foundation-trust``, ``oak-house--sy1-1aa``: the same as long as the tables use
the same identifier and name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from qa.facts.columns import value_key
from qa.facts.store import FactStore
from qa.facts.store_rows import Subject
from qa.language.tokens import key
from qa.records import RatingFact

_APART = "--"
_WHERE = ("street", "town", "local_authority")


def subject_id(name: str, attributes: Mapping[str, str]) -> str:
    """Return the id of a subject with this name and these attributes."""
    if identifier := attributes.get("identifier"):
        return identifier
    where = attributes.get("postcode") or " ".join(filter(None, map(attributes.get, _WHERE)))
    return _APART.join(filter(None, (slug(name), slug(where))))


def id_of(fact: RatingFact) -> str:
    """Return the id of the subject of a fact."""
    return subject_id(fact.subject, fact.attributes)


def slug(text: str) -> str:
    """Return the folded words of a text joined by hyphens; the text itself if folding that
    again would change it.
    """
    folded = key(text)
    return folded.replace(" ", "-") if folded and key(folded) == folded else text.strip()


def find_subject(store: FactStore, identifier: str) -> Subject | None:
    """Return the subject with this id; ``None`` if there is none."""
    number = _identified(store, identifier)
    if number is not None:
        return store.subjects([number])[0]
    names = {key(identifier), key(identifier.rpartition(_APART)[0])} - {""}
    numbers = _named(store, names)
    return next(
        (one for one in store.subjects(numbers) if subject_id(one.name, one.attributes) == identifier), None
    )


def namesakes(store: FactStore, subject: Subject, most: int = 6) -> tuple[list[Subject], int]:
    """Return other subjects of exactly this name, at most ``most``, and their number."""
    others = [number for number in _named(store, {key(subject.name)}) if number != subject.id]
    return store.subjects(others[:most]), len(others)


def _named(store: FactStore, names: Collection[str]) -> list[int]:
    """Return the numbers of the subjects with these folded names."""
    return sorted(
        {
            int(one.value)
            for one in store.names(sorted(names))
            if one.field == "subject" and one.form == "full"
        }
    )


def _identified(store: FactStore, identifier: str) -> int | None:
    field = store.field("identifier")
    codes = store.codes("identifier", [value_key("identifier", field.type, identifier)]) if field else []
    places = np.flatnonzero(store.column("subject.identifier") == codes[0]) if codes else np.empty(0, np.intp)
    return int(places[0]) + 1 if len(places) else None
