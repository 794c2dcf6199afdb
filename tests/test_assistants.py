"""The MCP server as an assistant meets it: the SDK's own client, over standard input and output."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qa import cli, wire
from qa.service import Service

QUESTION = "Which trust became outstanding?"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


WRONG = [
    ("ask", {"question": "  "}, "question"),
    ("ask", {"question": "x" * 2_001}, "question"),
    ("ask", {}, "question"),
    ("ask", {"question": "hello", "top": 51}, "top"),
    ("find_facts", {"limit": 101}, "limit"),
    ("find_facts", {"sort": "colour"}, "sort"),
    ("find_facts", {"town": "x" * 501}, "town"),
    ("read_passage", {"id": "nowhere.md-0-1"}, "no passage with this id"),
    ("read_passage", {"id": "nowhere.md-0-1", "revision": "nonsense"}, "revision"),
]


@dataclass(frozen=True)
class Talk:
    """What ``qa mcp`` says in one conversation."""

    instructions: str
    tools: list[Any]
    answer: Any
    passage: Any  # the first that the answer gives
    facts: Any
    mistakes: list[Any]  # what it says to each of WRONG


@pytest.fixture(scope="module")
def talk() -> Talk:
    anyio = pytest.importorskip("anyio", reason="the extra mcp is not installed")
    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
    command = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa", "mcp"],
        env={**os.environ, "QA_CACHE": "none"},
        cwd=str(ROOT),
    )

    async def conversation() -> Talk:
        from mcp.client.stdio import stdio_client

        async with mcp.Client(stdio_client(command)) as client:
            answer = await client.call_tool("ask", {"question": QUESTION})
            passage = answer.structured_content["passages"][0]
            wanted = {"id": passage["id"], "revision": passage["source"]["revision"]}
            return Talk(
                client.instructions,
                (await client.list_tools()).tools,
                answer,
                await client.call_tool("read_passage", wanted),
                await client.call_tool("find_facts", {"rating": "outstanding", "aspect": "Overall"}),
                [await client.call_tool(name, arguments) for name, arguments, _ in WRONG],
            )

    told: Talk = anyio.run(conversation)
    return told


def test_an_assistant_is_told_the_tools_and_how_to_use_them(talk: Talk) -> None:
    assert "date of publication" in talk.instructions
    assert [tool.name for tool in talk.tools] == ["ask", "find_facts", "read_passage"]
    for tool in talk.tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert all(one.get("description") for one in tool.input_schema["properties"].values())


def test_the_tools_give_what_the_endpoints_give(talk: Talk, service: Service) -> None:
    told = json.loads(wire.dumps(service.ask(QUESTION)))
    assert talk.answer.structured_content == told
    assert json.loads(talk.answer.content[0].text) == told
    read = talk.passage.structured_content
    assert (read["text"], read["source"]) == (told["passages"][0]["text"], told["passages"][0]["source"])
    facts = talk.facts.structured_content
    assert (facts["facts"], facts["total"]) == (told["facts"], 1)


def test_a_mistake_is_told_so_that_the_assistant_can_mend_it(talk: Talk) -> None:
    for (name, arguments, told), result in zip(WRONG, talk.mistakes, strict=True):
        assert result.is_error, (name, arguments)
        assert told in result.content[0].text


def test_without_the_extra_the_command_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert cli.main(["mcp"]) == 2
    assert "pip install 'askwell[mcp]'" in capsys.readouterr().err
