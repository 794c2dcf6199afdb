"""Opens an index: from the cache if it is there and intact, otherwise by building it next to the old one."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa import __version__
from qa.engines import Cluster, Options
from qa.errors import CorpusError, EngineError
from qa.facts import FactStore
from qa.indexing import for_servers, kept_indexes
from qa.indexing.build_process import Workshop
from qa.indexing.cache_folder import cache_folder, warn_unwritable
from qa.indexing.cluster import cluster_of, own_index
from qa.indexing.collecting import uncollected
from qa.indexing.index_parts import FACTS, NAMES, OWN, SHELF, read_words
from qa.indexing.kept_indexes import Manifest
from qa.indexing.sources import Source, fingerprint_of, source_of, sources_of
from qa.language.spoken import Spoken
from qa.question.grammar import Grammar
from qa.question.name_tables import NameTables
from qa.question.own_rows import own_grammar
from qa.reading import has_reader, read_glossary, read_grammar, read_thesaurus, scale_of
from qa.reading.formats import endings
from qa.records import Problem, Report
from qa.retrieval.encoder import digest as encoder_digest
from qa.retrieval.passage_index import PassageIndex
from qa.scale import Scale
from qa.settings import Settings
from qa.shelf import Shelf
from qa.shelf.stored import StoredShelf

_IN_MEMORY = (Path("/dev/shm"),)  # the folder whose files are in memory
_workshop = Workshop()
atexit.register(_workshop.close)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A corpus, read and indexed. ``stale`` if the current corpus can't be served, and this is
    the last one that could.
    """

    shelf: Shelf
    passages: PassageIndex
    spoken: Spoken
    facts: FactStore
    names: NameTables  # of the facts
    scale: Scale
    thesaurus: Mapping[str, Any]  # the corpus's own
    grammar: Grammar  # the corpus's own rows before those that come with Askwell
    own_rows: Mapping[str, Any]  # the corpus's own rows alone
    glossary: Mapping[str, Any]
    claiming: tuple[int, ...]  # passages that may speak of a whole kind of subjects
    report: Report
    fingerprint: str
    stale: bool = False


Progress = Callable[[int, int], None]  # files read, files to read
_BROKEN = (OSError, ValueError, KeyError, TypeError, IndexError, CorpusError, EngineError, sqlite3.Error)


def _silent(_: int, __: int) -> None:
    """Report no progress."""


def _nothing() -> None:
    """Do nothing meanwhile."""


def open_index(
    settings: Settings,
    progress: Progress | None = None,
    *,
    or_last: bool = False,
    anyway: bool = False,
    meanwhile: Callable[[], object] = _nothing,
) -> Index:
    """Return the index of the corpus folder: from the cache if it is there, otherwise built.

    ``progress`` reports the files that are read, and ``meanwhile`` is done while an index is built. Raises
    CorpusError with every problem if nothing can be served. With ``or_last`` a kept earlier index of this
    folder is returned instead, as stale, if it has files that can't be read now. With ``anyway`` whatever can
    be read is indexed, and not kept.
    """
    notices = Report()
    cache = None if anyway else cache_folder(settings, notices)
    opening = _Opening(settings, cache, progress or _silent, meanwhile, notices, anyway)
    try:
        index = opening.index()
    except CorpusError as error:
        if not or_last or (last := opening.last_good()) is None:
            raise
        last.report.problems.extend(one for one in error.problems if isinstance(one, Problem))
        index = last
    else:
        index = (or_last and opening.better(index)) or index
        opening.note(index)
    index.report.problems.extend(notices.problems)
    return index


def new_errors(problems: Iterable[object], report: Report) -> list[Problem]:
    """Return the ``problems`` that are errors in files for which ``report`` has none."""
    known = {problem.file for problem in report.errors}
    return [
        one
        for one in problems
        if isinstance(one, Problem) and one.severity == "error" and one.file not in known
    ]


class _Opening:
    """One opening of an index."""

    def __init__(
        self,
        settings: Settings,
        cache: Path | None,
        progress: Progress,
        meanwhile: Callable[[], object],
        notices: Report,
        anyway: bool,
    ) -> None:
        self._settings, self._cache, self._notices, self._anyway = settings, cache, notices, anyway
        self._progress, self._meanwhile = progress, meanwhile
        self._made_with = _made_with(settings)
        self._cluster = cluster_of(settings)

    def index(self) -> Index:
        """Return the index of the corpus as it is now."""
        if for_servers.is_in(self._settings.corpus):
            return self._of_servers()
        report, before = Report(), self._manifest_before()
        sources = self._sources(before, report)
        fingerprint = fingerprint_of(self._made_with, sources)
        if self._cache and (kept := _kept(self._cache / fingerprint, self._cluster)):
            return kept
        order = self._order(fingerprint, sources, report)
        if self._cache:
            try:
                return self._built_in(self._cache, order, before)
            except OSError as error:
                warn_unwritable(self._cache, error, self._notices)
        return self._built_in_memory(order)

    def _of_servers(self) -> Index:
        """Return the index for servers that stands in place of a corpus."""
        place, manifest = for_servers.found(self._settings.corpus, self._made_with)
        return _open(place, manifest, self._cluster)

    def last_good(self) -> Index | None:
        """The last good index of this folder, as stale."""
        last = self._last_manifest()
        found = _kept(self._cache / last.fingerprint, self._cluster) if self._cache and last else None
        return replace(found, stale=True) if found else None

    def better(self, index: Index) -> Index | None:
        """Return the last good index of this folder, with today's problems, if it has files that this one
        lacks.
        """
        last = self._last_manifest() if index.report.errors else None
        problems = new_errors(index.report.errors, _report_of(last)) if last else []
        found = self.last_good() if problems else None
        if found:
            found.report.problems.extend(problems)
        return found

    def note(self, index: Index) -> None:
        """Record an index as the last good one of its folder, unless it lacks a file that could be read
        before.
        """
        last = self._last_manifest() if index.report.errors else None
        if (
            self._cache
            and not index.stale
            and not (last and new_errors(index.report.errors, _report_of(last)))
        ):
            kept_indexes.note_last(self._cache, self._settings.corpus, index.fingerprint)

    def _last_manifest(self) -> Manifest | None:
        """The manifest of the last good index of this folder, if it can be served with these settings."""
        found = self._manifest_before()
        return found if found and found.made_with == self._made_with else None

    def _manifest_before(self) -> Manifest | None:
        """The manifest of the last good index of this folder, from which contents can be copied. What depends
        on the settings is made anew for every index.
        """
        last = kept_indexes.last_of(self._cache, self._settings.corpus) if self._cache else None
        found = kept_indexes.read_manifest(self._cache / last) if self._cache and last else None
        return found if found and _version_of(found.made_with) == _version_of(self._made_with) else None

    def _sources(self, before: Manifest | None, report: Report) -> list[Source]:
        corpus = (
            self._settings.corpus.absolute()
        )  # absolute, because the build process may be in another folder
        if self._anyway and corpus.is_file():
            return [source_of(corpus)]
        if not corpus.is_dir():
            raise CorpusError(
                f"There is no corpus folder {self._settings.corpus}. Name one that exists with --corpus."
            )
        known = {source.name: source for source in before.sources} if before else {}
        sources = sources_of(corpus, known, report)
        if not any(has_reader(source.name) for source in sources):
            raise CorpusError(
                (
                    f"The corpus folder {self._settings.corpus} has no file that can be read. Put reports "
                    f"or rating tables into it: {endings()}."
                ),
                report.problems,
            )
        return sources

    def _order(self, fingerprint: str, sources: Sequence[Source], report: Report) -> dict[str, Any]:
        settings = self._settings
        return {
            "corpus": str(settings.corpus),
            "fingerprint": fingerprint,
            "made_with": self._made_with,
            "sources": sources,
            "problems": report.problems,
            "engine": settings.engine,
            "k1": settings.k1,
            "b": settings.b,
            "limits": {
                "memory": settings.read_memory,
                "seconds": settings.read_time,
                "unpacked": settings.read_unpacked,
            },
            "processes": _processors(),
            "anyway": self._anyway,
            "base": None,
        }

    def _built_in(self, cache: Path, order: dict[str, Any], before: Manifest | None) -> Index:
        """Build an index in the cache folder, unless another process has done so meanwhile. What has not
        changed since the one ``before`` is copied from there. Raises OSError if the disk is full.
        """
        place = cache / order["fingerprint"]
        with kept_indexes.locked(cache, place.name):
            if (kept := _kept(place, self._cluster)) is None:
                built = kept_indexes.unfinished(cache)
                try:
                    _workshop.prepare()
                    base = cache / before.fingerprint if before else None
                    whole = base if before and base and kept_indexes.is_whole(base, before) else None
                    order |= {"folder": built, "base": whole}
                    _workshop.build(order, self._progress, self._meanwhile)
                    kept_indexes.publish_index(built, place)
                finally:
                    shutil.rmtree(built, ignore_errors=True)
        kept_indexes.remove_old_indexes(cache, place.name)
        return kept or _open(place, kept_indexes.read_manifest(place), self._cluster)

    def _built_in_memory(self, order: dict[str, Any]) -> Index:
        """Build an index that lasts as long as the process, in files that are deleted as soon as they are
        open.
        """
        built = Path(tempfile.mkdtemp(prefix="askwell-", dir=_memory()))
        try:
            _workshop.build(order | {"folder": built}, self._progress, self._meanwhile)
            return _open(built, kept_indexes.read_manifest(built), self._cluster)
        except OSError as error:
            why = error.strerror or str(error)
            raise CorpusError(
                f"The index can't be written into {built.parent} ({why}). Free some room there, or set "
                "QA_CACHE."
            ) from error
        finally:
            shutil.rmtree(built, ignore_errors=True)


def _kept(folder: Path, cluster: Cluster) -> Index | None:
    """Return a cached index; ``None`` if it is missing or damaged."""
    manifest = kept_indexes.read_manifest(folder)
    if manifest is None or manifest.fingerprint != folder.name or not kept_indexes.is_whole(folder, manifest):
        return None
    try:
        return _open(folder, manifest, cluster)
    except _BROKEN:
        return None


@uncollected()
def _open(folder: Path, manifest: Manifest | None, cluster: Cluster) -> Index:
    """Open an index whose parts are whole, and the one in the cluster that belongs to it."""
    if manifest is None:
        raise CorpusError(f"The index in {folder} is gone. Start again.")
    own, made_with = folder / OWN, json.loads(manifest.made_with)
    options = Options(made_with["k1"], made_with["b"], cluster=own_index(cluster, manifest.fingerprint))
    passages = (
        PassageIndex.load_without_passages(folder, folder / SHELF, options)
        if for_servers.is_one(manifest)
        else PassageIndex.load(folder, StoredShelf(folder / SHELF), made_with["engine"], options)
    )
    own_words = read_grammar(own, Report())
    return Index(
        passages.shelf,
        passages,
        read_words(folder),
        FactStore.existing(folder / FACTS),
        NameTables.load(folder / NAMES),
        scale_of((source.name, own / source.name) for source in manifest.sources),
        read_thesaurus(own, Report()),
        own_grammar(own_words, Report()),
        own_words,
        read_glossary(own, Report()),
        manifest.claiming,
        _report_of(manifest),
        manifest.fingerprint,
    )


def _report_of(manifest: Manifest) -> Report:
    """What was found while an index was built."""
    report = Report(list(manifest.problems))
    for source, held in zip(manifest.sources, manifest.held, strict=True):
        report.problems.extend(held.problems)
        if held.rows is not None:
            report.rows[source.name] = held.rows
    return report


def _made_with(settings: Settings) -> str:
    """What an index is made with, beside its sources."""
    encoder = encoder_digest(settings.encoder) if settings.encoder else ""
    told = {
        "version": __version__,
        "schema": kept_indexes.SCHEMA,
        "engine": settings.engine,
        "k1": settings.k1,
        "b": settings.b,
        "encoder": encoder,
    }
    return json.dumps(told)


def _version_of(made_with: str) -> tuple[object, object]:
    """The version of the program in what an index is made with, without the settings."""
    told = json.loads(made_with)
    return told["version"], told["schema"]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> Path | None:
    """Return the folder whose files are in memory, ``None`` if the system has none."""
    return next((place for place in _IN_MEMORY if os.access(place, os.W_OK)), None)
