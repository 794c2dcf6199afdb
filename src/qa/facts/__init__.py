"""Rating facts in a database: built once from the tables, queried by Queries. No SQL is written
outside this package.
"""

from __future__ import annotations

from qa.facts.columns import FIELDS
from qa.facts.fact_lists import FactList
from qa.facts.store import FactStore
from qa.facts.store_rows import Name, Subject

__all__ = ["FIELDS", "FactList", "FactStore", "Name", "Subject"]
