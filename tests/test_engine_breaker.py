"""The circuit breaker: when it opens, for how long, and who tries first."""

from __future__ import annotations

import pytest

from qa.engines.breaker import Breaker, Open


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, rest=5.0, clock=clock)


def fail(breaker: Breaker) -> None:
    with pytest.raises(OSError, match="away"), breaker.guard((OSError,)):
        raise OSError("away")


def succeed(breaker: Breaker) -> None:
    with breaker.guard((OSError,)):
        pass


def refused(breaker: Breaker) -> float:
    """Nothing is tried; returns the seconds that are told."""
    with pytest.raises(Open) as told, breaker.guard((OSError,)):
        raise AssertionError("tried")
    return told.value.seconds


def test_it_opens_after_failures_in_a_row(breaker: Breaker) -> None:
    fail(breaker)
    fail(breaker)
    succeed(breaker)
    fail(breaker)
    fail(breaker)
    assert [breaker.is_open] == [False]
    fail(breaker)
    assert breaker.is_open
    assert refused(breaker) == 5


def test_other_errors_do_not_count(breaker: Breaker) -> None:
    for _ in range(5):
        with pytest.raises(KeyError), breaker.guard((OSError,)):
            raise KeyError
    assert not breaker.is_open


def test_after_the_rest_one_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 4.5
    assert refused(breaker) == 1
    clock.now += 0.5
    with breaker.guard((OSError,)):
        assert refused(breaker) == 5
    assert [breaker.is_open] == [False]
    succeed(breaker)


def test_a_try_that_fails_starts_the_rest_anew(breaker: Breaker, clock: Clock) -> None:
    for _ in range(3):
        fail(breaker)
    clock.now += 5
    fail(breaker)
    assert refused(breaker) == 5
