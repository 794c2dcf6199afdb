"""SQuAD 1.1 and 2.0 JSON (rajpurkar.github.io/SQuAD-explorer): articles with paragraphs, each with its
questions.

An article becomes one document: its title and paragraphs with a blank line between them. The answers become
spans of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.errors import UsageError
from qa.evaluation.cases import QuestionSet, SetDocument
from qa.evaluation.formats.checks import Raw, check_all, read_text

_GAP = "\n\n"


def recognises(path: Path) -> bool:
    """True if this is a JSON file."""
    return path.is_file() and path.suffix.lower() == ".json"


def read(path: Path) -> QuestionSet:
    """Read the questions with the articles that they are about."""
    try:
        articles = json.loads(read_text(path))["data"]
        documents = tuple(_document(article) for article in articles)
        pairs = zip(articles, documents, strict=True)
        cases = check_all(
            path,
            (_asked(one, at, document) for article, document in pairs for at, one in _questions(article)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise UsageError(
            f"{path} is not SQuAD JSON ({reason}). It needs data, paragraphs, context, qas and answers."
        ) from error
    return QuestionSet(path.stem, cases, documents)


def _title(article: dict[str, Any]) -> str:
    return str(article["title"]).replace("_", " ").strip()


def _document(article: dict[str, Any]) -> SetDocument:
    contexts = [paragraph["context"].replace("\r", " ") for paragraph in article["paragraphs"]]
    name = re.sub(r"[^\w.-]+", "-", _title(article)).strip("-.") or "article"
    return SetDocument(f"{name}.txt", _GAP.join([_title(article), *contexts]) + "\n")


def _questions(article: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the questions, each with the start of its paragraph in the document."""
    at = len(_title(article)) + len(_GAP)
    for paragraph in article["paragraphs"]:
        for question in paragraph["qas"]:
            yield at, question
        at += len(paragraph["context"]) + len(_GAP)


def _asked(question: dict[str, Any], at: int, document: SetDocument) -> tuple[str, Raw]:
    answers = [] if question.get("is_impossible") else question["answers"]
    fields = {
        "id": str(question["id"]),
        "question": question["question"],
        "answerable": bool(answers),
        "document": document.path,
        "spans": tuple(dict.fromkeys(_span(answer, at, document) for answer in answers)),
        "answers": tuple(dict.fromkeys(answer["text"] for answer in answers)),
    }
    return f"question {question['id']}", fields


def _span(answer: dict[str, Any], at: int, document: SetDocument) -> tuple[int, int]:
    start = at + answer["answer_start"]
    end = start + len(answer["text"])
    if document.text[start:end] != answer["text"]:
        raise ValueError(f"the answer {answer['text']!r} is not at its answer_start")
    return start, end
