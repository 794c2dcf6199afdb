"""A run as JUnit XML, which CI systems show: a suite a kind, a test case a question, drift as skipped."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.evaluation.results import Result, Run, by_kind

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write_junit(run: Run, path: Path) -> None:
    """Write the run as JUnit XML."""
    root = ElementTree.Element("testsuites", {"name": "qa eval"} | _totals(run.results))
    for kind, of_kind in by_kind(run.results).items():
        about = {"name": _clean(kind), "timestamp": run.started}
        suite = ElementTree.SubElement(root, "testsuite", about | _totals(of_kind))
        for result in of_kind:
            _add_case(suite, result)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _totals(results: Sequence[Result]) -> dict[str, str]:
    return {
        "tests": str(len(results)),
        "failures": str(sum(result.failed and not _broke(result) for result in results)),
        "errors": str(sum(result.failed and _broke(result) for result in results)),
        "skipped": str(sum(result.drift is not None for result in results)),
        "time": _seconds(results),
    }


def _seconds(results: Iterable[Result]) -> str:
    return f"{sum(result.ms for result in results) / 1000:.6f}"


def _broke(result: Result) -> bool:
    """True if the service gave no answer at all."""
    return result.status.startswith("HTTP ")


def _add_case(suite: ElementTree.Element, result: Result) -> None:
    name = _clean(f"{result.id}: {result.question}")
    case = ElementTree.SubElement(
        suite, "testcase", classname=_clean(result.kind), name=name, time=_seconds([result])
    )
    if result.drift is not None:
        ElementTree.SubElement(
            case, "skipped", message=_clean(f"the gold no longer matches the corpus: {result.drift}")
        )
    elif result.failed:
        fault = ElementTree.SubElement(
            case, "error" if _broke(result) else "failure", message=_clean("; ".join(result.faults))
        )
        fault.text = _clean(
            "\n".join(
                [
                    *(f"before: {earlier}" for earlier in result.history),
                    f"told: {result.told.get('text', '')}",
                ]
            )
        )


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
