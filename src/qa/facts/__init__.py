"""Rating facts in a database: built once from the tables, asked by typed queries. No SQL is written outside this package."""

from __future__ import annotations

from qa.facts.listing import FactList
from qa.facts.queries import FIELDS, NOUN, AspectRatings, Condition, FactQuery
from qa.facts.store import FactStore, Name, Subject

__all__ = ["FIELDS", "NOUN", "AspectRatings", "Condition", "FactList", "FactQuery", "FactStore", "Name", "Subject"]
