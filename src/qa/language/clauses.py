"""What a question tells beside what it asks: "My brother was there for years. Who runs it?" asks only who runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.records import Span

_BEGINS = (
    r"(?:(?:and|so|but|or|ok|okay|well|please|anyway|also|then)\b[\s,]*)*"
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
    r"|any|tell|explain|describe|list|name|give|show|summarise|summarize)(?:['’]?(?:s|d|re|ve|ll)|n['’]?t)?\b"
)
_ASKS = re.compile(rf"\W*{_BEGINS}|.*\?\W*$", re.IGNORECASE | re.DOTALL)
# "St." and "Dr." end no sentence. Nothing that follows the repetition can fail, so no way through it is tried twice.
_SENTENCE = re.compile(r"(?:[^.?!;\n]+|\.(?=\w)|(?<=\b[A-Za-z])\.|(?<=\b[A-Za-z]{2})\.)+[.?!;\n]*")
_CLAUSE = re.compile(rf"[,:–—]\s+(?={_BEGINS})|\s-+\s+(?={_BEGINS})", re.IGNORECASE)
_OF_THE_ASKER = re.compile(
    r"\b(?:i|im|ive|id|my|me|mine|we|our|hi|hello|hey|dear|sorry|thanks|as an?)\b|\bi['’](?:m|ve|d|ll)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?:\b(?:i|we)(?:['’]?d| would| want| need| wanted)?(?: (?:just|really|only))?(?: (?:like|love|want|need|wish|have))? to "
    r"(?:know|understand|find out|learn|see|ask|check|hear)"
    r"|\b(?:can|could|would|will) (?:you|anyone|someone|anybody|somebody)(?: please| kindly)?"
    r" (?:tell|let|show|explain|say|remind)(?: me| us)?(?: know)?"
    r"|\b(?:i|we)(?: am|['’]?m| was| were| are|['’]?re) (?:wondering|curious|asking|interested|keen)|\btell me|\bjust wondering|\bwondering"
    r"|\bmy question is|\b(?:do|does|did) (?:you|anyone|anybody) know)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)  # a question is read twice: for what the tables hold and for what the reports say
def asked_part(question: str) -> str:
    """The question with all that it tells beside what it asks blanked out, so that places stay; itself where it is simple."""
    told = list(_told(question))
    for span in told:
        question = question[: span.start] + " " * (span.end - span.start) + question[span.end :]
    return question


_FOR = re.compile(r"\s*for (?:an?|the|my|our|this|that)\s[^:?.]{2,60}:(?=\s)", re.IGNORECASE)


def lead(question: str) -> list[Span]:
    """What a question begins with to say what its answer is for, if anything: "For the board paper:"."""
    found = _FOR.match(question)
    return [Span(*found.span())] if found else []


def sentences(question: str) -> list[Span]:
    """The sentences of a question, in order and disjoint, each with the marks that end it; marks that end none are left out."""
    return [Span(*found.span()) for found in _SENTENCE.finditer(question)]


_TAIL = re.compile(
    r"[,–—-]\s+(?=(?:as |because |since |and )?(?:i|we)(?:['’]?(?:m|re|ve|d)| am| are| was| need| have| had| want| work)\b)", re.IGNORECASE
)


def _told(question: str) -> Iterator[Span]:
    spans = sentences(question)
    asking = [any(found(question, span.start, span.end) for found in (_ASKS.match, _LEAD.search, _CLAUSE.search)) for span in spans]
    for span, asks in zip(spans, asking, strict=True):
        if asks or not any(asking):
            begin = _begin(question, span) if asks else span.start
            tail = _TAIL.search(question, begin, span.end)
            yield Span(span.start, begin)
            yield Span(tail.start() if tail and question[begin : tail.start()].count(" ") > 1 else span.end, span.end)
        elif _OF_THE_ASKER.search(question, span.start, span.end):
            yield span


def _begin(question: str, sentence: Span) -> int:
    """Where what is asked begins in a sentence that asks: behind "I'd like to know", or at the last clause that begins as a question does,
    where what stands before it is of whoever asks."""
    begin = sentence.start
    for found in _CLAUSE.finditer(question, sentence.start, sentence.end):
        if _OF_THE_ASKER.search(question, begin, found.start()):
            begin = found.end()
    led = [found.end() for found in _LEAD.finditer(question, begin, sentence.end)]
    return led[-1] if led and question[led[-1] : sentence.end].strip(" ?.!") else begin


_ASKING = (
    r"(?:number of|count of|how (?:many|much|is|are|was|were|did|does|do)|who(?:se)?|what(?:['’]s)?"
    r"|when|where|which|why|(?:is|are|was|were|did|does|do|has|have) "
    r"(?:it|they|any|all|most|there|that|those)|list|show|all \w+\?)"
)
_CUT = re.compile(
    r"(?:\?+\s+(?:and\s+|also\s+)?|;\s+(?:and\s+)?|,?\s+and\s+(?:also\s+|then\s+)?|,\s+)"
    rf"(?!is (?:that|this|it) (?:right|correct|true|so)\b)(?={_ASKING})",
    re.IGNORECASE,
)


def cut(question: str) -> list[str]:
    """Return the questions that stand side by side in ``question``: "how many are good, and how many are inadequate?" is two."""
    starts = [0]
    for found in _CUT.finditer(question):
        if re.search(rf"\b{_ASKING}", question[starts[-1] : found.start()], re.IGNORECASE):
            starts.append(found.end())
    ends = [*starts[1:], len(question)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := question[start:end].strip(" ,;"))]


_BEGINS_PART = r"(?:(?:in|at|on|by|for|to|from|with|of) (?:which|what|whom)|who|whom|whose|what|when|where|why|how|which)\b"
_SEAM = re.compile(rf"(?:[,;]?\s+and(?:\s+also)?|[;?])\s+(?={_BEGINS_PART})", re.IGNORECASE)


def parts(question: str) -> tuple[str, ...]:
    """Return the questions about a text that ``question`` asks: "what changed and who led it?" asks two."""
    return tuple(part.strip() for part in _SEAM.split(question) if part.strip()) or (question,)
