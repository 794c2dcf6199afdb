"""Warnings for a table's owner about how its columns were identified."""

from __future__ import annotations

from qa.reading.problems import SHOWN, counted
from qa.reading.table_start import Layout
from qa.records import Report


def tell_layout(layout: Layout, file: str, unit: str, report: Report) -> None:
    """Warn of rows above the heading, and of columns that were identified by their values, kept under their
    own headings or not used. ``unit`` is what the rows are called."""
    columns, line = layout.columns, layout.heading.number
    if above := layout.above:
        rows = counted(list(above[:SHOWN]), len(above), unit)
        report.warn(
            file,
            above[0],
            f"{rows}: text above the heading; not read.",
            "Ignore this if it has no rating.",
        )
    if columns.by_values is not None:
        report.warn(
            file,
            line,
            f"“{columns.by_values}” was taken as the rating column because its values are ratings.",
            "Head the column “Rating”.",
        )
    if columns.own:
        headings = ", ".join(columns.own)
        report.warn(
            file,
            line,
            f"Columns kept under their own headings: {headings}.",
            "Ignore this if the headings are right.",
        )
    if columns.unused:
        report.warn(
            file,
            line,
            f"Columns with the heading of another column, so not used: {', '.join(columns.unused)}.",
            "Rename them.",
        )
