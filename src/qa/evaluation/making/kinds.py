"""One maker for each kind of question: it chooses from the world and computes the gold by going through the
entries.

A maker returns the values for its wording and the gold, or ``None`` if what it chose makes no good question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qa.evaluation.making.plain_tables import Entry
from qa.evaluation.making.world import World, wordings
from qa.question.query import WHOLE

LONGEST_LIST = 20  # the most names in a gold
MOST_TIED = 4
_NO = r"\b(no|not|never|none|isn.?t|wasn.?t|hasn.?t|didn.?t|doesn.?t)\b"


@dataclass(frozen=True)
class Made:
    """The values for the braces of a wording, the gold, and the earlier questions."""

    values: Mapping[str, str]
    gold: Mapping[str, Any]
    history: tuple[str, ...] = ()


Maker = Callable[[World], Made | None]


def _gold_rating(entry: Entry) -> dict[str, Any]:
    return {"names": [entry.name], "rating": entry.rating}


def _lookup_rating(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    return Made({"name": entry.name}, _gold_rating(entry))


def _lookup_domain(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    rated = {
        aspect: fact.rating
        for aspect, fact in entry.facts.items()
        if fact.rating and entry.scale.rank(fact.rating) is not None
    }
    aspects = sorted(rated.keys() - {WHOLE})
    if not aspects:
        return None
    aspect = world.random.choice(aspects)
    return Made(
        {"name": entry.name, "aspect": aspect.lower()},
        {"names": [entry.name], "rating": rated[aspect], "domain": aspect},
    )


def _lookup_before(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    if not entry.before:
        return None
    before = r"\s+".join(map(re.escape, entry.before.split()))
    return Made({"name": entry.name}, {"names": [entry.name], "direct": [rf"\b{before}\b"]})


def _misspelt(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    typed = world.misspelt(entry.name)
    return Made({"name": typed}, _gold_rating(entry)) if typed else None


def _when(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    published = entry.facts[WHOLE].published
    return (
        Made({"name": entry.name}, {"names": [entry.name], "date": published.isoformat()})
        if published
        else None
    )


def _yes_no(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    rating = str(entry.rating)
    asked = rating if world.random.random() < 0.5 else world.other_rating(rating)
    return Made(
        {"name": entry.name, "rating": asked},
        _gold_rating(entry) | {"direct": [r"\byes\b" if asked == rating else _NO]},
    )


def _false_premise(world: World) -> Made | None:
    entry = world.entry()
    if entry is None:
        return None
    asked = world.other_rating(entry.rating, entry.before)
    return Made({"name": entry.name, "rating": asked}, _gold_rating(entry) | {"direct": [_NO]})


def _count_filter(world: World) -> Made | None:
    group, rating = world.chosen(), world.random.choice(world.scale)
    return Made(
        {"rated": f"{group.what} rated {rating}"}, {"value": len(group.rated(rating)), "unit": "count"}
    )


def _list_filter(world: World) -> Made | None:
    group, rating = world.chosen(), world.random.choice(world.ratings)
    found = group.rated(rating)
    if not 0 < len(found) <= LONGEST_LIST:
        return None
    return Made(
        {"what": group.what, "rating": rating, "rated": f"{group.what} rated {rating}"}, _gold_list(found)
    )


def _improved(world: World) -> Made | None:
    group = world.chosen()
    found = [entry for entry in group.entries if entry.improved]
    return Made({"what": group.what}, _gold_list(found)) if 0 < len(found) <= LONGEST_LIST else None


def _gold_list(entries: list[Entry]) -> dict[str, Any]:
    return {"names": sorted({entry.name for entry in entries}), "total": len(entries)}


def _share(world: World) -> Made | None:
    group, rating = world.chosen(), world.random.choice(world.ratings)
    rated = [entry for entry in group.entries if entry.rating]
    if len(rated) < 2:
        return None
    return Made(
        {"what": group.what, "rating": rating},
        {"value": round(100 * len(group.rated(rating)) / len(rated), 1), "unit": "percent"},
    )


def _superlative(world: World) -> Made | None:
    group, rating = world.random.choice(world.groups), world.random.choice(world.ratings)
    level, field = world.random.choice(list(wordings()["levels"].items()))
    names, most = world.leaders(group.rated(rating), field)
    if not names or len(names) > MOST_TIED or not world.several_values(group.entries, field):
        return None
    return Made(
        {"level": level, "rated": f"{group.what} rated {rating}"},
        {"names": names, "value": most, "unit": "count"},
    )


def _compare(world: World) -> Made | None:
    first, second = world.entry(), world.entry()
    if first is None or second is None or first is second or first.scale != second.scale:
        return None
    values = {entry.name: str(entry.rating) for entry in (first, second)}
    best = min(values.values(), key=first.scale.ratings.index)
    winner = sorted(name for name, rating in values.items() if rating == best)
    gold = {"names": list(values), "values": values, "rating": best}
    return Made(
        {"name": first.name, "other": second.name}, gold | ({"winner": winner} if len(winner) == 1 else {})
    )


def _compare_places(world: World) -> Made | None:
    field = world.random.choice(list(wordings()["levels"].values()))
    places = [place for place in world.places if place.field == field]
    if len(places) < 2:
        return None
    pair, group, rating = (
        world.random.sample(places, 2),
        world.random.choice(world.groups),
        world.random.choice(world.ratings),
    )
    values = {place.name: len(world.within(group, place).rated(rating)) for place in pair}
    most = max(values.values())
    if not most:
        return None
    gold = {
        "names": list(values),
        "values": values,
        "winner": sorted(name for name, count in values.items() if count == most),
    }
    return Made(
        {"rated": f"{group.what} rated {rating}", "place": pair[0].name, "elsewhere": pair[1].name}, gold
    )


def _provider_rollup(world: World) -> Made | None:
    names = {entry.name for entry in world.tables.entries}
    providers = sorted(
        {value for entry in world.tables.entries if (value := entry.attributes.get("provider"))} - names
    )
    if not providers:
        return None
    provider = world.random.choice(providers)
    run = [entry for entry in world.tables.entries if entry.attributes.get("provider") == provider]
    return (
        Made(
            {"what": world.groups[0].what, "provider": provider},
            {"names": [provider], "value": len(run), "unit": "count"},
        )
        if len(run) > 1
        else None
    )


def _ambiguous(world: World) -> Made | None:
    entries = world.namesakes()
    if not entries:
        return None
    return Made(
        {"name": entries[0].name}, {"names": sorted({entry.name for entry in entries}), "total": len(entries)}
    )


def _unknown_name(world: World) -> Made | None:
    name = world.invented(with_tail=True)
    return (
        Made({"invented": name, "rating": world.random.choice(world.scale)}, {"answerable": False})
        if name
        else None
    )


def _unknown_place(world: World) -> Made | None:
    name = world.invented(with_tail=False)
    values = {"what": world.random.choice(world.groups).what, "rating": world.random.choice(world.scale)}
    return Made(values | {"invented": name}, {"answerable": False}) if name else None


def _out_of_schema(world: World) -> Made | None:
    entry = world.entry()
    return Made({"name": entry.name}, {"answerable": False}) if entry else None


def _follow_up_name(world: World) -> Made | None:
    first, second = world.entry(), world.entry()
    if first is None or second is None or first is second:
        return None
    asked = world.random.choice(wordings()["lookup_rating"]).format(name=first.name)
    return Made({"other": second.name}, _gold_rating(second), (asked,))


def _follow_up_rating(world: World) -> Made | None:
    group, first = world.chosen(), world.random.choice(world.ratings)
    second = world.other_rating(first)
    asked = f"How many {group.what} are rated {first}?"
    return (
        Made({"rating": second}, {"value": len(group.rated(second)), "unit": "count"}, (asked,))
        if group.entries
        else None
    )


MAKERS: Mapping[str, Maker] = {
    "lookup_rating": _lookup_rating,
    "lookup_domain": _lookup_domain,
    "lookup_before": _lookup_before,
    "misspelt": _misspelt,
    "when": _when,
    "yes_no": _yes_no,
    "false_premise": _false_premise,
    "count_filter": _count_filter,
    "list_filter": _list_filter,
    "improved": _improved,
    "share": _share,
    "superlative": _superlative,
    "compare": _compare,
    "compare_places": _compare_places,
    "provider_rollup": _provider_rollup,
    "ambiguous": _ambiguous,
    "unknown_name": _unknown_name,
    "unknown_place": _unknown_place,
    "out_of_schema": _out_of_schema,
    "follow_up_name": _follow_up_name,
    "follow_up_rating": _follow_up_rating,
}
