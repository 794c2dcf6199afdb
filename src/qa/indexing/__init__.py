"""Indexes: built from a corpus folder in a separate process, kept in the cache folder, verified and mapped
when they are opened.

========== ========================================================================== `sources` the files of a
corpus, and whether one has changed `reading` one file, read within limits `pool` the processes that read, and
what becomes of one that dies `building` what was read, put together into an index `workshop` the process in
which indexes are built, seen from outside and from inside `keeping` indexes in the cache folder: their
manifests, their locks, what is taken away `opening` an index from the cache folder, or a new one ==========
==========================================================================
"""

from qa.indexing.opening import Index, open_index

__all__ = ["Index", "open_index"]
