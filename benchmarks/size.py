"""What an install of Askwell takes on disk, package by package: `python benchmarks/size.py`.

Exits with 1 beyond the most allowed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

MOST = 160  # megabytes of all dependencies of a default install
MEGABYTE = 1_000_000


def dependencies(name: str, seen: set[str]) -> Iterator[Distribution]:
    """What is installed because ``name`` needs it, directly or not, and no extra."""
    for requirement in distribution(name).requires or ():
        wanted, _, condition = requirement.partition(";")
        needed = re.split(r"[^\w.-]", wanted.strip(), maxsplit=1)[0].lower()
        if "extra ==" in condition or needed in seen:
            continue
        seen.add(needed)
        try:
            yield distribution(needed)
        except PackageNotFoundError:  # for another system or Python
            continue
        yield from dependencies(needed, seen)


def size(package: Distribution) -> int:
    """Bytes of its files."""
    places = (Path(str(package.locate_file(file))) for file in package.files or ())
    return sum(place.stat().st_size for place in places if place.is_file())


def main() -> None:
    """Print the table."""
    sizes = {package.metadata["Name"]: size(package) / MEGABYTE for package in dependencies("askwell", set())}
    for name, megabytes in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{name:<20} {megabytes:>7.1f} MB")
    total = sum(sizes.values())
    print(f"{'all':<20} {total:>7.1f} MB, of at most {MOST}")
    sys.exit(total > MOST)


if __name__ == "__main__":
    main()
