"""The past of the subjects that count in a Query over rows: events, how often they happened, and evidence for
them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.evaluation.plain.asked import is_long_ago
from qa.evaluation.plain.counted import Counted
from qa.evaluation.plain.history import Given, happened, speaking_for, told_with_date
from qa.evaluation.plain.subjects import Subject
from qa.facts.result import Group, Result
from qa.question import query as q
from qa.question.query import Condition, simple_conditions
from qa.records import RatingFact


class Chronicled(Counted):
    """One Query over rows: the ratings of the past."""

    def evidence(self, condition: Condition) -> list[RatingFact]:
        """Return the facts that decide whether the named subjects meet a condition on their past."""
        about = [
            one
            for one in simple_conditions(condition)
            if isinstance(one, q.Rated | q.Moved | q.Happened) and is_long_ago(one)
        ]
        named = [part.subjects for part in q.parts_of(self.query.scope) if isinstance(part, q.Named)][:1]
        if len(about) != 1 or not named:
            return []
        subjects = [one for one in self.rows.subjects if one.number in named[0]]
        found: list[Given] = []
        for subject in sorted(subjects, key=self.place_told):
            found += told_with_date(speaking_for(subject, about[0], self.rows))
        return [replace(self.rows.told(one.fact), previous_rating=one.before) for one in found[: self.shown]]

    def chronicled(self, measure: q.Events | q.Times, subjects: Sequence[Subject], figure: Result) -> Result:
        """Return a figure with the facts of the events of some subjects, each with the rating that preceded
        it at the time."""
        order = self.query.order
        if isinstance(measure, q.Times) and order is not None and order.key == "figure":
            figure, found = self.most_often(measure, subjects, figure)
        else:
            found = self.ratings_of(measure, subjects)
            if order is not None and order.key in ("date", "rating"):
                found = self.ranked_ratings(found, order)
        once = list({rating.fact.id: rating for rating in reversed(found)}.values())[::-1]
        dates = [rating.published for rating in once if rating.published is not None]
        return replace(
            figure,
            facts=tuple(map(self.told_then, once[: self.shown])),
            total=len(once),
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
        )

    def ratings_of(self, measure: q.Events | q.Times, subjects: Iterable[Subject]) -> list[Given]:
        """Return the ratings that a measure asks for, subject by subject in display order."""
        found: list[Given] = []
        for one in sorted(subjects, key=self.place_told):
            its = happened(one, measure.event, self.rows)
            if isinstance(measure, q.Events):
                its = told_with_date(its)
                its = {"first": its[:1], "last": its[-1:], "every": its}[measure.which]
            found += its
        return found

    def told_then(self, rating: Given) -> RatingFact:
        """Return the fact that states a rating, with the rating that preceded it at the time."""
        before = rating.before if rating.told else rating.rating
        return replace(self.rows.told(rating.fact), previous_rating=before)

    def ranked_ratings(self, found: Sequence[Given], order: q.Order) -> list[Given]:
        """Return ratings by date or from the best, at the requested ranks."""
        days = [rating.published.toordinal() if rating.published else -1 for rating in found]
        keys: list[int] = (
            days if order.key == "date" else [-(self.rows.scale.rank(rating.rating) or 0) for rating in found]
        )
        pairs = sorted((-one if order.descending else one, place) for place, one in enumerate(keys))
        places = self.places([one for one, _ in pairs]) if self.query.ranks is not None else [1] * len(pairs)
        return [found[at] for (_, at), place in zip(pairs, places, strict=True) if self.is_within(place)]

    def most_often(
        self, measure: q.Times, subjects: Sequence[Subject], figure: Result
    ) -> tuple[Result, list[Given]]:
        """Return the subjects by how often, at the requested ranks, and their ratings."""
        assert self.query.order is not None
        its = {one.number: happened(one, measure.event, self.rows) for one in subjects}
        sign = -1 if self.query.order.descending else 1
        ordered = sorted(subjects, key=lambda one: (sign * len(its[one.number]), one.number))
        keys = [len(its[one.number]) for one in ordered]
        places = self.places(keys) if self.query.ranks is not None else [1] * len(keys)
        chosen = [one for one, place in zip(ordered, places, strict=True) if self.is_within(place)]
        groups = tuple(Group((one.name,), float(len(its[one.number]))) for one in chosen[: self.shown])
        figure = replace(figure, groups=groups, groups_total=len(chosen))
        return figure, [rating for one in chosen for rating in its[one.number]]

    def place_told(self, subject: Subject) -> int:
        """Return the position of a subject in display order: as named in the question, otherwise as read."""
        for part in q.parts_of(self.query.scope):
            if isinstance(part, q.Named):
                return part.subjects.index(subject.number)
        return subject.number
