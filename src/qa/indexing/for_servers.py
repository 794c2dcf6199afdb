"""An index for servers of a cluster: all but the passages, which they read from there.

It is written into a folder of its own, which is copied to the servers and given to them in place of the
corpus. In it each generation has a folder, and the file ``askwell-index`` names the one to serve.
"""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from qa.errors import CorpusError, UsageError
from qa.indexing import kept_indexes
from qa.indexing.index_parts import SHELF
from qa.indexing.kept_indexes import Manifest
from qa.retrieval.index import OF_PASSAGES
from qa.retrieval.passage_index import ENGINE, ROWS
from qa.shelf.cluster_shelf import PINNED
from qa.shelf.file_format import PASSAGES, TEXTS

NAMED = "askwell-index"
KEPT = 2  # generations, as many as the cluster keeps
_PINNED = f"{SHELF}/{PINNED}"
_LEFT_OUT = frozenset(
    {f"{SHELF}/{TEXTS}", f"{SHELF}/{PASSAGES}", *(f"{ROWS}/{name}.npy" for name in OF_PASSAGES)}
)


def is_one(manifest: Manifest) -> bool:
    """Whether an index is without its passages."""
    return _PINNED in manifest.parts


def is_in(folder: Path) -> bool:
    """Whether a folder has indexes for servers, and no corpus."""
    return (folder / NAMED).is_file()


def found(folder: Path, made_with: str) -> tuple[Path, Manifest]:
    """Return where the generation to serve is in a folder, and its manifest. Raises CorpusError if it is
    incomplete, and UsageError if it was made with other settings.
    """
    try:
        place = folder / (folder / NAMED).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise CorpusError(f"{folder / NAMED} can't be read ({error}). Copy the folder again.") from None
    manifest = kept_indexes.read_manifest(place)
    if manifest is None or not is_one(manifest) or not kept_indexes.is_whole(place, manifest):
        raise CorpusError(
            f"The index {place} is incomplete, can be changed by other users, or is of another version of "
            "Askwell. Copy it again as the user that serves, or write it again: qa index --for-servers."
        )
    if manifest.made_with != made_with:
        raise UsageError(
            f"The index {place} was made with other settings. Start with those of qa index --for-servers: "
            "engine, k1, b, and no encoder."
        )
    return place, manifest


def write(built: Path, folder: Path, pinned: Iterable[bytes]) -> Path:
    """Write an index without its passages into a folder, name it as the one to serve, and return where it is.

    ``built`` is the whole index; ``pinned`` are the passages, packed, that servers need before any question.
    Raises OSError if it can't be written.
    """
    manifest = kept_indexes.read_manifest(built)
    if manifest is None:
        raise CorpusError(f"The index in {built} is gone. Start again.")
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / manifest.fingerprint
    if (there := kept_indexes.read_manifest(place)) is None or not kept_indexes.is_whole(place, there):
        kept_indexes.publish_index(_copied(built, manifest, folder, pinned), place)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=f"{NAMED}-", delete=False) as file:
        file.write(f"{manifest.fingerprint}\n")
    Path(file.name).replace(folder / NAMED)
    _remove_old(folder, manifest.fingerprint)
    return place


def _copied(built: Path, manifest: Manifest, folder: Path, pinned: Iterable[bytes]) -> Path:
    to = kept_indexes.unfinished(folder)
    parts = {
        name: digest
        for name, digest in manifest.parts.items()
        if name not in _LEFT_OUT and not name.startswith(f"{ENGINE}/")
    }
    for name in parts:
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built / name, to / name)
        (to / name).chmod(0o600)
        kept_indexes.synced(to / name)
    told = json.dumps([base64.b64encode(one).decode() for one in pinned])
    (to / _PINNED).write_text(told, encoding="ascii")
    kept_indexes.written(to, replace(manifest, parts=parts))
    return to


def _remove_old(folder: Path, newest: str) -> None:
    """Remove all generations but the newest, and what a process left that died."""
    held = [path for path in folder.iterdir() if (path / kept_indexes.MANIFEST).is_file()]
    held.sort(key=lambda path: (path.name == newest, path.stat().st_mtime))
    for path in held[:-KEPT]:
        shutil.rmtree(path, ignore_errors=True)
