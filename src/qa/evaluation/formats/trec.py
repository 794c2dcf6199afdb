"""TREC topics with relevance judgements (trec.nist.gov/data): a topics file and a qrels file in one folder.

Topics are ``<top>`` blocks, ``<topic number="…">`` XML or lines of ``id<tab>query``; qrels are lines of
``topic iteration document grade``.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from qa.errors import UsageError
from qa.evaluation.cases import QuestionSet
from qa.evaluation.formats.checks import check_all, read_text, refuse

_BLOCK = re.compile(
    r"<num>\s*(?:Number:)?\s*(\S+?)\s*(?:</num>)?\s*<(?:title|query)>\s*(?:Topic:)?\s*([^<]+)"
)
_XML = re.compile(r"""<topic\s+number\s*=\s*["']([^"']+)["'].*?<(?:query|title)>([^<]+)""", re.DOTALL)
_TABBED = re.compile(r"^([^\t\n<]+)\t([^\t\n]+)", re.MULTILINE)


def recognises(path: Path) -> bool:
    """True if this is a folder, or a topics file in a folder, with topics and qrels."""
    folder = path if path.is_dir() else path.parent
    is_topics = path.is_dir() or "topics" in path.name.lower()
    return is_topics and bool(_named(folder, "topics")) and bool(_named(folder, "qrels"))


def read(path: Path) -> QuestionSet:
    """Read the judged topics; topics without judgements are left out, as in trec_eval."""
    folder = path if path.is_dir() else path.parent
    topics = path if path.is_file() else _only(folder, "topics")
    judged = _judgements(_only(folder, "qrels"))
    questions = {number: question for number, question in _topics(topics).items() if number in judged}
    if not questions:
        raise UsageError(
            f"{folder}: no topic of {topics.name} is judged by {_only(folder, 'qrels').name}. Do they "
            "belong together?"
        )
    asked = (
        (f"topic {number}", {"id": number, "question": question, "relevant": judged[number]})
        for number, question in questions.items()
    )
    return QuestionSet(folder.name, check_all(topics, asked))


def _named(folder: Path, word: str) -> list[Path]:
    return sorted(one for one in folder.iterdir() if one.is_file() and word in one.name.lower())


def _only(folder: Path, word: str) -> Path:
    found = _named(folder, word)
    if len(found) > 1:
        raise UsageError(
            f"{folder} has several {word} files. Put one of topics and one of qrels into a folder of "
            "their own."
        )
    return found[0]


def _topics(path: Path) -> dict[str, str]:
    text = read_text(path)
    pattern = _BLOCK if "<top>" in text else _XML if "<topic" in text else _TABBED
    found = {
        number.strip(): " ".join(html.unescape(words).split()) for number, words in pattern.findall(text)
    }
    if not found:
        raise UsageError(
            f"{path} has no topics: it needs <top> blocks, <topic> elements, or lines of id, tab and query."
        )
    return found


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    problems = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if line.strip():
            try:
                topic, _, document, grade = line.split()
                judged.setdefault(topic, {})[document] = int(grade)
            except ValueError:
                problems.append(
                    f"{path}, line {number}: {line!r} is not topic, iteration, document and grade."
                )
    refuse(problems)
    return judged
