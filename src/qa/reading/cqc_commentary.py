"""Turns the assessment commentary in CQC API locations into documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa.reading.cqc_locations import LICENCE, PUBLISHER, day_of, identifier_of, items_of, page_of, text_of
from qa.reading.document_builder import TextBuilder
from qa.reading.html import add_markup
from qa.records import Document

_TEXTS = ("commentary", "narrative", "overallPeopleExperience")


def commentary_of(place: Mapping[str, Any], file: str, alone: bool) -> Iterator[Document]:
    """Yield a document for each assessment of a place with commentary; ``alone`` if the file
    has only this place.
    """
    held = [
        (assessment, builder)
        for assessment in items_of(place.get("assessment"))
        if (builder := _text(place, assessment))
    ]
    for number, (assessment, builder) in enumerate(held, 1):
        parts = [file, *([] if alone else [identifier_of(place)]), *([str(number)] if len(held) > 1 else [])]
        yield Document(
            path="/".join(parts),
            title=text_of(place.get("name")),
            text=builder.text,
            blocks=tuple(builder.blocks),
            url=page_of(place),
            published=day_of(text_of(assessment.get("assessmentPlanPublishedDateTime"))),
            licence=LICENCE,
            publisher=PUBLISHER,
        )


def _text(place: Mapping[str, Any], assessment: Mapping[str, Any]) -> TextBuilder | None:
    """Return the commentary of an assessment under its headings; ``None`` if there is none."""
    builder = TextBuilder()
    builder.add("title", text_of(place.get("name")), 1)
    ratings = assessment.get("ratings")
    groups = items_of(ratings.get("asgRatings")) if isinstance(ratings, dict) else []
    for group in groups:
        _add_under(builder, text_of(group.get("name")) or text_of(group.get("title")), 2, group)
        for question in items_of(group.get("keyQuestionRatings")):
            _add_under(builder, text_of(question.get("name")), 3, question)
            for topic in items_of(question.get("topicareas")):
                _add_under(builder, text_of(topic.get("name")), 4, topic)
                for evidence in items_of(topic.get("evidenceCategory")):
                    _add_under(builder, "", 5, evidence)
    return builder if any(block.kind not in ("title", "heading") for block in builder.blocks) else None


def _add_under(builder: TextBuilder, heading: str, level: int, holder: Mapping[str, Any]) -> None:
    builder.add("heading", heading, level)
    for key in _TEXTS:
        text = holder.get(key)
        if isinstance(text, str) and "<" in text:
            add_markup(text, builder)
        elif isinstance(text, str):
            for paragraph in text.replace("\r\n", "\n").split("\n"):
                builder.add("paragraph", " ".join(paragraph.split()))
