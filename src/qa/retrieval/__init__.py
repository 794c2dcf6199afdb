"""Retrieval: a question to the passages that answer it, the sentence that does, and how sure that is."""

from qa.retrieval.compound import parts
from qa.retrieval.found import Ranked, Retrieved
from qa.retrieval.retriever import Retriever
from qa.retrieval.thesaurus import Thesaurus

__all__ = ["Ranked", "Retrieved", "Retriever", "Thesaurus", "parts"]
