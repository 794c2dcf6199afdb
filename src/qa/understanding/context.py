"""Follow-ups: a question that leans on the one before takes from it the slots that it lacks."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.folding import fold, key
from qa.understanding.lexicon import lexicon
from qa.understanding.question import AskedRating, Named, Place, Question

_INTENT_CUES = frozenset(
    (
        "count",
        "list",
        "table",
        "share",
        "most",
        "least",
        "best",
        "worst",
        "oldest",
        "newest",
        "compare",
        "better",
        "worse",
        "when",
        "provider",
        "address",
        "kind",
        "passage",
    )
)
_ENDS = frozenset(("most", "least", "best", "worst"))
_COMPARING = ("compare", "better", "worse", "most", "least")
_TIME_CUES = frozenset(("before", "after", "up", "down", "unchanged", "changed"))
_START = re.compile(
    r"^\W*+(?:ok|okay|right|thanks|ta|cheers|great|hmm|well)?\W*+"
    r"(?:and|what about|how about|how bout|but|or|so|also|then|what of|same for|now for|in|for|only|just|within|i meant|sorry)\b",
    re.I,
)
_WHO_DID = re.compile(r"\b(?:who|which(?: \w+)?) (?:did|does|has|have|is|are|was|were|got)(?: then| though| so)?\W*$", re.I)
_WHO_DID_NOT = re.compile(r"\b(?:who|which(?: \w+)?) (?:(?:did|do|does|has|have|is|are|was|were)(?:n['’]?t| not))\b", re.I)
_OF = re.compile(r"\W*(?:and|or|also)?\s*(?:of|for|at|in|by|from)\b", re.I)
_SHORT = 6  # words in a question that may be an ellipsis


def leans(current: Question, previous: Question) -> bool:
    """Whether ``current`` can't be understood without ``previous``."""
    if current.asks("follow-reset"):
        return False
    slots = current.named or current.providers or current.places or current.outside or any(kind.field for kind in current.kinds)
    starts = bool(_START.match(current.text))
    if current.asks("follow-other") or starts:
        return True
    if current.asks("follow-person"):
        return True
    if current.asks("follow-pronoun") and (not current.named or (current.asks(*_COMPARING) and len(current.named) == 1)):
        return True
    short = len(current.text.split()) <= _SHORT
    if current.content:
        return short and not slots and not current.cues & {"passage", "count", "share"}
    return not slots or (
        short
        and not current.ratings
        and not current.cues - {"follow-start", "rating", "after", "before"}
        and bool(previous.cues or previous.aspects)
    )


def merge(previous: Question, current: Question) -> Question:
    """Return ``current`` made whole by ``previous``."""
    if previous.places and not previous.named and any(key(one.text) in lexicon().known_places for one in current.named):
        current = replace(current, named=(), unknown=tuple(one.text for one in current.named))  # a place, as before
    mentioned = tuple(dict.fromkeys((*previous.mentioned, *previous.named, *current.named)))
    current = replace(current, mentioned=mentioned)
    if not leans(current, previous):
        return current
    if (current.content or current.asks("identity")) and not current.named and not _foreign(current):
        return _passage(previous, current)
    merged = replace(
        current,
        named=_named(previous, current),
        providers=current.providers or (() if current.named or (current.places and current.asks("list")) else previous.providers),
        places=_places(previous, current),
        outside=current.outside or (() if current.places else previous.outside),
        kinds=tuple(kind for kind in current.kinds if kind.field) or previous.kinds or current.kinds,
        aspects=current.aspects or (previous.aspects if not current.ratings else ()),
        services=current.services or previous.services,
        ratings=current.ratings
        or _others(previous, current)
        or (() if current.aspects or (previous.named and current.cues & _TIME_CUES) else previous.ratings),
        period=current.period or previous.period,
        group=current.group or (None if current.cues & (_INTENT_CUES - _ENDS) else previous.group),
        cues=_cues(previous, current),
        topic=_topic(previous),
        unheld=current.unheld or (previous.unheld if _only_names(current) else ()),
        searched=current.searched or _same_of(previous, current),
    )
    return replace(merged, standalone=f"{current.text} [{previous.standalone}]")


def _only_names(current: Question) -> bool:
    """Whether it asks the same of another: "and of Oxleas?"."""
    return bool(_OF.match(current.text) and current.named) and not (current.content or current.ratings or current.cues - {"follow-start"})


def _same_of(previous: Question, current: Question) -> str:
    """What the passages are searched for, where what is asked of another is nothing that tables hold."""
    return f"{previous.searched or previous.text} {current.text}" if previous.unheld and _only_names(current) else ""


def _others(previous: Question, current: Question) -> tuple[AskedRating, ...]:
    """Of "the others", after a list by rating: all but those."""
    if not (current.asks("follow-other") or _WHO_DID_NOT.search(current.text)) or previous.named:
        return ()
    return tuple(replace(asked, negated=not asked.negated) for asked in previous.ratings)


def _places(previous: Question, current: Question) -> tuple[Place, ...]:
    """The places said; beside the one before where the two are compared: "is that more than Somerset?"."""
    if current.places and current.asks(*_COMPARING) and len(previous.places) == 1 and previous.places != current.places:
        return (*previous.places, *current.places)
    return current.places or (() if current.named else previous.places)


def _foreign(current: Question) -> bool:
    """Whether all that the question adds is a name that nothing knows."""
    unknown = {word for name in current.unknown for word in name.casefold().split()}
    return bool(unknown) and unknown.issuperset(current.content)


def _named(previous: Question, current: Question) -> tuple[Named, ...]:
    if current.named:
        return (
            (*previous.named[:1], *current.named)
            if current.asks("compare", "better", "worse") and len(current.named) == 1
            else current.named
        )
    if current.asks("list") and previous.named and previous.asks("any", "quality", "after", "before") and _who_else(current):
        return ()
    others = [one for one in current.mentioned if one not in previous.named]
    if current.asks("follow-other") and (others or len(previous.named) > 1):
        return tuple(others[-1:]) or previous.named[1:]
    if current.asks("compare", "better", "worse", "most", "best", "all") and len(previous.named) == 1 and others and not current.kinds:
        return (*others[-1:], *previous.named)
    if current.places and len(previous.named) == 1 and len(previous.named[0].subjects) > 1:
        return previous.named  # a place tells which of those that share the name
    if current.places or current.providers or any(kind.field for kind in current.kinds) or current.unknown:
        return ()
    return previous.named


def _who_else(current: Question) -> bool:
    """Whether it is asked who, if not the subject before: "so who did?", "which ones did then?"."""
    return bool(_WHO_DID.search(current.text)) and not current.asks("follow-pronoun")


def _cues(previous: Question, current: Question) -> frozenset[str]:
    """The current question's cues; what kind of answer is wanted and of which time carries over where it is not said anew."""
    cues = set(current.cues)
    if not cues & _INTENT_CUES and not (current.aspects and previous.named):
        cues |= previous.cues & _INTENT_CUES - {"passage"}
    if not cues & _TIME_CUES and not current.ratings:
        cues |= previous.cues & _TIME_CUES
    if not current.content and not current.cues & (_INTENT_CUES - {"when"}):
        cues |= previous.cues & {"passage", "rating", "quality"}
    return frozenset(cues)


def _passage(previous: Question, current: Question) -> Question:
    """A follow-up about the text: it keeps its own words and leans on the topic before."""
    named = previous.named if current.asks("follow-pronoun") else ()
    return replace(current, named=named, topic=_topic(previous), standalone=f"{current.text} [{previous.standalone}]")


def _topic(previous: Question) -> tuple[str, ...]:
    """The words of the question before, and of those that it leaned on."""
    return tuple(dict.fromkeys((*(word.text for word in fold(previous.searched or previous.text)), *previous.topic)))
