"""Claims in loose dress: tags, what somebody heard, plain statements of so many; the verdict comes first and
is computed.
"""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.language.yes_no import is_tag, states_of_many, without_frame
from qa.service import Service


@pytest.mark.parametrize(
    ("asked", "holds", "counted"),
    [
        # tags
        ("Most care homes are outstanding, arent they?", False, "2 of 10"),
        ("Most care homes are outstanding arent they", False, "2 of 10"),
        ("All the care homes in Ripon are good or better, doesnt it?", True, "All 3"),
        ("Most homes in Thirsk require improvement, dont they?", False, "1 of 3"),
        ("No care home in Malton is inadequate, is it?", True, "None of the 2"),
        ("Every surgery's good, isn't that so?", False, "1 of 3"),
        ("Half of the homes in Thirsk fall below good, don't they", True, "2 of 3"),
        ("Dunmere Lodge is good, isnt it?", True, "rated Good"),
        ("most of the homes in ripon are good right", True, "2 of 3"),
        ("so basically nobody in Malton is inadequate, yeah?", True, "None of the 3"),
        ("Neither Harlow Dale nor Eastmarch has an inadequate care home, right?", True, "None of the 7"),
        # what somebody said
        ("I was told neither Harlow Dale nor Overmoor has a single good care home. True?", False, "3 of 8"),
        (
            "I heard that most of the care homes in Selby are inadequate. Is that right?",
            False,
            "None of the 2",
        ),
        ("I heard most surgeries are good, is that right?", False, "1 of 3"),
        ("I've read that most of the homes in Ripon are good. True?", True, "2 of 3"),
        ("Somebody told me that Ashgrove was outstanding, is that true?", False, "Requires improvement"),
        (
            "Our chair says that all three homes in Ripon are rated good in the rating table. Is she right?",
            False,
            "2 of 3",
        ),
        ("My neighbour says every home in Selby is failing. Is she right?", False, "None of the 2"),
        ("It's true that Saltersgate is outstanding, isn't it?", True, "rated Outstanding"),
        # whether it may be said
        ("Am I right that no home in Ripon is inadequate?", True, "None of the 3"),
        ("Am I right in thinking all surgeries are outstanding?", False, "1 of 3"),
        ("Could I fairly print that most of the care homes are good?", False, "4 of 10"),
        ("Can I say that all surgeries are good?", False, "1 of 3"),
        ("True or false: every care home in Malton is at least good", True, "All 2"),
        ("Is it fair to say that half of the homes in Thirsk are below good?", True, "2 of 3"),
        (
            "Would it be correct to say most homes run by Larkmoor Care Ltd require improvement?",
            False,
            "1 of 4",
        ),
        # plain statements
        ("None of the services in Malton is inadequate", True, "None of the 3"),
        ("None of the homes in Ripon is inadequate or requires improvement.", True, "None of the 3"),
        ("At least half of Tolland Homes' places are outstanding?", False, "1 of 3"),
        ("At least two homes in Ripon are outstanding", False, "1 of 3"),
        ("All homes in Harlow Dale are good.", False, "2 of 5"),
        ("More than half of the care homes are below good for well-led", False, "5 of 10"),
        ("Not one home in Malton is inadequate", True, "None of the 2"),
        ("Exactly three homes are inadequate", False, "1 of 10"),
        # nothing, nobody, everywhere
        ("Is there nothing in Malton rated inadequate?", True, "None of the 3"),
        ("Is nothing in Thirsk rated outstanding?", False, "1 of 4"),
        ("Nobody in Thirsk is inadequate, right?", False, "1 of 4"),
        ("Is no one in Malton outstanding?", False, "1 of 3"),
        ("Is nowhere in Malton inadequate?", True, "None of the 3"),
        ("Is everywhere in Ripon good or better?", True, "All 4"),
        ("Is everyone in Ripon good?", False, "3 of 4"),
    ],
)
def test_a_claim_in_any_dress_is_answered_by_its_verdict(
    asked: str, holds: bool, counted: str, county: Service
) -> None:
    answer = county.ask(asked)
    assert (answer.status, verdict(answer)) == ("answered", holds), answer.answer.text
    assert counted in answer.answer.text
    assert not answer.understood.left_out
    assert "more are listed" not in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "In how many councils is nothing at all rated inadequate",
            "2 councils have no place rated Inadequate: Harlow Dale and Eastmarch",
        ),
        ("How many councils have nothing rated inadequate?", "2 councils have no place rated Inadequate"),
        ("In which towns is nothing rated outstanding?", "1 town has no place rated Outstanding: Selby"),
        ("which councils have no one rated inadequate", "2 councils have no place rated Inadequate"),
    ],
)
def test_nothing_of_a_rating_is_none_of_them(asked: str, told: str, county: Service) -> None:
    assert told in county.ask(asked).answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "All homes in Harlow Dale that are good.",
        "All good homes",
        "Every care home in Malton that is good",
        "Most recently rated care home in Ripon?",
        "No. of care homes in Ripon that are good",
        "Any care homes in Selby? Names please",
        "I heard Saltersgate is outstanding. Who runs it?",
        "Which homes in Ripon are good, I heard there are two?",
    ],
)
def test_what_only_sounds_like_a_claim_is_no_claim(asked: str, county: Service) -> None:
    assert verdict(county.ask(asked)) is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Most are good there, arent they?", "Most are good there"),
        ("All seven of them improved. Is that right?", "All seven of them improved"),
        ("Oxleas improved, didn't it", "Oxleas improved"),
        ("I heard that most homes are good, is that right?", "             most homes are good"),
        ("Am I right that none is inadequate?", "                none is inadequate?"),
        ("Is it good or not?", "Is it good?"),
        # these are questions of their own
        ("How safe is it?", "How safe is it?"),
        ("Which one is right?", "Which one is right?"),
        ("I heard that Oxleas improved. Who runs it?", "I heard that Oxleas improved. Who runs it?"),
        ("Is it true?", "Is it true?"),
    ],
)
def test_a_frame_is_taken_off_and_places_stay(text: str, bare: str) -> None:
    assert without_frame(text) == bare


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Is that right?", True), ("True or false", True), ("yeah?", True), ("Is it safe?", False), ("", False)],
)
def test_a_tag_asks_only_whether_it_holds(text: str, tag: bool) -> None:
    assert is_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("None of them is good", True),
        ("At least half of the homes require improvement", True),
        ("Nearly all of the trusts improved", True),
        ("All homes that are good", False),
        ("Half of which are good?", False),
        ("All I need is the rating of Oxleas", False),
        ("Good homes are rare", False),
    ],
)
def test_a_statement_of_so_many_has_a_verb_of_its_own(text: str, states: bool) -> None:
    assert states_of_many(text) == states
