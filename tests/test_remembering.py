"""What is remembered of words is right, and bounded in bytes whatever is asked."""

import threading
import tracemalloc

from qa.language.remembering import LONGEST, remembered


def test_what_was_looked_up_is_not_looked_up_again_even_if_nothing_was_found() -> None:
    asked = list[str]()

    def look_up(word: str) -> str | None:
        asked.append(word)
        return word.upper() if word != "none" else None

    recall = remembered(look_up)
    assert [recall(word) for word in ("a", "none", "a", "none")] == ["A", None, "A", None]
    assert asked == ["a", "none"]


def test_words_together_are_remembered_too() -> None:
    asked = list[tuple[str, ...]]()

    def look_up(words: tuple[str, ...]) -> int:
        asked.append(words)
        return len(words)

    recall = remembered(look_up)
    assert [recall(("a", "b")), recall(("a", "b")), recall(("ab",))] == [2, 2, 1]
    assert len(asked) == 2


def test_long_words_are_never_kept() -> None:
    asked = list[str]()

    def look_up(word: str) -> int:
        asked.append(word)
        return len(word)

    recall = remembered(look_up)
    for length in (LONGEST, LONGEST, LONGEST + 1, LONGEST + 1):
        assert recall("x" * length) == length
    assert list(map(len, asked)) == [LONGEST, LONGEST + 1, LONGEST + 1]


def test_however_many_words_are_asked_what_is_kept_stays_within_its_bytes() -> None:
    recall = remembered(lambda word: (word, (word[::-1], word * 3)), most=200_000)
    tracemalloc.start()
    try:
        most = 0
        for number in range(20_000):
            recall(f"word {number}")
            most = max(most, tracemalloc.get_traced_memory()[0]) if number % 500 == 0 else most
    finally:
        tracemalloc.stop()
    assert most < 300_000


def test_threads_share_it() -> None:
    recall = remembered(str.upper, most=20_000)
    wrong = list[str]()

    def ask() -> None:
        wrong.extend(word for number in range(2_000) if recall(word := f"w{number % 300}") != word.upper())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
