"""A corpus of 500 subjects with eight dated visits each, and questions about their past with gold by plain
code, apart from the program.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

SCALE = ("Inadequate", "Requires improvement", "Good", "Outstanding")  # worst first
UNRATED = "Inspected but not rated"
HEADS = (
    *(
        "Location ID",
        "Location Name",
        "Care Home?",
        "Location City",
        "Location Local Authority",
        "Domain",
        "Latest Rating",
    ),
    *("Publication Date", "Registration status", "Location HSCA End Date", "Predecessor", "Successor"),
)
_FIRST = (
    *(
        "Alder",
        "Birch",
        "Cedar",
        "Damson",
        "Elder",
        "Fern",
        "Gorse",
        "Hazel",
        "Ivy",
        "Juniper",
        "Laurel",
        "Maple",
        "Nettle",
        "Oak",
    ),
    *(
        "Poplar",
        "Quince",
        "Rowan",
        "Sorrel",
        "Thistle",
        "Willow",
        "Yarrow",
        "Bramble",
        "Clover",
        "Heather",
        "Jasmine",
    ),
)
_SECOND = (
    *(
        "bank",
        "bourne",
        "brook",
        "cliffe",
        "combe",
        "croft",
        "dale",
        "field",
        "ford",
        "gate",
        "grove",
        "hurst",
        "lea",
        "mead",
        "mere",
    ),
    *("ridge", "stead", "thorpe", "vale", "wick"),
)
_LAST = ("House", "Lodge", "Court", "Manor")
TOWNS = {
    "Kingsmere": "Northshire",
    "Fennbridge": "Northshire",
    "Stowell": "Eastshire",
    "Larkham": "Eastshire",
    "Pendock": "Westshire",
}
Visit = tuple[datetime.date, str]


@dataclass(frozen=True)
class Home:
    """A subject: its visits from the oldest, those without a rating among them; when it closed, if it did."""

    number: int
    name: str
    town: str
    care_home: bool
    visits: tuple[Visit, ...]
    closed: datetime.date | None = None
    predecessor: str = ""
    successor: str = ""

    @property
    def council(self) -> str:
        return TOWNS[self.town]

    @property
    def ratings(self) -> list[Visit]:
        return [(day, rating) for day, rating in self.visits if rating in SCALE]

    def at(self, day: datetime.date) -> str | None:
        """The rating that stood on a day."""
        found = [rating for date, rating in self.ratings if date <= day]
        return found[-1] if found else None

    def steps(self) -> list[tuple[datetime.date, int, str, str]]:
        """Every rating after the first: when, how far it moved, from what, to what."""
        return [
            (day, SCALE.index(new) - SCALE.index(old), old, new)
            for (_, old), (day, new) in pairwise(self.ratings)
        ]

    def stood(self, since: datetime.date, until: datetime.date | None = None) -> set[str]:
        """The ratings that stood at some time from ``since`` up to, not on, ``until``."""
        found = set()
        for place, (day, rating) in enumerate(self.ratings):
            end = self.ratings[place + 1][0] if place + 1 < len(self.ratings) else None
            if (end is None or end > since) and (until is None or day < until):
                found.add(rating)
        return found


def homes(seed: int = 0, number: int = 500) -> list[Home]:
    """Return the subjects: most visited eight times in 2012 to 2025, at uneven distances; some
    closed since.
    """
    random = Random(seed)
    names = [
        f"{first}{second} {_LAST[(one + two) % 4]}"
        for one, first in enumerate(_FIRST)
        for two, second in enumerate(_SECOND)
    ]
    random.shuffle(names)
    found = []
    for place, name in enumerate(names[:number]):
        days = sorted(
            random.sample(
                range(datetime.date(2012, 1, 3).toordinal(), datetime.date(2025, 11, 1).toordinal()), 8
            )
        )
        rating, visits = random.choice(SCALE), []
        for day in days:
            if random.random() < 0.55:
                step = random.choice((-1, 1))
                rating = SCALE[min(3, max(0, SCALE.index(rating) + step))]
            visits.append((datetime.date.fromordinal(day), UNRATED if random.random() < 0.12 else rating))
        if not any(rating in SCALE for _, rating in visits):
            visits[0] = (visits[0][0], "Good")
        closed = None
        if random.random() < 0.1:
            closed = visits[-1][0] + datetime.timedelta(days=random.randint(20, 400))
            closed = min(closed, datetime.date(2025, 12, 1))
        predecessor = f"Old {name.split()[0]} Hall" if random.random() < 0.15 else ""
        successor = f"New {name.split()[0]} Place" if closed and random.random() < 0.5 else ""
        town = random.choice(list(TOWNS))
        found.append(
            Home(place + 1, name, town, random.random() < 0.7, tuple(visits), closed, predecessor, successor)
        )
    return found


def write(folder: Path, subjects: Sequence[Home], seed: int = 0) -> None:
    """Write the table of all visits, in no order."""
    rows = [
        [
            *(
                f"1-{home.number}",
                home.name,
                "Y" if home.care_home else "N",
                home.town,
                home.council,
                "Overall",
                rating,
                day.isoformat(),
            ),
            *(
                "Deregistered" if home.closed else "Registered",
                home.closed.isoformat() if home.closed else "",
            ),
            *(home.predecessor, home.successor),
        ]
        for home in subjects
        for day, rating in home.visits
    ]
    Random(seed).shuffle(rows)
    lines = [",".join(cells) for cells in (HEADS, *rows)]
    (folder / "visits.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


# Questions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A question and its gold: what the answer's text must hold, how it must begin, its count, and what it
    must not say.
    """

    kind: str
    text: str
    holds: tuple[str, ...] = ()
    begins: str = ""
    count: int | None = None
    names: tuple[str, ...] | None = None
    never: tuple[str, ...] = field(default=())


def said(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


class Asker:
    """Draws questions of every kind about some homes."""

    def __init__(self, subjects: Sequence[Home], seed: int) -> None:
        self.homes = list(subjects)
        self.random = Random(seed)
        self.kinds: dict[str, Callable[[], Asked | None]] = {
            name.removeprefix("ask_"): getattr(self, name) for name in dir(self) if name.startswith("ask_")
        }

    def questions(self, number: int) -> Iterator[Asked]:
        """Yield so many questions, of all kinds in turn."""
        kinds = list(self.kinds.values())
        made = 0
        while made < number:
            asked = kinds[made % len(kinds)]()
            if asked is not None:
                made += 1
                yield asked

    def _home(self, fits: Callable[[Home], bool] = lambda _: True) -> Home:
        return self.random.choice([home for home in self.homes if fits(home)])

    def _say(self, *wordings: str, **told: object) -> str:
        return self.random.choice(wordings).format(**told)

    def _rating(self) -> str:
        return self.random.choice(SCALE)

    def _year(self, first: int = 2013) -> int:
        return self.random.randint(first, 2024)

    def _scope(self) -> tuple[str, list[Home]]:
        """A noun phrase, and the homes that it means, closed ones too."""
        place = self.random.choice([*TOWNS, *TOWNS.values(), ""])
        care = self.random.random() < 0.8
        chosen = [
            one for one in self.homes if place in ("", one.town, one.council) and (one.care_home or not care)
        ]
        noun = "care homes" if care else "places"
        return f"{noun} in {place}" if place else noun, chosen

    # One subject --------------------------------------------------------------------------------------------

    def ask_in_year(self) -> Asked | None:
        home, year = self._home(), self._year()
        rating = home.at(datetime.date(year, 12, 31))
        text = self._say(
            "What was {name} rated in {year}?",
            "What was the rating of {name} in {year}?",
            "How was {name} rated in {year}?",
            "What rating did {name} have in {year}?",
            "{name} rating in {year}",
            "What did {name} get in {year}?"
            if any(day.year == year for day, _ in home.ratings)
            else "How was {name} rated in {year}?",
            "In {year}, what was {name} rated?",
            "How good was {name} in {year}?",
            "What rating had {name} back in {year}?",
            name=home.name,
            year=year,
        )
        if rating is None:
            return Asked("in_year", text, never=SCALE)
        return Asked("in_year", text, holds=(rating,))

    def ask_as_at(self) -> Asked | None:
        home = self._home()
        day = datetime.date(self._year(2016), self.random.randint(1, 12), self.random.randint(1, 28))
        rating = home.at(day)
        if rating is None:
            return None
        text = self._say(
            "What was {name} rated on {day}?",
            "What was the rating of {name} as at {day}?",
            "How was {name} rated as of {day}?",
            name=home.name,
            day=said(day),
        )
        return Asked("as_at", text, holds=(rating,))

    def ask_in_two_years(self) -> Asked | None:
        home = self._home()
        first, second = sorted(self.random.sample(range(2015, 2025), 2))
        told = [home.at(datetime.date(year, 12, 31)) for year in (first, second)]
        if None in told:
            return None
        text = self._say(
            "What was {name} rated in {first} and {second}?",
            "What was {name} rated in {first} and in {second}?",
            "Compare {name} in {first} and {second}",
            "How was {name} rated in {first} compared with {second}?",
            name=home.name,
            first=first,
            second=second,
        )
        pairs = zip((first, second), told, strict=True)
        return Asked(
            "in_two_years",
            text,
            holds=tuple(f"31 December {year}: {home.name}" for year, _ in pairs) + tuple(map(str, told)),
        )

    def ask_better_than_now(self) -> Asked | None:
        home, year, up = self._home(), self._year(2015), self.random.random() < 0.5
        then, now = home.at(datetime.date(year, 12, 31)), home.ratings[-1][1]
        if then is None:
            return None
        step = SCALE.index(then) - SCALE.index(now)
        better = ("Was {name} better in {year} than now?", "Was {name} better in {year} than it is today?")
        words = better if up else ("Was {name} worse in {year} than now?",)
        return Asked(
            "better_than_now",
            self._say(*words, name=home.name, year=year),
            begins="Yes" if (step > 0 if up else step < 0) else "No",
        )

    def ask_before_year(self) -> Asked | None:
        home, year = self._home(), self._year(2017)
        rating = home.at(datetime.date(year - 1, 12, 31))
        if rating is None:
            return None
        text = self._say(
            "What was {name} rated before {year}?",
            "How was {name} rated before {year}?",
            "What rating did {name} have before {year}?",
            name=home.name,
            year=year,
        )
        return Asked("before_year", text, holds=(rating,))

    def ask_before(self) -> Asked | None:
        home = self._home(lambda one: len(one.ratings) > 1)
        text = self._say(
            "What was {name} rated before?",
            "What was the previous rating of {name}?",
            "What was {name} before its current rating?",
            "What did {name} have before?",
            "What rating did {name} have previously?",
            "What was the rating of {name} last time?",
            name=home.name,
        )
        return Asked("before", text, holds=(home.ratings[-2][1],))

    def ask_first(self) -> Asked | None:
        home = self._home()
        day, rating = home.ratings[0]
        text = self._say(
            "What was the first rating of {name}?",
            "How was {name} first rated?",
            "What was {name} rated at first?",
            "What was {name} originally rated?",
            "What was {name} rated to begin with?",
            "What was {name}'s earliest rating?",
            "{name}'s first rating?",
            name=home.name,
        )
        return Asked("first", text, holds=(rating, said(day)))

    def ask_first_when(self) -> Asked | None:
        home = self._home()
        text = self._say(
            "When was {name} first rated?",
            "When did {name} get its first rating?",
            name=home.name,
        )
        return Asked("first_when", text, holds=(said(home.ratings[0][0]),))

    def ask_last_when(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        days = [day for day, one in home.ratings if one == rating]
        text = self._say(
            "When was {name} last rated {rating}?",
            "When was {name} last {rating}?",
            "When did {name} last have a rating of {rating}?",
            "When was the last time {name} was rated {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked(
            "last_when",
            text,
            holds=(said(days[-1]),) if days else ("not rated", rating),
            never=() if days else ("Yes",),
        )

    def ask_first_got(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        days = [day for day, one in home.ratings if one == rating]
        if not days:
            return None
        text = self._say(
            "When was {name} first rated {rating}?",
            "When did {name} first get {rating}?",
            "When was {name} {rating} for the first time?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked("first_got", text, holds=(said(days[0]),))

    def ask_became(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        days = [day for day, _, old, new in home.steps() if new == rating != old]
        if home.ratings[0][1] == rating:
            days = [home.ratings[0][0], *days]
        if not days:
            return None
        text = self._say(
            "When did {name} become {rating}?",
            "When did {name} last become {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked("became", text, holds=(said(days[-1]),))

    def ask_last_moved(self) -> Asked | None:
        home, up = self._home(), self.random.random() < 0.5
        days = [day for day, step, _, _ in home.steps() if (step > 0 if up else step < 0)]
        words = (
            (
                "When did {name} last improve?",
                "When was the last time {name} improved?",
                "When did {name}'s rating last go up?",
                "When was {name}'s last improvement?",
            )
            if up
            else (
                "When did {name} last get worse?",
                "When was the last time {name} got worse?",
                "When was {name} last downgraded?",
                "When was {name} last marked down?",
            )
        )
        text = self._say(*words, name=home.name)
        return Asked(
            "last_moved", text, holds=(said(days[-1]),) if days else ("not given", "rating than before")
        )

    def ask_changed(self) -> Asked | None:
        home = self._home()
        days = [day for day, step, _, _ in home.steps() if step]
        text = self._say(
            "When did the rating of {name} change?",
            "When did {name} change rating?",
            "When has {name}'s rating changed?",
            "On which dates did {name}'s rating change?",
            "Did {name}'s rating change, and when?",
            name=home.name,
        )
        return Asked("changed", text, holds=tuple(map(said, days)) or ("not given a different rating",))

    def ask_last_changed(self) -> Asked | None:
        home = self._home(lambda one: any(step for _, step, _, _ in one.steps()))
        day = [day for day, step, _, _ in home.steps() if step][-1]
        text = self._say(
            "When did {name}'s rating last change?",
            "When was the last change in {name}'s rating?",
            name=home.name,
        )
        return Asked("last_changed", text, holds=(said(day),))

    def ask_timeline(self) -> Asked | None:
        home = self._home()
        text = self._say(
            "How has {name} been rated over the years?",
            "What is the rating history of {name}?",
            "Show all ratings of {name} over time",
            "Show me a timeline of {name}'s ratings",
            "What ratings has {name} had?",
            "{name} ratings over time",
            "History of ratings for {name}",
            "Give me the full rating history of {name}",
            "List the ratings of {name} since the beginning",
            name=home.name,
        )
        return Asked(
            "timeline", text, holds=tuple(f"{rating} (published {said(day)})" for day, rating in home.ratings)
        )

    def ask_ever(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        is_so = rating in {one for _, one in home.ratings}
        text = self._say(
            "Has {name} ever been {rating}?",
            "Was {name} ever rated {rating}?",
            "Has {name} ever had a rating of {rating}?",
            "Has {name} been rated {rating} at any time?",
            "Was there ever a time when {name} was {rating}?",
            "Did {name} ever receive a rating of {rating}?",
            "Has {name} ever been rated {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked(
            "ever",
            text,
            begins="Yes" if is_so else "No",
            holds=(str(len(home.ratings)),) if len(home.ratings) > 1 else (),
        )

    def ask_never(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        is_so = rating not in {one for _, one in home.ratings}
        text = self._say(
            "Has {name} never been {rating}?",
            "Was {name} never rated {rating}?",
            "Is it true that {name} has never been rated {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked("never", text, begins="Yes" if is_so else "No")

    def ask_always(self) -> Asked | None:
        home = self._home()
        rating = self.random.choice((home.ratings[-1][1], self._rating()))
        is_so = {rating} == {one for _, one in home.ratings}
        text = self._say(
            "Has {name} always been {rating}?",
            "Was {name} always rated {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked("always", text, begins="Yes" if is_so else "No")

    def ask_ever_moved(self) -> Asked | None:
        home, up = self._home(), self.random.random() < 0.5
        is_so = any(step > 0 if up else step < 0 for _, step, _, _ in home.steps())
        words = (
            ("Has {name} ever improved?", "Did {name} ever improve its rating?")
            if up
            else (
                "Has {name} ever got worse?",
                "Has {name} ever been downgraded?",
                "Did {name} ever get worse?",
            )
        )
        return Asked("ever_moved", self._say(*words, name=home.name), begins="Yes" if is_so else "No")

    def ask_since(self) -> Asked | None:
        home, year, rating = self._home(), self._year(2014), self._rating()
        is_so = rating in home.stood(datetime.date(year, 1, 1))
        text = self._say(
            "Has {name} been {rating} since {year}?",
            "Has {name} been rated {rating} at any time since {year}?",
            "Has {name} ever been {rating} since {year}?",
            name=home.name,
            rating=rating.lower(),
            year=year,
        )
        return Asked("since", text, begins="Yes" if is_so else "No")

    def ask_was_in_year(self) -> Asked | None:
        home, year, rating = self._home(), self._year(2016), self._rating()
        standing = home.at(datetime.date(year, 12, 31))
        if standing is None or len(home.stood(datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1))) > 1:
            return None
        text = self._say(
            "Was {name} {rating} in {year}?",
            "Was {name} rated {rating} in {year}?",
            name=home.name,
            rating=rating.lower(),
            year=year,
        )
        return Asked("was_in_year", text, begins="Yes" if standing == rating else "No")

    def ask_moved_since(self) -> Asked | None:
        home, year = self._home(), self._year(2016)
        start, end = home.at(datetime.date(year - 1, 12, 31)), home.ratings[-1][1]
        if start is None:
            return None
        up = self.random.random() < 0.5
        step = SCALE.index(end) - SCALE.index(start)
        words = (
            ("Has {name} improved since {year}?", "Has {name} got better since {year}?")
            if up
            else ("Has {name} got worse since {year}?", "Has {name} been downgraded since {year}?")
        )
        return Asked(
            "moved_since",
            self._say(*words, name=home.name, year=year),
            begins="Yes" if (step > 0 if up else step < 0) else "No",
        )

    def ask_how_often(self) -> Asked | None:
        home, rating = self._home(), self._rating()
        number = sum(one == rating for _, one in home.ratings)
        text = self._say(
            "How often has {name} been {rating}?",
            "How many times has {name} been rated {rating}?",
            "How often was {name} rated {rating}?",
            "How many {rating} ratings has {name} had?",
            "How many times was {name} {rating}?",
            name=home.name,
            rating=rating.lower(),
        )
        return Asked("how_often", text, count=number)

    def ask_how_often_rated(self) -> Asked | None:
        home = self._home()
        text = self._say(
            "How often has {name} been rated?",
            "How many times has {name} been rated?",
            "How many ratings has {name} had?",
            name=home.name,
        )
        return Asked("how_often_rated", text, count=len(home.ratings))

    def ask_how_often_moved(self) -> Asked | None:
        home, way = self._home(), self.random.choice(("up", "down", "change"))
        fits: dict[str, Callable[[int], bool]] = {
            "up": lambda step: step > 0,
            "down": lambda step: step < 0,
            "change": bool,
        }
        number = sum(fits[way](step) for _, step, _, _ in home.steps())
        words = {
            "up": (
                "How often has {name} improved?",
                "How many times has {name} improved?",
                "How many times did {name}'s rating go up?",
            ),
            "down": ("How often has {name} got worse?", "How many times has {name} been downgraded?"),
            "change": (
                "How often has {name}'s rating changed?",
                "How many times has the rating of {name} changed?",
            ),
        }
        return Asked("how_often_moved", self._say(*words[way], name=home.name), count=number)

    def ask_closed(self) -> Asked | None:
        home = self._home(lambda one: one.closed is not None or self.random.random() < 0.1)
        text = self._say("Has {name} closed?", "Is {name} closed?", "Has {name} closed down?", name=home.name)
        return Asked(
            "closed",
            text,
            begins="Yes" if home.closed else "No",
            holds=(said(home.closed),) if home.closed else (),
        )

    def ask_closed_when(self) -> Asked | None:
        home = self._home(lambda one: one.closed is not None)
        assert home.closed is not None
        text = self._say(
            "When did {name} close?", "When was {name} closed?", "When did {name} shut down?", name=home.name
        )
        return Asked("closed_when", text, holds=(said(home.closed),))

    def ask_rating_of_closed(self) -> Asked | None:
        home = self._home(lambda one: one.closed is not None)
        assert home.closed is not None
        text = self._say("What is {name} rated?", "How is {name} rated?", name=home.name)
        return Asked("rating_of_closed", text, holds=(home.ratings[-1][1], said(home.closed), "closed"))

    def ask_predecessor(self) -> Asked | None:
        home = self._home(lambda one: bool(one.predecessor))
        text = self._say(
            "What was {name} called before?",
            "What was {name} formerly called?",
            "What is the predecessor of {name}?",
            "What was {name} previously called?",
            "What did {name} use to be called?",
            "What name did {name} have before?",
            "Who came before {name}?",
            name=home.name,
        )
        return Asked("predecessor", text, holds=(home.predecessor,))

    def ask_successor(self) -> Asked | None:
        home = self._home(lambda one: bool(one.successor))
        text = self._say(
            "What is the successor of {name}?",
            "What replaced {name}?",
            "What is {name} called now?",
            "What came after {name}?",
            "Who took over from {name}?",
            "What came in place of {name}?",
            "What is the new name of {name}?",
            name=home.name,
        )
        return Asked("successor", text, holds=(home.successor,))

    # Several subjects ---------------------------------------------------------------------------------------

    def _open(self, chosen: Sequence[Home], day: datetime.date | None = None) -> list[Home]:
        return [one for one in chosen if one.closed is None or (day is not None and one.closed > day)]

    def ask_count_now(self) -> Asked | None:
        (phrase, chosen), rating = self._scope(), self._rating()
        text = self._say(
            "How many {scope} are {rating}?",
            "How many {scope} are rated {rating} now?",
            scope=phrase,
            rating=rating.lower(),
        )
        return Asked("count_now", text, count=sum(one.ratings[-1][1] == rating for one in self._open(chosen)))

    def ask_count_in_year(self) -> Asked | None:
        (phrase, chosen), rating, year = self._scope(), self._rating(), self._year()
        day = datetime.date(year, 12, 31)
        text = self._say(
            "How many {scope} were {rating} in {year}?",
            "How many {scope} were rated {rating} in {year}?",
            "In {year}, how many {scope} were {rating}?",
            "How many {scope} were {rating} at the end of {year}?",
            scope=phrase,
            rating=rating.lower(),
            year=year,
        )
        return Asked(
            "count_in_year", text, count=sum(one.at(day) == rating for one in self._open(chosen, day))
        )

    def ask_share_in_year(self) -> Asked | None:
        (phrase, chosen), rating, year = self._scope(), self._rating(), self._year(2015)
        day = datetime.date(year, 12, 31)
        held = [one.at(day) for one in self._open(chosen, day) if one.at(day)]
        if not held:
            return None
        text = self._say(
            "What share of {scope} was {rating} in {year}?",
            "What percentage of {scope} were {rating} in {year}?",
            scope=phrase,
            rating=rating.lower(),
            year=year,
        )
        return Asked("share_in_year", text, holds=(f"{held.count(rating)} of {len(held)}",))

    def ask_count_ever(self) -> Asked | None:
        (phrase, chosen), rating = self._scope(), self._rating()
        text = self._say(
            "How many {scope} have ever been {rating}?",
            "How many {scope} were ever rated {rating}?",
            "How many {scope} have been {rating} at any time?",
            scope=phrase,
            rating=rating.lower(),
        )
        return Asked(
            "count_ever",
            text,
            count=sum(rating in {word for _, word in one.ratings} for one in self._open(chosen)),
        )

    def ask_count_never(self) -> Asked | None:
        (phrase, chosen), rating = self._scope(), self._rating()
        text = self._say(
            "How many {scope} have never been {rating}?",
            "How many {scope} were never rated {rating}?",
            scope=phrase,
            rating=rating.lower(),
        )
        return Asked(
            "count_never",
            text,
            count=sum(rating not in {word for _, word in one.ratings} for one in self._open(chosen)),
        )

    def ask_which_ever(self) -> Asked | None:
        (phrase, chosen), rating = self._scope(), self._rating()
        fitting = [one.name for one in self._open(chosen) if rating in {word for _, word in one.ratings}]
        text = self._say(
            "Which {scope} have ever been {rating}?",
            "Which {scope} were ever rated {rating}?",
            "List {scope} that have ever been rated {rating}",
            "Name the {scope} that have been {rating} at some time",
            "Which {scope} were {rating} at some point?",
            scope=phrase,
            rating=rating.lower(),
        )
        return Asked("which_ever", text, names=tuple(fitting))

    def ask_which_moved_since(self) -> Asked | None:
        (phrase, chosen), year, up = self._scope(), self._year(2015), self.random.random() < 0.5
        fitting = []
        for one in self._open(chosen):
            day = datetime.date(year - 1, 12, 31)
            start = one.at(day) or one.ratings[0][1]
            step = SCALE.index(one.ratings[-1][1]) - SCALE.index(start)
            fitting += [one.name] if (step > 0 if up else step < 0) else []
        words = (
            (
                "Which {scope} have improved since {year}?",
                "Which {scope} got better since {year}?",
                "Which {scope} have become better since {year}?",
            )
            if up
            else ("Which {scope} have got worse since {year}?", "Which {scope} have declined since {year}?")
        )
        return Asked("which_moved_since", self._say(*words, scope=phrase, year=year), names=tuple(fitting))

    def ask_count_moved_in_year(self) -> Asked | None:
        (phrase, chosen), year, up = self._scope(), self._year(2015), self.random.random() < 0.5
        number = 0
        for one in self._open(chosen):
            end = one.at(datetime.date(year, 12, 31))
            start = one.at(datetime.date(year - 1, 12, 31)) or one.ratings[0][1]
            if end is not None:
                step = SCALE.index(end) - SCALE.index(start)
                number += step > 0 if up else step < 0
        words = (
            ("How many {scope} improved in {year}?", "How many {scope} got better in {year}?")
            if up
            else ("How many {scope} got worse in {year}?", "How many {scope} declined in {year}?")
        )
        return Asked("count_moved_in_year", self._say(*words, scope=phrase, year=year), count=number)

    def ask_became_in_year(self) -> Asked | None:
        (phrase, chosen), rating, year = self._scope(), self._rating(), self._year(2015)
        number = 0
        for one in self._open(chosen):
            before: str | None = None
            hits = 0
            for day, word in one.ratings:
                hits += word == rating != before and day.year == year
                before = word
            number += hits > 0
        text = self._say(
            "How many {scope} became {rating} in {year}?", "How many {scope} turned {rating} in {year}?",
            scope=phrase, rating=rating.lower(), year=year,
        )  # fmt: skip
        return Asked("became_in_year", text, count=number)

    def ask_rated_in_year(self) -> Asked | None:
        (phrase, chosen), year = self._scope(), self._year()
        number = sum(any(day.year == year for day, _ in one.ratings) for one in self._open(chosen))
        text = self._say(
            "How many {scope} were rated in {year}?",
            "How many {scope} got a rating in {year}?",
            "How many {scope} had a rating published in {year}?",
            scope=phrase,
            year=year,
        )
        return Asked("rated_in_year", text, count=number)

    def ask_times_at_least(self) -> Asked | None:
        (phrase, chosen), rating = self._scope(), self._rating()
        low = self.random.randint(2, 4)
        number = sum([word for _, word in one.ratings].count(rating) >= low for one in self._open(chosen))
        times = {2: "twice", 3: "three times", 4: "four times"}[low]
        text = self._say(
            "How many {scope} have been {rating} at least {times}?",
            "How many {scope} were rated {rating} {low} or more times?",
            scope=phrase,
            rating=rating.lower(),
            times=times,
            low=low,
        )
        return Asked("times_at_least", text, count=number)

    def ask_count_closed(self) -> Asked | None:
        phrase, chosen = self._scope()
        year = self.random.choice((None, 2023, 2024, 2025))
        number = sum(one.closed is not None and year in (None, one.closed.year) for one in chosen)
        words = (
            (
                "How many {scope} have closed?",
                "How many {scope} are closed?",
                "How many {scope} have closed down?",
            )
            if year is None
            else ("How many {scope} closed in {year}?", "How many {scope} shut down in {year}?")
        )
        return Asked("count_closed", self._say(*words, scope=phrase, year=year), count=number)

    def ask_count_all(self) -> Asked | None:
        phrase, chosen = self._scope()
        return Asked(
            "count_all", self._say("How many {scope} are there?", scope=phrase), count=len(self._open(chosen))
        )


# Judging ----------------------------------------------------------------------------------------------------


def fault(asked: Asked, text: str, count: float | None, names: Sequence[str], total: int) -> str:
    """Return what is wrong with an answer; nothing where it is right."""
    if missing := [one for one in asked.holds if one.casefold() not in text.casefold()]:
        return f"lacks {missing}"
    if asked.begins and not text.startswith(asked.begins):
        return f"should begin {asked.begins}"
    if spoken := [one for one in asked.never if one in text]:
        return f"says {spoken}"
    if asked.count is not None and count != asked.count:
        return f"count {count}, not {asked.count}"
    if asked.names is not None:
        if total != len(asked.names):
            return f"{total} names, not {len(asked.names)}"
        if set(names) - set(asked.names):
            return "names others"
    return ""
