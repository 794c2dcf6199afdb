"""A run as one HTML file that needs no network: summary, charts with their tables, what changed, and every
question, failures first.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup

from qa.evaluation import printing, report_charts
from qa.evaluation.metrics import BY_NAME
from qa.evaluation.results import Result, Run
from qa.evaluation.run_comparison import Comparison

TEMPLATE = "report.html"
SCRIPT = Path(__file__).with_name("report.js")
_TILES = ("right", "wrong_told", "facts_exact", "success@3", "refusal_recall", "p95_ms")
_COLUMNS = (
    "wrong_told",
    "facts_exact",
    "success@3",
    "p95_ms",
)  # columns of the table by kind, beside the share fully right
_ROWS = 12  # the most rows of the risk-coverage table


def write_report(
    run: Run, comparison: Comparison | None, path: Path, *, templates: Path, service: str
) -> None:
    """Write the report. ``templates`` is the folder with its template, ``service`` the address for links that
    ask again."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "metric": _metric,
        "p": printing.p_value,
        "shifted": printing.shifted,
        "json": _json,
    }
    script = SCRIPT.read_text(encoding="utf-8")
    curve = report_charts.risk_curve(run.results)
    page = environment.get_template(TEMPLATE).render(
        run=run,
        comparison=comparison,
        metrics=BY_NAME,
        tiles=[BY_NAME[name] for name in _TILES if name in run.whole],
        columns=[BY_NAME[name] for name in _COLUMNS if name in run.whole],
        calibration=report_charts.calibration(run.results),
        curve=curve,
        curve_rows=report_charts.thinned(curve, _ROWS),
        latencies=report_charts.latencies(run.results),
        script=Markup(script),  # our own, and the only script that the report's policy allows
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        again=lambda result: again(service, result),
    )
    path.write_text(page, encoding="utf-8")


def again(service: str, result: Result) -> str:
    """Return a link that asks a question again, with the conversation before it."""
    asked = [("question", result.question), *(("history", earlier) for earlier in result.history)]
    return f"{service.rstrip('/')}/ask?{urlencode(asked, errors='replace')}"


def _metric(value: float | None, name: str) -> str:
    return printing.number(BY_NAME[name], value)


def _json(value: Mapping[str, Any] | None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
