"""How long a look-up by name takes in-process: `python benchmarks/looking_up.py [--corpus FOLDER] [--number
N]`.

Names are taken from the tables of the folder; without one, from the tests' invented directory of England's
size. They are asked for as people write them, and every third belongs to nobody. Each question is asked once,
so that nothing kept of it helps. Times are the processor's, of this process alone. The aim is that 95 in 100
take under 5 ms; on a busy core where the fixed piece of work that is printed beside them took 26 ms, the
median over England's directory of 2021 was 4 ms and 95 in 100 took under 7 ms: three tenths of it in looking
up names (`qa.question.names`), a tenth in seeing that what is suggested means nobody else.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from qa.language.tokens import key
from qa.question.name_words import GENERIC
from qa.service import Service
from qa.settings import Settings

TESTS = Path(__file__).parents[1] / "tests"
_FRAMES = ("What is {} rated?", "{} rating", "Is {} any good?", "{}", "can you tell me if {} is ok please")
_WARMING = 20


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--number", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    service = _opened(options.corpus)
    random = Random(options.seed)
    asked = list(_look_ups(service, random, options.number + _WARMING))
    for _, question in asked[:_WARMING]:
        service.ask(question)
    spent: dict[str, list[float]] = {}
    works = []
    for place, (sort, question) in enumerate(asked[_WARMING:]):
        if not place % 50:
            works.append(_fixed_work())
        begun = time.process_time()
        service.ask(question)
        spent.setdefault(sort, []).append(1000 * (time.process_time() - begun))
    spent["all"] = sorted(time for times in spent.values() for time in times)
    for sort, times in spent.items():
        times.sort()
        p95 = times[int(0.95 * len(times))]
        print(
            f"{sort:12} {len(times):5} look-ups: median {statistics.median(times):6.2f} ms, p95 "
            f"{p95:6.2f} ms, slowest {times[-1]:7.2f} ms"
        )
    print(f"the fixed piece of work: {statistics.median(works):.0f} ms")


def _opened(corpus: Path | None) -> Service:
    if corpus is not None:
        return Service.open(Settings.load({"corpus": corpus, "cache": "none"}, {}))
    sys.path.insert(0, str(TESTS))
    import directory

    with tempfile.TemporaryDirectory() as folder:
        directory.write(Path(folder), "directory.csv", directory.of_a_country())
        return Service.open(Settings.load({"corpus": folder, "cache": "none"}, {}))


def _look_ups(service: Service, random: Random, number: int) -> Iterator[tuple[str, str]]:
    """Pairs of a sort and a question: whole names, names with their towns, short and misspelt ones, and two
    names crossed.
    """
    subjects = random.sample(service.facts.subjects(), 2 * number)
    for one, other in zip(subjects[:number], subjects[number:], strict=True):
        sort = random.choice(("whole", "with town", "short", "misspelt", "nobody", "nobody"))
        said = {
            "whole": one.name,
            "with town": f"{_short(one.name)} in {one.attributes.get('town', 'Leeds')}",
            "short": _short(one.name).lower(),
            "misspelt": _misspelt(_short(one.name), random),
            "nobody": f"{one.name.split()[0]} {_short(other.name)}",
        }[sort]
        yield sort, random.choice(_FRAMES).format(said)


def _short(name: str) -> str:
    """A name without the general words at its end."""
    words = name.split()
    while len(words) > 1 and key(words[-1]) in GENERIC:
        words.pop()
    return " ".join(words)


def _misspelt(name: str, random: Random) -> str:
    """A name with two neighbouring letters of its longest word swapped."""
    word = max(name.split(), key=len)
    at = random.randrange(max(1, len(word) - 2))
    return name.replace(word, word[:at] + word[at : at + 2][::-1] + word[at + 2 :], 1)


def _fixed_work() -> float:
    begun = time.process_time()
    total = 0
    for one in range(1_000_000):
        total += one
    return 1000 * (time.process_time() - begun)


if __name__ == "__main__":
    main()
