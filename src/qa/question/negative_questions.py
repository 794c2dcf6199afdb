"""Questions that open with a denial, "isn't Oak House good?": they ask whether it is so."""

from __future__ import annotations

from collections.abc import Sequence

from qa.language.tokens import Word
from qa.language.words import is_function
from qa.question.vocabulary import Vocabulary

_PLAIN = {
    "arent": "are",
    "cant": "can",
    "couldnt": "could",
    "didnt": "did",
    "doesnt": "does",
    "dont": "do",
    "hadnt": "had",
    "hasnt": "has",
    "havent": "have",
    "isnt": "is",
    "wasnt": "was",
    "werent": "were",
    "wont": "will",
    "wouldnt": "would",
}
_OPENERS = frozenset("and but so well then".split())
# What a rating is said of: none of these begins "aren't good?", which asks who is not.
_SUBJECTS = frozenset("follow kind number place provider quantifier service subject wider".split())
_BEFORE_NOUNS = frozenset(
    "a an any every his it its my our that the their there these they this those".split()
)


def without_denial(words: Sequence[Word], text: str, vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Return the words of ``text`` with the verb that it opens with as if it were not denied, if something
    stands behind it that can be the subject."""
    place = next((at for at, word in enumerate(words) if word.text not in _OPENERS), len(words))
    if place + 2 >= len(words) or words[place].text not in _PLAIN:
        return tuple(words)
    if not _is_subject(words[place + 1], text, vocabulary, bidden=words[place].text == "dont"):
        return tuple(words)
    plain = words[place]._replace(text=_PLAIN[words[place].text], base=None)
    return (*words[:place], plain, *words[place + 1 :])


def _is_subject(word: Word, text: str, vocabulary: Vocabulary, *, bidden: bool) -> bool:
    """True if a word can begin the subject of a question; behind "don't" an unknown one is rather a verb."""
    if word.text in _BEFORE_NOUNS:
        return True
    kinds = {sense.kind for sense in vocabulary.senses(word.text)}
    if kinds & _SUBJECTS or text[word.start].isupper():
        return True
    return not bidden and not kinds and not is_function(word.text)
