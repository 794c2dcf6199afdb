"""One question by itself → its slots and names, before the questions before it are considered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qa.facts import Condition
from qa.folding import Word, fold
from qa.records import Change
from qa.understanding import names, slots
from qa.understanding.english import ordinary
from qa.understanding.mentions import Mention, find_mentions, is_place, postcodes, spellings
from qa.understanding.names import Typed
from qa.understanding.periods import find_period
from qa.understanding.question import Named, Place, Question
from qa.understanding.vocabulary import PLACE_FIELDS, Vocabulary

_AGGREGATES = ("count", "share", "most", "least", "table", "best", "worst")
_PLACE_WORDS = {"in", "near", "around", "within", "across"}
_JOINERS = {"on", "upon", "under", "le", "by", "of", "the", "in"}
_TOP = re.compile(r"\b(?:top|bottom|first|worst|best) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_CLAUSE = re.compile(r"[^.?!:;]+")
_GIVER = re.compile(r"\b(?:did|does|do|has|have|will|would) (.{2,40}?) (?:give|gave|given|award|awarded|assign|assigned|hand|handed)\b", re.I)
_REGULATOR = {"cqc", "the", "they", "it", "inspectors", "inspector", "regulator", "you", "we", "care", "quality", "commission", "she", "he", "this", "report", "table", "publication"}
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))


@dataclass(slots=True)
class Draft:
    """A question half read: which of its words are explained, and by what."""

    text: str
    vocabulary: Vocabulary
    words: tuple[Word, ...]
    forms: list[tuple[str, ...]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    weak: list[Mention] = field(default_factory=list)
    explained: set[int] = field(default_factory=set)
    corrections: dict[str, str] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def cues(self) -> frozenset[str]:
        """The cues said, and the follow-up marks as ``follow-…``."""
        found = {sense.value for mention in self.mentions for sense in mention.of("cue")}
        return frozenset(found | {f"follow-{sense.value}" for mention in self.mentions for sense in mention.of("follow")})

    @property
    def aggregate(self) -> bool:
        """Whether figures or lists are asked for, rather than one named subject."""
        several = any(mention.of("kind") and mention.text.endswith("s") for mention in self.mentions)
        return several or not self.cues.isdisjoint(_AGGREGATES) or ("list" in self.cues and any(mention.of("kind", "rating") for mention in self.mentions))

    def leftover(self) -> list[int]:
        """Return the indexes of the words that nothing explains."""
        chatter = self.vocabulary.lexicon.chatter
        return [
            index
            for index, word in enumerate(self.words)
            if index not in self.explained and word.text not in chatter and word.base not in chatter and (len(word.text) > 1 or not word.text.isalpha())
        ]


def read(text: str, vocabulary: Vocabulary) -> Question:
    """Return the question with every slot that its own words fill; its intent is not decided yet."""
    draft = Draft(text, vocabulary, fold(text))
    period = find_period(text)
    if period:
        draft.explained |= _within(draft.words, period[1])
    draft.corrections = _corrections(draft)
    draft.forms = spellings(draft.words, vocabulary.lexicon.abbreviations, draft.corrections)
    draft.mentions, draft.weak = find_mentions(draft.forms, vocabulary)
    draft.mentions = [mention for mention in draft.mentions if draft.explained.isdisjoint(mention.words)]
    for mention in draft.mentions:
        if not _only(mention, "unheld") and not _topic(mention, vocabulary):
            draft.explained |= set(mention.words)
    _name(draft)
    content = _content(draft)
    draft.unknown += _other_raters(draft)
    services = slots.services(draft.mentions, vocabulary, _rated_services(draft))
    return Question(
        text=text,
        standalone=text,
        cues=draft.cues | ({"other-count"} if _counts_other(draft) else set()),
        named=tuple(draft.named),
        providers=tuple(dict.fromkeys(draft.providers)),
        places=_places(draft),
        kinds=slots.kinds(draft.mentions, services),
        aspects=slots.aspects(draft.mentions),
        services=services,
        ratings=slots.ratings(draft.mentions, vocabulary.scale),
        group=slots.group(draft.mentions) or ("provider" if draft.cues >= {"provider", "most"} and not draft.named else None),
        period=period[0] if period else None,
        top=_top(text),
        content=content,
        unknown=tuple(dict.fromkeys(draft.unknown)),
        unheld=tuple(dict.fromkeys(sense.value for mention in draft.mentions for sense in mention.of("unheld"))),
        corrections=tuple(Change(source, target) for source, target in draft.corrections.items()),
    )


def _within(words: Sequence[Word], span: tuple[int, int]) -> set[int]:
    return {index for index, word in enumerate(words) if span[0] <= word.start and word.end <= span[1]}


def _only(mention: Mention, sense_type: str) -> bool:
    return all(sense.type == sense_type for sense in mention.senses)


def _topic(mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether the mention is an aspect that the tables do not rate: a topic for the passages, then."""
    return bool(mention.of("aspect")) and not mention.of("cue", "rating") and not any(sense.value in vocabulary.aspects for sense in mention.of("aspect"))


def _rated_services(draft: Draft) -> set[str]:
    numbers = [number for one in draft.named for number in one.subjects[:3]][:6]
    return {fact.service for fact in draft.vocabulary.store.history(numbers) if fact.service} if numbers else set()


def _counts_other(draft: Draft) -> bool:
    """Whether what is counted is none of the things that tables rate: "how many months did it take"."""
    left = set(draft.leftover())
    return any(mention.says("cue", "count") and mention.end in left for mention in draft.mentions)


def _corrections(draft: Draft) -> dict[str, str]:
    """Correct words that no vocabulary knows to words of the lexicon or of places; names are corrected where they are matched."""
    known = draft.vocabulary.correctable
    found: dict[str, str] = {}
    for index, word in enumerate(draft.words):
        if any(draft.vocabulary.knows(form) for form in (word.text, word.base or word.text)) or (index and draft.text[word.start].isupper()):
            continue
        near = known.near(word.text, 1) if len(word.text) > 4 else []
        if near:
            found[word.text] = near[0]
    return found


# Names --------------------------------------------------------------------------------------------------------------


def _name(draft: Draft) -> None:
    """Find the subjects and providers that the question names."""
    _by_postcode(draft)
    _by_full_name(draft)
    _by_initials(draft)
    if not draft.cues.isdisjoint((*_AGGREGATES, "provider")):
        _by_provider(draft)
    _by_part(draft)
    if not draft.aggregate and (not (draft.named or draft.providers) or "compare" in draft.cues):
        _by_weak_name(draft)
    if not draft.named and not draft.providers:
        _by_provider(draft)


def _by_postcode(draft: Draft) -> None:
    for start, end, postcode in postcodes(draft.text):
        numbers = draft.vocabulary.store.subjects_where("postcode", postcode)
        draft.explained |= _within(draft.words, (start, end))
        if numbers:
            draft.named.append(Named(postcode, _narrowed(draft, numbers)))
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
                draft.unknown.append(_typed(draft, [mention.start - 1, *mention.words]))
            else:
                draft.named.append(Named(_typed(draft, mention.words), _narrowed(draft, subjects)))


def _extended(draft: Draft, mention: Mention) -> Named | None:
    """A full name with more words of a name near it is read whole, where a subject covers them all."""
    left = [index for index in draft.leftover() if _may_name(draft, index)]
    next_to = (mention.start - 1, mention.end)
    for beside in (left, [index for index in left if index in next_to], _placed_beside(draft, next_to)):
        words = [Typed(index, draft.forms[index], True) for index in sorted({*beside, *mention.words})]
        found = names.match(words, draft.vocabulary) if beside else []
        if found and found[0].in_name == len(words):
            draft.explained |= set(beside)
            return Named(_typed(draft, [*beside, *mention.words]), tuple(match.subject.id for match in found))
    return _elsewhere(draft, mention)


def _elsewhere(draft: Draft, mention: Mention) -> Named | None:
    """Where nobody of that full name lies in the place that is told, somebody there may be called nearly so."""
    places = [index for other in draft.mentions if is_place(other) and other != mention for index in other.words]
    subjects = draft.vocabulary.store.subjects([int(sense.value) for sense in mention.of("subject")][:200])
    told = [set(draft.forms[index]) for index in places]
    if not told or any(all(words & _address_words(subject.attributes) for words in told) for subject in subjects):
        return None
    found = names.match([Typed(index, draft.forms[index], True) for index in sorted({*places, *mention.words})], draft.vocabulary)
    return Named(_typed(draft, mention.words), tuple(match.subject.id for match in found)) if found else None


def _placed_beside(draft: Draft, beside: tuple[int, int]) -> list[int]:
    """The words of a place right beside a name: they may be a part of it, as in "Salford Royal"."""
    return [index for mention in draft.mentions if is_place(mention) and not set(beside).isdisjoint(mention.words) for index in mention.words]


def _foreign(draft: Draft, index: int) -> bool:
    """Whether a word looks like a part of a name: no vocabulary knows it, or it is written with a capital."""
    word = draft.words[index]
    return not draft.vocabulary.knows(word.text) or (index > 0 and draft.text[word.start].isupper())


def _by_initials(draft: Draft) -> None:
    for index in draft.leftover():
        subjects = names.initials(draft.words[index].text, draft.vocabulary) or names.initials(draft.words[index].base or "", draft.vocabulary)
        if subjects:
            draft.named.append(Named(_typed(draft, [index]), subjects))
            draft.explained.add(index)


def _by_part(draft: Draft) -> None:
    """Match the words left over as one name; failing that, each run of them as a name of its own."""
    placed = _placed(draft)
    required = [index for index in draft.leftover() if _may_name(draft, index)]
    if draft.aggregate or placed.issuperset(required):
        required = [index for index in required if index not in placed]
    if not required or (draft.named and not _separate(draft, required)):
        return
    if _match(draft, required) or (draft.aggregate and not _separate(draft, required)):
        return
    for run in _runs(draft, required):
        if len(run) < len(required):
            _match(draft, run)


def _match(draft: Draft, required: Sequence[int]) -> bool:
    beside = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS, "aspect", "service") for index in mention.words]
    beside += [index for index in draft.leftover() if index not in required]
    taken = {index for one in draft.named for index, word in enumerate(draft.words) if word.text in fold_set(one.text)}
    words = [Typed(index, draft.forms[index], index in required) for index in sorted({*required, *(set(beside) - taken)})]
    found = names.match(words, draft.vocabulary)
    if not found:
        return False
    numbers = _narrowed(draft, [match.subject.id for match in found])
    draft.named.append(Named(_typed(draft, required), numbers))
    draft.explained |= set(required)
    for match in found[:1]:
        draft.corrections.update({typed: known for typed, known in match.corrections})
        draft.explained |= {index for index in match.covered if index in beside}
    return True


def _placed(draft: Draft) -> set[int]:
    """The words left over that stand where a place is named: "in Wibbleton-on-Sea"."""
    left, found = set(draft.leftover()), set[int]()
    for index, word in enumerate(draft.words):
        if index in left and (index - 1 in found or (index and draft.words[index - 1].text in _PLACE_WORDS)):
            found.add(index)
        elif index - 1 in found and word.text in _JOINERS:
            found.add(index)
    return found & left


def fold_set(text: str) -> set[str]:
    """Return the folded words of ``text`` as a set."""
    return {word.text for word in fold(text)}


def _separate(draft: Draft, required: Sequence[int]) -> bool:
    """Whether the words left over may name another subject: joined to the first by a comparison."""
    return "compare" in draft.cues or any(draft.words[index - 1].text in ("and", "or", "than") for index in required if index)


def _may_name(draft: Draft, index: int) -> bool:
    vocabulary, forms = draft.vocabulary, draft.forms[index]
    if any(form in vocabulary.common_words for form in forms) or any(mention.says("unheld") and index in mention.words for mention in draft.mentions):
        return False
    return any(form in vocabulary.name_words for form in forms) or not any(vocabulary.knows(form) for form in forms)


def _runs(draft: Draft, indexes: Sequence[int]) -> list[list[int]]:
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
            draft.named.append(Named(_typed(draft, mention.words), _narrowed(draft, subjects, used)))
            draft.mentions = [other for other in draft.mentions if used.isdisjoint(other.words)]
            draft.named.sort(key=lambda one: draft.text.find(one.text))
            return


def _by_provider(draft: Draft) -> None:
    placed = _placed(draft)
    required = [index for index in draft.leftover() if _may_name(draft, index) and index not in placed]
    if not required or draft.providers or "provider" not in draft.vocabulary.fields:
        return
    kinds = [index for mention in draft.mentions if mention.of("kind", *PLACE_FIELDS) for index in mention.words]
    words = [Typed(index, draft.forms[index], index in required) for index in sorted({*required, *kinds})]
    provider = names.provider(words, draft.vocabulary, loosely="provider" in draft.cues)
    if provider:
        draft.providers.append(provider)
        draft.explained |= set(required)
        draft.mentions = [mention for mention in draft.mentions if not _part_of_provider(draft, mention, provider, required)]


def _part_of_provider(draft: Draft, mention: Mention, provider: str, required: Sequence[int]) -> bool:
    """Whether a kind, told beside the provider's other words, belongs to its name: "St John Care Trust"."""
    beside = not {mention.start - 1, mention.end}.isdisjoint(required)
    return beside and bool(mention.of("kind")) and all(draft.words[index].text in fold_set(provider) for index in mention.words)


def _narrowed(draft: Draft, numbers: Sequence[int], used: Iterable[int] = ()) -> tuple[int, ...]:
    """Of several subjects keep those that lie in the places and are of the kinds mentioned, where any do."""
    used = set(used)
    kept = list(numbers)
    outside = [mention for mention in draft.mentions if used.isdisjoint(mention.words)]
    conditions: list[tuple[Condition, ...]] = [
        tuple(Condition(sense.type, (sense.value,)) for sense in mention.of(*PLACE_FIELDS)) for mention in outside if is_place(mention)
    ]
    conditions += [
        (condition,) for mention in outside for sense in mention.of("kind") if sense.kind and (condition := draft.vocabulary.kind_condition(sense.kind))
    ]
    for alternatives in conditions:
        if len(kept) > 1:
            fitting = [number for number in kept if any(_holds(draft, number, condition) for condition in alternatives)]
            kept = fitting or kept
    if len(kept) > 1:
        kept = _by_address(draft, kept, used)
    return tuple(kept)


def _holds(draft: Draft, number: int, condition: Condition) -> bool:
    return any(subject.attributes.get(condition.field) in condition.values for subject in draft.vocabulary.store.subjects([number]))


def _by_address(draft: Draft, numbers: Sequence[int], used: set[int]) -> list[int]:
    """Of subjects that share a name keep those whose street or area the question tells with words left over."""
    subjects = draft.vocabulary.store.subjects(list(numbers)[:500])
    left = [index for index in draft.leftover() if index not in used]
    scores = {subject.id: sum(any(form in _address_words(subject.attributes) for form in draft.forms[index]) for index in left) for subject in subjects}
    most = max(scores.values(), default=0)
    if not most:
        return list(numbers)
    kept = [number for number, score in scores.items() if score == most]
    words = {word for subject in subjects if subject.id in kept for word in _address_words(subject.attributes)}
    draft.explained |= {index for index in left if any(form in words for form in draft.forms[index])}
    return kept


def _address_words(attributes: Mapping[str, str]) -> set[str]:
    return {word for name in ("street", "address", "town", "local_authority", "region") for word in fold_set(attributes.get(name, ""))}


# The rest -----------------------------------------------------------------------------------------------------------


def _places(draft: Draft) -> tuple[Place, ...]:
    found = slots.places([mention for mention in draft.mentions])
    if not draft.named:
        return found
    return tuple(place for place in found if not _part_of_name(draft, place))


def _part_of_name(draft: Draft, place: Place) -> bool:
    """A place that is told to find a named subject, or is a part of its name, is no filter."""
    numbers = [number for one in draft.named for number in one.subjects][:50]
    return any(
        place.value in subject.attributes.values() or fold_set(place.value) <= fold_set(subject.name) | _address_words(subject.attributes)
        for subject in draft.vocabulary.store.subjects(numbers)
    )


def _content(draft: Draft) -> tuple[str, ...]:
    """Return the words that no slot explains; those that look like unknown names are noted as unknown too."""
    noise = _noise(draft)
    left = [index for index in draft.leftover() if index not in noise]
    for index in left:
        word = draft.words[index]
        before = draft.words[index - 1].text if index else ""
        foreign = not draft.vocabulary.knows(word.text) and not (word.base and draft.vocabulary.knows(word.base))
        placed = word.text in draft.vocabulary.lexicon.known_places or (before in _PLACE_WORDS and not ordinary(word.text) and word.text not in draft.vocabulary.common_words)
        capital = index > 0 and draft.text[word.start].isupper() and word.text not in draft.vocabulary.common_words
        if (foreign or placed or capital) and not any(mention.says("unheld") and index in mention.words for mention in draft.mentions):
            draft.unknown.append(draft.text[word.start : word.end])
    return tuple(draft.words[index].text for index in left)


def _noise(draft: Draft) -> set[int]:
    """The words of sentences that tell something beside the question: "I need it for a talk.", "For a piece I am writing: …"."""
    sentences = [_within(draft.words, found.span()) for found in _CLAUSE.finditer(draft.text)]
    asking = [any(mention.start in sentence and mention.of("cue", "rating", "aspect") for mention in draft.mentions) for sentence in sentences]
    marked = [bool(sentence) and draft.text[draft.words[max(sentence)].end :].lstrip()[:1] == "?" for sentence in sentences]
    wanted = [mark and ask for mark, ask in zip(marked, asking, strict=True)] if any(m and a for m, a in zip(marked, asking, strict=True)) else asking
    return {index for sentence, want in zip(sentences, wanted, strict=True) if not want for index in sentence} if any(wanted) else set()


def _other_raters(draft: Draft) -> list[str]:
    """Who else is supposed to have given the rating: "what did Monitor give them" asks for what no table here holds."""
    found = _GIVER.search(draft.text)
    if not found:
        return []
    start, end = found.span(1)
    inside = _within(draft.words, (start, end))
    named = {index for one in draft.named for index in inside if draft.words[index].text in fold_set(one.text)}
    others = [draft.words[index].text for index in sorted(inside - named)]
    return [found[1]] if others and not all(word in _REGULATOR or word in ("nhs",) and len(others) == 1 for word in others) and not named else []


def _typed(draft: Draft, indexes: Iterable[int]) -> str:
    found = sorted(indexes)
    return draft.text[draft.words[found[0]].start : draft.words[found[-1]].end]


def _top(text: str) -> int:
    found = _TOP.search(text)
    return (int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()]) if found else 1

