"""What is said where nothing can be answered: why, and what is held instead."""

from __future__ import annotations

from dataclasses import dataclass

from qa.answering.phrases import day, listed, number
from qa.finding import Findings
from qa.understanding import Question, Vocabulary

_TOPICS = {
    "future": "future ratings or inspections",
    "fees": "fees or prices",
    "contact": "contact details",
    "staffing": "staff or managers",
    "closure": "closures",
    "jobs": "jobs or pay",
    "capacity": "beds, places or waiting times",
    "visiting": "visiting, opening times or facilities",
    "opinion": "reviews, complaints or incidents",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A plain "not in these documents"."""

    text: str


def refuse(question: Question, findings: Findings, vocabulary: Vocabulary) -> Refusal:
    """Return why the loaded reports and tables do not answer the question, and what they do hold."""
    return Refusal(f"{_reason(question, findings)} {holdings(vocabulary)}".strip())


def _reason(question: Question, findings: Findings) -> str:
    unknown = findings.detail if findings.missing == "unknown" else ", ".join(question.unknown)
    reasons = {
        "unknown": f"The loaded reports and ratings do not know “{unknown}”.",
        "future": "The tables hold published ratings only; nothing in them tells the future.",
        "aspect": f"The loaded tables hold no rating for {findings.detail}.",
        "kind": findings.detail,
        "row": f"No such rating is held for {findings.detail}; the tables may rate parts of it by themselves.",
        "period": f"No rating of {findings.detail} published {question.period.text if question.period else ''} is held.",
        "before": f"No earlier rating of {findings.detail} is held.",
        "inspection": "The loaded tables hold the date of publication, not the dates of inspections.",
    }
    if findings.missing in reasons:
        return reasons[findings.missing]
    topics = [_TOPICS[topic] for topic in question.unheld if topic in _TOPICS]
    if topics:
        return f"The loaded reports and ratings do not tell of {listed(topics)}."
    if question.unknown:
        return reasons["unknown"]
    return "The loaded reports and ratings do not answer that."


def holdings(vocabulary: Vocabulary, they: str = "They") -> str:
    """What can be answered, in one sentence; ``they`` are the reports and tables."""
    facts, subjects = vocabulary.sizes.facts, vocabulary.sizes.subjects
    dates = [date for date in vocabulary.store.dates if date]
    upto = f", published up to {day(dates[-1])}" if dates else ""
    if not facts:
        return f"{they} hold reports, but no rating table."
    kind = "rating" if facts == 1 else "ratings"
    reports = f"{',' if upto else ''} and the text of the reports" if vocabulary.passages else ""
    return f"{they} hold {number(facts)} {kind} of {number(subjects)} {'subject' if subjects == 1 else 'subjects'}{upto}{reports}."
