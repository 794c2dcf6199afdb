"""What an answer must say, and every way in which it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.records import Answer, RatingFact
from questions.plain_table import WHOLE, Key, Location

MOST_FACTS = 50
FigureTold = tuple[str | None, float | str, str]  # label, where it matters; value; unit


@dataclass(frozen=True)
class Expected:
    """What an answer must say.

    ``key`` is the service and aspect that its facts are about; ``None`` where either of two may be told.

    A question for yes or no may be put so that a plain answer does as well; a wrong "yes" or "no" never does.
    """

    status: str = "answered"
    locations: tuple[Location, ...] = ()
    key: Key | None = WHOLE
    figures: tuple[FigureTold, ...] = ()  # at the head of the answer's figures, in this order
    says: tuple[str, ...] = ()  # in the text
    names_first: str = ""  # the text begins with it, after a yes or no
    yes: bool | None = None

    def faults(self, answer: Answer, *, strict: bool = True) -> list[str]:
        """Every way in which ``answer`` is not as expected; unless ``strict``, a yes or no may be left
        unsaid.
        """
        if answer.status != self.status:
            return [f"status is {answer.status}, not {self.status}"]
        text = answer.answer.text
        wrong = [*self._faults_of_facts(answer), *self._faults_of_figures(answer)]
        wrong += [
            f"text does not say {words!r}" for words in self.says if words.casefold() not in text.casefold()
        ]
        if not re.sub(r"^(?:Yes|No)\. ", "", text).startswith(self.names_first):
            wrong.append(f"text does not begin with {self.names_first!r}")
        said = {"Yes": True, "No": False}.get(re.split(r"[.:]", text, maxsplit=1)[0])
        if self.yes is not None and said is not self.yes and (strict or said is not None):
            wrong.append(f"text says {said}, not {self.yes}")
        return wrong

    def _faults_of_figures(self, answer: Answer) -> list[str]:
        told: list[FigureTold] = [(figure.label, figure.value, figure.unit) for figure in answer.figures]
        told += [("", "none", "")] * len(self.figures)
        return [
            f"figure {place} is {found}, not {wanted}"
            for place, (found, wanted) in enumerate(zip(told, self.figures, strict=False), 1)
            if found[1:] != wanted[1:] or wanted[0] not in (None, found[0])
        ]

    def _faults_of_facts(self, answer: Answer) -> list[str]:
        wanted = {location.identifier: location for location in self.locations}
        told = [fact.attributes.get("identifier", "") for fact in answer.facts]
        wrong = []
        if answer.facts_total != len(wanted):
            wrong.append(f"facts_total is {answer.facts_total}, not {len(wanted)}")
        if (
            len(set(told)) != len(told)
            or len(told) != min(len(wanted), MOST_FACTS)
            or not wanted.keys() >= set(told)
        ):
            wrong.append(
                f"facts are {len(told)} of which {len(set(told) - wanted.keys())} are wrong, not "
                f"{len(wanted)}"
            )
        return wrong + [f"untrue fact {fact.id}" for fact in answer.facts if not self._true(fact, wanted)]

    def _true(self, fact: RatingFact, wanted: Mapping[str, Location]) -> bool:
        key, location = (
            (fact.service or "Overall", fact.aspect),
            wanted.get(fact.attributes.get("identifier", "")),
        )
        if location is None or (self.key is not None and key != self.key):
            return location is None  # told above
        rated = location.ratings[key]
        return (fact.subject, fact.rating, fact.published, fact.previous_rating) == (
            location.name,
            rated.rating,
            rated.date,
            rated.before,
        )


NOT_FOUND = Expected("not_found")


def counted(locations: Sequence[Location], key: Key | None = WHOLE) -> Expected:
    return Expected(locations=tuple(locations), key=key, figures=((None, len(locations), "count"),))
