"""Score one candidate for a name: align every word of the span and weigh each agreement or disagreement.

What each is worth is in :mod:`qa.question.name_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from qa.question.name_index import Entries
from qa.question.name_kinds import NameKinds, NoKinds
from qa.question.name_weights import (
    COMMON_BITS,
    DISAGREEING,
    GENERAL,
    JOINED,
    KIND_AGREES,
    KIND_DENIES,
    KNOWN_WORD,
    LETTER,
    OTHER_KIND,
    OTHER_PLACE,
    OWNER,
    RESEMBLING,
    SLIP_NEAR,
    SLIPS,
    SMALL_WORD,
    SPELLING,
    TOLD_KIND,
    TOLD_PLACE,
    TOLD_POSTCODE,
    TRUST_LETTERS,
    UNTOLD,
    VARIANT,
    Alignment,
    NameContext,
    Part,
    Phrase,
    Reason,
    Typed,
)  # fmt: skip
from qa.question.name_words import FREE, GENERIC, KIND_WORDS, is_cut_short

_TRUST = frozenset(("nhs", "trust"))
_BETWEEN = frozenset(("at", "in", "on", "by", "for", "with"))  # small words that join parts of a name

_APART = frozenset("by in next on under upon".split())  # "Newcastle upon Tyne", "St Leonards-on-Sea"


class Aligner:
    """Aligns the words of one span with entries, one after another."""

    def __init__(
        self,
        entries: Entries,
        words: Sequence[Typed],
        phrases: Sequence[Phrase],
        told: NameContext,
        kinds: NameKinds | NoKinds,
        place_words: Mapping[str, int],
    ) -> None:
        self.entries, self.words, self.phrases, self.told = entries, words, phrases, told
        self.kinds = kinds
        self._place_words = place_words
        self.texts = [typed.forms[0] for typed in words]
        self.said = frozenset(self.texts)
        self.placed = frozenset(index for phrase in phrases for index in range(phrase.start, phrase.end))
        self.placed = self.placed if len(self.placed) < len(words) else frozenset()
        self.general = self.placed.union(index for index, text in enumerate(self.texts) if text in GENERIC)
        self.own = frozenset(form for typed in words for form in typed.forms if form not in GENERIC)
        joined = [(index, one + two) for index, (one, two) in enumerate(pairwise(self.texts))]
        self.pairs = [(index, both) for index, both in joined if both in entries.holders]
        self.steps = self._steps()
        self.slips = [index for index, typed in enumerate(words) if typed.near or typed.resembling]
        self.joined = [index for index, typed in enumerate(words) if typed.joined]
        self.bearing = [index for index, typed in enumerate(words) if typed.bearers]
        self.telling_places = [index for index, text in enumerate(self.texts) if self.tells_place(text)]
        self.counties = [index for index, text in enumerate(self.texts) if may_be_county(text)]
        self.left = [self._left_over(text) for text in self.texts]  # each word's reason if nothing agrees
        self.kind_words = [index for index, text in enumerate(self.texts) if text in KIND_WORDS]

    def _steps(self) -> list[tuple[Part, float, list[tuple[int, tuple[str, ...]]]]]:
        """Return the ways a word can match a name, in the order tried: for each, the part it counts as, its
        weight in bits, and the word forms to look for.
        """
        last = self.words[-1] if self.words else None
        plain = [
            (at, typed.forms if typed is last else typed.forms[:1]) for at, typed in enumerate(self.words)
        ]
        varied = [(at, (*typed.forms[1:], *typed.variants)) for at, typed in enumerate(self.words)]
        return [("name", 0.0, plain), ("variant", VARIANT, [one for one in varied if one[1]])]

    def _left_over(self, word: str) -> Reason:
        """What a word counts as if it agrees with nothing of an entry."""
        if is_free(self.entries, word):
            return Reason(word, "free", 0.0)
        part = "other number" if word[0].isdigit() else "left over"
        return Reason(word, part, -self.entries.rarity(word))

    def align(self, entry: int) -> Alignment:
        """Return the alignment of the span with one entry."""
        return _One(self, entry).result()

    def tells_place(self, word: str) -> bool:
        """True if the word is in the names of so few places that it identifies one."""
        return 0 < self._place_words.get(word, 0) <= 3


class _One:
    """The alignment of one entry, step by step: first the name, then the address, owner and kind. Words that
    are left over disagree."""

    __slots__ = (
        *("aligner", "at", "beside", "done", "entries", "entry", "held", "initials", "name", "nearness"),
        *("reasons", "taken", "words"),
    )

    def __init__(self, aligner: Aligner, entry: int) -> None:
        self.aligner, self.entry = aligner, entry
        self.entries, self.words = aligner.entries, aligner.words
        self.name = self.entries.names[entry].split()
        self.held = frozenset(self.name)
        self.at: dict[int, int] = {}  # word of the span → word of the name
        self.taken: set[int] = set()  # words of the name that were typed
        # Those of them that are also in a place mentioned beside the name, so that they identify no subject.
        self.beside: set[int] = set()
        self.done: set[int] = set()  # words of the span that are aligned
        self.reasons: list[Reason] = []
        self.initials = False
        self.nearness = 0.0

    def result(self) -> Alignment:
        self._name()
        if len(self.done) < len(self.words):
            self._initials()
            self._misspelt()
        if len(self.done) < len(self.words):
            if self.entries.columns:
                self._address()
                self._owner()
            self._kind()
        self._evidence()
        self._leftovers()
        tier = self._tier()
        rarity = self.entries.rarity
        untold = sum([rarity(word) for at, word in enumerate(self.name) if at not in self.taken])
        score = sum([reason.bits for reason in self.reasons]) - (0.0 if self.initials else UNTOLD * untold)
        slips = sum([SLIPS.get(reason.part, 0.0) for reason in self.reasons]) + self._small_word_untold()
        named = frozenset([self.name[at] for at in self.taken - self.beside])
        against = tuple([reason for reason in self.reasons if reason.part in DISAGREEING])
        reasons = tuple(self.reasons)
        return Alignment(self.entry, score, tier, slips, self.nearness, named, reasons, against)

    def column(self, field: str) -> str:
        column = self.entries.columns.get(field)
        return "" if column is None else column[self.entry]

    def _say(self, indexes: Sequence[int], part: Part, bits: float, meant: str = "") -> None:
        self.done.update(indexes)
        texts = self.aligner.texts
        said = texts[indexes[0]] if len(indexes) == 1 else " ".join([texts[index] for index in indexes])
        self.reasons.append(Reason(said, part, bits, meant))
        if bits > 0:
            self.nearness += bits * GENERAL if self.aligner.general.issuperset(indexes) else bits

    # The name -----------------------------------------------------------------------------------------------

    def _name(self) -> None:
        for part, penalty, forms_of in self.aligner.steps:
            for index, forms in forms_of:
                if index not in self.done and not self.held.isdisjoint(forms):
                    self._agree(index, forms, part, penalty)
        for index in self.aligner.counties:
            if index not in self.done and (counties := self._counties(index)):
                self._agree(index, counties, "short form", VARIANT)
        self._joined()

    def _agree(self, index: int, forms: Sequence[str], part: Part, penalty: float) -> None:
        if (at := self._open(forms, index)) is not None:
            said, word = self.words[index].forms[0], self.name[at]
            if part == "variant" and self._is_inner_plural(index, word):
                part = "inner plural"
            bits = bits_of(self.entries, said, word)
            if word in FREE:
                bits = min(bits, SMALL_WORD)
            self._take(index, (at,), part, bits + penalty)

    def _is_inner_plural(self, index: int, word: str) -> bool:
        """True if the name has a distinctive word, not the last one typed, in the other number: "Elms
        House"."""
        typed = self.words[index]
        if index == len(self.words) - 1 or word in GENERIC or word in typed.forms:
            return False
        return not is_cut_short(typed.forms[0], word)

    def _open(self, forms: Sequence[str], index: int) -> int | None:
        """Return where in the name one of the ``forms`` is not aligned yet; of several positions, the one
        nearest after the previously aligned word."""
        if self.held.isdisjoint(forms):
            return None
        places = [at for at, word in enumerate(self.name) if word in forms and at not in self.taken]
        if len(places) < 2:
            return places[0] if places else None
        following = 1 + max((at for other, at in self.at.items() if other < index), default=-1)
        return min(places, key=lambda at: abs(at - following))

    def _counties(self, index: int) -> list[str]:
        """The counties of the name that the typed word may abbreviate: Staffs, Yorks."""
        said = self.aligner.texts[index]
        return [word for word in self.name if word.endswith("shire") and word.startswith(said[:-1])]

    def _take(self, index: int, places: Sequence[int], part: Part, bits: float, meant: str = "") -> None:
        self.taken.update(places)
        self.at[index] = places[0]
        self._say((index,), part, bits, meant)

    def _joined(self) -> None:
        for index in self.aligner.joined:
            typed = self.words[index]
            if index not in self.done and self.held.issuperset(typed.joined):
                size = len(typed.joined)
                at = next(
                    (at for at in range(len(self.name)) if tuple(self.name[at : at + size]) == typed.joined),
                    None,
                )
                if at is not None and self.taken.isdisjoint(range(at, at + size)):
                    bits = sum(self.entries.rarity(word) for word in typed.joined)
                    bits = min(bits, self.entries.rarity(typed.forms[0]))
                    self._take(index, range(at, at + size), "joined", bits + JOINED)
        for index, joined in self.aligner.pairs:
            if (
                joined in self.held
                and self.done.isdisjoint((index, index + 1))
                and (at := self._open([joined], index)) is not None
            ):
                self._take(index, [at], "joined", self.entries.rarity(joined) + JOINED)
                self.at[index + 1] = at
                self.done.add(index + 1)

    def _misspelt(self) -> None:
        left = [index for index in self.aligner.slips if index not in self.done]
        street = self.column("street").split() if left else ()
        for index in left:
            typed = self.words[index]
            if typed.forms[0] in street:  # the name may be spelled differently from its own street
                continue
            if typed.near and (at := self._open(typed.near, index)) is not None:
                part, penalty = ("known word", KNOWN_WORD) if typed.known else ("spelling", SPELLING)
                bits = self.entries.rarity(self.name[at]) + penalty
                self._take(index, [at], part, bits, self.name[at])
                self.nearness += max(0.0, SLIP_NEAR - max(bits, 0.0))
            elif typed.resembling and (at := self._open(list(typed.resembling), index)) is not None:
                word = self.name[at]
                most = min(RESEMBLING, self.entries.rarity(word))
                self._take(index, [at], "resembling word", typed.resembling[word] * most)

    def _initials(self) -> None:
        for index in self.aligner.bearing:
            typed = self.words[index]
            if index not in self.done and self.entry in typed.bearers and self._is_untold():
                customary = TRUST_LETTERS if self.held >= _TRUST else 0.0
                self._take(
                    index, range(len(self.name)), "initials", LETTER * len(typed.forms[-1]) + customary
                )
                self.initials = True

    def _is_untold(self) -> bool:
        """True if no word of the name was typed except small words."""
        return all(self.name[at] in FREE for at in self.taken)

    # Its address, owner and kind ----------------------------------------------------------------------------

    def _address(self) -> None:
        for phrase in self.aligner.phrases:
            span = range(phrase.start, phrase.end)
            if not self.done.issuperset(span) and any(
                self.column(field) == value for field, value in phrase.readings
            ):
                self._say(
                    [index for index in span if index not in self.done], "place", self._place_bits(span)
                )
        for field in ("street", "address"):
            self._along(field)
        postcode = self.column("postcode")
        if postcode:
            self._postcode(postcode)
        left = [index for index in self.aligner.telling_places if index not in self.done]
        here = (
            [word for field in ("town", "local_authority") for word in self.column(field).split()]
            if left
            else []
        )
        for index in left:
            if self.words[index].forms[0] in here:
                self._say([index], "place", self._place_bits([index]))

    def _place_bits(self, span: Sequence[int]) -> float:
        held = min(len(self.entries.near_holders.get(self.words[index].forms[0], ())) for index in span)
        return max(0.0, self.entries.prior - (held + 1).bit_length())

    def _along(self, field: str) -> None:
        """Align a street or second address line if all its words except numbers were typed in sequence; a
        number beside it agrees as well."""
        said = self.column(field).split()
        if self.aligner.said.isdisjoint(said):
            return
        words = [word for word in said if not word[0].isdigit() and word not in FREE]
        if not self.aligner.said.issuperset(words) or GENERIC.issuperset(words):
            return
        start = self._typed_at(words)
        if start is not None:
            numbered = start and self.aligner.texts[start - 1] in said
            self._say_street(range(start - 1 if numbered else start, start + len(words)))

    def _say_street(self, span: Sequence[int]) -> None:
        fresh = [index for index in span if index not in self.done]
        if fresh:
            self._say(fresh, "street", self._place_bits(fresh))

    def _typed_at(self, words: Sequence[str]) -> int | None:
        """The first index at which these words were typed in sequence."""
        texts, size = self.aligner.texts, len(words)
        for start in range(len(texts) - size + 1):
            if texts[start : start + size] == words:
                return start
        return None

    def _postcode(self, postcode: str) -> None:
        outward, _, inward = postcode.partition(" ")
        texts = self.aligner.texts
        if outward not in self.aligner.said and outward + inward not in self.aligner.said:
            return
        for index, text in enumerate(texts):
            pair = index + 1 < len(texts) and text == outward and texts[index + 1] == inward
            if index in self.done or not (pair or text in (outward, outward + inward)):
                continue
            self._say(
                [index, index + 1] if pair else [index],
                "postcode",
                self.entries.prior if pair or text != outward else 4.0,
            )
            return

    def _owner(self) -> None:
        for field in ("provider", "brand"):
            held = self.column(field).split() if len(self.done) < len(self.words) else []
            if self.aligner.own.isdisjoint(held):
                continue
            for index, typed in enumerate(self.words):
                if index not in self.done and any(
                    form in held and form not in GENERIC for form in typed.forms
                ):
                    self._say([index], field, OWNER * self.entries.rarity(typed.forms[0]))

    def _kind(self) -> None:
        left = [index for index in self.aligner.kind_words if index not in self.done]
        while left:
            said, bits = self._kind_said(left.pop(0), left)
            left = [one for one in left if one not in said]
            if bits is not None:
                self._judge_kind(said, bits)

    def _judge_kind(self, said: Sequence[int], bits: float) -> None:
        """Weigh the words for a kind, which agree with that of the entry by so many bits."""
        if bits >= KIND_AGREES:
            own = self._own_kind_bits(self._texts(said))
            bits = bits if own > KIND_DENIES else own
        fresh = [one for one in said if one not in self.done]
        if bits >= KIND_AGREES:
            self._say(fresh, "kind", bits)
        elif bits <= KIND_DENIES:
            self._say(fresh, "other kind", OTHER_KIND + max(bits, -5.0))

    def _kind_said(self, index: int, left: Sequence[int]) -> tuple[list[int], float | None]:
        """Return the words for one kind that begin at ``index``, a pair if something is known of it, and how
        far they agree with the kind of the entry; ``left`` are the further words for kinds."""
        pair = self._pair(index, left)
        bits = self._kind_bits(self._texts(pair)) if pair else None
        return (pair, bits) if bits is not None else ([index], self._kind_bits(self._texts([index])))

    def _pair(self, index: int, left: Sequence[int]) -> list[int]:
        """A word for a kind with the one beside it, which the name may have: "care home" where it has "care",
        or "home"; empty if there is none."""
        if left and left[0] == index + 1:
            return [index, index + 1]
        if index and self.aligner.texts[index - 1] in KIND_WORDS and index - 1 in self.done:
            return [index - 1, index]
        return [index, index + 1] if self._is_before_kind(index) else []

    def _texts(self, indexes: Sequence[int]) -> tuple[str, ...]:
        return tuple([self.aligner.texts[index] for index in indexes])

    def _is_before_kind(self, index: int) -> bool:
        """True if the word after a typed one is for a kind and in the name."""
        after = index + 1
        return after < len(self.words) and after in self.done and self.aligner.texts[after] in KIND_WORDS

    def _kind_bits(self, words: tuple[str, ...]) -> float | None:
        bits = self.aligner.kinds.bits(words, self.entry)
        return bits or None

    def _own_kind_bits(self, words: tuple[str, ...]) -> float:
        """How far typed words for a kind agree with the kind in the name itself, if that kind was not typed:
        "Broadstreet Hospital" is not Broadstreet Medical Centre."""
        untold = [at for at, word in enumerate(self.name) if word in KIND_WORDS and at not in self.taken]
        pair = tuple(untold[-2:])
        if len(pair) == 2 and pair[0] + 1 != pair[1]:
            pair = pair[1:]
        return self.aligner.kinds.alike(words, tuple(self.name[at] for at in pair)) if pair else 0.0

    # What the rest of the question says, and what is left over ----------------------------------------------

    def _evidence(self) -> None:
        for text, readings in self.aligner.told.places:
            words = text.split()
            agrees = (
                any(self.column(field) == value for field, value in readings)
                or self.held.issuperset(words)
                or begins_town(text, self.column("town"))
            )
            if agrees:
                self.beside.update(
                    at for at, word in enumerate(self.name) if word in words and at not in self.taken
                )
                self.taken |= self.beside
            self._judge(text, "place", agrees, TOLD_PLACE, OTHER_PLACE)
        for area in self.aligner.told.postcodes:
            self._judge(
                area, "postcode", in_postcode_area(self.column("postcode"), area), TOLD_POSTCODE, OTHER_PLACE
            )
        for street in self.aligner.told.streets:
            agrees = any(f" {street} " in f" {self.column(field)} " for field in ("street", "address"))
            self._judge(street, "street", agrees, TOLD_POSTCODE, OTHER_PLACE)
        for field, values in self.aligner.told.kinds:
            if not self.column(field):
                continue  # its kind is unknown
            self._judge(
                " or ".join(sorted(values)), "kind", self.column(field) in values, TOLD_KIND, OTHER_KIND
            )

    def _judge(self, text: str, part: Part, agrees: bool, for_it: float, against: float) -> None:
        """Weigh what the question says beside the name."""
        self.reasons.append(
            Reason(text, f"told {part}", for_it) if agrees else Reason(text, f"other {part}", against)
        )

    def _leftovers(self) -> None:
        left = enumerate(self.aligner.left)
        self.reasons += [reason for index, reason in left if index not in self.done]
        if self.name and not self.initials and self._is_untold():
            self.reasons.append(Reason("", "address only", 0.0))

    def _small_word_untold(self) -> float:
        """Return a quarter of a slip if "at" or the like was left out between typed words: "Care at Home" is
        not a care home."""
        if _BETWEEN.isdisjoint(self.held):
            return 0.0
        inner = range(min(self.taken, default=0), max(self.taken, default=0))
        return 0.25 * any(self.name[at] in _BETWEEN for at in inner if at not in self.taken)

    def _without_owner(self, words: Sequence[str]) -> list[str]:
        """The words without initials of the owner before a name: "EACH" of East Anglia's Children's
        Hospices."""
        owners = [owner for field in ("provider", "brand") if (owner := self.column(field))]
        return [
            word
            for word in words
            if not any(
                word[0] == owner[0] and len(word) == owner.count(" ") + 1 > 1 and word == _initials_of(owner)
                for owner in owners
            )
        ]

    def _tier(self) -> int:
        if self.initials:
            return 1
        order = [self.at[index] for index in sorted(self.at)] if len(self.at) > 1 else []
        ordered = order == sorted(order)
        untold = [word for at, word in enumerate(self.name) if at not in self.taken and word not in FREE]
        if ordered and untold:
            untold = self._without_owner(untold)
        parts = {reason.part for reason in self.reasons}
        if not untold and ordered and parts.isdisjoint(("kind", "provider", "brand")):
            return 0
        if ordered and GENERIC.issuperset(untold):
            return 1
        return 2 if parts.isdisjoint(("provider", "brand")) else 3


def _initials_of(words: str) -> str:
    return "".join([word[0] for word in words.split()])


def begins_town(said: str, town: str) -> bool:
    """True for a folded town without what sets it apart from its namesakes: "st leonards" for "st leonards on
    sea"; not "sutton" for "sutton coldfield", which is another town."""
    rest = town.removeprefix(f"{said} ")
    return rest != town and rest.partition(" ")[0] in _APART


def is_free(entries: Entries, word: str) -> bool:
    """True if a typed word that no name has says nothing: "the", or "care" where most names have it."""
    if word in FREE or word == "s" or word.removesuffix("s") in FREE:
        return True
    return word in GENERIC and entries.rarity(word) < COMMON_BITS


def may_be_county(word: str) -> bool:
    """True if a word may be an abbreviated county: Staffs, Yorks."""
    return len(word) >= 4 and word[-1] == "s"


def bits_of(entries: Entries, said: str, word: str) -> float:
    """Return what ``said`` is worth as a form of ``word``, its plural or singular: the bits of the commoner
    of the two."""
    rarity = entries.rarity(word)
    return rarity if said == word else min(entries.rarity(said), rarity)


def in_postcode_area(postcode: str, area: str) -> bool:
    """True if the folded ``postcode`` lies in the area, district or sector: "sw1a 1aa" in "sw", "sw1" and
    "sw1a 1", not in "s"."""
    outward, _, inward = postcode.partition(" ")
    district, _, rest = area.partition(" ")
    if rest or not inward:
        return outward == district and inward.startswith(rest)
    if district == outward + inward:
        return True
    following = outward[len(district) :]
    divided = following[:1].isdigit() if district.isalpha() else following.isalpha() or not following
    return outward.startswith(district) and divided
