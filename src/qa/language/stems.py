"""What a text is indexed under: the stems of its words.

Glossary, with example values for "The ward's staff weren't asked.":

* a *stop word* is too common to be indexed: ``the``, ``were``, ``not``;
* a *term* is the stem of a word that is no stop word: ``["ward", "staff", "ask"]``;
* an *irregular* form has the stem of its base form, by irregular.toml: ``fell`` that of ``fall``.

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
    """Return what ``text`` is indexed under: the stems of its words without the stop words, in order,
    repeated as they are.
    """
    stop = flagged("stop")
    return [stem(word) for word in token_words(text) if word not in stop]


def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of a word, or of its base form, as
    :func:`~qa.language.tokens.tokenize` gives it.
    """
    return _remembered_stem(word)


def is_stop(word: str) -> bool:
    """True if a word as :func:`~qa.language.tokens.tokenize` gives it is too common to be indexed."""
    return word in flagged("stop")


def _stem(word: str) -> str:
    return str(_stemmer().stem(_base_forms().get(word, word)))


_remembered_stem = remembered(_stem, most=16 * 1024 * 1024)  # bytes: of a large corpus, all its words


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
