"""Indexes: built from a corpus folder in a separate process, kept in the cache folder, verified and mapped
when they are opened.

================ ==========================================================================
`sources`        the files of a corpus, and whether one has changed
`file_reading`   one file, read within limits
`met_words`      the words of all files that a process has read, each told once
`pool`           the processes that read, and what becomes of one that dies
`build_requests` what is asked of the process that builds
`index_builder`  the sources that changed, read, and an index made
`earlier_index`  what is taken over from the index before
`index_writer`   what was read and what is taken over, put together and written
`collecting`     Python's garbage collection, switched off
`side_process`   a part of that work, done in a process beside
`build_process`  the process in which indexes are built, seen from outside and from inside
`told`           records as JSON, for the build process and for manifests
`kept_indexes`   indexes in the cache folder: their manifests, their locks, which are removed
`opening`        an index from the cache folder, or a new one
================ ==========================================================================
"""
