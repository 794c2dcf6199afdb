"""Questions that are answered by yes or no: how to recognise one.

It opens with a verb, has a tag ("…, right?", "arent they"), is framed as a claim ("I heard that …, is that
right?", "true or false: …"), or states how many of something ("None of the homes is good").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_AUXILIARIES = "is are was were do does did has have had can could would will should".split()
_VERBS = frozenset((*_AUXILIARIES, "am", *(f"{verb}nt" for verb in _AUXILIARIES), "wont", "cant"))
_GRADED = (
    "recent",
    "recently",
    "outdated",
    "improved",
)  # "most recently rated …?" asks for one of them, not how many
_OPENERS = frozenset("and so but or then ok okay well please also hi hello hey just now basically".split())
_OF_THE_READER = ("you", "someone", "anyone", "somebody")  # "can you tell me …" asks something else
_SHORT = 4  # words of a fragment such as "all good?"
_TAGGED = 3  # a tag has more words than this before it

_PRONOUN = r"(?:it|they|he|she|there|that)"
_RIGHT = r"(?:right|correct|true|so|fair|accurate|the case)"
_VERB = rf"(?:{'|'.join(_AUXILIARIES)})"
_ASKS_RIGHT = (
    rf"(?:(?:(?:is|was|would) (?:that|this|it|he|she)|are they|am i|are we)(?: be)?(?: all)? {_RIGHT}"
    r"|(?:am i|are we|was i|were we|have i|have we)(?: being| been)? (?:given|got|heard|misled|read|sold|told"
    r"|understood)(?: (?:that|this|it))?(?: (?:right|correctly|the truth|the facts))?)"
)
_CHECK = (
    r"(?P<check>(?:(?:can|could|would|will) you )?(?:please )?(?:check|confirm|fact[- ]check|verify) "
    r"(?:that|this|it|(?:if|whether) (?:that|this|it)['’]?s (?:right|correct|true))"
    r"(?: claim| statement)?(?: (?:for (?:me|us)|please|pls|out))*)"
)
# After these the sentence before is the question: "…, is that right?", "… right?", "…, arent they?", "…,
# are they?".
_IS_TAG = (
    rf"(?<!\w)(?<!\ball )(?<!\bown )(?:{_ASKS_RIGHT}"
    r"|(?:yes or no|true or false|right|correct|true|false|yes|no|yeah|eh|innit)"
    rf"|(?P<verb>{_VERB}n['’]?t {_PRONOUN}(?: so| right| true)?|(?:^|(?<=[,.;:–-] )){_VERB} {_PRONOUN}"
    rf"|according to (?:the|this|your) \w+,? {_VERB} {_PRONOUN}|{_CHECK}))"
    r"(?: (?:then|though|or not))?"
)
_TAG = re.compile(rf"{_IS_TAG}[\s?.!]*$", re.IGNORECASE)
# A tag after which another question begins: "…, is that so, and who runs it?".
_TAG_BESIDE = re.compile(rf"{_IS_TAG}\s*[?.!,;–-]+\s*(?:and|but|or|so|if)\b", re.IGNORECASE)
_PAUSES = (",", ".", ";", ":", "-", "–")  # between a claim and its tag
_OR_NOT = re.compile(r"(?<=\s)or\s+not\s*(\??)\s*$", re.IGNORECASE)  # "is it good or not?"
# No pattern begins with white space: blanked-out text leaves long runs, each of which would be tried anew.
_BEFORE_TAG = " \t\n,-–.?!:;"

_SAY = r"(?:say|print|claim|state|write|report|publish|assume|conclude|tell people)"
_THINK = r"(?:think|say|believe|assume|suppose|understand|thinking|saying|believing|assuming|supposing)\b"
_BEGINS = r"\W*(?:(?:so|and|but|ok|okay|well|hi|hello|hey|basically)\b\W*)*"
_PLEASE = r"(?:(?:can|could|would|will) you )?(?:please |kindly |just )*"
_THIS = r"(?: (?:this|that|for (?:me|us)|please|pls))*"
# Words before a claim that ask whether it is true: "am I right that", "could I print that", "true or
# false:".
_ASKED = re.compile(
    rf"{_BEGINS}(?:(?:am|are|was|would) (?:i|we)(?: be)? (?:right|correct)(?: (?:in|to) {_THINK})?(?: "
    r"that\b)?"
    r"|(?:is|was|would|isn['’]?t) it (?:be )?(?:(?:true|right|correct|so|the case) that\b"
    rf"|(?:{_RIGHT}|safe|reasonable|honest) to {_SAY}(?: that\b)?)"
    rf"|(?:can|could|may|might|should|would) (?:i|we|one)(?: \w+ly| then| still)? {_SAY}(?: that\b)?"
    rf"|(?:is|was) (?:this|the following)(?: claim| statement)? {_RIGHT}(?=\s*[:?–-])\W?"
    rf"|{_PLEASE}(?:true or false|fact[- ]?check|yes or no|right or wrong|confirm or deny)\b{_THIS}\W?"
    rf"|{_PLEASE}(?:check|confirm|verify)(?:(?: the| this)? (?:claim|statement){_THIS}\W?| (?:that|whether)\b"
    rf"|{_THIS}\s*:)|whether(?: or not)?\b|if\b(?=[^,?]{(9,)}\W*$))",
    re.IGNORECASE,
)
# Words before a claim that only say whose it is: "I heard that", "somebody told me"; a tag after the claim
# asks.
_HEARD = re.compile(
    rf"{_BEGINS}(?:(?:i|we)(?:['’]?ve| have| was| were| am|['’]?m)?(?: just| also| often| once)? (?:been )?"
    r"(?:heard|hear|read|told|gather|understand|believe|think|thought|assume|reckon|suppose|saw|seen)"
    r"|(?:some(?:one|body)|people|they|everyone|my|our|your|their|an?|the|one)(?: of)?(?: \w+){0,5}? "
    r"(?:told me|tells? me|say|says|said|claims?|claimed|reckons?|thinks?|insists?|insisted|swears?|swore"
    r"|argues?|argued|maintains?|states?|stated|wrote|writes|mentioned|promises|promised|bets?|assures? me"
    r"|assured me|suggests?|suggested)"
    r"|(?:the|this|that) \w+ (?:makes?|made) it (?:sound|look|seem) (?:as if|as though|like)"
    r"|it (?:sounds?|looks?|seems?) (?:as if|as though|like)"
    r"|it['’]?s true|it is true|it['’]?s said|it is said|apparently|supposedly|allegedly)\b"
    r"(?: somewhere| once)?(?: that\b)?",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\b(?:what|which|who|whom|whose|where|when|why|how|list|name|show|tell)\b", re.IGNORECASE
)
# A sentence about how many, with a verb of its own, not a description of which are meant ("all homes that are
# good").
_SO_MANY = re.compile(
    rf"{_BEGINS}(?:(?:at (?:least|most)|(?:no )?more than|no fewer than|fewer than|less than|over|under"
    r"|exactly"
    r"|only|just|not)\s+)?(?:(?:about|around|nearly|almost|virtually)\s+)?"
    r"(?:half|most(?! recent| outdated| improved)|all(?! (?:i|we|you)\b)|every|each|no(?!\.? of\b)"
    r"|none|nobody"
    r"|nothing|nowhere|neither|both|few|hardly any|one|two|three|four|five|six|seven|eight|nine|ten|\d+"
    r"|an?\s+(?:majority|third|quarter|single)|the\s+(?:vast\s+)?(?:majority|bulk)"
    r"|(?:two|three)[ -](?:thirds|quarters))\b",
    re.IGNORECASE,
)
# "There are no inadequate homes in Leeds", "In Leeds there isn't a single good one".
_THERE_IS = re.compile(
    rf"{_BEGINS}(?:(?:in|at|across|within|among|of)\b[^,?]{{2,60}}?,?\s)?there\s+(?:is|are|was"
    r"|were)(?:n['’]?t\b|\s+not\b)?"
    r"\s+(?:an?|any|no|not|only|just|at|more|fewer|less|over|under|exactly|nobody|nothing|few|hardly|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|\d+)\b",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"(?<!\bthat )(?<!\bwho )(?<!\bwhich )\b(?:is|are|was|were|has|have|had|requires?|required|needs?|needed"
    r"|falls?|fell|got|improved|became|started|ended|finished|stayed|slipped|went|holds?|runs?)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    (
        r"\s*(?:in|of|for|among|at|across|within|apart|except|excluding|besides|leaving"
        r"|other)\b[^,?]{2,60},\s+(\w+)"
    ),
    re.IGNORECASE,
)
# Without a comma, only before words for how many: "In Leeds are all the homes good?".
_PLAIN_LEAD = re.compile(
    rf"\s*(?:in|of|for|among|at|across|within|around|near)\s+(?:[^\s,?]+\s+){{1,4}}?{_VERB}\s+"
    r"(?:all|any|both|each|every|half|most|some|the majority|there|at least|fewer than|more than)\b",
    re.IGNORECASE,
)
# A name, and then the question about it: "Larkmoor: are most of their homes good?".
_NAMED_LEAD = re.compile(
    rf"\s*[^\s,:?–-]+(?:[ -][^\s,:?–-]+){{0,5}}(?:\s*[,:]|\s+[-–])\s+{_VERB}\s+\w", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?:[-–,:;.]|\band)\s+(?:is|are|was|were|does|did|has|have)\s+(?:it|they|this|that|these|those)\b",
    re.IGNORECASE,
)


def without_frame(text: str) -> str:
    """Return a question without the tag at its end and "or not", and with the words that frame it as a claim
    blanked out, so that positions stay the same: "I heard that most are good, is that right?". A tag after
    very few words stays."""
    return _unframed(text)[0]


def _unframed(text: str) -> tuple[str, bool]:
    """The text without its frame, and whether it has one: a tag, or words before it that ask whether it is
    true."""
    either = _OR_NOT.search(text)
    if either:
        text = text[: either.start()].rstrip(" \t\n,") + either[1]
    place = tag_of(text)
    if place is not None:
        text = text[:place].rstrip(_BEFORE_TAG)
    lead = _ASKED.match(text) or (
        _HEARD.match(text) if place is not None or _is_one_statement(text) else None
    )
    if lead is None or text[lead.end() :].count(" ") < _TAGGED - 1:
        return text, place is not None
    return " " * lead.end() + text[lead.end() :], True


def tag_of(text: str) -> int | None:
    """Return where the tag begins that makes a sentence a question; ``None`` if there is none."""
    tag = _TAG.search(text)
    if tag is None:
        return None
    before = text[: tag.start()].rstrip()
    words = before.rstrip(_BEFORE_TAG).count(" ") + 1
    if tag["check"] and _INTERROGATIVE.search(before):
        return None
    short = tag["verb"] and before.endswith(_PAUSES) and words > 1  # "Oxleas improved, didn't it?"
    return tag.start() if words > _TAGGED or short else None


def is_tag(text: str, place: int = 0) -> bool:
    """True if a text, from ``place`` to its end or to the next question, only asks whether the words before
    it are true: "Is that right?", "is that so, and who runs it?"."""
    return (_TAG.match(text, place) or _TAG_BESIDE.match(text, place)) is not None


def _is_one_statement(text: str) -> bool:
    """True for a single sentence with a question mark and no question word: "I heard most are good?"."""
    bare = text.strip()
    return bare.endswith("?") and not re.search(r"[?.;!,]\s", bare) and _INTERROGATIVE.search(bare) is None


def states_of_many(text: str) -> bool:
    """True for a plain statement about how many: "None of the homes in Leeds is inadequate"."""
    if _THERE_IS.match(text) and _INTERROGATIVE.search(text) is None:
        return True
    begins = _SO_MANY.match(text)
    return (
        begins is not None
        and _INTERROGATIVE.search(text) is None
        and _STATES.search(text, begins.end()) is not None
    )


def wants_yes_or_no(text: str, words: Sequence[str]) -> bool:
    """True if a question begins or ends like one answered by yes or no, or is a statement.

    ``words`` are its folded words, without its frame.
    """
    words = _without_openers(words)
    if not words:
        return _opens(text, words)
    bare, framed = _unframed(text)
    stated = states_of_many(bare)
    has_mark = text.rstrip().endswith("?")
    if _is_fragment(words) and not stated:
        return not framed and has_mark and len(words) == 2  # "all good?"
    if _asks_the_reader(words):
        return False
    if words[0] in ("all", "most") and has_mark:
        return not _is_superlative(words)
    return framed or stated or _opens(text, words) or _has_aside(text, words)


def _is_fragment(words: Sequence[str]) -> bool:
    """True for "all good", "any outstanding" and the like."""
    return words[0] in ("all", "any", "most") and len(words) <= _SHORT and "ratings" not in words


def _asks_the_reader(words: Sequence[str]) -> bool:
    """True for "can you tell me …"."""
    return words[0] in ("can", "could", "would", "will") and len(words) > 1 and words[1] in _OF_THE_READER


def _is_superlative(words: Sequence[str]) -> bool:
    """True for "most recently rated …", which asks for a single one."""
    return words[0] == "most" and len(words) > 1 and words[1] in _GRADED


def _has_aside(text: str, words: Sequence[str]) -> bool:
    """True for "…, is it or not" and "…, and are they …" behind a few words."""
    return len(words) > _TAGGED and bool(_OR_NOT.search(text) or _ASIDE.search(text))


def _without_openers(words: Sequence[str]) -> Sequence[str]:
    begin = next((place for place, word in enumerate(words) if word not in _OPENERS), len(words))
    return words[begin:]


def _opens(text: str, words: Sequence[str]) -> bool:
    """True for "Are there …", "In Leeds, are there …", "In Leeds are all …" and "Larkmoor: are most …"."""
    if words and words[0] in _VERBS:
        return True
    led = _LEAD.match(text)
    if led is not None and led[1].casefold() in _VERBS:
        return True
    asks_which = _INTERROGATIVE.search(text) is not None
    return not asks_which and bool(_PLAIN_LEAD.match(text) or _NAMED_LEAD.match(text))
