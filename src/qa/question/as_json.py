"""A Query as JSON and back: what clients get as ``understood.reading``, and what the page's chips send.

Every part is an object under its field's name; a condition or a measure also has its ``type``. Parts with
their default value are left out. Dates are ISO 8601, fractions text such as ``1/2``. Subjects are given by
their numbers in the index with this fingerprint, with their names as labels.

>>> to_json(Query(scope=algebra.Is("care_home", ("Y",)), measure=algebra.Count()))
{'scope': {'type': 'is', 'field': 'care_home', 'values': ['Y']}, 'measure': {'type': 'count'}}
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from qa.question import query as algebra
from qa.question.query import Condition, Measure, Query

DEEPEST = 20  # nested conditions
LONGEST = 1_000  # items in one list
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FRACTION = re.compile(r"\d{1,9}(?:/\d{1,9})?", re.ASCII)

Json = dict[str, Any]


def to_json(query: Query) -> Json:
    """Return ``query`` as JSON values. The same Query always gives the same JSON, with its keys in the order
    of the record's fields."""
    return _fields_to_json(query)


def from_json(value: object) -> Query:
    """Return the Query for ``value``. Raises ValueError, naming the place, if it is not one."""
    found = _record(Query, value, "reading", 0)
    assert isinstance(found, Query)  # _record returns an instance of the given class
    return found


def type_name(kind: type) -> str:
    """Return the JSON name of a condition or measure class: ``RatedFor`` → ``rated_for``."""
    return _HUMP.sub("_", kind.__name__).lower()


TAGGED: Mapping[str, type] = {type_name(kind): kind for kind in (*get_args(Condition), *get_args(Measure))}


def _fields_to_json(record: Any) -> Json:
    told = ((one, getattr(record, one.name)) for one in fields(record))
    return {one.name: _to_json(value) for one, value in told if value != _default(one)}


def _default(one: Field[Any]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _to_json(value: object) -> object:
    if isinstance(value, tuple):
        return [_to_json(one) for one in value]
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if is_dataclass(value):
        tag = {"type": type_name(type(value))} if type(value) in TAGGED.values() else {}
        return {**tag, **_fields_to_json(value)}
    return value


# From JSON -------------------------------------------------------------------------------------------------


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, vars(algebra))


def _record(kind: type, value: object, place: str, depth: int) -> object:
    if not isinstance(value, Mapping):
        raise _wrong(place, "must be an object")
    if depth > DEEPEST:
        raise _wrong(place, f"is nested more than {DEEPEST} deep")
    hints = _hints(kind)
    if strange := sorted(
        str(name) for name in set(value) - set(hints) - ({"type"} if kind in TAGGED.values() else set())
    ):
        raise _wrong(f"{place}.{strange[0]}", f"is not a field of {type_name(kind)}")
    for one in fields(kind):
        if one.name not in value and _default(one) is MISSING:
            raise _wrong(f"{place}.{one.name}", "is missing")
    read = {
        name: _read(hint, value[name], f"{place}.{name}", depth + 1)
        for name, hint in hints.items()
        if name in value
    }
    return kind(**read)


def _read(hint: Any, value: object, place: str, depth: int) -> object:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(get_args(hint), value, place, depth)
    if origin is tuple:
        return _tuple(get_args(hint), value, place, depth)
    if origin is Literal:
        if value not in get_args(hint):
            raise _wrong(place, f"must be one of {', '.join(map(str, get_args(hint)))}")
        return value
    return _SIMPLE[hint](value, place) if hint in _SIMPLE else _record(hint, value, place, depth)


def _one_of(options: tuple[Any, ...], value: object, place: str, depth: int) -> object:
    if value is None and NoneType in options:
        return None
    options = tuple(option for option in options if option is not NoneType)
    if len(options) == 1:
        return _read(options[0], value, place, depth)
    if not isinstance(value, Mapping):
        raise _wrong(place, "must be an object")
    tag = value.get("type")
    kind = TAGGED.get(tag) if isinstance(tag, str) else None
    if kind is None or kind not in options:
        raise _wrong(f"{place}.type", f"must be one of {', '.join(sorted(map(type_name, options)))}")
    return _record(kind, value, place, depth)


def _tuple(items: tuple[Any, ...], value: object, place: str, depth: int) -> tuple[object, ...]:
    if not isinstance(value, list | tuple) or len(value) > LONGEST:
        raise _wrong(place, f"must be a list of at most {LONGEST:,}")
    if items[-1] is Ellipsis:
        items = (items[0],) * len(value)
    if len(items) != len(value):
        raise _wrong(place, f"must be a list of {len(items)}")
    return tuple(
        _read(hint, one, f"{place}[{number}]", depth)
        for number, (hint, one) in enumerate(zip(items, value, strict=True))
    )


def _text(value: object, place: str) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(place, "must be text")


def _whole(value: object, place: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53:
        return value
    raise _wrong(place, "must be a whole number")


def _number(value: object, place: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise _wrong(place, "must be a number")


def _yes_or_no(value: object, place: str) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(place, "must be true or false")


def _date(value: object, place: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(value, place))
    except ValueError:
        raise _wrong(place, "must be an ISO date") from None


def _fraction(value: object, place: str) -> Fraction:
    try:
        if isinstance(value, str) and _FRACTION.fullmatch(value):
            return Fraction(value)
    except ZeroDivisionError:
        pass
    raise _wrong(place, "must be a fraction such as 1/2")


_SIMPLE: Mapping[Any, Callable[[object, str], object]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _yes_or_no,
    datetime.date: _date,
    Fraction: _fraction,
}


def _wrong(place: str, fault: str) -> ValueError:
    return ValueError(f"{place} {fault}")
