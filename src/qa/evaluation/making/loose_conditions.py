"""The conditions of looser questions: a scope as a noun with its conditions around it, or as a predicate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa.evaluation.making.loose_words import LooseWords, NoWordsError, wordings
from qa.language.dates import Period, say_period
from qa.phrasing import joined
from qa.question import query as q
from qa.question.query import WHOLE, Condition, Quantifier

_MOVES = {(1,): "improved", (-1,): "worsened", (0,): "stayed", (1, -1): "changed"}
_SIGNS = {1: "higher", 0: "same", -1: "lower"}

Said = tuple[str, Mapping[str, str]]  # a section of the wordings, and the values for its braces


class LooseConditions(LooseWords):
    """Words scopes and conditions."""

    def scope(self, scope: Condition) -> str:
        """Return a noun with its conditions around it."""
        noun, rest = self._noun(scope)
        before, after = "", list[str]()
        for part in rest:
            forms = self._forms(part)
            if forms.get("before") and not before and self.random.random() < 0.5:
                before = f"{forms['before']} "
            elif forms.get("after"):
                after.append(forms["after"])
            else:
                raise NoWordsError
        relative = [one for one in after if one.split()[0] in ("that", "which", "whose")]
        direct = [one for one in after if one not in relative]
        tail = [*direct, *([joined(relative, "and")] if relative else [])]
        return " ".join([f"{before}{noun}", *tail])

    def _noun(self, scope: Condition) -> tuple[str, Sequence[Condition]]:
        for part in q.parts_of(scope):
            label = self.vocabulary.kinds.label(part) if isinstance(part, q.Is) else None
            if label:
                return self.random.choice(wordings()["word"]["noun"].get(label, [label])), [
                    one for one in q.parts_of(scope) if one is not part
                ]
        return self.vocabulary.kinds.noun, q.parts_of(scope)

    def _are(self, condition: Condition) -> str:
        """Return a predicate: "are rated good"."""
        forms = self._forms(condition)
        if not forms.get("are"):
            raise NoWordsError
        return forms["are"]

    def _forms(self, condition: Condition) -> Mapping[str, str]:
        """Return a condition in the forms before a noun, after it and as a predicate, as far as these
        exist."""
        if isinstance(condition, q.Or):
            return self._either(condition)
        negated = isinstance(condition, q.Not)
        part = condition.part if isinstance(condition, q.Not) else condition
        if type(part) not in _SECTIONS:
            raise NoWordsError
        section, told = _SECTIONS[type(part)](self, part)
        kinds = wordings()["condition"][section]
        wanted = (
            {"after": "not_after", "are": "not_are"}
            if negated
            else {"before": "before", "after": "after", "are": "are"}
        )
        return {
            form: self.random.choice(kinds[name]).format_map(told)
            for form, name in wanted.items()
            if name in kinds
        }

    def _either(self, condition: q.Or) -> Mapping[str, str]:
        if len(condition.parts) != 2:
            raise NoWordsError
        sides = [self._forms(part) for part in condition.parts]
        kinds, found = wordings()["condition"]["either"], {}
        for form in ("after", "are"):
            if all(form in side for side in sides):
                found[form] = self.random.choice(kinds[form]).format(
                    first=sides[0][form], second=sides[1][form]
                )
        return found

    def _is(self, part: q.Is) -> Said:
        field, values = self._field(part.field), joined(part.values, "or")
        told = {"values": values, "label": field.label}
        if field.name == "inherited":
            if part.values != ("Y",):
                raise NoWordsError
            return "inherited", told
        label = self.vocabulary.kinds.label(part)
        if label:
            return "kind", {"values": label}
        if field.place:
            return ("own_place" if field.own else "place"), told
        return ("provider" if field.name == "provider" else "column"), told

    def _rated(self, part: q.Rated) -> Said:
        told = {
            "ratings": self._ratings(part.ratings),
            "aspect": self._aspect(part.aspect),
            "service": part.service,
        }
        if part.service != WHOLE:
            if part.aspect != WHOLE or part.when != "now":
                raise NoWordsError
            return "rated_in", told
        if part.when == "first" or part.since is not None or part.until is not None:
            raise NoWordsError
        if part.when != "now":
            return f"rated_{part.when}", told
        if part.aspect != WHOLE:
            return "rated_for", told
        is_plain = len(part.ratings) == 1
        return ("rated" if is_plain else "rated_range"), told

    def _rated_for(self, part: q.RatedFor) -> Said:
        told = {"ratings": self._ratings(part.ratings)}
        if part.low == len(part.aspects):
            return "all_of", told
        if part.high == 0:
            return "none_of", told
        return "some_of", {**told, "bounds": self._bounds(Quantifier(low=part.low, high=part.high))}

    def _aspect_against(self, part: q.AspectAgainst) -> Said:
        return f"aspect_{_SIGNS[part.sign]}", {
            "aspect": self._aspect(part.aspect),
            "other": self._aspect(part.other),
        }

    def _rated_against(self, part: q.RatedAgainst) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE) or part.before:
            raise NoWordsError
        return f"{_SIGNS[part.sign]}_{'as' if not part.sign else 'than'}", {"name": self._short(part.label)}

    def _published(self, part: q.Published) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE):
            raise NoWordsError
        return "published", {"period": say_period(Period(part.since, part.until, 0, 0, ""))}

    def _moved(self, part: q.Moved) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE) or part.since is not None or part.until is not None:
            raise NoWordsError
        return _MOVES[part.signs], {}

    def _unrated(self, part: q.Unrated) -> Said:
        if (part.aspect, part.service) != (WHOLE, WHOLE):
            raise NoWordsError
        return "unrated", {}

    def _measured_by(self, part: q.Measured) -> Said:
        low, high = (None if bound is None else f"{bound:g}" for bound in (part.low, part.high))
        return "measured", {"label": self._field(part.field).label, "bounds": self._between(low, high)}

    def _postcode(self, part: q.Postcode) -> Said:
        return "postcode", {"values": joined(part.areas, "or")}

    def _name_has(self, part: q.NameHas) -> Said:
        return "name_has", {"values": joined(part.words, "and")}

    def _other_than(self, part: q.Named) -> Said:
        return "named", {"values": joined([self._short(name) for name in part.labels], "and")}


_SECTIONS: dict[type, Callable[[LooseConditions, Any], Said]] = {
    q.Is: LooseConditions._is,
    q.Rated: LooseConditions._rated,
    q.RatedFor: LooseConditions._rated_for,
    q.AspectAgainst: LooseConditions._aspect_against,
    q.RatedAgainst: LooseConditions._rated_against,
    q.Published: LooseConditions._published,
    q.Moved: LooseConditions._moved,
    q.Unrated: LooseConditions._unrated,
    q.Measured: LooseConditions._measured_by,
    q.Postcode: LooseConditions._postcode,
    q.NameHas: LooseConditions._name_has,
    q.Named: LooseConditions._other_than,
}
