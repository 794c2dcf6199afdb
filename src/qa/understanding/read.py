"""One question by itself → its slots and names, before the questions before it are considered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.folding import Word, as_typed, fold
from qa.preamble import asked_part
from qa.records import Change
from qa.understanding import slots
from qa.understanding.draft import Draft, clauses, fold_set, within
from qa.understanding.english import ordinary
from qa.understanding.mentions import Mention, find_mentions, is_place, spellings
from qa.understanding.naming import find_names
from qa.understanding.narrowing import PLACE_WORDS, address_words, left_out
from qa.understanding.periods import find_period
from qa.understanding.question import Place, Question
from qa.understanding.vocabulary import Vocabulary

_TOP = re.compile(r"\b(?:top|bottom|first|worst|best) (\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b", re.I)
_GIVER = re.compile(
    r"\b(?:did|does|do|has|have|will|would) (.{2,40}?) (?:give|gave|given|award|awarded|assign|assigned|hand|handed)\b", re.I
)
_SHORT = 4  # letters of a word of which only swapped ones are put right
_PLAIN_TOPICS = ("fees", "contact", "capacity", "visiting", "jobs")
_NUMBERS = dict(zip(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True))


def read(text: str, vocabulary: Vocabulary) -> Question:
    """Return the question with every slot that its own words fill; its intent is not decided yet."""
    period = find_period(text)
    draft = _draft(text, vocabulary, period[1] if period else (0, 0))
    find_names(draft)
    _explain_addresses(draft)
    outside = slots.places(left_out(draft))
    content = _content(draft)
    draft.unknown += _other_raters(draft)
    services = slots.services(draft.mentions, vocabulary, _rated_services(draft))
    return Question(
        text=text,
        standalone=text,
        cues=draft.cues | ({"other-count"} if _counts_other(draft) else set()),
        named=tuple(draft.named),
        providers=tuple(dict.fromkeys(draft.providers)),
        places=tuple(place for place in _places(draft) if place not in outside),
        outside=outside,
        kinds=slots.kinds(draft.mentions, services),
        aspects=slots.aspects(draft.mentions),
        services=services,
        ratings=slots.ratings(draft.mentions, vocabulary.scale),
        group=slots.group(draft.mentions)
        or ("provider" if draft.cues >= {"provider", "most"} and not (draft.named or draft.providers) else None),
        period=period[0] if period else None,
        top=_top(text),
        content=content,
        unknown=tuple(dict.fromkeys(draft.unknown)),
        unheld=_unheld(draft),
        sought=tuple(mention.text for mention in draft.mentions if mention.says("unheld", *_PLAIN_TOPICS)),
        searched=_after_reset(draft),
        corrections=tuple(Change(source, target) for source, target in draft.corrections.items()),
    )


def _after_reset(draft: Draft) -> str:
    """Return the text behind "different question" and the like: what is before it belongs to the conversation."""
    resets = [mention for mention in draft.mentions if mention.says("follow", "reset")]
    return draft.text[draft.words[resets[-1].end - 1].end :].strip(" ,.:;-–") if resets else ""


def _draft(text: str, vocabulary: Vocabulary, dated: tuple[int, int]) -> Draft:
    """Return the question's words with their mentions; ``dated`` is the span of a period, which needs no other explanation."""
    draft = Draft(text, vocabulary, _expanded(fold(text), vocabulary.lexicon.expansions), as_typed(text))
    draft.explained |= within(draft.words, dated)
    for found in _TOP.finditer(text):
        draft.explained |= within(draft.words, found.span(1))
    draft.corrections = _corrections(draft)
    draft.forms = spellings(draft.words, vocabulary.lexicon.abbreviations, draft.corrections)
    mentions, draft.weak = find_mentions(draft.forms, vocabulary)
    draft.beside = _beside(draft)
    aside = {index for one in mentions if _only_asks(one) and draft.beside.issuperset(one.words) for index in one.words}
    kept = [one for one in mentions if aside.isdisjoint(one.words)]
    draft.mentions = [one for one in kept if draft.explained.isdisjoint(one.words) or one.says("cue", "most", "best")]
    draft.explained |= aside
    for mention in draft.mentions:
        if not _only(mention, "unheld") and not _topic(mention, vocabulary):
            draft.explained |= set(mention.words)
    return draft


def _beside(draft: Draft) -> frozenset[int]:
    asked = asked_part(draft.text)
    return frozenset(index for index, word in enumerate(draft.words) if asked[word.start].isspace())


def _only_asks(mention: Mention) -> bool:
    """Whether a mention only says what is asked, and names nothing: "My dad is moving there next month. …" asks nothing of the future."""
    return mention.types <= {"cue", "unheld", "follow", "comparator", "range", "group"}


def _expanded(words: Sequence[Word], expansions: Mapping[str, tuple[str, ...]]) -> tuple[Word, ...]:
    """Write out short forms of several words: "SW" is "south west", both words standing where it stands."""
    return tuple(
        word if long == word.text else word._replace(text=long) for word in words for long in expansions.get(word.text, (word.text,))
    )


def _unheld(draft: Draft) -> tuple[str, ...]:
    """The topics mentioned that no table holds; a question that begins with "will" asks for the future."""
    future = ("future",) if draft.words and draft.words[0].text == "will" else ()
    return tuple(dict.fromkeys((*future, *(sense.value for mention in draft.mentions for sense in mention.of("unheld")))))


def _explain_addresses(draft: Draft) -> None:
    """Words of the name and address of a named subject need no other explanation."""
    numbers = [number for one in draft.named if len(one.subjects) == 1 for number in one.subjects]
    subjects = draft.vocabulary.store.subjects(numbers) if numbers else []
    words = {word for subject in subjects for word in address_words(subject.attributes) | fold_set(subject.name)}
    draft.explained |= {index for index in draft.leftover() if any(form in words for form in draft.forms[index])}


def _only(mention: Mention, sense_type: str) -> bool:
    return all(sense.type == sense_type for sense in mention.senses)


def _topic(mention: Mention, vocabulary: Vocabulary) -> bool:
    """Whether the mention is an aspect that the tables do not rate: a topic for the passages, then."""
    return (
        bool(mention.of("aspect"))
        and not mention.of("cue", "rating")
        and not any(sense.value in vocabulary.aspects for sense in mention.of("aspect"))
    )


def _rated_services(draft: Draft) -> set[str]:
    """The services that named subjects are rated for, where it matters: where a word may be a kind as well."""
    if not any(mention.types >= {"service", "kind"} for mention in draft.mentions):
        return set()
    numbers = [number for one in draft.named for number in one.subjects[:3]][:6]
    return draft.vocabulary.store.services_of(numbers) if numbers else set()


def _counts_other(draft: Draft) -> bool:
    """Whether what is counted is none of the things that tables rate: "how many months did it take"."""
    left = set(draft.leftover())
    return any(mention.says("cue", "count") and mention.end in left for mention in draft.mentions)


def _corrections(draft: Draft) -> dict[str, str]:
    """Correct words that no vocabulary knows to words of the lexicon or of places; names are corrected where they are matched."""
    found: dict[str, str] = {}
    for index, word in enumerate(draft.words):
        known_already = any(draft.vocabulary.knows(form) for form in (word.text, word.base or word.text))
        if known_already or word.start in draft.exact:
            continue
        capital = index > 0 and draft.text[word.start].isupper()
        near = (draft.vocabulary.rating_words if capital else draft.vocabulary.correctable).near(word.text)
        meant = next((other for other in near if len(word.text) > _SHORT or sorted(other) == sorted(word.text)), None)
        if meant:
            found[word.text] = meant
    return found


def _places(draft: Draft) -> tuple[Place, ...]:
    found = slots.places(draft.mentions)
    if not draft.named:
        return found
    return tuple(place for place in found if not _part_of_name(draft, place))


def _part_of_name(draft: Draft, place: Place) -> bool:
    """A place that is told to find a named subject, or is a part of its name, is no filter."""
    numbers = [number for one in draft.named for number in one.subjects][:50]
    return any(
        place.value in subject.attributes.values() or fold_set(place.value) <= fold_set(subject.name) | address_words(subject.attributes)
        for subject in draft.vocabulary.store.subjects(numbers)
    )


def _content(draft: Draft) -> tuple[str, ...]:
    """Return the words that no slot explains; those that look like unknown names are noted as unknown too."""
    noise = _noise(draft) | draft.beside
    left = [index for index in draft.leftover() if index not in noise]
    for index in left:
        word = draft.words[index]
        before = draft.words[index - 1].text if index else ""
        foreign = not draft.vocabulary.knows(word.text) and not (word.base and draft.vocabulary.knows(word.base))
        placed = word.text in draft.vocabulary.lexicon.known_places or (
            before in PLACE_WORDS and not ordinary(word.text) and word.text not in draft.vocabulary.common_words
        )
        capital = index > 0 and draft.text[word.start].isupper() and word.text not in draft.vocabulary.common_words
        nameless = word.text in draft.vocabulary.name_words and not (draft.named or draft.providers or draft.aggregate)
        if index not in draft.unheld and (foreign or placed or capital or (nameless and word.text not in draft.vocabulary.common_words)):
            draft.unknown.append(draft.text[word.start : word.end])
    return tuple(draft.words[index].text for index in left)


def _noise(draft: Draft) -> set[int]:
    """The words of sentences that tell something beside the question: "I need it for a talk.", "For a piece I am writing: …"."""
    sentences = clauses(draft)
    asking = [
        any(mention.start in sentence and mention.of("cue", "rating", "aspect") for mention in draft.mentions) for sentence in sentences
    ]
    marked = [bool(sentence) and draft.text[draft.words[max(sentence)].end :].lstrip()[:1] == "?" for sentence in sentences]
    wanted = (
        [mark and ask for mark, ask in zip(marked, asking, strict=True)]
        if any(m and a for m, a in zip(marked, asking, strict=True))
        else asking
    )
    placed = {mention.start for mention in draft.mentions if is_place(mention)}  # "Elm House, Leeds: rating?" tells what is asked about
    return (
        {index for sentence, want in zip(sentences, wanted, strict=True) if not (want or placed & sentence) for index in sentence}
        if any(wanted)
        else set()
    )


def _other_raters(draft: Draft) -> list[str]:
    """Who else is supposed to have given the rating: "what did Monitor give them" asks for what no table here holds."""
    found = _GIVER.search(draft.text)
    if not found:
        return []
    start, end = found.span(1)
    inside = within(draft.words, (start, end))
    named = {index for one in draft.named for index in inside if draft.words[index].text in fold_set(one.text)}
    others = [draft.words[index].text for index in sorted(inside - named)]
    return [found[1]] if not named and not draft.vocabulary.lexicon.regulator.issuperset(others) else []


def _top(text: str) -> int:
    """Return how many are asked for, as said last: "top 5 … no, make it top 2"."""
    found = [match[1] for match in _TOP.finditer(text)]
    return (int(found[-1]) if found[-1].isdigit() else _NUMBERS[found[-1].lower()]) if found else 1
