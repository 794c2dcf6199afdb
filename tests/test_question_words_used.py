"""Small words that change who is meant: each is used for what it stands beside, and nothing else is told."""

from __future__ import annotations

import pytest
from made_corpus import verdict

from qa.records import Answer
from qa.service import Service


def subjects(answer: Answer) -> list[str]:
    """Whom an answer tells of, each once, in order."""
    return list(dict.fromkeys(fact.subject for fact in answer.facts))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        # words of names: all of them, either of them, and no other words
        ("Which homes have Wilfreda House in their name?", {"Wilfreda House"}),
        ("Which homes have Manor House in their name?", set()),
        ("Which places have park view in their name?", {"Park View Surgery"}),
        ("Which places have the words Park View in their name?", {"Park View Surgery"}),
        ("Which places whose name contains Park View are outstanding?", {"Park View Surgery"}),
        ("Which places whose name contains park view are outstanding?", {"Park View Surgery"}),
        ("Which homes with House or Lodge in their name are good?", {"Dunmere Lodge"}),
        ("Which homes whose names contain House or Lodge are good?", {"Dunmere Lodge"}),
        (
            "Which homes have “Wilfreda” or “Brackwater” in their name?",
            {"Wilfreda House", "Brackwater House"},
        ),
        ("Which homes have both House and Wilfreda in the name?", {"Wilfreda House"}),
        ("Which homes with outstanding ratings and House in their name are there?", {"Brackwater House"}),
        ("Which homes in Ripon have House in their name?", {"Brackwater House"}),
        ("Which places are registered under the name Ashgrove?", {"Ashgrove"}),
        # what a range and an exception are of
        ("Which homes in Thirsk are not up to good?", {"Wilfreda House", "Ashgrove"}),
        ("Which homes in Thirsk aren't up to good?", {"Wilfreda House", "Ashgrove"}),
        ("Which homes are outstanding, except the one in Malton?", {"Brackwater House"}),
        ("Which homes in Thirsk are there? Exclude the two run by Tolland Homes.", {"Wilfreda House"}),
        # one of those spoken of, which is no number
        ("List all homes in Malton except the outstanding one", {"Yarrowby"}),
        ("List all homes in Malton but the outstanding one, alphabetically", {"Yarrowby"}),
        ("Which is the outstanding one in Malton?", {"Saltersgate"}),
        # what is last: in time where a rating is, else on the scale
        ("Which of Olwen Manor, Kestrane Court and Wilfreda House was rated last?", {"Olwen Manor"}),
        ("Which of Olwen Manor, Kestrane Court and Wilfreda House came last?", {"Wilfreda House"}),
        ("Which of Olwen Manor, Kestrane Court and Wilfreda House was rated first?", {"Kestrane Court"}),
        (
            "Which of Olwen Manor, Kestrane Court and Wilfreda House was the last to be inspected?",
            {"Olwen Manor"},
        ),
        ("which home in Thirsk was last rated", {"Pinfold Rest"}),
        ("Which of the homes in Thirsk was last inspected?", {"Pinfold Rest"}),
        ("which homes in Thirsk were last inspected before July 2021", {"Wilfreda House"}),
        ("When was the home in Selby last rated?", {"Olwen Manor", "Quennell Grange"}),
        # how far a negation reaches
        ("Which homes are not in Thirsk and are good?", {"Dunmere Lodge", "Kestrane Court", "Yarrowby"}),
        ("homes that are not in Ripon and good", {"Pinfold Rest", "Yarrowby"}),
        (
            "homes that are not in Ripon or good",
            {"Olwen Manor", "Quennell Grange", "Wilfreda House", "Ashgrove", "Saltersgate"},
        ),
        (
            "homes that are neither in Ripon nor good",
            {"Olwen Manor", "Quennell Grange", "Wilfreda House", "Ashgrove", "Saltersgate"},
        ),
        (
            "homes that are neither good nor in Ripon",
            {"Olwen Manor", "Quennell Grange", "Wilfreda House", "Ashgrove", "Saltersgate"},
        ),
        (
            "homes that are not in Ripon and not good",
            {"Olwen Manor", "Quennell Grange", "Wilfreda House", "Ashgrove", "Saltersgate"},
        ),
        (
            "Which homes aren't in Thirsk and aren't good?",
            {"Brackwater House", "Olwen Manor", "Quennell Grange", "Saltersgate"},
        ),
        ("homes excluding those in Ripon and that are good", {"Pinfold Rest", "Yarrowby"}),
        (
            "Which homes are neither run by Tolland Homes nor in Ripon?",
            {"Olwen Manor", "Quennell Grange", "Wilfreda House", "Yarrowby"},
        ),
        # where somebody is said to be
        ("Which homes have Thirsk as their town and are good?", {"Pinfold Rest"}),
        ("Which homes have Overmoor as the council?", {"Wilfreda House", "Ashgrove", "Pinfold Rest"}),
        ("Which care homes registered in Thirsk are good?", {"Pinfold Rest"}),
        ("Which homes in the report are outstanding?", {"Brackwater House", "Saltersgate"}),
        # which of the dates, and which ratings are unlike
        ("Which home was rated first, and which last?", {"Quennell Grange", "Olwen Manor"}),
        (
            "Which homes have different ratings for safe and well-led?",
            {"Olwen Manor", "Quennell Grange", "Saltersgate", "Yarrowby"},
        ),
        ("Which homes are outstanding for caring but not overall?", {"Pinfold Rest"}),
        ("Which homes are good for safe and well-led but not caring?", {"Brackwater House", "Pinfold Rest"}),
        (
            "Which homes are good for caring but not safe?",
            {"Dunmere Lodge", "Olwen Manor", "Ashgrove", "Yarrowby"},
        ),
        (
            "Which homes are not good for all three key questions and in Ripon?",
            {"Brackwater House", "Dunmere Lodge"},
        ),
        ("Which homes in Malton aren't good for everything?", {"Saltersgate", "Yarrowby"}),
        # the same value as somebody's, rather than the same rating
        ("Which homes are run by the same company as Ashgrove?", {"Pinfold Rest", "Saltersgate"}),
        (
            "Which homes have the same provider as Dunmere Lodge?",
            {"Brackwater House", "Quennell Grange", "Wilfreda House"},
        ),
        ("Which homes in the same council as Olwen Manor are good?", {"Dunmere Lodge", "Kestrane Court"}),
        ("Which homes have the same rating as Ashgrove?", {"Olwen Manor", "Quennell Grange"}),
        # the one that is best or worst, with where it is
        ("Which town has the worst home?", {"Wilfreda House"}),
        ("Which council has the worst rated surgery?", {"Millrace Surgery"}),
        ("Which town has the best rated home?", {"Brackwater House", "Saltersgate"}),
        # what is told of an exception
        (
            "Which homes are good for everything apart from well-led, which is requires improvement?",
            {"Quennell Grange"},
        ),
        (
            "Which homes are good for everything but well-led, where they are requires improvement?",
            {"Quennell Grange"},
        ),
        ("Which homes are good for everything except safe, which is inadequate?", set()),
        (
            "Which homes are good for everything except well-led and are requires improvement overall?",
            {"Quennell Grange"},
        ),
        (
            "Of Ashgrove, Olwen Manor and Yarrowby, all but Yarrowby: what are they rated?",
            {"Ashgrove", "Olwen Manor"},
        ),
    ],
)
def test_who_is_found(asked: str, found: set[str], county: Service) -> None:
    answer = county.ask(asked)
    assert set(subjects(answer)) == found, answer.answer.text
    assert (answer.status, answer.understood.left_out) == ("answered", ())


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("How many trusts with NHS Foundation in their name improved?", 6),
        ("How many trusts with Partnership NHS in their name are there?", 4),
        ("How many trusts don't have Foundation in their name?", 1),
        ("Which trusts finished higher than they started?", 7),
        ("How many trusts ended up better than they were before?", 7),
        ("How many trusts are in the report?", 7),
        ("Which trusts are mentioned in the report?", 7),
        ("which trusts in the report are outstanding", 1),
        # steps, and what was so then beside what is so now
        ("How many of the seven moved exactly one rating up?", 7),
        ("Which trusts went one grade up?", 7),
        ("Which trusts went two grades up?", 0),
        ("How many trusts that were requires improvement are now good?", 6),
        ("Which trusts were good and are now outstanding?", 1),
        ("What share of the trusts had been good before?", 1),
    ],
)
def test_how_many_trusts_are_found(asked: str, count: int, trusts: Service) -> None:
    answer = trusts.ask(asked)
    assert (answer.facts_total, answer.understood.left_out) == (count, ()), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "holds", "told"),
    [
        ("Did any trust finish lower than it started?", False, "None of the 7"),
        ("Did any trust end up worse than it began?", False, "None of the 7"),
        ("Did all trusts finish higher than where they began?", True, "All 7"),
        ("Did the majority improve by exactly one step?", True, "All 7"),
        ("Did Oxleas finish higher than it started?", True, "up from Requires Improvement"),
        ("Was Oxleas any worse before?", True, "up from Requires Improvement"),
        ("Are all the trusts that were requires improvement now good?", True, "All 6"),
        ("Are most trusts that were requires improvement good now?", True, "All 6"),
        ("Did more trusts end on good than began on good?", True, "Good 6 and rated Good before 1"),
        ("Did Sheffield do as well as Oxleas?", True, "both are rated Good"),
        ("Was Oxleas better before?", False, "up from Requires Improvement"),
        ("Were all trusts the same before?", False, "None of the 7"),
        ("Dad's under Lincolnshire Partnership - was it worse before?", True, "up from Requires Improvement"),
        ("There isn't a single inadequate trust in the list, is there?", True, "None of the 7"),
    ],
)
def test_what_became_of_trusts_is_told_by_their_ratings(
    asked: str, holds: bool, told: str, trusts: Service
) -> None:
    answer = trusts.ask(asked)
    assert (verdict(answer), told in answer.answer.text) == (holds, True), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "holds", "told"),
    [
        # of one place what is claimed of its key questions is told with each of them
        ("Is Dunmere Lodge good for safe and caring?", False, "Safe Requires improvement, Caring Good"),
        (
            "Is Dunmere Lodge good for everything?",
            False,
            "Caring Good, Safe Requires improvement, Well-led Requires improvement",
        ),
        (
            "Is everything good apart from well-led, which is requires improvement, at Quennell Grange?",
            True,
            "Well-led Requires improvement",
        ),
        ("Is Olwen Manor's latest rating good?", False, "Requires improvement"),
        # "there is"
        ("Isn't there a single outstanding home in Thirsk?", False, "None of the 3"),
        ("Aren't there any outstanding homes in Malton?", True, "1 of 2"),
        ("There isn't a single outstanding home in Thirsk", True, "None of the 3"),
        ("In Thirsk there isn't a single outstanding home", True, "None of the 3"),
        ("There are no inadequate homes in Ripon.", True, "None of the 3"),
        ("there are 5 outstanding homes", False, "2 of 10"),
        # who comes first of all
        ("Does the North West have the most care homes?", True, "North West (5) has the most care homes."),
        (
            "Does the South East have the most care homes of any region?",
            False,
            "South East has 3. North West (5) has the most",
        ),
        ("Is the North West the region with the most care homes?", True, "North West (5)"),
        (
            "No region has more care homes than the South East, right?",
            False,
            "South East has 3. North West (5)",
        ),
        ("No region has more care homes than the North West, right?", True, "North West (5)"),
        ("Does any town have more care homes than Thirsk?", False, "Ripon and Thirsk (3 each)"),
        ("Is there any town with more care homes than Selby?", True, "Selby has 2."),
        ("Nowhere has fewer care homes than Ripon, right?", False, "Ripon has 3."),
        (
            "Nobody runs more homes than Tolland Homes, right?",
            False,
            "Tolland Homes has 3. Larkmoor Care Ltd (4)",
        ),
        (
            "Is it true that no provider runs more homes than Larkmoor Care Ltd?",
            True,
            "Larkmoor Care Ltd (4)",
        ),
        ("Is Larkmoor Care Ltd the largest provider of care homes?", True, "Larkmoor Care Ltd (4)"),
        (
            "Does Ripon have the second most care homes?",
            False,
            "Ripon has 3. It is a tie: Malton and Selby (2 each)",
        ),
        ("Is Thirsk in the top 2 towns for care homes?", True, "Ripon and Thirsk (3 each)"),
        ("Does Selby have the most homes in the North West?", False, "Selby has 2. Ripon (3)"),
        ("Does the South East have the most inadequate homes?", True, "South East (1)"),
        ("Does the North West have more care homes than any other region?", True, "North West (5)"),
        (
            "Does Ripon have more care homes than any other town?",
            False,
            "It is a tie: Ripon and Thirsk (3 each)",
        ),
        ("Does Larkmoor Care Ltd run more homes than anyone else?", True, "Larkmoor Care Ltd (4)"),
        # the only one
        ("Is Ripon the only town with an outstanding home?", False, "1 of 2"),
        ("Is Thirsk the only town with an inadequate home?", True, "1 of 1"),
        ("Is Thirsk the only town with a surgery?", False, "1 of 3"),
        ("Is Larkmoor Care Ltd the only provider with an inadequate home?", True, "1 of 1"),
        ("Are all homes that are good for safe good for caring?", False, "2 of 5"),
        # better is no number
        (
            "Are Thirsk's homes better than Malton's?",
            False,
            "Malton has the higher share of care homes rated Outstanding or Good",
        ),
        (
            "Is Tolland Homes better than Larkmoor Care Ltd?",
            True,
            "66.7% (2 of 3) and Larkmoor Care Ltd 50% (2 of 4)",
        ),
        ("Are there more homes in Thirsk than in Malton?", True, "Thirsk 3 and Malton 2"),
    ],
)
def test_whether_it_is_so_is_told_with_what_shows_it(
    asked: str, holds: bool, told: str, county: Service
) -> None:
    answer = county.ask(asked)
    assert (verdict(answer), told in answer.answer.text) == (holds, True), answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "Does the South East have the highest share of good homes of any region?",
            "East of England (50%) has the highest share",
        ),
        ("Is the North West the worst region?", "South East (50%) has the lowest share"),
    ],
)
def test_of_a_share_all_are_ranked_rather_than_the_one_alone(asked: str, told: str, county: Service) -> None:
    assert county.ask(asked).answer.text.startswith(told)


@pytest.mark.parametrize(
    "asked", ["Was Olwen Manor rated first?", "Which towns have more care homes than Malton?"]
)
def test_what_is_not_understood_is_not_answered(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, bool(answer.understood.left_out)) == ("not_found", True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        # a place before all of it, and one before a kind alone, are meant of every part
        (
            "In Thirsk: how many homes are good, and how many surgeries?",
            ["1 care home in Thirsk", "no GP practice in Thirsk (postal town) was rated Good"],
        ),
        (
            "In Thirsk, how many homes are good and how many surgeries are outstanding?",
            ["home in Thirsk", "practice in Thirsk"],
        ),
        (
            "In the North West, how many homes are good and which town has the most homes?",
            ["2 care homes in North West", "Ripon (3)"],
        ),
        (
            "How many homes are good in Thirsk and how many surgeries?",
            ["1 care home in Thirsk", "no GP practice in Thirsk (postal town) was rated Good"],
        ),
        (
            "How many homes are outstanding in Malton and how many in Thirsk?",
            ["in Malton (postal town)", "in Thirsk (postal town)"],
        ),
        (
            "What share of homes in Thirsk is good, and how does that compare with Malton?",
            ["1 of 3 care homes in Thirsk", "Malton has the higher share"],
        ),
        (
            "Thirsk v Malton homes - how many more are inadequate in Thirsk",
            ["1 more: Thirsk 1 against Malton 0"],
        ),
        ("Where are homes more often inadequate, Thirsk or Malton?", ["Thirsk has the higher share"]),
        ("Are homes in Thirsk good more often than homes in Malton?", ["No. Malton has the higher share"]),
        (
            "Group the homes in Thirsk by the rating they have",
            ["1 Good, 1 Requires improvement and 1 Inadequate"],
        ),
        ("How many homes were inadequate in February 2022?", ["As it stood on 3 February 2022: 1 care home"]),
        ("How many homes were rated inadequate in February 2022?", ["None: no care home"]),
        (
            "Which town has the most homes, and which has the highest share of good ones?",
            ["have the most care homes", "the highest share of care homes rated Good"],
        ),
        (
            "How many homes in Thirsk are good, and how many homes are there?",
            ["1 care home in Thirsk", "3 care homes in Thirsk"],
        ),
        (
            "What share of homes in Thirsk is good and what in Malton?",
            ["1 of 3 care homes in Thirsk", "care homes in Malton"],
        ),
        (
            "How many homes are there in Thirsk, how many surgeries and how many dentists?",
            ["3 care homes", "1 GP practice", "no dentist in Thirsk"],
        ),
        (
            "For Thirsk: how many homes are there, and who runs Yarrowby?",
            ["3 care homes", "Yarrowby is run by Harrow Homes"],
        ),
        (
            "How many homes in Thirsk are good and which region has the most homes?",
            ["1 care home in Thirsk", "North West (5)"],
        ),
        (
            "When was Dunmere Lodge rated, and how did it do on well-led?",
            ["3 February 2020", "Requires improvement for Well-led"],
        ),
        ("Who runs Ashgrove and how is it doing?", ["run by Tolland Homes", "rated Requires improvement"]),
        (
            "Are all the surgeries outstanding, and who runs them?",
            ["No. 1 of 3", "Thrushcombe Surgery (Dr Okonjo)"],
        ),
        (
            "Are any homes inadequate, and who runs them?",
            ["Yes. 1 of 10", "Wilfreda House (Larkmoor Care Ltd)"],
        ),
        ("how many are good, and how many services are in the report?", ["5 places", "15 places"]),
    ],
)
def test_of_several_questions_each_is_answered_where_it_is_meant(
    asked: str, told: list[str], county: Service
) -> None:
    answer = county.ask(asked)
    assert [one for one in told if one not in answer.answer.text] == [], answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "How do care homes in Thirsk compare with Malton ones?",
            "Malton has the higher share of care homes rated Outstanding or Good",
        ),
        (
            "What is the gap in percentage points between Thirsk and Malton in good care homes?",
            "16.7 percentage points more",
        ),
        ("How are Ashgrove and Yarrowby both rated?", "Ashgrove in Thirsk was rated Requires improvement"),
        (
            "Apart from Yarrowby, which of Ashgrove, Olwen Manor and Yarrowby came last?",
            (
                "Ashgrove and Olwen Manor have the lowest rating of Ashgrove and Olwen Manor, Requires "
                "improvement."
            ),
        ),
        ("I work at Ashgrove - what did caring get?", "Ashgrove in Thirsk was rated Good for Caring"),
        (
            "How do the homes in Thirsk compare with Malton's?",
            "Malton has the higher share of care homes rated Outstanding or Good",
        ),
        (
            "How does Thirsk compare with Malton for homes?",
            "Malton has the higher share of care homes rated Outstanding or Good",
        ),
        (
            "Which has better homes, Thirsk or Malton?",
            "Malton has the higher share of care homes rated Outstanding or Good",
        ),
        ("What share of the homes that are good for caring are good overall?", "50%: 3 of 6"),
        (
            "How many homes does the provider with the most homes run?",
            "Larkmoor Care Ltd (4) has the most care homes.",
        ),
        ("Mum's at Ashgrove - who runs it?", "Ashgrove is run by Tolland Homes"),
    ],
)
def test_what_is_compared_and_of_whom_is_told(asked: str, told: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.answer.text.startswith(told), answer.answer.text
    assert answer.understood.left_out == ()


@pytest.mark.parametrize(
    "denied", ["don't have", "do not have", "haven't got", "have never had", "don't hold", "lack"]
)
@pytest.mark.parametrize(
    ("lacked", "groups"),
    [
        ("a good home", {"Selby"}),
        ("any inadequate homes", {"Ripon", "Malton", "Selby"}),
        ("an outstanding home", {"Thirsk", "Selby"}),
    ],
)
def test_groups_without_one_are_those_of_which_none_is_so(
    denied: str, lacked: str, groups: set[str], county: Service
) -> None:
    answer = county.ask(f"Which towns {denied} {lacked}?")
    told = answer.answer.text.partition(": ")[2].partition(". ")[0].replace(" and ", ", ").split(", ")
    assert (set(told), answer.understood.left_out) == (groups, ()), answer.answer.text


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("What is the most common rating among homes in Malton and Ripon?", "Good"),
        ("What's the commonest rating of surgeries in Thirsk?", "Outstanding"),
    ],
)
def test_the_most_common_rating_is_counted(asked: str, first: str, county: Service) -> None:
    assert county.ask(asked).figures[0].label == first


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("how many wobbles are there?", "wobbles"),
        ("How many homes have the best rating?", "best rating"),
        ("Is Ashgrove registered?", "registered"),
        ("How did it do on well-led?", "it"),
    ],
)
def test_what_counts_or_points_and_means_nobody_is_asked_back(asked: str, word: str, county: Service) -> None:
    answer = county.ask(asked)
    assert (answer.status, answer.understood.left_out) == ("not_found", (word,))


def test_a_number_of_grades_is_no_number_of_trusts(trusts: Service) -> None:
    assert trusts.ask("Which trusts went two grades?").figures == ()


@pytest.mark.parametrize(
    "asked", ["Who merged Oxleas?", "who took over Oxleas", "Which trust merged with Sheffield?"]
)
def test_who_took_somebody_over_is_told_by_no_list_of_names(asked: str, trusts: Service) -> None:
    assert trusts.ask(asked).status == "not_found"


@pytest.mark.parametrize("who", ["Thirsk", "Malton"])
def test_a_place_runs_nothing(who: str, county: Service) -> None:
    assert county.ask(f"Which homes run by {who} are good?").status == "not_found"


@pytest.mark.parametrize(
    "asked",
    ["Why is Wilfreda House inadequate?", "what did the inspectors say about Olwen Manor", "why?"],
)
def test_tables_without_reports_say_that_they_tell_no_reasons(asked: str, county: Service) -> None:
    answer = county.ask(asked)
    assert answer.status == "not_found"
    assert answer.answer.text.startswith("The loaded tables hold ratings, but not the reports")
    assert answer.suggestions
