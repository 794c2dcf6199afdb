"""Bodies as they arrive: whole, cut behind their limit, broken off, too slow; and few at a time of one
client.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from qa.web.serving import body_reader
from qa.web.serving.body_reader import BrokenOff, Receiver, TooSlow

Part = tuple[bytes, bool]


class Sent:
    """A body as ASGI gives it: parts, each with whether more follow, after so many seconds each; at its end,
    nothing more ever.
    """

    def __init__(self, *parts: Part, every: float = 0, gone: bool = False) -> None:
        self._parts, self._every, self._gone = list(parts), every, gone

    async def __call__(self) -> dict[str, Any]:
        await asyncio.sleep(self._every)
        if self._parts:
            part, more = self._parts.pop(0)
            return {"type": "http.request", "body": part, "more_body": more}
        if self._gone:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([(b"", False)], (b"", True)),
        ([(b"ab", False)], (b"ab", True)),
        ([(b"ab", True), (b"", True), (b"c", False)], (b"abc", True)),
        ([(b"abcd", False)], (b"abcd", True)),
        ([(b"abc", True), (b"def", True), (b"g", True)], (b"abcdef", False)),  # cut, whatever more may come
        ([(b"abcdef", False)], (b"abcdef", True)),
    ],
)
def test_a_body_is_read_up_to_what_is_more_than_it_may_have(
    parts: list[Part], body: tuple[bytes, bool]
) -> None:
    assert run(Receiver(5).body(Sent(*parts), "a", 4)) == body


def test_one_that_breaks_off_is_told_from_one_that_ends() -> None:
    with pytest.raises(BrokenOff):
        run(Receiver(5).body(Sent((b"{}", True), gone=True), "a", 100))


def test_one_that_never_ends_or_drips_is_too_slow() -> None:
    for sent in Sent((b"{", True)), Sent(*[(b" ", True)] * 1_000, every=0.02):
        with pytest.raises(TooSlow):
            run(Receiver(0.1).body(sent, "a", 100))


@pytest.mark.parametrize(("bound", "others"), [("OF_ONE", "a"), ("OF_ALL", "b")])
def test_where_many_are_under_way_a_slow_one_has_little_time_and_a_quick_one_is_read(
    monkeypatch: pytest.MonkeyPatch, bound: str, others: str
) -> None:
    monkeypatch.setattr(body_reader, bound, 3)
    monkeypatch.setattr(body_reader, "AT_ONCE", 0.05)

    async def crowd() -> None:
        receiver = Receiver(60)
        slow = [asyncio.create_task(receiver.body(Sent((b"{", True)), others, 100)) for _ in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(TooSlow):
            await receiver.body(Sent((b"{", True)), "a", 100)
        assert await receiver.body(Sent((b"{}", False)), "a", 100) == (b"{}", True)
        assert not any(task.done() for task in slow)
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        assert await receiver.body(Sent((b"{", True), (b"}", False), every=0.1), "a", 100) == (
            b"{}",
            True,
        )  # their places are free again

    run(crowd())


def test_what_all_hold_together_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_reader, "HELD", 10)

    async def fill() -> None:
        receiver = Receiver(60)
        first = asyncio.create_task(receiver.body(Sent((b"12345678", True)), "a", 100))
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        with pytest.raises(TooSlow):
            await receiver.body(Sent((b"123", True)), "b", 100)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert await receiver.body(Sent((b"123", False)), "b", 100) == (b"123", True)

    run(fill())
