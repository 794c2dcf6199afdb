"""How the PDF reports are read, and whether their passages are found when they are asked for; exits with 1
where a figure is missed.

    python benchmarks/reports.py [../shared/data/pdf]

Pages, text and running heads are held against pdfium's own text of each page, apart from how Askwell reads
it. The questions of `benchmarks/data/report_questions.jsonl` were written with the reports in sight; each
names the places in the text of its report that answer it, in letters and digits, and is answered if one of
the first three passages holds one of them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from qa.passages import passages_of
from qa.reading import read
from qa.records import Document, Passage, Report
from qa.service import Service
from qa.settings import Settings

DATA = Path(__file__).parent / "data" / "report_questions.jsonl"
PDFS = Path(__file__).resolve().parents[2] / "shared" / "data" / "pdf"
FIRST = 3  # passages
FOUND, ON_THEIR_PAGE, SECONDS = 0.9, 0.98, 10.0  # of questions, of passages, of computing for 1,000 pages
ROUNDS = 3  # of reading, of which the last is timed
_HEAD = 25  # letters of a passage by which its page is found


def letters(text: str) -> str:
    """The letters and digits of a text, which line breaks and hyphens leave as they are."""
    return "".join(filter(str.isalnum, text)).casefold()


def pages_of(path: Path) -> list[str]:
    """The text of each page, as pdfium has it."""
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def running(pages: Sequence[str]) -> set[str]:
    """The lines, digits apart, that stand on half of the pages."""
    found = Counter(
        line
        for page in pages
        for line in {re.sub(r"\d", "", one).strip() for one in page.splitlines()}
        if line
    )
    return {line for line, count in found.items() if count >= len(pages) / 2}


def off_their_page(passages: Sequence[Passage], pages: Sequence[str]) -> int:
    """How many passages begin on another page than they say."""
    texts = list(map(letters, pages))
    return sum(letters(one.text)[:_HEAD] not in texts[(one.page or 1) - 1] for one in passages)


def with_heads(passages: Sequence[Passage], pages: Sequence[str]) -> int:
    """How many passages hold a line that runs along the pages, or a number of a page alone."""
    heads = running(pages) | {""}
    lines = (
        {re.sub(r"\d", "", line).strip() for line in one.text.splitlines() if line.strip()}
        for one in passages
    )
    return sum(bool(told & heads) for told in lines)


def missing(document: Document, pages: Sequence[str]) -> tuple[int, int]:
    """How many letters of pdfium's lines are not in the document, as those of a list of contents; and how
    many there are. What runs along the pages does not count.
    """
    heads, whole = running(pages), letters(document.text)
    kept = [
        "\n".join(line for line in page.splitlines() if re.sub(r"\d", "", line).strip() not in heads | {""})
        for page in pages
    ]
    parts = [letters(line) for page in kept for line in page.splitlines()]
    return sum(len(part) for part in parts if part not in whole), sum(map(len, parts))


def asked(folder: Path) -> Iterator[tuple[str, bool]]:
    """Ask each question, and say whether one of the first passages holds what answers it."""
    service = Service.open(Settings.load({"corpus": str(folder), "cache": "none"}, {}))
    counts: dict[str, list[int]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = service.library.document(row["document"])
        if document is None:
            continue
        before = counts.setdefault(document.path, [0, *accumulate(map(str.isalnum, document.text))])
        found = service.ask(row["question"]).passages[:FIRST]
        spans = [
            (before[one.source.start], before[one.source.end])
            for one in found
            if one.source.document == document.path
        ]
        yield (
            row["question"],
            any(start <= place[0] and place[1] <= end for start, end in spans for place in row["places"]),
        )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=PDFS)
    folder = parser.parse_args().folder
    paths = sorted(folder.glob("*.pdf"))
    if not paths:
        print(f"No PDF in {folder}; nothing is measured.", file=sys.stderr)
        return
    seconds, number, total, elsewhere, headed = 0.0, 0, 0, 0, 0
    print(
        f"{'report':<24} {'pages':>6} {'passages':>9} {'off page':>9} {'with heads':>11} "
        f"{'letters left out':>17}"
    )
    for path in paths:
        for _ in range(ROUNDS):
            began = time.process_time()
            (document,) = read(path, path.name, Report()).documents
            passages = passages_of(document)
            taken = time.process_time() - began
        seconds += taken
        pages = pages_of(path)
        off, heads, (lost, held) = (
            off_their_page(passages, pages),
            with_heads(passages, pages),
            missing(document, pages),
        )
        number, total, elsewhere, headed = (
            number + len(pages),
            total + len(passages),
            elsewhere + off,
            headed + heads,
        )
        print(
            f"{path.name:<24} {len(pages):>6} {len(passages):>9} {off:>9} {heads:>11} {lost:>9} of {held:,}"
        )
    told = list(asked(folder))
    right = sum(found for _, found in told)
    print(
        f"1,000 pages take {1000 * seconds / number:.1f} s of computing; {right} of {len(told)} "
        f"questions have their passage among {FIRST}"
    )
    for question in (question for question, found in told if not found):
        print(f"  not found: {question}")
    reached = right >= FOUND * len(told) and elsewhere <= (1 - ON_THEIR_PAGE) * total and not headed
    sys.exit(0 if reached and seconds * 1000 / number <= SECONDS else 1)


if __name__ == "__main__":
    main()
