"""The everyday names for the kinds of place in a table that uses its own labels.

The kinds of ``kinds.toml`` are values of the Care Quality Commission's columns. Another table has a column of
kinds with values of its own, such as "Care home" and "Nursing home". People may call a value by its own name
("nursing homes"), by the other words of the kind in ``kinds.toml`` with that word ("residential homes"), and
several values together by the noun that they end in ("homes").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from qa.language.plurals import plurals
from qa.language.tokens import key
from qa.question.grammar import Grammar, Kind
from qa.question.parts import Sense

FIELDS = ("kind", "type")  # the columns that may have kinds; the first that exists is used


def own_kinds(field: str, values: Sequence[str], grammar: Grammar) -> Iterator[tuple[str, Sense]]:
    """Yield the folded phrases for the ``values`` of a column of kinds, with the kind of each."""
    ending = defaultdict[str, list[str]](list)
    said = dict[str, Kind]()
    for value in values:
        folded = key(value)
        if not folded:
            continue
        ending[folded.split()[-1]].append(value)
        said.update(dict.fromkeys(_forms(folded), Kind(_plural(value), field, (value,))))
    for noun, together in ending.items():
        if len(together) < len(values) and _is_general(noun, grammar):
            continue  # "services" are all, even if some are a "care home service"
        label = plurals(noun)[-1]
        for form in _forms(noun):
            said.setdefault(form, Kind(label, field, tuple(together)))
    for phrase, kind in _other_words(grammar, said):
        said.setdefault(phrase, kind)
    return ((phrase, Sense("kind", kind)) for phrase, kind in said.items())


def turned_round(value: str) -> Iterator[str]:
    """Yield a kind that is written with its noun first, such as "Acute hospital - NHS non-specialist", as
    people say it: with its noun last, and the words before it in any order."""
    head, _, qualifiers = value.partition(" - ")
    *before, noun = key(head).split() or [""]
    words = (*before, *key(qualifiers).replace("non ", _NON).split())
    if not qualifiers or "&" in value or len(words) > _MOST_TURNED:
        return
    yield from (f"{' '.join(order)} {noun}".replace(_NON, "non ") for order in permutations(words))


_NON = "non_"  # keeps "non" with the word that it denies
_MOST_TURNED = 3  # words before the noun


def _is_general(noun: str, grammar: Grammar) -> bool:
    """True if a noun means anything that is rated: "service", "place"."""
    senses = [sense for form in _forms(noun) for sense in grammar.phrases.get(form, ())]
    return any(sense.kind == "kind" and not sense.value.field for sense in senses)


def _other_words(grammar: Grammar, said: Mapping[str, Kind]) -> list[tuple[str, Kind]]:
    """The other phrases in ``kinds.toml`` for the kinds in a table."""
    found = list[tuple[str, Kind]]()
    for general, phrases in _phrases_by_kind(grammar).items():
        own = {said[phrase] for phrase in phrases if phrase in said}
        exact = {kind for kind in own if len(kind.values) == 1} or own
        if key(general.label) in said:
            exact = {said[key(general.label)]}
        if len(exact) == 1:
            found += [(phrase, next(iter(exact))) for phrase in phrases]
    return found


def _phrases_by_kind(grammar: Grammar) -> Mapping[Kind, list[str]]:
    """The phrases for each kind in ``kinds.toml`` that is a value of a column."""
    together = defaultdict[Kind, list[str]](list)
    for phrase, senses in grammar.phrases.items():
        for sense in senses:
            if sense.kind == "kind" and sense.value.field:
                together[sense.value].append(phrase)
    return together


def _forms(folded: str) -> set[str]:
    """The singular and the plural of a phrase in either form."""
    singular = folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded
    return {folded, *plurals(singular)}


def _plural(value: str) -> str:
    """The plural of a value: "Care home" → "care homes"; "GP" keeps its capitals."""
    words = value.split()
    words[-1] = plurals(words[-1])[-1]
    return " ".join(word.lower() if word[1:].islower() or len(word) == 1 else word for word in words)
