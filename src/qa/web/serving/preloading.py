"""Loads what every worker needs, whatever its corpus, once before the workers are forked: they share it, and
start sooner.
"""

from __future__ import annotations

import gc
import importlib


def preload() -> None:
    """Load the modules of a worker and the tables that come with Askwell, and keep the collector off them."""
    importlib.import_module("qa.web.serving.application")
    importlib.import_module("qa.web.serving.gateway")
    from qa.service.preparing import prepare

    prepare()
    gc.collect()
    gc.freeze()  # a collection that looks at what is shared would write into it, and so copy it
