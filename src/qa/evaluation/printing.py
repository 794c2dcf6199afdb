"""A run and its comparison as lines for a terminal; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qa.evaluation.metrics import BY_NAME, Metric
from qa.evaluation.results import Estimate, Result, Run, by_kind
from qa.evaluation.run_comparison import Comparison, Difference, Shift

CUT = 200  # the most characters shown of a question or answer
_HEADS = ("kind", "right", "share", "95 %", "wrong told", "top 3", "p95 ms")
_IN_KIND_LINE = {"right", "p95_ms"}


def run_lines(run: Run, failures: int) -> Iterator[str]:
    """Yield one line per kind and one for the whole, every other metric, drift, and the first ``failures``
    failures."""
    yield from _kind_lines(run)
    yield ""
    yield from _metric_lines(run.whole)
    yield f"wrong_told: answered wrongly with a confidence of {run.told_from:g} or more"
    yield from _drift_lines(run.drifted)
    yield from _failure_lines(run.failures, failures)


def comparison_lines(comparison: Comparison, name: str, shown: int) -> Iterator[str]:
    """Yield what changed since the baseline ``name``: metrics with p-values, and at most ``shown`` questions
    that got worse or better.
    """
    yield ""
    yield f"Compared with {name} on {_counted(comparison.paired, 'question')} that both asked"
    yield from _table(
        [
            ("metric", "before", "now", "change", "p", "better", "worse"),
            *map(_difference_row, comparison.differences),
        ]
    )
    yield from _shift_lines("Worse", comparison.worse, shown)
    yield from _shift_lines("Better", comparison.better, shown)
    for words, names in _left_out(comparison):
        if names:
            yield f"{words}: {', '.join(names[:10])}{' …' if len(names) > 10 else ''} ({len(names)})"


def number(metric: Metric, value: float | None) -> str:
    """Write a metric's value: a share with three decimals, a time with two."""
    if value is None:
        return "–"
    return f"{value:.2f}" if metric.unit == "ms" else f"{value:.3f}"


def p_value(p: float | None) -> str:
    """Write a p-value: with three decimals, a small one as "< 0.001"."""
    if p is None:
        return ""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def cut(text: str) -> str:
    """Return the text on one line, shortened, without characters that could control the terminal."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= CUT else f"{line[:CUT]}…"


def conversation(result: Result) -> str:
    """Return the question with those before it."""
    return " | ".join([*result.history, result.question])


def shifted(shift: Shift) -> str:
    """Return how a question's scores changed, e.g. "right 1 → 0, rr 1 → 0.333"."""
    return ", ".join(f"{metric.name} {before:.3g} → {now:.3g}" for metric, before, now in shift.marks)


def _kind_lines(run: Run) -> Iterator[str]:
    rows = [
        _kind_row(cut(kind), run.kinds[kind], results)
        for kind, results in sorted(by_kind(run.results).items())
    ]
    yield from _table([_HEADS, *rows, _kind_row("whole", run.whole, run.results)])


def _kind_row(kind: str, estimates: Mapping[str, Estimate], results: Sequence[Result]) -> tuple[str, ...]:
    right, top = estimates["right"], estimates.get("success@3")
    return (
        kind,
        f"{sum(result.right for result in results)}/{right.n}",
        number(BY_NAME["right"], right.value),
        _interval(right, BY_NAME["right"]),
        str(sum(int(result.marks.get("wrong_told", 0)) for result in results)),
        number(BY_NAME["success@3"], top.value) if top else "",
        number(BY_NAME["p95_ms"], estimates["p95_ms"].value),
    )


def _metric_lines(whole: Mapping[str, Estimate]) -> Iterator[str]:
    named = [(BY_NAME[name], estimate) for name, estimate in whole.items() if name not in _IN_KIND_LINE]
    rows = [(one.name, number(one, it.value), _interval(it, one), str(it.n), one.title) for one, it in named]
    yield from _table([("metric", "value", "95 %", "n", ""), *rows])


def _interval(estimate: Estimate, metric: Metric) -> str:
    return (
        f"{number(metric, estimate.low)} to {number(metric, estimate.high)}"
        if estimate.low is not None
        else ""
    )


def _drift_lines(drifted: Sequence[Result]) -> Iterator[str]:
    if drifted:
        yield ""
        yield (
            f"{_counted(len(drifted), 'question')} whose gold no longer matches the corpus: fix the "
            "question set"
        )
        yield from (f"  {result.id}: {result.drift}" for result in drifted)


def _failure_lines(failures: Sequence[Result], shown: int) -> Iterator[str]:
    if not failures:
        return
    yield ""
    yield _counted(len(failures), "failure")
    for result in failures[:shown]:
        yield f"  {result.id}: {cut('; '.join(result.faults))}"
        yield f"    asked: {cut(conversation(result))}"
        yield f"    told:  {cut(str(result.told.get('text') or result.status))}"
    if len(failures) > shown:
        yield f"  … and {len(failures) - shown} more; --failures {len(failures)} shows all"


def _difference_row(difference: Difference) -> tuple[str, ...]:
    metric, change = difference.metric, difference.after - difference.before
    counts = ["" if count is None else str(count) for count in (difference.better, difference.worse)]
    signed = f"{'+' if change >= 0 else '−'}{number(metric, abs(change))}"
    return (
        metric.name,
        number(metric, difference.before),
        number(metric, difference.after),
        signed,
        p_value(difference.p),
        *counts,
    )


def _shift_lines(title: str, shifts: Sequence[Shift], shown: int) -> Iterator[str]:
    if not shifts:
        return
    yield f"{title}: {_counted(len(shifts), 'question')}"
    for shift in shifts[:shown]:
        yield f"  {shift.now.id}: {cut(conversation(shift.now))}"
        yield f"    {shifted(shift)}"
        if shift.now.faults:
            yield f"    {cut('; '.join(shift.now.faults))}"
    if len(shifts) > shown:
        yield f"  … and {len(shifts) - shown} more"


def _left_out(comparison: Comparison) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "Only in the baseline", comparison.only_before
    yield "Only in this run", comparison.only_now
    yield "Question or gold changed, so not compared", comparison.relabelled
    yield "Gold no longer matches the corpus, so not compared", comparison.drifted


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows with aligned columns: the first to the left, numbers to the right, a title at the end to the
    left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0].ljust(widths[0])
        if not rows[0][-1]:
            cells[-1] = row[-1]
        yield "  ".join(cells).rstrip()
