"""What every service needs whatever its corpus: the tables that come with Askwell."""

from __future__ import annotations

from qa.language.dictionary import share
from qa.language.sentences import sentences
from qa.language.stems import stem
from qa.question.grammar import shipped
from qa.retrieval import Thesaurus
from qa.retrieval.background import shares
from qa.retrieval.demands import demands
from qa.safety.care import concern

_WORD = "word"


def prepare() -> None:
    """Load them, so that no question waits for them."""
    (
        concern(_WORD),
        share(_WORD),
        stem(_WORD),
        sentences(_WORD),
        shipped(),
        shares(),
        demands(),
        Thesaurus.load(),
    )
