"""Turns telephone numbers and addresses into links, in sentences that say where to turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CONTACT = re.compile(
    r"""
    (?P<web>   (?:https?://|www\.)[^\s<>"]*[^\s<>"'.,;:!?)\]] )
  | (?P<mail>  [\w.+-]+@[\w-]+(?:\.[\w-]+)+ )
  | (?P<phone> (?<![\w.,/-]) (?: 999 | 111 | 116\s?1\d\d | 0(?:[\s-]?\d){9,10} ) (?![\w/-]) )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text, with the address it leads to if it is a contact."""

    text: str
    href: str | None = None


def linked(text: str) -> tuple[Run, ...]:
    """Cut ``text`` into runs; joined again they are ``text``."""
    return tuple(_runs(text))


def _runs(text: str) -> Iterator[Run]:
    place = 0
    for match in CONTACT.finditer(text):
        if place < match.start():
            yield Run(text[place : match.start()])
        yield Run(match.group(), _href(match))
        place = match.end()
    if place < len(text):
        yield Run(text[place:])


def _href(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "mail":
            return f"mailto:{found}"
        case "phone":
            return "tel:" + re.sub(r"\D", "", found)
    return found if found.startswith("http") else f"https://{found}"
