"""Which words may name a subject, and which of those that share a name is meant: by place, kind or address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from qa.facts import Condition
from qa.understanding.draft import Draft, fold_set, within
from qa.understanding.mentions import Mention, is_place
from qa.understanding.vocabulary import PLACE_FIELDS

PLACE_WORDS = {"in", "near", "around", "within", "across"}
_OUTSIDE = re.compile(
    r"\b(?:outside(?: of)?|excluding|except(?: for| in)?|excepting|other than(?: in)?|apart from|aside from|leav(?:e|ing)(?: out)?"
    r"|ignor(?:e|ing)|without|beyond|not (?:in|counting|including)|but not(?: in)?) (?:the )?$",
    re.IGNORECASE,
)
_ALONG = re.compile(r"(?:\s*,)?\s*(?:and|or|nor|&|,)(?:\s+(?:in|the))*\s*")
_JOINERS = {"on", "upon", "under", "le", "by", "of", "the", "in"}


def placed_words(draft: Draft) -> set[int]:
    """The words left over that stand where a place is named: "in Wibbleton-on-Sea"."""
    left, found = set(draft.leftover()), set[int]()
    for index, word in enumerate(draft.words):
        follows = index - 1 in found
        placed = index > 0 and draft.words[index - 1].text in PLACE_WORDS
        if (index in left and (follows or placed)) or (follows and word.text in _JOINERS):
            found.add(index)
    return found & left


def left_out(draft: Draft) -> list[Mention]:
    """The places that are named to be left out: "outside London", "except Leeds and York". The words that say so are explained."""
    found: list[Mention] = []
    for mention in filter(is_place, draft.mentions):
        start = draft.words[mention.start].start
        along = bool(found) and bool(_ALONG.fullmatch(draft.text[draft.words[found[-1].end - 1].end : start]))
        said = _OUTSIDE.search(draft.text, 0, start)
        if along or said:
            found.append(mention)
            draft.explained |= within(draft.words, said.span() if said else (0, 0))
    return found


def may_name(draft: Draft, index: int) -> bool:
    """Whether a word left over may be a part of a name: one of the names' words, or one that nothing knows; never a topic."""
    vocabulary, forms = draft.vocabulary, draft.forms[index]
    if index in draft.unheld or not vocabulary.common_words.isdisjoint(forms):
        return False
    if (
        draft.aggregate
        and vocabulary.has_places
        and not vocabulary.lexicon.known_places.isdisjoint(forms)
        and {index - 1, index + 1}.isdisjoint(draft.leftover())
    ):
        return False  # of a list or count, a place that the tables do not hold rather than a word of a name
    return any(form in vocabulary.name_words for form in forms) or not any(map(vocabulary.knows, forms))


def narrowed(draft: Draft, numbers: Sequence[int], used: Iterable[int] = ()) -> tuple[int, ...]:
    """Of several subjects keep those that lie in the places and are of the kinds mentioned, where any do."""
    used = set(used)
    kept = list(numbers)
    for alternatives in told_conditions(draft, [mention for mention in draft.mentions if used.isdisjoint(mention.words)]):
        if len(kept) > 1:
            kept = [number for number in kept if any(_holds(draft, number, condition) for condition in alternatives)] or kept
    if len(kept) > 1:
        kept = _by_address(draft, kept, used)
    return tuple(kept)


def told_conditions(draft: Draft, mentions: Sequence[Mention]) -> list[tuple[Condition, ...]]:
    """Return what the places and kinds among the mentions ask of a subject: of each, alternatives."""
    found = [tuple(Condition(sense.type, (sense.value,)) for sense in one.of(*PLACE_FIELDS)) for one in mentions if is_place(one)]
    kinds = [sense.kind for one in mentions for sense in one.of("kind") if sense.kind]
    return found + [(condition,) for kind in kinds if (condition := draft.vocabulary.kind_condition(kind))]


def _holds(draft: Draft, number: int, condition: Condition) -> bool:
    return any(subject.attributes.get(condition.field) in condition.values for subject in draft.vocabulary.store.subjects([number]))


def _by_address(draft: Draft, numbers: Sequence[int], used: set[int]) -> list[int]:
    """Of subjects that share a name keep those whose street or area the question tells with words left over."""
    subjects = draft.vocabulary.store.subjects(list(numbers)[:500])
    left = [index for index in draft.leftover() if index not in used]
    scores = {
        subject.id: sum(any(form in address_words(subject.attributes) for form in draft.forms[index]) for index in left)
        for subject in subjects
    }
    most = max(scores.values(), default=0)
    if not most:
        return list(numbers)
    kept = [number for number, score in scores.items() if score == most]
    words = {word for subject in subjects if subject.id in kept for word in address_words(subject.attributes)}
    draft.explained |= {index for index in left if any(form in words for form in draft.forms[index])}
    return kept


def address_words(attributes: Mapping[str, str]) -> set[str]:
    """Return the folded words of a subject's address and places."""
    return {word for name in ("street", "address", "town", "local_authority", "region") for word in fold_set(attributes.get(name, ""))}
