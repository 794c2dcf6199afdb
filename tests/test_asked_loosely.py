"""Ways of asking that people take for granted: each is answered in full over the made county, or says plainly
what it did not use; a table for each way."""

from __future__ import annotations

import pytest
from small_directory import asked as read_as
from small_directory import every

from qa.question.query import Rated
from qa.records import Answer
from qa.service import Service


def _ask(asked: str, county: Service) -> Answer:
    """The answer to the last of the questions that " >> " parts."""
    *before, last = asked.split(" >> ")
    return county.ask(last, before)


def _is_told(asked: str, told: str, county: Service) -> None:
    """Assert that every part of ``told`` that " … " parts is in the answer, and that every word is used."""
    answer = _ask(asked, county)
    assert answer.status == "answered", (asked, answer.answer.text)
    for part in told.split(" … "):
        assert part in answer.answer.text, asked
    assert answer.understood.left_out == (), asked


RANKED = "Which town has the most care homes?"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (f"{RANKED} And which comes second?", "Ripon and Thirsk (3 each) … Malton and Selby (2 each)"),
        ("Which town has the most care homes, and who's the runner-up?", "Malton and Selby (2 each)"),
        (
            "Who runs the most places, and who is second, and how many has each got?",
            "Larkmoor Care Ltd (4) … Tolland Homes (3) has the second most",
        ),
        (f"{RANKED} And the runners-up?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which come joint second?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> second place?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which towns are second equal?", "Malton and Selby (2 each)"),
        (f"{RANKED} >> which town has the second fewest?", "Ripon and Thirsk (3 each)"),
        ("How many care homes are there in each town? >> which is second?", "Malton and Selby (2 each)"),
        ("Which care home has the oldest rating, and which comes third?", "Dunmere Lodge"),
        ("Which provider runs the most places? >> and the third?", "Wrenfield Trust"),
    ],
)
def test_a_place_of_a_ranking_is_told_beside_it_and_after_it(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    "asked",
    ["How is Ashgrove rated? >> who's second?", f"{RANKED} >> who runs the second?"],
)
def test_a_place_of_no_ranking_is_not_told(asked: str, county: Service) -> None:
    assert "second" in " ".join(_ask(asked, county).understood.left_out)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "List the Outstanding care homes with the year each rating came out",
            "2 January 2019 … 6 July 2020",
        ),
        ("List the Outstanding care homes with the date of each rating", "2 January 2019 … 6 July 2020"),
        ("Which care homes are good, with the date of each?", "Pinfold Rest (published 6 July 2021)"),
        ("Which care homes are inadequate and what year was each rated?", "Wilfreda House … 5 June 2021"),
        (
            "Which care homes in Thirsk need improving, with the town and postcode of each?",
            "Ashgrove (Thirsk, TK4 2AB)",
        ),
        ("List the outstanding places with town and provider", "Saltersgate (Malton, Tolland Homes)"),
        (
            "List the care homes in Ripon, their providers and when they were rated",
            "Kestrane Court (Wrenfield Trust) … 3 February 2021",
        ),
        ("Which surgeries are good, giving town and date?", "Thrushcombe Surgery (Ripon) … 6 August 2017"),
        ("What year was Ashgrove rated?", "5 July 2021"),
    ],
)
def test_columns_beside_a_list_are_told_each(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("are any homes in Malton inadequate, or are they all good?", "No. None of the 2 … No. 1 of 2"),
        ("are any care homes in Ripon outstanding or are they all just good?", "Yes. 1 of 3 … No. 2 of 3"),
        ("Are the homes in Selby all good or are some of them inadequate?", "No. None … No. None"),
        ("Are any surgeries inadequate or merely good?", "No. None of the 3 … No. 1 of 3"),
        ("Which towns have the most and the fewest care homes?", "Ripon and Thirsk … Malton and Selby"),
        ("Which homes have the highest rating, and the lowest?", "Saltersgate … Wilfreda House"),
        ("Which care home has the newest and the oldest rating?", "Olwen Manor … Quennell Grange"),
        ("Is there a town with no good home, and which town is it?", "Yes. 1 of 4 … Selby"),
    ],
)
def test_alternatives_and_both_ends_are_told_one_by_one(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)
    assert len(_ask(asked, county).parts) == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Harlow Dale or Overmoor: where is a care home more likely to be inadequate?",
            "Overmoor 33.3% (1 of 3) and Harlow Dale 0% (0 of 5)",
        ),
        (
            "Which has the better chance of a good care home, Harlow Dale or Overmoor?",
            "Harlow Dale has the higher share",
        ),
        ("In which town is a care home most likely to be good?", "Ripon (66.7%) has the highest share"),
        ("Is a care home in Ripon less likely to be good than one in Thirsk?", "No. Thirsk has the lower"),
        (
            "Which is less likely to be good, a care home or a GP practice?",
            "GP practices have the lower share",
        ),
    ],
)
def test_what_is_likelier_is_a_larger_share(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


def test_an_alternative_about_one_tells_its_rating(county: Service) -> None:
    _is_told("Is Brackwater House outstanding or just good?", "was rated Outstanding", county)


@pytest.mark.parametrize(
    "asked",
    [
        "Is a home more likely to be inspected in Ripon or Thirsk?",
        "Which home is most likely to be good?",
        "Which home is likely to be good next year?",
    ],
)
def test_what_is_likelier_of_nothing_is_not_told(asked: str, county: Service) -> None:
    assert _ask(asked, county).status == "not_found"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Are any two outstanding care homes in the same town?", "No. None of the 4 towns"),
        ("Do any two inadequate care homes belong to the same provider?", "No."),
        ("do any two care homes share the same postcode?", "Yes. … SB1 1AB and TK4 2AB"),
        ("Do any of the inadequate homes share a provider?", "No. None of the 8 providers"),
        ("Which homes that require improvement share a town?", "1 town has at least 2 … Selby"),
        ("Which towns have the most and second most good care homes?", "Ripon (2) … have the most"),
        ("How many homes require improvement? And are any two in the same town?", "Yes. … Selby"),
        ("Which homes require improvement? >> are any three of them in the same town?", "No."),
        ("How many care homes are there in Selby? >> does any other town have more?", "Yes. Selby has 2"),
        ("How many care homes are in Ripon? >> does anywhere else have more?", "No. It is a tie"),
        ("How many homes does Tolland Homes run? >> does anyone else run more?", "Yes. Tolland Homes has 3"),
    ],
)
def test_what_others_share_or_have_more_of_is_computed(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which company is behind both Ashgrove and Saltersgate?", "Both are run by Tolland Homes"),
        ("Who is the company behind Yarrowby?", "run by Harrow Homes"),
        ("How is Yarrowby rated and who's the provider behind it?", "rated Good … run by Harrow Homes"),
        ("Who runs Ashgrove and Saltersgate both?", "Both are run by Tolland Homes"),
        ("Taking the Overmoor council area on its own, how many homes are good?", "1 care home in Overmoor"),
        ("which care homes failed - i mean rated inadequate?", "Wilfreda House"),
        ("how many branches does Larkmoor Care Ltd have?", "4 places run by Larkmoor"),
        ("how many premises are there in Ripon?", "6 places in Ripon"),
        ("how many outlets has Tolland Homes got?", "3 places run by Tolland Homes"),
        ("how many places are listed under exactly the name Ashgrove?", "1 of Ashgrove"),
        ("how many homes bear the name Yarrowby?", "1 of Yarrowby"),
        ("how many homes over in Ripon are good?", "2 care homes in Ripon"),
    ],
)
def test_what_is_said_beside_needs_no_remark(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("how many dentists... no, GP practices are there in Ripon?", "1 GP practice in Ripon"),
        ("how many dentists, sorry, GP practices are there in Ripon?", "1 GP practice in Ripon"),
        ("How many care homes in Ripon, sorry, in Thirsk are good?", "1 care home in Thirsk"),
        ("how many outstanding homes, sorry, good homes are there?", "4 care homes were rated Good"),
        ("how many care homes are good - i mean outstanding?", "2 care homes were rated Outstanding"),
        ("Are there no homes in Ripon, actually?", "No. There are 3 care homes"),
    ],
)
def test_what_is_said_anew_takes_the_place_of_a_slip(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "I'm from Selby. How many care homes are there? And in Ripon?",
            "2 care homes in Selby … 3 care homes",
        ),
        ("How many good homes are there in Ripon? And in Thirsk?", "2 care homes in Ripon … 1 care home"),
        ("Resident of Malton here. How many care homes are good?", "1 care home in Malton"),
        ("Councillor for Thirsk here - how many care homes are good?", "1 care home in Thirsk"),
        ("caseworker for a Northern MP - how many care homes are inadequate?", "Wilfreda House"),
        ("journalist at the Ripon Star: which town has the most good care homes?", "Ripon (2)"),
        ("Essay q: which town has the most good care homes?", "Ripon (2)"),
        (
            "share of good care homes in each council, and number of care homes in each",
            "Harlow Dale 40% … Harlow Dale 5",
        ),
    ],
)
def test_what_whoever_asks_tells_of_themselves_is_set_aside(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Ashgroves overall rating", "Ashgrove in Thirsk"),
        ("park views rating please", "Park View Surgery"),
        ("England's homes", "10 care homes: "),
        ("rating of ripon smiles", "Ripon Smiles has the published result"),
        ("when was Kestrane Courts safe rating published, the Ripon home??", "3 February 2021"),
        (
            "Someone said more than half of care homes' ratings were published before 2021. Check that for me.",
            "No. 5 of 10",
        ),
        ("A friend swears every Tolland home is rated good. True?", "No. 1 of 3"),
    ],
)
def test_names_and_claims_are_read_as_people_type_them(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    "asked",
    [
        "how many GP practices are good in their care of the older people group",
        "how many GP practices are good for the older people population group",
        "Which GP practices are good in looking after older people?",
        "Which practices are good for patients who are older people?",
        "which practices have a good older people team",
        "Which practices have an older people dept that is good?",
    ],
)
def test_words_around_a_service_say_no_more_than_its_name(asked: str) -> None:
    reading = read_as(asked)
    assert {one.service for one in every(Rated, reading.queries)} == {"Older people"}
    assert reading.left_out == ()
    assert not reading.blocked


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which homes round here are good?", "nothing about where you are. Name a town or a postcode to"),
        ("Which homes near me are good?", "nothing about where you are. Name a town or a postcode to"),
        ("nearest one", "nothing about where you are. Name a town or a postcode to"),
    ],
)
def test_here_is_asked_back_of_a_directory_of_several_areas(asked: str, told: str, county: Service) -> None:
    answer = _ask(asked, county)
    assert answer.status == "not_found"
    assert told in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "How do the surgeries do on safe and is anybody requires improvement overall?",
            "3 GP practices: Thrushcombe Surgery (Good for Safe",
        ),
        # "only" behind a scope that ends there
        ("care homes in Ripon only: how many are good?", "2 care homes in Ripon"),
        ("for surgeries only, how many are outstanding?", "1 GP practice was"),
        ("How many inadequate care homes are there in Thirsk only?", "1 care home in Thirsk"),
        # "only" before the groups, and "with" for short
        (
            "in which towns do more than a third of the care homes require improvement? only towns w at least 2 homes pls",
            "Selby",
        ),
        ("towns w/ at least 3 care homes", "Ripon 3 and Thirsk 3"),
        # what the person asking could not find, and what they look for
        ("is anywhere at all outstanding for well-led?? cant find a single dentist that is", "Yes. 2 of"),
        ("which homes in Selby are outstanding? I can't find any", "no care home in Selby"),
        ("Is there an outstanding home in Ripon? Couldn't see one.", "Yes. 1 of 3"),
        ("I can't find a single outstanding home in Malton. Is there one?", "1 care home in Malton"),
        ("My mum needs a home in Ripon that is outstanding. Are there any?", "1 care home in Ripon"),
        ("My mum needs a home in Selby. Is there one?", "2 care homes in Selby"),
    ],
)
def test_words_of_a_scope_and_of_the_asker_change_nothing(asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "I'm after a care home in Ripon or Thirsk that's good for both safe and well-led – which ones are there?",
            "3 care homes",
        ),
        ("I'm looking for an outstanding care home in Ripon – which ones are there?", "1 care home in Ripon"),
        ("I'm looking for an outstanding care home in Ripon – which are there?", "1 care home in Ripon"),
        ("I'm looking for an outstanding care home in Ripon. What is there?", "1 care home in Ripon"),
        ("I'm looking for an outstanding care home in Ripon. How many are there?", "1 care home in Ripon"),
        ("I'm looking for an outstanding care home in Ripon. What are they?", "1 care home in Ripon"),
        ("I'm looking for an outstanding care home in Ripon. Please list them.", "1 care home in Ripon"),
        ("I need a surgery in Malton rated requires improvement, which ones are there?", "1 GP practice in"),
        ("My dad wants a care home in Ripon which isn't good. Which ones are there?", "1 care home in Ripon"),
        (
            "My dad wants a care home in Thirsk that is good for caring; what have they got there?",
            "1 care home",
        ),
        ("We want a care home in Thirsk rated after June 2021. Which ones are there?", "2 care homes"),
        ("We want a care home in Ripon rated since 2020. Are there any?", "2 care homes in Ripon"),
        ("We want a dentist in Ripon. Which ones are there?", "2 dentists"),
        (
            "I'm looking for a good care home in Ripon. Which of them are good for safe?",
            "1 care home in Ripon",
        ),
        ("I'm looking for an outstanding care home in Ripon. Who runs them?", "Larkmoor Care Ltd"),
        # what is told of a place that is named is not asked of the others there
        ("My mum is in Wilfreda House, rated inadequate. How many care homes are there in Ripon?", "3 care"),
    ],
)
def test_what_is_looked_for_is_all_that_was_told_of_it(asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("answered", ()), answer.answer.text
    assert told in answer.answer.text
    if "outstanding" in asked:
        assert "Dunmere" not in answer.answer.text


@pytest.mark.parametrize(
    "asked",
    ["Are the outstanding care homes in Ripon only?", "Can't find a single outstanding home in Ripon."],
)
def test_an_only_that_is_asked_with_and_a_denial_are_left_out(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.status == "not_found", answer.answer.text
    assert len(answer.understood.left_out) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which care homes are let down by being well led?", "5 care homes"),
        ("Which care homes fail to reach good for safe?", "5 care homes"),
        ("Which care homes didn't manage good overall?", "6 care homes"),
        ("Which care homes in Harlow Dale struggle on safe?", "2 care homes"),
        ("Is any care home inadequate in at least one of the key questions?", "Yes. 2 of 10"),
        ("Are there any dentists that aren't rated at all?", "Yes. All 2 dentists"),
    ],
)
def test_falling_short_is_said_in_many_ways(asked: str, told: str, county: Service) -> None:
    _is_told(asked, told, county)


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("Rank the councils by the share of inadequate care homes, worst first", ["Overmoor", "Harlow Dale"]),
        ("Rank the councils by the share of good care homes, worst first", ["Overmoor", "Eastmarch"]),
        ("Councils by number of inadequate care homes, best first", ["Eastmarch", "Overmoor"]),
    ],
)
def test_worst_first_is_what_is_worst_of_what_is_counted(
    asked: str, places: list[str], county: Service
) -> None:
    listed = _ask(asked, county).answer.text.partition("By council: ")[2]
    assert listed.index(places[0]) < listed.index(places[1])
    assert listed.startswith(places[0]) or places[0] != "Overmoor"


def test_a_lead_is_left_out_of_an_order_too(county: Service) -> None:
    _is_told("For the commissioning board: number of good care homes by council", "Harlow Dale 2", county)
