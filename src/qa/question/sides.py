"""The two sides of a claim or a share: the subjects that it is about, and what it says about them.

Glossary, for "Are most of the outstanding care homes that were rated in 2020 in Leeds?":

* the *subject* is the noun with what describes it: before it ("outstanding"), or after it in a clause of its
  own ("that were rated in 2020");
* the *predicate* is what the claim says about those: "in Leeds". After the noun, a rating is the predicate
  rather than a place: "Are most care homes in Leeds good?".
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.question.chunks import Chunk, Chunks

TOLD = ("cond", "unrated", "is")  # conditions that a share or claim may be about
_PLACED = ("where", "provider", "value", "period")
_TELLERS = (*TOLD, *_PLACED, "kind")
_RELATIVE = frozenset("that which who whose".split())
FINITE = frozenset("are be been did do does had has have is was were".split())
_DENIED = frozenset("arent didnt doesnt dont hadnt hasnt havent isnt wasnt werent".split())
_GIVEN = frozenset("gained get got received".split())
_OWNED = frozenset("belong belongs operate operates own owns".split())
_LOOSE = ("function", "rated", "quality", "time", "not", "run_by", "quantifier")
_OF_OTHERS = ("aspect", "aspects", "field", "closing", "past", "versus", "super")


def predicate(chunks: Chunks, *, yes_no: bool) -> list[Chunk]:
    """Return the chunks of the predicate of a claim or share; empty if the words don't show it."""
    speaker = _quantifier(chunks, yes_no)
    if speaker is None or chunks.any("follow", "there") or chunks.of("subject"):
        return []
    place = chunks.index(speaker)
    noun = _noun_behind(chunks, place)
    if noun is None or _told(chunks[:place]):
        return []  # "is safe inadequate at all homes?"
    ahead, behind = chunks[place + 1 : noun], chunks[noun + 1 :]
    if speaker.kind == "measure" or not any(_is_verb(one) for one in chunks[:place]):
        return _stated(behind)
    if not _speaks_of_part(chunks, place) and not _is_whole(speaker):
        return []  # "are any outstanding homes in Leeds?" asks whether there are some that are both
    return _asked(ahead, behind, whole=_is_whole(speaker))


def _noun_behind(chunks: Chunks, place: int) -> int | None:
    """The index of the first kind after another chunk that is not an exception."""
    behind = range(place + 1, len(chunks))
    return next((at for at in behind if chunks[at].kind == "kind" and not chunks[at].out), None)


def _quantifier(chunks: Chunks, yes_no: bool) -> Chunk | None:
    """The word that says how many a claim is about, or that a part of a whole is asked for."""
    for chunk in chunks:
        if yes_no and (
            chunk.kind in ("portion", "quantity")
            or chunk.says("quantifier", "all", "any", "both", "each", "most", "none")
        ):
            return chunk
        if chunk.says("measure", "share"):
            return chunk
    return None


def _is_whole(speaker: Chunk) -> bool:
    """True for "all", "most", "half": the verdict depends on how many subjects the claim is about."""
    return speaker.kind in ("portion", "measure") or speaker.says("quantifier", "all", "both", "each", "most")


def _speaks_of_part(chunks: Chunks, place: int) -> bool:
    """True for "any of the" and "at least two of the"."""
    behind = chunks[place + 1] if place + 1 < len(chunks) else None
    return chunks[place].text.endswith(" of") or (behind is not None and behind.text.split()[0] == "of")


def _stated(behind: Sequence[Chunk]) -> list[Chunk]:
    """The predicate of "most of the outstanding homes in Kent are run by Larkmoor": the words after the
    verb."""
    verb = next((at for at, one in enumerate(behind) if _is_verb(one) and not _goes_on(behind, at)), None)
    if verb is None:
        return _stated_without_verb(behind)
    found = _tellers(behind[verb:])
    return _told(found) or found


def _stated_without_verb(behind: Sequence[Chunk]) -> list[Chunk]:
    """The predicate of "all homes rated good require improvement for safe"."""
    conditions = _told(_tellers(behind))
    if also := _said_also(behind, conditions):
        return also
    free = [one for one in conditions if not _is_bound(behind, behind.index(one))]
    return free if len(free) < len(conditions) else []


def _said_also(behind: Sequence[Chunk], conditions: Sequence[Chunk]) -> list[Chunk]:
    """The conditions after "also", said of those that meet the ones before it: "homes told to improve on safe
    also need to improve on well-led"."""
    also = next((one for one in behind if one.text == "also"), None)
    after = [one for one in conditions if also is not None and one.start > also.start]
    return after if len(after) < len(conditions) else []


def _asked(ahead: Sequence[Chunk], behind: Sequence[Chunk], *, whole: bool) -> list[Chunk]:
    """The predicate of "are most of the outstanding homes in Kent run by Larkmoor?": the last words, ratings
    first."""
    found = _tellers(behind)
    bound = [one for one in found if _is_bound(behind, behind.index(one))]
    free = [one for one in found if one not in bound]
    if conditions := _told(free):
        return conditions
    second = next((at for at, one in enumerate(free) if one.kind == "kind"), None)
    if second is not None:  # "are most of the inadequate places care homes?"
        return free[second:]
    if not _told((*ahead, *bound)) and (not whole or _asks_of_others(behind)):
        return []
    return _last_joined(free, behind)


def _asks_of_others(behind: Sequence[Chunk]) -> bool:
    """True if words are left that the claim may be about instead: key questions, columns, the past."""
    return any(one.kind in _OF_OTHERS and not one.used for one in behind)


def _last_joined(free: Sequence[Chunk], behind: Sequence[Chunk]) -> list[Chunk]:
    """The last description, with those that "and" joins to it."""
    last = list(free[-1:])
    while last and len(free) > len(last):
        before, first = free[-len(last) - 1], last[0]
        between = behind[behind.index(before) + 1 : behind.index(first)]
        if not any(one.kind == "and" for one in between):
            break
        last = [before, *last]
    return last


def _told(chunks: Sequence[Chunk]) -> list[Chunk]:
    return [one for one in chunks if one.kind in TOLD]


def _tellers(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks that describe places, except exceptions: "Leeds aside"."""
    found = [one for one in chunks if one.kind in _TELLERS and not one.used and not _is_excepted(one)]
    return [one for one in found if one.kind != "kind" or any(kind.field for kind in one.value)]


def _is_excepted(chunk: Chunk) -> bool:
    return chunk.out and any(one.kind == "except" and not one.text.startswith("not ") for one in chunk.taken)


def _is_bound(behind: Sequence[Chunk], place: int) -> bool:
    """True for words that only say which places are meant: in a clause of its own ("that are good"), or after
    "rated" with more to follow ("rated good care homes")."""
    chunk, ahead = behind[place], place - 1
    if ahead >= 0 and behind[ahead].kind in ("and", "or"):
        return behind[ahead].text != "also" and _is_teller_bound(behind, ahead)
    if chunk.kind in TOLD and ahead >= 0 and _says_rated(behind[ahead]):
        return any(one.kind in (*TOLD, "kind") for one in _tellers(behind[place + 1 :]))
    while ahead >= 0 and behind[ahead].kind in (*_LOOSE, "or"):
        if behind[ahead].text.split()[0] in _RELATIVE:
            return True
        if behind[ahead].kind == "or":  # "that require improvement or are inadequate"
            return _is_teller_bound(behind, ahead)
        ahead -= 1
    return False


def _says_rated(chunk: Chunk) -> bool:
    """True for "rated", also in "now rated"."""
    return chunk.kind == "rated" or (chunk.kind == "time" and chunk.text.split()[-1] == "rated")


def _is_teller_bound(behind: Sequence[Chunk], end: int) -> bool:
    """True if the last description before ``end`` only says which places are meant."""
    last = next((at for at in range(end - 1, -1, -1) if behind[at].kind in _TELLERS), None)
    return last is not None and _is_bound(behind, last)


def _is_verb(chunk: Chunk) -> bool:
    words = chunk.text.split()
    if chunk.kind == "run_by":
        return words[0] in _OWNED
    if chunk.kind == "not":
        return words[0] in _DENIED
    if chunk.kind == "time":  # "most inadequate homes got their report in 2020"
        return words[0] in _GIVEN
    return chunk.kind in ("function", "quality", "rated") and words[0] in FINITE


def _goes_on(chunks: Sequence[Chunk], place: int) -> bool:
    """True for the verb of a clause that says which places are meant: "that are", "… or are"."""
    ahead = chunks[place - 1] if place else None
    return ahead is not None and (ahead.kind == "or" or ahead.text.split()[-1] in _RELATIVE)
