"""Reading + Results + passages → the Answer. Pure: it only words what has been computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from qa.answering.addresses import facts_next
from qa.answering.combining import DraftAnswer, join, numbered, part_of
from qa.answering.context import Context
from qa.answering.contradictions import Claim, contradicted
from qa.answering.distances import distances_of
from qa.answering.english import listed, listed_or, number
from qa.answering.lists import unique
from qa.answering.missing import never_rated
from qa.answering.quoting import otherwise, quotation
from qa.answering.quoting import told as told_of
from qa.answering.refusing import Holdings, held, refusal
from qa.answering.remarks import did_you_mean, hardly_sure, joined, left_out_sentence, near_names, unsure
from qa.answering.sentences import tell
from qa.answering.stock import Stock
from qa.answering.subjects import by_subject, name
from qa.answering.suggesting import MOST, Sections, suggest
from qa.answering.understood import understood
from qa.answering.wording import scope_phrase
from qa.answering.yes_no_answers import evidence
from qa.facts.result import Result
from qa.library import Library
from qa.question.asking_back import is_unsettled
from qa.question.certainty import in_view_of
from qa.question.query import WHOLE, Dates, Query, Ratings, Values
from qa.question.reading import Choice, Reading
from qa.records import (
    Answer,
    AnswerText,
    Basis,
    Conflict,
    Distance,
    Figure,
    IndexState,
    QuotedPassage,
    RatingFact,
)
from qa.retrieval import Ranked, Retrieved

TOLD, SURE = (
    0.2,
    0.5,
)  # the confidence below which the tables give no answer; and below which the answer says that it is unsure
_OFFERED = 3  # near names, and places of one name, that a sentence offers
_PASSAGES_MAY_TELL = (
    "period",
    "before",
    "history",
    "row",
    "field",
)  # the reports may have what is missing in the tables
_GREETINGS = {
    "greeting": "Hello. Ask me about ratings or about what the reports say.",
    "thanks": "You’re welcome.",
    "goodbye": "Goodbye.",
    "help": (
        "I answer questions about published ratings and quote the reports they come from, "
        "each with its source and date."
    ),
    "keep": (
        "The links under an answer’s table sort and filter it, show it on a map and download it as CSV or "
        "XLSX. “Keep or share this answer” has a link to it."
    ),
    "source": (
        "Each answer names its source: the table and row under its ratings, the report under its passages. "
        "“How this answer was found” says how the question was read."
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one Query: the Result of the tables, if they were asked, and the passages."""

    query: Query
    result: Result | None = None
    retrieved: Retrieved | None = None


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes answers over one corpus."""

    context: Context
    index: IndexState
    library: Library
    holdings: Holdings
    stock: Stock
    claims: tuple[Claim, ...] = ()  # what the reports say about all rated subjects

    def compose(self, reading: Reading, found: Sequence[Found], partly: Sequence[Query] = ()) -> Answer:
        """Return the answer: for each Query from the tables if they have it, otherwise from the passages,
        otherwise a plain refusal.

        ``partly`` is what was understood of a question that is not answered.
        """
        told = self._spoken(reading) or self._asked(reading, found)
        asked = [self._asked_in(one.query) for one in found] if len(told) > 1 else [""]
        for one in reversed(reading.refused):
            told.insert(one.place, self._refused(one.reading, None))
            asked.insert(one.place, "")
        parts = tuple(map(part_of, told)) if len(told) > 1 else ()
        whole = join(told, asked) if len(told) > 1 else told[0]
        searched = next((one.retrieved for one in found if one.retrieved), None)
        return Answer(
            question=reading.text,
            status=whole.status,
            answer=AnswerText(
                self._remarked(whole, reading), whole.basis, round(whole.confidence, 3), whole.points
            ),
            facts=whole.facts,
            facts_total=whole.facts_total,
            figures=whole.figures,
            conflicts=whole.conflicts,
            parts=parts,
            passages=whole.passages,
            understood=understood(reading, searched, self.context),
            suggestions=self._suggestions(whole, reading, found, partly),
            index=self.index,
            facts_next=whole.facts_next,
            distances=_distances(found) if whole.status == "answered" else (),
            degraded=any(one.retrieved is not None and not one.retrieved.whole for one in found),
        )

    # Questions that are not for the corpus
    # -----------------------------------------------------------------------

    def _spoken(self, reading: Reading) -> list[DraftAnswer]:
        """Answer small talk, or a question that has to be asked elsewhere."""
        if reading.message:
            return [DraftAnswer("signposted", reading.message, "none", 1.0)]
        if reading.spoken is None:
            return []
        said = _GREETINGS[reading.spoken]
        if reading.spoken in ("greeting", "help"):
            said = f"{said} {held(self.holdings, 'The loaded reports and tables')}"
        return [DraftAnswer("small_talk", said, "none", 1.0)]

    def _remarked(self, told: DraftAnswer, reading: Reading) -> str:
        """Add to the answer what was assumed, what was left out and what else may be meant; to a refusal,
        what the corpus has."""
        if told.status == "not_found":
            return joined(told.text, held(self.holdings))
        if told.status in ("signposted", "small_talk"):
            return told.text
        unknown = (
            near_names([name for one in reading.unknown for name in one.near])
            if told.basis == "facts"
            else ""
        )
        other = did_you_mean(reading.alternative) if reading.alternative else ""
        return joined(told.text, *reading.notes, unknown, left_out_sentence(reading.left_out), other)

    def _suggestions(
        self, told: DraftAnswer, reading: Reading, found: Sequence[Found], partly: Sequence[Query]
    ) -> tuple[str, ...]:
        """Suggest what to ask next; if confidence was too low for an answer, first the question as it was
        read.
        """
        if told.status == "signposted":
            return ()
        guess = (reading.standalone,) if any(_how_sure(reading, one) < TOLD for one in found) else ()
        results = [one.result for one in found]
        return (*guess, *suggest(reading, results, self.stock, partly, _sections(told)))[:MOST]

    # One Query after another --------------------------------------------------------------------------------

    def _asked(self, reading: Reading, found: Sequence[Found]) -> list[DraftAnswer]:
        return [self._one(reading, one) for one in found] or [self._refused(reading, None)]

    def _asked_in(self, query: Query) -> str:
        """Put what a Query asks into words."""
        told = query.prose if query.prose is not None else self.stock.say(query)
        return told or scope_phrase(query.scope, None, self.context)

    def _one(self, reading: Reading, found: Found) -> DraftAnswer:
        if found.result is None:
            return self._from_passages(reading, found.retrieved)
        sure = _how_sure(reading, found)
        if sure < TOLD:
            return self._refused(reading, found.retrieved, hardly_sure(reading.standalone))
        result = found.result
        if reading.ambiguous and is_unsettled(reading.ambiguous, found.query):
            return self._candidates(reading.ambiguous, sure, found)
        if result.missing and result.missing != "contradiction" and not _partly(result):
            if _passages_may_tell(found.query, result) and found.retrieved and found.retrieved.answered:
                return self._from_passages(reading, found.retrieved)
            return self._refused(reading, found.retrieved, tell(found.query, result, self.context).text)
        return self._from_facts(reading, sure, found, result)

    def _from_facts(self, reading: Reading, sure: float, found: Found, result: Result) -> DraftAnswer:
        """Return the answer from the tables; there is none if it is based on no fact and no figure."""
        telling = tell(found.query, result, self.context)
        facts, total = facts_of(found.query, result)
        if not facts and (never := never_rated(found.query, self.context, self.stock.holds)):
            return self._refused(reading, found.retrieved, never)
        if not facts and not telling.figures:
            return self._refused(reading, found.retrieved, telling.text)
        text = telling.text if sure >= SURE else unsure(telling.text)
        told = DraftAnswer(
            "answered",
            text,
            "facts",
            sure,
            facts=facts,
            facts_total=total,
            figures=telling.figures,
            passages=self._quoted(found.retrieved),
            facts_next=facts_next(found.query, result),
        )
        claim = contradicted(found.query, result, self.claims, told.passages)
        return self._beside(told, claim) if claim else told

    def _candidates(self, choice: Choice, sure: float, found: Found) -> DraftAnswer:
        """Name the subjects that may be meant, and what distinguishes them."""
        result = found.result or Result()
        subjects = by_subject(result.facts)
        text = _asked_back(choice, [one[0] for one in subjects])
        total = len(choice.subjects) or len(choice.names)
        figures = (Figure("candidates", total, "count"),) if total > 1 and number(total) in text else ()
        passages = self._quoted(found.retrieved)
        basis: Basis = "facts" if result.facts else "none"
        return DraftAnswer("ambiguous", text, basis, sure, result.facts, result.total, figures, passages)

    def _from_passages(self, reading: Reading, retrieved: Retrieved | None) -> DraftAnswer:
        if retrieved is None or not retrieved.answered or not retrieved.ranked:
            return self._refused(reading, retrieved)
        answer = told_of(retrieved)
        return DraftAnswer(
            "answered",
            answer.text,
            "passage",
            retrieved.confidence,
            passages=self._quoted(retrieved),
            points=answer.points,
        )

    def _refused(self, reading: Reading, retrieved: Retrieved | None, why: str = "") -> DraftAnswer:
        known_why = why or reading.unknown or reading.unheld or reading.blocked
        confidence = 1 - retrieved.confidence if retrieved and not known_why else 0.9
        passages = self._quoted(retrieved)
        return DraftAnswer("not_found", refusal(reading, why), "none", confidence, passages=passages)

    # Passages -----------------------------------------------------------------------------------------------

    def _beside(self, told: DraftAnswer, claim: Claim) -> DraftAnswer:
        """Show a contradicting sentence beside the table's answer; its passage comes first."""
        ranked = Ranked(claim.passage, 0.0, claim.sentence, ())
        others = [passage for passage in told.passages if passage.id != claim.passage.id]
        shown = [self._quote(ranked, 1), *others][: max(len(told.passages), 1)]
        return replace(
            told,
            text=f"{told.text} {otherwise(claim.passage)} {quotation(claim.passage, claim.sentence)}",
            conflicts=tuple(Conflict(fact.id, claim.passage.id) for fact in told.facts),
            passages=numbered(shown),
        )

    def _quoted(self, retrieved: Retrieved | None) -> tuple[QuotedPassage, ...]:
        return (
            tuple(self._quote(ranked, rank) for rank, ranked in enumerate(retrieved.ranked, 1))
            if retrieved
            else ()
        )

    def _quote(self, ranked: Ranked, rank: int) -> QuotedPassage:
        passage = ranked.passage
        source = self.library.source(passage)
        return QuotedPassage(
            passage.id, rank, round(ranked.score, 4), passage.text, ranked.answer, ranked.highlights, source
        )


def facts_of(query: Query, result: Result) -> tuple[tuple[RatingFact, ...], int]:
    """Return the facts that an answer is based on, at most fifty, and their number.

    For figures beside each other these are the winner's facts, for subjects beside each other the facts of
    all.
    """
    if result.verdict is not None and query.claim:
        return evidence(query, result)
    if not result.sides or any(side.figure is not None for side in result.sides):
        return result.facts, result.total
    facts = tuple({fact.id: fact for side in result.sides for fact in side.facts}.values())
    repeated = sum(len(side.facts) for side in result.sides) - len(facts)
    return facts[:50], max(sum(side.total for side in result.sides) - repeated, len(facts))


def _distances(found: Sequence[Found]) -> tuple[Distance, ...]:
    """Return the distances of the subjects in all Results, each once."""
    results = [(one.query, one.result) for one in found if one.result is not None]
    return tuple(dict.fromkeys(chain.from_iterable(distances_of(query, result) for query, result in results)))


def _partly(result: Result) -> bool:
    """True if there are facts for some of the subjects, though not for all."""
    return bool(result.facts or any(side.facts for side in result.sides))


def _passages_may_tell(query: Query, result: Result) -> bool:
    """True if the reports may have what the tables lack; ratings of key questions are only in tables."""
    whole = isinstance(query.measure, Ratings) and query.measure.aspects == (WHOLE,) and query.claim is None
    return result.missing in _PASSAGES_MAY_TELL and (whole or isinstance(query.measure, Dates | Values))


def _sections(told: DraftAnswer) -> Sections:
    """Return the sections of the reports that an answer's sentence or points come from, and those found
    beside them."""
    points = {one.passage for one in told.points} or {one.id for one in told.passages[:1]}
    if told.status != "answered":
        points = set()
    named = [(one.id in points, one.source.section) for one in told.passages if one.source.section]
    quoted = {section for is_quoted, section in named if is_quoted}
    return Sections(quoted, unique([section for _, section in named if section not in quoted]))


def _how_sure(reading: Reading, found: Found) -> float:
    """Return the confidence that the Query is what was meant; for answers from passages the reading alone
    can't give it.
    """
    return in_view_of(reading.confidence, found.query, found.result) if found.result is not None else 1.0


def _asked_back(choice: Choice, facts: Sequence[RatingFact]) -> str:
    """Return the question back: near names as they are, the few places or companies that share a name,
    otherwise how many there are and what distinguishes them.
    """
    if not choice.subjects and len(choice.names) > 1:
        return f"“{choice.typed}” may be {listed_or(choice.names[:_OFFERED])}. Which one do you mean?"
    if len(choice.names) == 1 or (choice.near and len(choice.subjects) <= _OFFERED):
        return near_names(unique([name(fact) for fact in facts] or choice.names))
    names, total = unique(choice.names), len(choice.subjects)
    if len(names) == 1:
        return joined(f"There are {number(total)} called {names[0]}. Which one do you mean?", _apart(facts))
    called = f": {listed(names, 6)}" if names else ""
    return joined(
        f"“{choice.typed}” may be any of {number(total)}{called}. Which one do you mean?", _apart(facts)
    )


def _apart(facts: Sequence[RatingFact]) -> str:
    """Return what distinguishes subjects with one name, if it is something that people know."""
    for field in ("town", "postcode", "provider"):
        values = [fact.attributes.get(field) for fact in facts]
        if all(values) and len(set(values)) == len(values):
            return f"A {field if field != 'town' else 'town or postcode'} tells them apart."
    return ""
