"""Loads what every worker needs, whatever its corpus, once before the workers are forked: they share it, and
start sooner.
"""

from __future__ import annotations

import gc
import importlib

_WORD = "word"


def preload() -> None:
    """Load the modules of a worker and the tables that come with Askwell, and keep the collector off them."""
    importlib.import_module("qa.web.serving.application")
    importlib.import_module("qa.web.serving.gateway")
    from qa.language.dictionary import share
    from qa.language.sentences import sentences
    from qa.language.stems import stem
    from qa.question.grammar import shipped
    from qa.retrieval.background import shares
    from qa.retrieval.demands import demands
    from qa.safety.care import concern

    concern(_WORD), share(_WORD), stem(_WORD), sentences(_WORD), shipped(), shares(), demands()
    gc.collect()
    gc.freeze()  # a collection that looks at what is shared would write into it, and so copy it
