"""Whether a question needs the one before it: fragments, pronouns, "what was it before?"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa.question.chunks import Chunk, Chunks
from qa.question.everywhere import EVERYWHERE
from qa.question.families import family
from qa.question.pairs_asked import says_either
from qa.question.parse import Parsed
from qa.question.query import Query, parts_of
from qa.question.references import is_pointer

_PRONOUNS = frozenset("it its they them their theirs he she that this".split())
_SEVERAL = frozenset("them each those these".split())
HEADS = ("kind", "subject", "where", "provider", "strange", "field", "word", "aspects")
_SHORT = 6  # the most words of a question that may be a fragment


def leans(parsed: Parsed) -> bool:
    """True if a question can't be understood without the one before."""
    if parsed.any("follow", "reset"):
        return False
    if parsed.any("follow", "start", "other", "elsewhere", "reversed", "pronoun", "person"):
        return True
    for leans_so in _LEANING:
        if leans_so(parsed):
            return True
    words = [word.text for word in parsed.annotated.words]
    if parsed.any("follow", "there") and not parsed.any("where"):
        return _leans_on_place(parsed, words)
    return len(words) <= _SHORT and not _names_head(parsed)


def _names_head(parsed: Parsed) -> bool:
    """True if a question names what it is about; "ones" names nothing."""
    return any(chunk.kind in HEADS and not is_pointer(chunk) for chunk in parsed.chunks)


def _asks_for_another(parsed: Parsed) -> bool:
    """True for "is there one in Kent?" and "are there any in Leeds?", which don't name what is looked for."""
    if (
        not parsed.any("follow", "there")
        or not parsed.yes_no
        or parsed.has("cond", "kind", "subject", "field")
    ):
        return False
    asked = next((chunk for chunk in parsed.chunks if chunk.kind not in ("function", "follow", "and")), None)
    return asked is not None and (asked.text == "one" or asked.says("quantifier", "any"))


def _begins_as_fragment(parsed: Parsed) -> bool:
    """True for a short question that begins with "and", "only", "in" …"""
    words = parsed.annotated.words
    return 0 < len(words) <= 2 * _SHORT and words[0].text in _BEGINNINGS


_BEGINNINGS = frozenset(  # of a fragment
    "and as but by compared except excluding for in including just minus not now only or outside same so "
    "sorted then without".split()
)


def _leans_on_place(parsed: Parsed, words: Sequence[str]) -> bool:
    """True if "there" is a place mentioned before, rather than that of "is there a hospice?"."""
    places = [place for place, word in enumerate(words) if word == "there"] or [0]
    if not all(place and words[place - 1] in _EXISTING for place in places):
        return True
    return len(words) <= _SHORT and not parsed.any("kind")


_EXISTING = ("is", "are", "was", "were", "many")


def _says_either_of_them(parsed: Parsed) -> bool:
    """True for "in either group" where nothing else says who is meant."""
    return says_either(parsed) and not parsed.has(*_NAMES)


def _is_so(parsed: Parsed) -> bool:
    """True for "is that so of hospices, too?", which does not state the claim itself."""
    return parsed.any("follow", "so") and not parsed.has("cond")


def _asks_of_the_two(parsed: Parsed) -> bool:
    """True for "which of the two is better?" and "who has the most of the three?"."""
    return (parsed.any("follow", "two") or _of_the_number(parsed)) and not _names_head(parsed)


def _compares_that(parsed: Parsed) -> bool:
    """True for "how does that compare with care homes?": the figure before is one side."""
    said = [one for one in parsed.chunks if one.says("versus", "compare")]
    ahead = parsed.chunks.before(said[0]) if said else None
    other = parsed.has("kind", "where", "provider") or says_everywhere(parsed)
    return ahead is not None and ahead.text in _PRONOUNS and other


def says_everywhere(parsed: Parsed) -> bool:
    """True if a word is for all places in the tables: "nationally", "in England"."""
    return any(word.text in EVERYWHERE for word in parsed.annotated.words)


def _of_the_number(parsed: Parsed) -> bool:
    """True for "who has the most of the three?", at the end: those asked about before."""
    words = [word.text for word in parsed.annotated.words]
    last = parsed.chunks[-1] if parsed.chunks else None
    return last is not None and last.kind == "quantity" and words[-3:-1] == ["of", "the"]


def _leaves_out(parsed: Parsed) -> bool:
    """True for "now leave out those in Kent": begins with an exception from the previous answer."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "time", "and")]
    first = chunks[0] if chunks else None
    kinds = any(kind.field for chunk in chunks if chunk.kind == "kind" for kind in chunk.value)
    if first is None or first.kind not in ("except", "not") or kinds:
        return False
    return any(map(is_pointer, chunks)) or not {"ones", "those"}.isdisjoint(first.text.split())


def _only_leaves_out(parsed: Parsed) -> bool:
    """True for nothing but an exception: "other than Oxleas and Lincolnshire, I mean"."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "follow", "and", "or")]
    return (
        len(telling) > 1
        and telling[0].kind == "except"
        and all(chunk.kind in ("subject", "where", "provider", "kind") for chunk in telling[1:])
    )


def _asks_of_those(parsed: Parsed) -> bool:
    """True for "which ones are near SY2?", which gives no kind of its own."""
    those = any(chunk.says("measure", "list") and "ones" in chunk.text.split() for chunk in parsed.chunks)
    return those and not any(kind.field for one in parsed.chunks if one.kind == "kind" for kind in one.value)


_NAMES = ("kind", "subject", "where", "provider")


def _asks_whether_any(parsed: Parsed) -> bool:
    """True for "are there any in Kent?" and "is there one in Wem?", whose noun is in the question before."""
    asked = [one for one in parsed.chunks if one.says("quantifier", "any", "none") or one.text == "one"]
    bare = all(
        one.kind in ("function", "and", "where", "quality") or one.says("follow", "there") or one in asked
        for one in parsed.chunks
    )
    return bare and bool(asked) and parsed.yes_no and parsed.any("follow", "there")


def _counts_nothing_said(parsed: Parsed) -> bool:
    """True for "how many in Kent?" and "how many does Larkmoor run?": what is counted was given before."""
    counted = [one for one in parsed.chunks if one.says("measure", "count")]
    nouns = ("kind", "subject", "strange", "field", "word", "aspects", "service", "by")
    return bool(counted) and counted[0].text == "how many" and not parsed.has(*nouns)


def says_not_of_what(parsed: Parsed) -> bool:
    """True for "which council has the most?": has groups and an order, but nothing to count."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind != "function"]
    return (
        len(telling) > 1
        and telling[-1].says("super", "most", "least")
        and any(chunk.kind == "field" for chunk in telling)
        and all(chunk.kind in ("field", "super") or chunk.says("measure", "which") for chunk in telling)
    )


def _asks_of_each(parsed: Parsed) -> bool:
    """True for "what year was each rated?" (where "each" is not "each town"), "how many homes each?", "… and
    how many in each?" and "are any two in the same town?"."""
    last = parsed.chunks[-1] if parsed.chunks else None
    if last is not None and last.kind == "by" and last.text.endswith("each"):
        return True
    if parsed.has("subject", "where", "provider"):
        return False
    if says_each_last(parsed) and not parsed.has("field", "by"):
        return True  # "how many homes each?", "how many homes does each have?"
    return not parsed.has("kind") and (_says_each_alone(parsed) or _says_any_two_alike(parsed))


def _says_each_alone(parsed: Parsed) -> bool:
    """True for "each" without a noun after it."""
    for chunk in parsed.chunks:
        if chunk.text in ("each", "each one"):
            behind = parsed.chunks.after(chunk)
            if behind is None or behind.kind in ("rated", "function"):
                return True
    return False


def _says_any_two_alike(parsed: Parsed) -> bool:
    """True for "any two" that have something in common."""
    if not parsed.any("versus", "same"):
        return False
    pairs = pairwise(parsed.chunks)
    return any(one.says("quantifier", "any") and behind.kind == "quantity" for one, behind in pairs)


def says_each_last(parsed: Parsed) -> bool:
    """True if a number is asked of "each", and nothing more is said of them."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind != "function"]
    counted = parsed.any("measure", "count", "share") or telling[-1:] == parsed.chunks[-1:]
    return counted and any(chunk.says("quantifier", "each") for chunk in telling[-1:])


def asks_before(parsed: Parsed) -> bool:
    """True for "what was it before?", which asks about the same subjects at an earlier time."""
    chunks = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and")]
    earlier = parsed.any("time", "before", "start") and parsed.any("subject")
    return earlier and all(
        chunk.text in _PRONOUNS if chunk.kind == "subject" else chunk.kind in ("measure", "time")
        for chunk in chunks
    )


def take_denial(parsed: Parsed) -> None:
    """Read a "not" with nothing after it, "which ones aren't?", as those for which it is not true."""
    if (denial := _denial(parsed)) is not None:
        denial.use("scope")
        parsed.left_out = [chunk for chunk in parsed.left_out if chunk is not denial]


_DOING = frozenset(("did", "do", "does"))


def denies(parsed: Parsed) -> bool:
    """True for a "not" with nothing after it: "which ones aren't?", "how many did not?", "are any not?", "the
    ones that aren't: who runs them?"."""
    return _denial(parsed) is not None


def _denial(parsed: Parsed) -> Chunk | None:
    """The "not" at the end of a fragment, or at the end of its opening words for the subjects."""
    for place, chunk in enumerate(parsed.chunks):
        if chunk.kind == "not" and place:
            return chunk if _ends_there(parsed.chunks, place) else None
        small = chunk.kind in ("measure", "function", "and") or chunk.says("quantifier", "any")
        if not (small or _stands_for_them(chunk) or chunk.text in _DOING):
            return None
    return None


def _ends_there(chunks: Chunks, place: int) -> bool:
    """True if nothing comes after a place, or a mark and a question about those spoken of before it."""
    behind = chunks[place + 1 :]
    if not behind:
        return True
    told = any(_stands_for_them(one) for one in chunks[:place])
    asked = any(one.kind == "measure" for one in behind)
    small = all(
        _stands_for_them(one) or one.kind in _ASKED_OF_THEM or one.text in _PRONOUNS for one in behind
    )
    return told and asked and small and bool(behind[0].spans[0].gap)


def _stands_for_them(chunk: Chunk) -> bool:
    return is_pointer(chunk) or chunk.text == "those"


_ASKED_OF_THEM = frozenset("and function follow measure rated".split())


def is_bare(parsed: Parsed, before: Query | None) -> bool:
    """True for nothing but a name or a place, for which the question before is asked again: "Norwich?"."""
    heads = {chunk.kind for chunk in parsed.chunks if chunk.kind not in ("function", "and", "or")}
    if (
        before is None
        or before.prose is not None
        or len(heads) != 1
        or not parsed.text.rstrip().endswith("?")
    ):
        return False
    wanted = {"subject": "subject", "where": "where"}.get(heads.pop())
    return wanted is not None and any(family(part) == wanted for part in parts_of(before.scope))


def asks_which(parsed: Parsed, by: tuple[str, ...] = ()) -> bool:
    """True for nothing but "which?", "name them" or "which town is it?": asks for the counted groups ``by`` a
    column."""
    telling = [chunk for chunk in parsed.chunks if chunk.kind not in ("function", "and", "follow")]
    fields = [chunk for chunk in telling if chunk.kind == "field" and set(chunk.value) <= {*by}]
    asked = [chunk for chunk in telling if chunk not in fields]
    return bool(asked) and all(chunk.says("measure", "which", "list") for chunk in asked)


def asks_what_they_are(parsed: Parsed) -> bool:
    """True for "what are they overall?", "what is the overall rating of each?", asked about the
    places just listed.
    """
    what = any(chunk.says("measure", "which") and chunk.text.startswith("what") for chunk in parsed.chunks)
    return what and points(parsed)


def counts_among(parsed: Parsed) -> bool:
    """True for "how many are in hospitals that are …?" and "how many are care homes?": counts among those
    before."""
    verb = next((behind for one, behind in pairwise(parsed.chunks) if one.says("measure", "count")), None)
    after = parsed.chunks.after(verb) if verb is not None else None
    return verb is not None and verb.text in ("are", "were") and after is not None and after.text != "there"


def points(parsed: Parsed) -> bool:
    """True if a word refers to what was mentioned before: "who runs it?", "how many of its homes"."""
    return any(word.text in _PRONOUNS or word.text in _SEVERAL for word in parsed.annotated.words)


_LEANING = (  # the ways in which a question may lean on the one before
    asks_before,
    denies,
    _leaves_out,
    _asks_of_each,
    _compares_that,
    _asks_whether_any,
    _says_either_of_them,
    _is_so,
    _asks_of_those,
    _counts_nothing_said,
    _only_leaves_out,
    _asks_of_the_two,
    _begins_as_fragment,
    _asks_for_another,
)
