"""Words that refer to the owner or the place of a subject already mentioned: "the same people", "in that
town", "anything else"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OWNER = (
    "brand|business|chain|companies|company|firm|group|lot|operators?|organisation|organization|outfit|owners?"
    "|people|providers?"
)
_RUN = "runs?|owns?|operates?|manages?"
_HAS = rf"(?: also)? (?:{_RUN}|has|have|got|looks? after)\b"
_NOUN = "one|home|place|hospital|surgery|practice|hospice|service|care home"
_SAME_OWNER = re.compile(
    rf"\b(?:the|that|those) same (?:{_OWNER})\b"
    rf"|\b(?:its|that|those|their) (?:{_OWNER})(?={_HAS})"
    rf"|(?<!are )(?<!is )(?<!whos )\b(?:the|whichever) (?:{_OWNER}|ones) (?:who|that|which) (?:{_RUN})"
    rf" (?:it|this|that|them|(?:this|that|the) (?:{_NOUN}))\b"
    rf"|\bthey(?=(?: also)? (?:{_RUN})\b)"
)
_NOBODYS = re.compile(rf"(?:(?<=\bdo )|(?<=\bdoes )|(?<=\bhave )|(?<=\bdid ))the same (?:{_OWNER})(?={_HAS})")
_SEVERAL = re.compile(r"\b(?:all|and|both|each|every|two)\b")
_AREA = (
    "area|borough|city|council area|council|county|district|local authority|neighbourhood|part of the country"
    "|region|town|village"
)
_SAME_PLACE = re.compile(rf"(?<=\bin )(?:(?:that|this|its|the) same|that|its|this) (?P<noun>{_AREA})\b")
_OTHER = re.compile(
    r"\b(?P<noun>anything|anywhere|anybody|anyone|any place) else\b|(?<!\bone )(?P<another>another)\b"
)
_ASPECT = re.compile(
    r"\b(?:on|for|in|at|against) "
    r"(?:that one|(?:that|the same) (?:key )?(?:question|aspect|domain)|it|that|this)"
    r"(?= (?:and|among|in|of|there|too)\b|$)"
)


class Pointing(NamedTuple):
    """Words ``start`` to ``end`` of a text that refer back, and the noun among them: "town"."""

    start: int
    end: int
    text: str
    noun: str


def at_owner(text: str) -> Iterator[Pointing]:
    """Yield the words for the owner of the place mentioned: "the same people", "its owner" and "they" where
    they run something. ``text`` is folded."""
    return _found(_SAME_OWNER, text)


def at_no_owner(text: str) -> Iterator[Pointing]:
    """Yield "the same company" where it is asked what it runs, but not if several may share it."""
    return iter(()) if _SEVERAL.search(text) else _found(_NOBODYS, text)


def at_area(text: str) -> Iterator[Pointing]:
    """Yield "that town" and "the same council area" after "in"."""
    return _found(_SAME_PLACE, text)


def at_aspect(text: str) -> Iterator[Pointing]:
    """Yield the words for the key question mentioned: "for it", "on that one"."""
    return _found(_ASPECT, text)


def at_others(text: str) -> Iterator[Pointing]:
    """Yield "anything else", with its first word as the noun, and "another", without a noun."""
    return _found(_OTHER, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Pointing]:
    for match in pattern.finditer(text):
        start = text.count(" ", 0, match.start())
        noun = match.groupdict().get("noun") or ""
        yield Pointing(start, start + match.group().count(" ") + 1, match.group(), noun)
