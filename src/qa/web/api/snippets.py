"""A request as code: curl, Python, JavaScript, R."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

LONGEST = 300  # characters of a body that is written out; a longer one is read from a file
FILE = "body.json"


@dataclass(frozen=True, slots=True)
class Call:
    """A request: ``query`` are pairs of a parameter and its value, ``body`` is text with its media type,
    empty if there is none.
    """

    method: str
    url: str
    query: Sequence[tuple[str, str]] = ()
    body: str = ""
    media_type: str = ""

    @property
    def address(self) -> str:
        """The URL with its query."""
        return f"{self.url}?{urlencode(self.query)}" if self.query else self.url

    @property
    def from_file(self) -> bool:
        """True of a body that is too long to be written out."""
        return len(self.body) > LONGEST


def snippets(call: Call) -> tuple[tuple[str, str], ...]:
    """Return the request as code in each language, by the language's name; each can be run as it is."""
    return (
        ("curl", _curl(call)),
        ("Python", _python(call)),
        ("JavaScript", _javascript(call)),
        ("R", _r(call)),
    )


def _curl(call: Call) -> str:
    if not call.body:
        return f"curl {shlex.quote(call.address)}"
    data = f"@{FILE}" if call.from_file else call.body
    head = shlex.quote(f"Content-Type: {call.media_type}")
    return f"curl {shlex.quote(call.url)} \\\n  -H {head} \\\n  --data-binary {shlex.quote(data)}"


def _python(call: Call) -> str:
    sent = [f"    {_text(call.url)},"]
    if call.query:
        sent.append(
            f"    params=[{', '.join(f'({_text(name)}, {_text(value)})' for name, value in call.query)}],"
        )
    if call.body:
        data = f'open("{FILE}", "rb")' if call.from_file else f"{_text(call.body)}.encode()"
        sent += [f"    data={data},", f'    headers={{"Content-Type": {_text(call.media_type)}}},']
    lines = "\n".join([*sent, "    timeout=60,"])
    told = "answer.json()" if "ndjson" not in call.media_type else "answer.text"
    return (
        "import requests\n\nanswer = "
        f"requests.{call.method.lower()}(\n{lines}\n)\nanswer.raise_for_status()\nprint({told})"
    )


def _javascript(call: Call) -> str:
    told = "await answer.json()" if "ndjson" not in call.media_type else "await answer.text()"
    if not call.body:
        return f"const answer = await fetch({_text(call.address)});\nconsole.log({told});"
    lead = 'import { readFile } from "node:fs/promises";\n\n' if call.from_file else ""
    body = f'await readFile("{FILE}")' if call.from_file else _text(call.body)
    head = f'headers: {{ "Content-Type": {_text(call.media_type)} }}'
    return (
        f"{lead}const answer = await fetch({_text(call.url)}, {{\n"
        f"  method: {_text(call.method)},\n  {head},\n  body: {body},\n}});\nconsole.log({told});"
    )


def _r(call: Call) -> str:
    steps = [f"request({_text(call.address)})"]
    if call.body:
        kind = f"type = {_text(call.media_type)}"
        steps.append(
            f'req_body_file("{FILE}", {kind})'
            if call.from_file
            else f"req_body_raw({_text(call.body)}, {kind})"
        )
    told = "resp_body_json(answer)" if "ndjson" not in call.media_type else "cat(resp_body_string(answer))"
    return "library(httr2)\n\nanswer <- " + " |>\n  ".join([*steps, "req_perform()"]) + f"\n{told}"


def _text(text: str) -> str:
    """A text as a literal that Python, JavaScript and R read alike."""
    return json.dumps(text, ensure_ascii=False)
