"""Loads what every worker needs, whatever its corpus, before the workers are forked, so that they share it
and start sooner.
"""

from __future__ import annotations

import gc
import importlib


def preload() -> None:
    """Load the modules of a worker and the tables that come with Askwell, and freeze them for the garbage
    collector.
    """
    importlib.import_module("qa.web.serving.application")
    importlib.import_module("qa.web.serving.gateway")
    from qa.service.preparing import prepare

    prepare()
    gc.collect()
    gc.freeze()  # a collection would write into shared pages, and so copy them
