"""The subjects and providers that a question names, by postcode, full name, initials, part of a name or address."""

from __future__ import annotations

from collections.abc import Sequence

from qa.understanding import names
from qa.understanding.draft import AGGREGATES, Draft, fold_set, typed, within
from qa.understanding.mentions import Mention, is_place, postcodes
from qa.understanding.names import Typed
from qa.understanding.narrowing import address_words, may_name, narrowed, placed_words
from qa.understanding.question import Named
from qa.understanding.vocabulary import PLACE_FIELDS


def find_names(draft: Draft) -> None:
    """Find the subjects and providers that the question names."""
    _by_postcode(draft)
    _by_full_name(draft)
    _by_initials(draft)
    if "provider" in draft.cues:
        _by_weak_provider(draft)
    if not draft.cues.isdisjoint((*AGGREGATES, "provider")):
        _by_provider(draft)
    _by_part(draft)
    if not draft.aggregate and (not (draft.named or draft.providers) or "compare" in draft.cues):
        _by_weak_name(draft)
    if not draft.named and not draft.providers:
        _by_provider(draft)


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
        if providers and (not subjects or draft.aggregate):
            draft.providers += providers[:1]
        elif subjects:
            extended = _extended(draft, mention)
            if extended:
                draft.named.append(extended)
            elif mention.start - 1 in draft.leftover() and _foreign(draft, mention.start - 1):
                draft.explained -= set(mention.words)  # the end of a longer name that nothing knows
                draft.mentions.remove(mention)
                draft.unknown.append(typed(draft, [mention.start - 1, *mention.words]))
            else:
                draft.named.append(Named(typed(draft, mention.words), narrowed(draft, subjects)))


def _extended(draft: Draft, mention: Mention) -> Named | None:
    """A full name with more words of a name near it is read whole, where a subject covers them all."""
    left = [index for index in draft.leftover() if may_name(draft, index)]
    next_to = (mention.start - 1, mention.end)
    for beside in (left, [index for index in left if index in next_to], _placed_beside(draft, next_to)):
        words = [Typed(index, draft.forms[index], True) for index in sorted({*beside, *mention.words})]
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
    found = names.match([Typed(index, draft.forms[index], True) for index in sorted({*places, *mention.words})], draft.vocabulary)
    return Named(typed(draft, mention.words), tuple(match.subject.id for match in found)) if found else None


def _placed_beside(draft: Draft, beside: tuple[int, int]) -> list[int]:
    """The words of a place right beside a name: they may be a part of it, as in "Salford Royal"."""
    return [
        index for mention in draft.mentions if is_place(mention) and not set(beside).isdisjoint(mention.words) for index in mention.words
    ]


def _foreign(draft: Draft, index: int) -> bool:
    """Whether a word looks like a part of a name: no vocabulary knows it, or it is written with a capital."""
    word = draft.words[index]
    return not draft.vocabulary.knows(word.text) or (index > 0 and draft.text[word.start].isupper())


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
    if _match(draft, required) or (draft.aggregate and not _separate(draft, required)):
        return
    for run in _runs(required):
        strange = [index for index in draft.leftover() if index not in run and _foreign(draft, index)]
        if len(run) < len(required) and (_separate(draft, required) or not strange):
            _match(draft, run)


def _match(draft: Draft, required: Sequence[int]) -> bool:
    beside = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS, "aspect", "service") for index in mention.words]
    beside += [index for index in draft.leftover() if index not in required]
    taken = {index for one in draft.named for index, word in enumerate(draft.words) if word.text in fold_set(one.text)}
    words = [Typed(index, draft.forms[index], index in required) for index in sorted({*required, *(set(beside) - taken)})]
    found = names.match(words, draft.vocabulary)
    if not found or _longer(draft, required):
        return False
    numbers = narrowed(draft, [match.subject.id for match in found])
    draft.named.append(Named(typed(draft, required), numbers))
    draft.explained |= set(required)
    for match in found[:1]:
        draft.corrections.update(dict(match.corrections))
        draft.explained |= {index for index in match.covered if index in beside}
    return True


def _longer(draft: Draft, required: Sequence[int]) -> bool:
    """Whether the words are the end of a longer name, whose first word nobody here bears: "Nottinghamshire Healthcare"."""
    before = min(required) - 1
    strange = before in draft.leftover() and (_foreign(draft, before) or draft.words[before].text in draft.vocabulary.lexicon.known_places)
    return strange and before not in required


def _separate(draft: Draft, required: Sequence[int]) -> bool:
    """Whether the words left over may name another subject: joined to the first by a comparison."""
    return "compare" in draft.cues or any(draft.words[index - 1].text in ("and", "or", "than") for index in required if index)


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
        if subjects and len(mention.words) > 1:
            used = set(mention.words)
            draft.named.append(Named(typed(draft, mention.words), narrowed(draft, subjects, used)))
            draft.mentions = [other for other in draft.mentions if used.isdisjoint(other.words)]
            draft.named.sort(key=lambda one: draft.text.find(one.text))
            return


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
    kinds = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS) for index in mention.words]
    words = [Typed(index, draft.forms[index], index in required) for index in sorted({*required, *kinds})]
    provider = names.provider(words, draft.vocabulary, loosely="provider" in draft.cues)
    if provider:
        draft.providers.append(provider)
        draft.explained |= set(required)
        draft.mentions = [mention for mention in draft.mentions if not _part_of_provider(draft, mention, provider)]


def _part_of_provider(draft: Draft, mention: Mention, provider: str) -> bool:
    """Whether a kind, told in the singular, belongs to the provider's name: "St John Care Trust"."""
    told = all(draft.words[index].text in fold_set(provider) for index in mention.words)
    return told and bool(mention.of("kind")) and not mention.text.endswith("s")
