"""Question + Findings + passages → Answer. Pure: it computes nothing, it tells."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answering.certainty import probability_right
from qa.answering.conflicts import Claim, contradicted
from qa.answering.phrases import day
from qa.answering.ratings import Held, tell
from qa.answering.refusals import holdings, refuse
from qa.answering.suggestions import suggest
from qa.finding import Findings
from qa.folding import fold
from qa.library import Library
from qa.records import (
    Answer,
    AnswerText,
    Basis,
    Conflict,
    FieldValue,
    Figure,
    IndexState,
    Part,
    QuotedPassage,
    RatingFact,
    Status,
    Understood,
)
from qa.retrieval import Ranked, Retrieved
from qa.understanding import Question, Vocabulary

_GREETINGS = {
    "greeting": "Hello. Ask me about ratings or about what the reports say.",
    "thanks": "You’re welcome.",
    "goodbye": "Goodbye.",
    "help": "I answer questions about published ratings and quote the reports they come from, each with its source and date.",
}


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes answers over one corpus."""

    vocabulary: Vocabulary
    index: IndexState
    library: Library
    examples: tuple[str, ...] = ()  # questions that this corpus answers
    claims: tuple[Claim, ...] = ()  # what the reports say of all that the tables rate

    def compose(self, question: Question, findings: Findings, retrieved: Retrieved | None) -> Answer:
        """Return the answer: from the tables where they hold it, else from the passages, else a plain refusal."""
        if question.intent == "small_talk":
            return self._answer(question, "small_talk", self._small_talk(next(iter(question.cues))), "none", 1.0)
        if question.message:
            return self._answer(question, "signposted", question.message, "none", 1.0)
        passages = self._quoted(retrieved)
        if question.intent == "passage":
            return self._from_passages(question, retrieved, passages)
        if findings.missing not in (None, "contradiction") or (
            not findings.facts and question.intent in ("lookup", "when", "attribute", "compare") and not findings.groups
        ):
            told = refuse(question, findings, self.vocabulary)
            return self._answer(question, "not_found", told.text, "none", 0.9, passages=passages, retrieved=retrieved)
        telling = tell(question, findings, Held(self.vocabulary.scale, self.vocabulary.store.dates[1], self.vocabulary.noun))
        answer = self._answer(
            question,
            "ambiguous" if findings.ambiguous else "answered",
            telling.text,
            "facts",
            probability_right(question, findings),
            passages=passages,
            retrieved=retrieved,
            facts=findings.exceptions or findings.facts,
            facts_total=(findings.whole or 0) - findings.total if findings.exceptions else findings.total,
            figures=telling.figures,
        )
        claim = contradicted(question, findings, self.claims)
        return self._with_claim(answer, claim) if claim else answer

    def _small_talk(self, said: str) -> str:
        """What is said back; where somebody may want to ask, with what there is to be asked about."""
        held = holdings(self.vocabulary, "The loaded reports and tables")
        return _GREETINGS[said] if said in ("thanks", "goodbye") else f"{_GREETINGS[said]} {held}"

    def _with_claim(self, answer: Answer, claim: Claim) -> Answer:
        """Show beside the table's answer the sentence that says otherwise; its passage comes first."""
        ranked = Ranked(claim.passage, 0.0, claim.sentence, ())
        others = [passage for passage in answer.passages if passage.id != claim.passage.id]
        shown = [self._quote(ranked, 1), *others][: max(len(answer.passages), 1)]
        return replace(
            answer,
            answer=replace(answer.answer, text=f"{answer.answer.text} The report’s text says otherwise: {quotation(ranked)}"),
            conflicts=tuple(Conflict(fact.id, claim.passage.id) for fact in answer.facts),
            passages=tuple(replace(passage, rank=rank) for rank, passage in enumerate(shown, 1)),
        )

    def join(self, answer: Answer, parts: Sequence[Answer]) -> Answer:
        """Return the answer to a compound question from those to its parts; ``answer`` is the one to the whole."""
        answered = [part for part in parts if part.status == "answered"]
        if not answered:
            return answer
        passages = list({passage.id: passage for part in parts for passage in part.passages[:2]}.values())
        facts = tuple({fact.id: fact for part in answered for fact in part.facts}.values())
        text = " ".join(part.answer.text if part.status == "answered" else f"On “{part.question}”: {part.answer.text}" for part in parts)
        confidence = min(part.answer.confidence for part in answered)
        return replace(
            answer,
            status="answered",
            answer=AnswerText(text, "facts" if facts else "passage", confidence),
            facts=facts,
            facts_total=sum(part.facts_total for part in answered),
            figures=tuple(dict.fromkeys(figure for part in answered for figure in part.figures)),
            parts=tuple(Part(part.answer.text, tuple(passage.id for passage in part.passages[:2])) for part in parts),
            passages=tuple(replace(passage, rank=rank) for rank, passage in enumerate(passages[: max(len(answer.passages), 1)], 1)),
        )

    def _from_passages(self, question: Question, retrieved: Retrieved | None, passages: tuple[QuotedPassage, ...]) -> Answer:
        if retrieved is None or not retrieved.answered or not retrieved.ranked:
            told = refuse(question, Findings(), self.vocabulary)
            confidence = 1 - retrieved.confidence if retrieved else 0.9
            return self._answer(question, "not_found", told.text, "none", confidence, passages=passages, retrieved=retrieved)
        text = quotation(retrieved.ranked[0])
        return self._answer(question, "answered", text, "passage", retrieved.confidence, passages=passages, retrieved=retrieved)

    def _answer(
        self,
        question: Question,
        status: Status,
        text: str,
        basis: Basis,
        confidence: float,
        *,
        passages: tuple[QuotedPassage, ...] = (),
        retrieved: Retrieved | None = None,
        facts: tuple[RatingFact, ...] = (),
        facts_total: int = 0,
        figures: tuple[Figure, ...] = (),
    ) -> Answer:
        return Answer(
            question=question.text,
            status=status,
            answer=AnswerText(text, basis, round(confidence, 3)),
            facts=facts,
            facts_total=facts_total,
            figures=figures,
            conflicts=(),
            parts=(),
            passages=passages,
            understood=self._understood(question, retrieved),
            suggestions=suggest(question, facts, self.vocabulary, self.examples),
            index=self.index,
        )

    def _understood(self, question: Question, retrieved: Retrieved | None) -> Understood:
        corrections = (*question.corrections, *(retrieved.corrections if retrieved and question.intent == "passage" else ()))
        names = tuple(subject.name for one in question.named[:6] for subject in self.vocabulary.store.subjects(list(one.subjects)[:10]))
        return Understood(
            intent=question.intent,
            standalone=question.standalone,
            subjects=tuple(dict.fromkeys(names)),
            filters=_filters(question),
            corrections=tuple(dict.fromkeys(corrections)),
            expanded=retrieved.expanded if retrieved and question.intent == "passage" else (),
            unknown=tuple(name for name in question.unknown if not self._speaks_of(name)),
        )

    def _speaks_of(self, name: str) -> bool:
        """Whether the reports do of what no table knows."""
        return all(word.text in self.vocabulary.passage_words for word in fold(name))

    def _quoted(self, retrieved: Retrieved | None) -> tuple[QuotedPassage, ...]:
        return tuple(self._quote(ranked, rank) for rank, ranked in enumerate(retrieved.ranked, 1)) if retrieved else ()

    def _quote(self, ranked: Ranked, rank: int) -> QuotedPassage:
        passage = ranked.passage
        return QuotedPassage(
            passage.id, rank, round(ranked.score, 4), passage.text, ranked.answer, ranked.highlights, self.library.source(passage)
        )


def quotation(ranked: Ranked) -> str:
    """The answering sentence: in quotation marks where the words are the publisher's, bare from a digest; always with its date."""
    passage, document = ranked.passage, ranked.passage.document
    sentence = passage.text[ranked.answer.start : ranked.answer.end] if ranked.answer else passage.text
    sentence = " ".join(sentence.split())
    date = f" ({document.title}, published {day(document.published)})" if document.published else f" ({document.title}, date not published)"
    return f"{sentence}{date}" if document.kind == "digest" else f"“{sentence}”{date}"


def _filters(question: Question) -> tuple[FieldValue, ...]:
    pairs = [FieldValue(place.field, place.value) for place in question.places]
    pairs += [FieldValue("outside", place.value) for place in question.outside]
    pairs += [FieldValue("kind", kind.label) for kind in question.kinds if kind.field]
    pairs += [FieldValue("provider", provider) for provider in question.providers]
    pairs += [FieldValue("aspect", aspect) for aspect in question.aspects]
    pairs += [FieldValue("service", service) for service in question.services]
    pairs += [FieldValue("previous_rating" if asked.role == "before" else "rating", asked.text) for asked in question.ratings]
    return (*pairs, *([FieldValue("published", question.period.text)] if question.period else []))


def as_of(dates: Sequence[datetime.date | None]) -> datetime.date | None:
    """Return the newest of the dates that are known."""
    return max((date for date in dates if date), default=None)


__all__ = ["Composer", "as_of", "quotation"]
