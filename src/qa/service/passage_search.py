"""The passages of one corpus, searched as a Reading asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from qa.errors import EngineError
from qa.language.tokens import fold, key
from qa.question.reading import Reading
from qa.records import Passage
from qa.retrieval import Retrieved, Retriever


class PassageSearch:
    """Searches the passages; ``words`` are all the words in them."""

    def __init__(self, passages: Sequence[Passage], retriever: Retriever, words: frozenset[str]) -> None:
        self.passages, self._retriever, self._words = passages, retriever, words

    def naming(self, name: str, most: int) -> tuple[Passage, ...]:
        """Return at most ``most`` passages that contain a whole name, the best first."""
        if not self.passages:
            return ()
        wanted = f" {key(name)} "
        found = self._retriever.search(name, topic=(), required=[name], top=2 * most, documents=None).ranked
        return tuple(one.passage for one in found if wanted in f" {key(one.passage.text)} ")[:most]

    def search(
        self,
        reading: Reading,
        text: str,
        top: int,
        documents: Sequence[str] | None,
        subjects: Sequence[str] = (),
        about: Sequence[str] = (),
        *,
        shown_only: bool = False,
    ) -> Retrieved:
        """Return the passages that answer best. They must contain the names that ``text`` asks about, and
        those of the subjects that it is ``about`` without naming them: "who took it over?". ``subjects`` are
        words of the question that it continues, which count for less. Without passages nothing is found.
        ``shown_only`` is as for :meth:`qa.retrieval.Retriever.search`."""
        if not self.passages:
            return Retrieved((), 0.0, False)
        strange = [one.typed for one in reading.unknown if self._is_strange(one.typed)]
        said = set(key(text).split())
        named = [name for name in (*strange, *reading.names) if said.issuperset(key(name).split())]
        topic = [word for earlier in (*reading.topic, *subjects, *about) for word in earlier.split()]
        limited = frozenset(documents) if documents is not None else None
        return self._retriever.search(
            text,
            topic=topic,
            required=[*named, *about],
            top=top,
            documents=limited,
            shown_only=shown_only,
        )

    def beside(
        self,
        reading: Reading,
        top: int,
        documents: Sequence[str] | None,
        subjects: Sequence[str] = (),
        *,
        shown_only: bool,
    ) -> Retrieved:
        """Return the passages to show beside an answer from the tables; none while the engine is away."""
        try:
            return self.search(reading, reading.text, top, documents, subjects, shown_only=shown_only)
        except EngineError:
            return Retrieved((), 0.0, False, whole=False)

    def is_away(self) -> bool:
        """True while a part of the search engine can't be reached."""
        try:
            whole = self._retriever.reaches_engine()
        except EngineError:
            whole = False
        return not whole

    def _is_strange(self, name: str) -> bool:
        """True if a capitalised name has a word that is in no passage."""
        words = [word.text for word in fold(name)]
        return any(part[:1].isupper() for part in name.split()) and not self._words.issuperset(words)
