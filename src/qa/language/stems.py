"""The terms that a text is indexed by: the stems of its words.

Glossary, with example values for "The ward's staff weren't asked.":

* a *stop word* is too common to be indexed: ``the``, ``were``, ``not``;
* a *term* is the stem of a word that is not a stop word: ``["ward", "staff", "ask"]``;
* an *irregular* form has the stem of its base form, from irregular.toml: ``fell`` has that of ``fall``.

nltk is imported at first use, which takes about 0.3 seconds; its Snowball stemmer needs no download.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from qa.language.remembering import remembered
from qa.language.tokens import token_words
from qa.language.words import flagged


def terms(text: str) -> list[str]:
    """Return the terms that ``text`` is indexed by: the stems of its words without the stop words, in order,
    with repeats."""
    stop = flagged("stop")
    return [stem(word) for word in token_words(text) if word not in stop]


def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of a word from :func:`~qa.language.tokens.tokenize`, or of its base
    form."""
    return _remembered_stem(word)


def is_stop(word: str) -> bool:
    """True if a word from :func:`~qa.language.tokens.tokenize` is too common to be indexed."""
    return word in flagged("stop")


def _stem(word: str) -> str:
    return str(_stemmer().stem(_base_forms().get(word, word)))


_remembered_stem = remembered(_stem, most=16 * 1024 * 1024)  # bytes: enough for all words of a large corpus


@functools.cache
def _base_forms() -> Mapping[str, str]:
    """Irregular form → base form."""
    table = tomllib.loads(files("qa.language").joinpath("irregular.toml").read_text(encoding="utf-8"))
    rows = (row.split() for rows in table.values() for row in rows)
    return {form: base for base, *forms in rows for form in forms}


@functools.cache
def _stemmer() -> Any:
    import nltk.stem.snowball

    return nltk.stem.snowball.EnglishStemmer()
