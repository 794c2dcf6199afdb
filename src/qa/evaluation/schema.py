"""The published JSON Schema for a line of a question set, made from the model that checks it."""

from __future__ import annotations

import json

from qa.evaluation.cases import Case


def schema_text() -> str:
    """Return the schema (JSON Schema 2020-12), as it is in docs/questions.schema.json."""
    body = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Case.model_json_schema()}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"
