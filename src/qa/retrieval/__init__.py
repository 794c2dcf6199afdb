"""Retrieval: a question → the passages that answer it, the sentence that does, and how certain that is."""

from qa.retrieval.about import About
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.glossary import Glossary, Term
from qa.retrieval.point import Point
from qa.retrieval.retriever import Retriever
from qa.retrieval.side_by_side import search_each
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
    "search_each",
]
