"""Questions that are answered by yes or no, and the tags that turn a sentence into one: "…, right?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERBS = frozenset(
    "is are was were do does did has have had can could would will should am isnt arent wasnt werent doesnt didnt hasnt havent".split()
)
_GRADED = ("recent", "recently", "outdated", "improved")  # "most recently rated …?" asks for one of them, not of how many
_OPENERS = frozenset("and so but or then ok okay well please also hi hello hey just now".split())
_OF_THE_READER = ("you", "someone", "anyone", "somebody")  # "can you tell me …" asks something else
_SHORT = 4  # words of a fragment such as "all good?"
_TAGGED = 3  # more words than these stand before a tag
_TAG = re.compile(
    r"(?:,|-|–|\.)?\s*(?:right|correct|true|is that (?:right|correct|true|so)|yes or no|yes|no"
    r"|isn['’]?t (?:it|that so)|aren['’]?t they)\s*\?*\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:in|of|for|among|at|across|within|apart|except|excluding|besides|leaving|other)\b[^,?]{2,60},\s+(\w+)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:[-–,:;.]|\band)\s+(?:is|are|was|were|does|did|has|have)\s+(?:it|they|this|that|these|those)\b", re.IGNORECASE)


def without_tag(text: str) -> str:
    """Return a question without the tag at its end; one of three words or fewer stays as it is."""
    tag = _TAG.search(text)
    return text[: tag.start()] if tag and text[: tag.start()].count(" ") > _TAGGED - 1 else text


def wants_yes_or_no(text: str, words: Sequence[str]) -> bool:
    """True if a question opens as one that is answered by yes or no, or ends so. ``words`` are its folded words, its tag left out."""
    words = _without_openers(words)
    if not words:
        return _opens_behind_lead(text)
    if words[0] in ("all", "any", "most") and len(words) <= _SHORT and "ratings" not in words:
        return without_tag(text).rstrip().endswith("?") and len(words) == 2  # "all good?"
    if words[0] in ("can", "could", "would", "will") and words[1:2] and words[1] in _OF_THE_READER:
        return False
    if words[0] in ("all", "most") and text.rstrip().endswith("?"):
        return not (words[0] == "most" and words[1:2] and words[1] in _GRADED)
    tagged = len(words) > _TAGGED and (_TAG.search(text) is not None or _ASIDE.search(text) is not None)
    return words[0] in _VERBS or tagged or _opens_behind_lead(text)


def _without_openers(words: Sequence[str]) -> Sequence[str]:
    begin = next((place for place, word in enumerate(words) if word not in _OPENERS), len(words))
    return words[begin:]


def _opens_behind_lead(text: str) -> bool:
    """ "In Leeds, are there …"."""
    led = _LEAD.match(text)
    return led is not None and led[1].casefold() in _VERBS
