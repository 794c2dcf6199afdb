"""Retrieval: a question to the passages that answer it, the sentence that does, and how sure that is."""

from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.glossary import Glossary
from qa.retrieval.points import Point
from qa.retrieval.retriever import Retriever
from qa.retrieval.thesaurus import Thesaurus
from qa.retrieval.vectors import VectorIndex

__all__ = ["Glossary", "Point", "Ranked", "Retrieved", "Retriever", "Thesaurus", "VectorIndex"]
