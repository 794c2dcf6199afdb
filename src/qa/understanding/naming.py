"""The subjects and providers that a question names, by postcode, full name, initials, part of a name or address."""

from __future__ import annotations

from collections.abc import Sequence

from qa.understanding import names
from qa.understanding.draft import AGGREGATES, Draft, clauses, fold_set, typed, within
from qa.understanding.english import ordinary
from qa.understanding.matching import foreign, is_another, proper_ends
from qa.understanding.mentions import Mention, is_place, postcodes
from qa.understanding.names import Match, Typed
from qa.understanding.narrowing import address_words, may_name, narrowed, placed_words, told_conditions
from qa.understanding.question import Named
from qa.understanding.vocabulary import PLACE_FIELDS

_COMPARING = frozenset({"compare", "better", "worse", "best", "worst"})
_CONNECTORS = {"vs", "versus", "v", "or", "than", "and", "against", "with", "to"}


def find_names(draft: Draft) -> None:
    """Find the subjects and providers that the question names."""
    _by_postcode(draft)
    if _by_sides(draft):
        return
    _by_full_name(draft)
    _by_initials(draft)
    if "provider" in draft.cues:
        _by_weak_provider(draft)
    if "provider" in draft.cues or (not draft.named and not draft.cues.isdisjoint(AGGREGATES)):
        _by_provider(draft)
    _by_part(draft)
    if not draft.aggregate and (not (draft.named or draft.providers) or "compare" in draft.cues):
        _by_weak_name(draft)
    if not draft.named and not draft.providers:
        _by_provider(draft)
    _settle_by_postcode(draft)


def _by_sides(draft: Draft) -> bool:
    """Read the two sides of a comparison each by itself: "Royal Shrewsbury vs Princess Royal". Whether both name a subject."""
    if draft.cues.isdisjoint(_COMPARING):
        return False
    sides = _sides(draft)
    if len(sides) < 2:
        return False
    before = (list(draft.named), set(draft.explained), list(draft.unknown))
    for side in sides:
        told = [*draft.mentions, *(one for one in draft.weak if len(one.words) > 1)]
        mention = next((one for one in told if one.of("subject") and side.issuperset(one.words)), None)
        required = [index for index in draft.leftover() if index in side and may_name(draft, index)]
        if mention is not None:
            subjects = [int(sense.value) for sense in mention.of("subject")]
            draft.named.append(_extended(draft, mention, side) or Named(typed(draft, mention.words), narrowed(draft, subjects)))
        elif required:
            _match(draft, required, side)
    if len({one.subjects for one in draft.named}) > 1:
        return True
    draft.named, draft.explained, draft.unknown = before
    return False


def _sides(draft: Draft) -> list[set[int]]:
    sides: list[set[int]] = [set()]
    for index, word in enumerate(draft.words):
        if word.text in _CONNECTORS:
            sides.append(set())
        else:
            sides[-1].add(index)
    named = [set(mention.words) for mention in (*draft.mentions, *draft.weak) if mention.of("subject")]
    left = {index for index in draft.leftover() if may_name(draft, index)}
    return [side for side in sides if side & left or any(words <= side for words in named)]


def _settle_by_postcode(draft: Draft) -> None:
    """A postcode beside a name tells which of those that share it."""
    at = [one for one in draft.named if any(one.text == postcode for _, _, postcode in postcodes(draft.text))]
    others = [one for one in draft.named if one not in at]
    if not at or not others:
        return
    there = {number for one in at for number in one.subjects}
    both = [number for one in others for number in one.subjects if number in there]
    draft.named = [Named(others[0].text, tuple(both))] if both else at


def _by_postcode(draft: Draft) -> None:
    for start, end, postcode in postcodes(draft.text):
        numbers = draft.vocabulary.store.subjects_where("postcode", postcode)
        draft.explained |= within(draft.words, (start, end))
        if numbers:
            draft.named.append(Named(postcode, narrowed(draft, numbers)))
        elif "postcode" in draft.vocabulary.fields:
            draft.unknown.append(postcode)


def _by_full_name(draft: Draft) -> None:
    for mention in list(draft.mentions):
        subjects = [int(sense.value) for sense in mention.of("subject")]
        providers = [sense.value for sense in mention.of("provider")]
        if mention.of("rating", "cue", "kind", *PLACE_FIELDS) and len(mention.words) == 1:
            continue
        if providers and (not subjects or (draft.aggregate and "compare" not in draft.cues)):
            draft.providers += providers[:1]
        elif subjects:
            extended = _extended(draft, mention, set(range(len(draft.words))))
            if mention.start - 1 in draft.leftover() and foreign(draft, mention.start - 1):
                draft.explained -= set(mention.words)  # the end of a longer name that nothing knows
                draft.mentions = [one for one in draft.mentions if one is not mention]
                draft.unknown.append(typed(draft, [mention.start - 1, *mention.words]))
            else:
                draft.named.append(extended or Named(typed(draft, mention.words), narrowed(draft, subjects)))


def _extended(draft: Draft, mention: Mention, side: set[int]) -> Named | None:
    """A full name with more words of a name near it is read whole, where a subject covers them all."""
    left = [index for index in draft.leftover() if may_name(draft, index) and index in side]
    next_to = {mention.start - 1, mention.end}
    for beside in (left, [index for index in left if index in next_to], *_told_beside(draft, mention)):
        words = [_typed(draft, index, True) for index in sorted({*beside, *mention.words})]
        found = names.match(words, draft.vocabulary) if beside else []
        if found and found[0].in_name == len(words):
            draft.explained |= set(beside)
            return Named(typed(draft, [*beside, *mention.words]), tuple(match.subject.id for match in found))
    return _elsewhere(draft, mention)


def _elsewhere(draft: Draft, mention: Mention) -> Named | None:
    """Where nobody of that full name lies in the place that is told, somebody there may be called nearly so."""
    places = [index for other in draft.mentions if is_place(other) and other != mention for index in other.words]
    subjects = draft.vocabulary.store.subjects([int(sense.value) for sense in mention.of("subject")][:200])
    told = [set(draft.forms[index]) for index in places]
    if not told or any(all(words & address_words(subject.attributes) for words in told) for subject in subjects):
        return None
    words = [_typed(draft, index, not draft.vocabulary.general(draft.forms[index][0])) for index in {*places, *mention.words}]
    found = names.match(sorted(words, key=lambda word: word.index), draft.vocabulary)
    return Named(typed(draft, mention.words), tuple(match.subject.id for match in found)) if found else None


def _told_beside(draft: Draft, name: Mention) -> list[list[int]]:
    """The words of places and kinds right beside a name: they may be a part of it, as in "Salford Royal", all or the next ones."""
    plain = [mention for mention in draft.mentions if is_place(mention) or mention.of("kind")]
    start, end, found = name.start, name.end, list[list[int]]()
    while beside := [mention for mention in plain if mention.end == start or mention.start == end]:
        start, end = min(start, *(mention.start for mention in beside)), max(end, *(mention.end for mention in beside))
        found.append([index for index in range(start, end) if index not in name.words])
    return found[::-1]


def _by_initials(draft: Draft) -> None:
    for index in draft.leftover():
        subjects = names.initials(draft.words[index].text, draft.vocabulary) or names.initials(
            draft.words[index].base or "", draft.vocabulary
        )
        if subjects:
            draft.named.append(Named(typed(draft, [index]), subjects))
            draft.explained.add(index)


def _by_part(draft: Draft) -> None:
    """Match the words left over as one name; failing that, each run of them as a name of its own."""
    placed = placed_words(draft)
    required = [index for index in draft.leftover() if may_name(draft, index)]
    if draft.aggregate or placed.issuperset(required):
        required = [index for index in required if index not in placed]
    if not required or (draft.named and not _separate(draft, required)):
        return
    if draft.aggregate and not _separate(draft, required) and all(_everyday(draft, index) for index in required):
        return  # everyday words beside a list or count name nobody
    everywhere = set(range(len(draft.words)))
    if _match(draft, required, everywhere) or (draft.aggregate and not _separate(draft, required)):
        return
    stretches = clauses(draft)
    for run in _runs(required):
        clause = next((clause for clause in stretches if run[0] in clause), everywhere)
        strange = [index for index in draft.leftover() if index in clause and index not in run and foreign(draft, index)]
        if len(run) < len(required) and (_separate(draft, required) or not strange):
            _match(draft, run, everywhere)


def _match(draft: Draft, required: Sequence[int], side: set[int]) -> bool:
    beside = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS, "aspect", "service") for index in mention.words]
    beside += [index for index in draft.leftover() if index not in required]
    named = set().union(*(fold_set(one.text) for one in draft.named))
    taken = {index for index, word in enumerate(draft.words) if word.text in named}
    words = [_typed(draft, index, index in required) for index in sorted({*required, *((set(beside) & side) - taken)})]
    found = names.best(_fitting(draft, names.matches(words, draft.vocabulary), side)) or _nearly_told(draft, words)
    if not found or is_another(draft, required, found):
        return False
    numbers = narrowed(draft, [match.subject.id for match in found])
    draft.named.append(Named(typed(draft, required), numbers))
    draft.explained |= set(required)
    for match in found[:1]:
        draft.corrections.update(dict(match.corrections))
        draft.explained |= {index for index in match.covered if index in beside}
    return True


def _fitting(draft: Draft, matches: Sequence[Match], side: set[int]) -> list[Match]:
    """Of the matches keep those in the places and of the kinds told, where any are."""
    kept = list(matches)
    for alternatives in told_conditions(draft, [mention for mention in draft.mentions if side.issuperset(mention.words)]):
        fitting = [match for match in kept if any(match.subject.attributes.get(one.field) in one.values for one in alternatives)]
        kept = fitting or kept
    return kept


def _nearly_told(draft: Draft, words: Sequence[Typed]) -> list[Match]:
    """Where one ordinary word is too many, a name that is told but for it: "Plymouth PET CT scanner centre"."""
    required = [word for word in words if word.required]
    for extra in required if len(required) > 2 else ():
        if ordinary(extra.forms[0]):
            found = names.match([word for word in words if word is not extra], draft.vocabulary)
            if found and found[0].told < names.PART:
                return found
    return []


def _separate(draft: Draft, required: Sequence[int]) -> bool:
    """Whether the words left over may name another subject: joined to the first by a comparison."""
    return bool(draft.cues & {"compare", "better", "worse"}) or any(
        draft.words[index - 1].text in ("and", "or", "than") for index in required if index
    )


def _typed(draft: Draft, index: int, required: bool) -> Typed:
    return Typed(index, draft.forms[index], required, draft.words[index].start in draft.exact)


def _everyday(draft: Draft, index: int) -> bool:
    word = draft.forms[index][0]
    return ordinary(word) and not foreign(draft, index) and word not in draft.vocabulary.lexicon.known_places


def _runs(indexes: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index - runs[-1][-1] == 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _by_weak_name(draft: Draft) -> None:
    for mention in sorted(draft.weak, key=lambda one: -len(one.words)):
        subjects = [int(sense.value) for sense in mention.of("subject")]
        used = set(mention.words)
        if subjects and (len(used) > 1 or _in_other_place(draft, mention, subjects)):
            draft.named.append(Named(typed(draft, mention.words), narrowed(draft, subjects, used)))
            draft.mentions = [other for other in draft.mentions if used.isdisjoint(other.words)]
            draft.named.sort(key=lambda one: draft.text.find(one.text))
            return


def _in_other_place(draft: Draft, mention: Mention, subjects: Sequence[int]) -> bool:
    """Whether the name of one place is that of a subject in another place that is told: "Ambleside Cheltenham"."""
    conditions = told_conditions(draft, [other for other in draft.mentions if is_place(other) and other.words != mention.words])
    there = draft.vocabulary.store.subjects(subjects)
    return any(subject.attributes.get(one.field) in one.values for alternatives in conditions for one in alternatives for subject in there)


def _by_weak_provider(draft: Draft) -> None:
    """Who "runs" places is a provider, even by a name of nothing but lexicon words: "Shropshire Council"."""
    for mention in sorted(draft.weak, key=lambda one: -len(one.words)):
        providers = [sense.value for sense in mention.of("provider")]
        if providers and not draft.providers and len(mention.words) > 1:
            draft.providers.append(providers[0])
            draft.mentions = [other for other in draft.mentions if set(mention.words).isdisjoint(other.words)]


def _by_provider(draft: Draft) -> None:
    placed = placed_words(draft)
    required = [index for index in draft.leftover() if may_name(draft, index) and index not in placed]
    if not required or draft.providers or "provider" not in draft.vocabulary.fields:
        return
    loosely = "provider" in draft.cues
    kinds = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS) for index in mention.words]
    words = [_typed(draft, index, index in required) for index in sorted({*required, *kinds})]
    provider = names.provider(words, draft.vocabulary, loosely=loosely)
    if provider and not any(not fold_set(end.text) & fold_set(provider) for end in proper_ends(draft, required)):
        draft.providers.append(provider)
        draft.explained |= set(required)
        draft.mentions = [mention for mention in draft.mentions if not _part_of_provider(draft, mention, provider)]


def _part_of_provider(draft: Draft, mention: Mention, provider: str) -> bool:
    """Whether a kind, told in the singular, belongs to the provider's name: "St John Care Trust"."""
    told = all(draft.words[index].text in fold_set(provider) for index in mention.words)
    return told and bool(mention.of("kind")) and not mention.text.endswith("s")
