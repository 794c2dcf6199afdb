"""The MCP server as an assistant meets it: the SDK's own client, over standard input and output."""

import json
import os
import sys
from collections.abc import Awaitable, Callable
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


def talk(conversation: Callable[[Any], Awaitable[Any]]) -> Any:
    """What a conversation with ``qa mcp`` comes to."""
    anyio = pytest.importorskip("anyio", reason="the extra mcp is not installed")
    mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
    command = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "qa", "mcp"],
        env={**os.environ, "QA_CACHE": "none"},
        cwd=str(ROOT),
    )

    async def main() -> Any:
        from mcp.client.stdio import stdio_client

        async with mcp.Client(stdio_client(command)) as client:
            return await conversation(client)

    return anyio.run(main)


def test_an_assistant_is_told_the_tools_and_how_to_use_them() -> None:
    async def conversation(client: Any) -> Any:
        return client.instructions, (await client.list_tools()).tools

    instructions, tools = talk(conversation)
    assert "date of publication" in instructions
    assert [tool.name for tool in tools] == ["ask", "find_facts", "read_passage"]
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert all(one.get("description") for one in tool.input_schema["properties"].values())


def test_the_tools_give_what_the_endpoints_give(service: Service) -> None:
    async def conversation(client: Any) -> Any:
        answer = await client.call_tool("ask", {"question": QUESTION})
        passage = answer.structured_content["passages"][0]
        read = await client.call_tool(
            "read_passage", {"id": passage["id"], "revision": passage["source"]["revision"]}
        )
        facts = await client.call_tool("find_facts", {"rating": "outstanding", "aspect": "Overall"})
        return answer, read, facts

    answer, read, facts = talk(conversation)
    told = json.loads(wire.dumps(service.ask(QUESTION)))
    assert answer.structured_content == told
    assert json.loads(answer.content[0].text) == told
    assert (read.structured_content["text"], read.structured_content["source"]) == (
        told["passages"][0]["text"],
        told["passages"][0]["source"],
    )
    assert (facts.structured_content["facts"], facts.structured_content["total"]) == (told["facts"], 1)


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


def test_a_mistake_is_told_so_that_the_assistant_can_mend_it() -> None:
    async def conversation(client: Any) -> Any:
        return [await client.call_tool(name, arguments) for name, arguments, _ in WRONG]

    for (name, arguments, told), result in zip(WRONG, talk(conversation), strict=True):
        assert result.is_error, (name, arguments)
        assert told in result.content[0].text


def test_without_the_extra_the_command_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert cli.main(["mcp"]) == 2
    assert "pip install 'askwell[mcp]'" in capsys.readouterr().err
