"""Words the fields of subjects: who runs it, where it is, how many beds it has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qa.answering.context import Context, Telling, count_figure
from qa.answering.dating import one_date, up_to
from qa.answering.distances import nearest
from qa.answering.english import is_plural, listed, listed_comma, number, singular, with_article
from qa.answering.lists import nobody, stated
from qa.answering.subjects import SOME
from qa.answering.wording import scope_phrase, subjects_of
from qa.answering.wording_parts import PLACE_KINDS
from qa.facts.result import Result, Value
from qa.fields import Field
from qa.phrasing import long_date
from qa.question.query import Query, near_parts
from qa.reading.written_dates import read_date
from qa.records import Figure

_STATED = {
    "provider": "is run by",
    "brand": "belongs to the brand",
    "kind": "is listed as",
    "type": "is listed as",
}
_DATED = {"opened": "opened", "closed": "closed"}


def tell_values(query: Query, result: Result, context: Context) -> Telling:
    """Word the values of a Result: in a sentence for each named subject, in brackets in a list."""
    subjects = _by_subject(result.values)
    if subjects_of(query.scope) and subjects:
        text, figures = _named(subjects, context), _numbers(result.values, context)
        if text.startswith("All "):
            figures = (count_figure("subjects", len(subjects)), *figures)
        return Telling(f"{text} {_as_of(result, context)}", figures)
    return _list(query, result, subjects, context)


def _by_subject(values: Sequence[Value]) -> list[list[Value]]:
    return [list(same) for _, same in groupby(values, key=lambda value: value.subject)]


def _as_of(result: Result, context: Context) -> str:
    date = one_date(result.facts) if result.facts else None
    return f"As published {long_date(date)}." if date else up_to(result, context)


def _named(subjects: Sequence[Sequence[Value]], context: Context) -> str:
    fields = {value.field for one in subjects for value in one}
    if (
        len(subjects) > 1
        and len(fields) == 1
        and len({one[0].value for one in subjects}) == 1
        and subjects[0][0].value
    ):
        every = "Both" if len(subjects) == 2 else f"All {number(len(subjects))}"
        names = listed([one[0].name for one in subjects], SOME)
        return f"{every} {_are(_statement(subjects[0][0], context.field(*fields)))}: {names}."
    return " ".join(f"{one[0].name} {_statements(one, context)}." for one in subjects[:SOME])


def _are(statement: str) -> str:
    """Turn a statement about one into one about several."""
    for one, several in (("is ", "are "), ("has ", "have "), ("belongs ", "belong ")):
        if statement.startswith(one):
            return several + statement.removeprefix(one)
    return statement


def _statements(values: Sequence[Value], context: Context) -> str:
    """``is run by Alder Care Ltd``, ``is at 1 Park Street, Wem, SY4 5AA``; several fields are joined."""
    address = [value.value for value in values if value.value and context.field(value.field).address]
    told = [
        _statement(value, context.field(value.field))
        for value in values
        if not context.field(value.field).address or not (value.value or address)
    ]
    if len(address) > 1:
        told = [f"is at {listed_comma(address)}", *told]
    elif address:
        told = [
            _statement(
                next(one for one in values if one.value == address[0]),
                context.field(_field_of(values, address[0])),
            ),
            *told,
        ]
    return listed(told, len(told))


def _field_of(values: Sequence[Value], told: str) -> str:
    return next(value.field for value in values if value.value == told)


def _lacked(field: Field) -> str:
    """Name what the tables lack: "number of beds", "provider"."""
    return field.plural if field.type == "number" else singular(field.label)


def _statement(value: Value, field: Field) -> str:
    """``is run by …``, ``has 18 beds``; an empty cell is stated as such."""
    told = (value.value or "").strip()
    if not told:
        return f"has no {'number of ' if field.type == 'number' else ''}{_lacked(field)} in the tables"
    if field.type == "date" and (date := read_date(told)):
        verb = _DATED.get(field.name)
        return f"{verb} on {long_date(date)}" if verb else f"has the {field.label} {long_date(date)}"
    if field.name in _STATED:
        return f"{_STATED[field.name]} {told}"
    if field.place:
        return f"is in {told} ({PLACE_KINDS.get(field.name, field.label)})"
    if field.type == "yesno":
        return _yes_or_no(told.upper() in ("Y", "YES", "TRUE"), field)
    return (
        f"has {told} {field.label}"
        if field.type == "number" and is_plural(field.label)
        else f"has the {field.label} {told}"
    )


def _yes_or_no(yes: bool, field: Field) -> str:
    if field.name == "care_home":
        return f"is {'' if yes else 'not '}{with_article(field.label)}"
    return f"has {with_article(field.label) if yes else f'no {field.label}'}"


def _list(query: Query, result: Result, subjects: Sequence[Sequence[Value]], context: Context) -> Telling:
    label, total = scope_phrase(query.scope, None, context), max(result.total, len(subjects))
    figure = count_figure(label, total)
    if not subjects:
        return Telling(f"{nobody(query.scope, context)}. {up_to(result, context)}", (figure,))
    shown = subjects[:SOME] if total <= SOME else subjects[:3]
    told = listed([f"{one[0].name} ({_bracketed(one, context)})" for one in shown], len(shown))
    lead = f"{number(total)} {stated(query.scope, total, context)}"
    if query.order and query.ranks and query.order.key == "distance" and near_parts(query.scope):
        label = nearest(query, total, context)
        figure, lead = count_figure(label, total), f"The {'' if total == 1 else f'{number(total)} '}{label}"
    text = f"{lead}: {told}." if total <= SOME else f"{lead}. Among them are {told}."
    numbers = _numbers([value for one in shown for value in one], context)
    return Telling(f"{text} {up_to(result, context)}", (figure, *numbers))


def _bracketed(values: Sequence[Value], context: Context) -> str:
    """Return the values for brackets; for an address, only the lines that exist."""
    held = [value for value in values if value.value or not context.field(value.field).address]
    return listed_comma([_told(value, context.field(value.field)) for value in held or values])


def _told(value: Value, field: Field) -> str:
    if not value.value:
        return f"no {field.label}"
    date = read_date(value.value) if field.type == "date" else None
    return long_date(date) if date else value.value


def _numbers(values: Sequence[Value], context: Context) -> tuple[Figure, ...]:
    """Return the values that are numbers, as figures."""
    found = []
    for value in values:
        if value.value and context.field(value.field).type == "number":
            try:
                found.append(
                    count_figure(
                        f"{value.name}: {context.field(value.field).label}",
                        float(value.value.replace(",", "")),
                    )
                )
            except ValueError:
                continue
    return tuple(found)
