""" "Is any rating older than that?" after the date of one rating."""

import pytest

from qa.service import Service

# Kestrane Court, in Ripon, was rated on 3 February 2021; of the homes five were rated before it and four
# after; Quennell Grange, on 5 June 2018, has the oldest rating of a home.


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("is any home's rating older than that?", "Yes. 5 of 10 care homes"),
        ("are any homes rated earlier than that?", "Yes. 5 of 10 care homes"),
        ("is any home's current rating newer than that?", "Yes. 4 of 10 care homes"),
        ("is any home's rating more recent than that?", "Yes. 4 of 10 care homes"),
        ("is any home in Selby rated later than that?", "Yes. 1 of 2 care homes in Selby"),
        ("is any home in Thirsk older than that?", "No. None of the 3 care homes in Thirsk"),
        ("is any rating older than that?", "Yes. 10 of 15 places"),
    ],
)
def test_beside_the_date_of_one(said: str, begins: str, county: Service) -> None:
    assert county.ask(said, ["When was Kestrane Court rated?"]).answer.text.startswith(begins)
    both = county.ask(f"When was Kestrane Court rated, and {said}")
    assert begins in both.answer.text
    assert not both.understood.left_out


def test_none_is_older_than_the_oldest(county: Service) -> None:
    text = county.ask(
        "is any home's rating older than that?", ["When was Quennell Grange rated?"]
    ).answer.text
    assert text.startswith("No. None of the 10 care homes had a rating published up to 4 June 2018")


@pytest.mark.parametrize("history", ["When were the homes in Ripon rated?", "What is Kestrane Court rated?"])
def test_without_one_date_it_is_asked_back(history: str, county: Service) -> None:
    assert county.ask("is any rating older than that?", [history]).status == "not_found"
