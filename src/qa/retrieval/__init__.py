"""Retrieval: a question → the passages that answer it, the sentence that does, and how certain that is.

What searches is loaded when it is first asked for: who builds an index needs none of it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.retrieval.about import About
    from qa.retrieval.found import Ranked, Retrieved
    from qa.retrieval.glossary import Glossary, Term
    from qa.retrieval.point import Point
    from qa.retrieval.retriever import Retriever
    from qa.retrieval.side_by_side import points_back, search_each
    from qa.retrieval.thesaurus import Thesaurus
    from qa.retrieval.vectors import VectorIndex

__all__ = [
    "About",
    "Glossary",
    "Point",
    "Ranked",
    "Retrieved",
    "Retriever",
    "Term",
    "Thesaurus",
    "VectorIndex",
    "points_back",
    "search_each",
]

_MODULES = {
    "About": "about",
    "Glossary": "glossary",
    "Point": "point",
    "Ranked": "found",
    "Retrieved": "found",
    "Retriever": "retriever",
    "Term": "glossary",
    "Thesaurus": "thesaurus",
    "VectorIndex": "vectors",
    "points_back": "side_by_side",
    "search_each": "side_by_side",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
