"""Whether those that a name was matched to are somebody else: of a longer name, of another kind, in another place."""

from __future__ import annotations

from collections.abc import Sequence

from qa.understanding import names
from qa.understanding.draft import Draft
from qa.understanding.mentions import Mention
from qa.understanding.names import Match
from qa.understanding.narrowing import told_conditions
from qa.understanding.vocabulary import PLACE_FIELDS


def is_another(draft: Draft, required: Sequence[int], found: Sequence[Match]) -> bool:
    """Whether ``found``, the best matches of the ``required`` words, are not whom the question names."""
    return _longer(draft, required, found[0]) or _another_kind(draft, required, found) or _elsewhere_told(draft, found)


def foreign(draft: Draft, index: int) -> bool:
    """Whether a word looks like a part of a name: no vocabulary knows it, or it is written with a capital."""
    word = draft.words[index]
    return not draft.vocabulary.knows(word.text) or (index > 0 and draft.text[word.start].isupper())


def _longer(draft: Draft, required: Sequence[int], found: Match) -> bool:
    """Whether the words are the end of a longer name, whose first word nobody here bears: "Nottinghamshire Healthcare"."""
    before = min(required) - 1
    if before not in draft.leftover() or before in found.covered:
        return False
    word = draft.words[before].text
    return found.told == names.PART or foreign(draft, before) or word in draft.vocabulary.lexicon.known_places


def _another_kind(draft: Draft, required: Sequence[int], found: Sequence[Match]) -> bool:
    """Whether the kind that ends the name as typed is none of those found: "Cross Hospital" is not Cross Care Limited."""
    ends = _ends(draft, required) if found[0].told != names.EXACT else proper_ends(draft, required)
    if not ends or not found[0].covered.isdisjoint(ends[0].words):
        return False
    conditions = told_conditions(draft, ends)
    return bool(conditions) and not any(
        one.subject.attributes.get(condition.field) in condition.values for one in found for condition in conditions[0]
    )


def proper_ends(draft: Draft, required: Sequence[int]) -> list[Mention]:
    """Return the kind, with a capital, that stands right behind the words of a name."""
    return [one for one in _ends(draft, required) if draft.text[draft.words[one.start].start].isupper()]


def _ends(draft: Draft, required: Sequence[int]) -> list[Mention]:
    return [one for one in draft.mentions if one.start == max(required) + 1 and one.of("kind")]


def _elsewhere_told(draft: Draft, found: Sequence[Match]) -> bool:
    """Whether a place is told beside a name that no table holds, and so none of those found lies there."""
    if not draft.vocabulary.fields & set(PLACE_FIELDS):
        return False  # tables without places tell nobody's
    left = {index for index in draft.leftover() if not draft.vocabulary.lexicon.known_places.isdisjoint(draft.forms[index])}
    return not draft.cues & {"compare", "better", "worse"} and any(left - one.covered for one in found[:1])
