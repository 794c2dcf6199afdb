"""The parts of an HTML page that are not content: scripts, navigation, and the boxes beside and below it,
recognised by element, role and class.
"""

from __future__ import annotations

import itertools
import re

from bs4.element import Tag


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_ELEMENTS = _words(
    "script style noscript template nav footer aside button select textarea svg math iframe object "
    "audio video head"
)
_ROLES = _words("navigation banner contentinfo search complementary dialog alert")
# Words of a class or id that name such a box, alone or two in a row: "gem-c-related-navigation",
# "shareLinks", "skip-link".
_BOXES = _words("breadcrumb breadcrumbs cookie cookies feedback related share sharing survey newsletter")
_PAIRS = frozenset(
    (
        ("skip", "link"),
        ("skip", "links"),
        ("phase", "banner"),
        ("social", "media"),
        ("social", "links"),
        ("back", "top"),
    )
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_furniture(tag: Tag, content: Tag) -> bool:
    """Return whether an element within ``content`` is left out with all that is in it."""
    if tag.name in _ELEMENTS or str(tag.get("role")) in _ROLES or tag.has_attr("hidden"):
        return True
    if tag.name == "header":
        return content.name in ("body", "[document]") and tag.find("h1") is None
    return _is_box(tag) and tag.find(["h1", "main"]) is None


def _is_box(tag: Tag) -> bool:
    """Return whether class or id name a box of links or questions; an element with a title is never one."""
    classes = tag.get_attribute_list("class")
    for name in (*map(str, filter(None, classes)), str(tag.get("id") or "")):
        words = [word.lower() for word in _WORD.findall(name)]
        if not _BOXES.isdisjoint(words) or not _PAIRS.isdisjoint(itertools.pairwise(words)):
            return True
    return False
