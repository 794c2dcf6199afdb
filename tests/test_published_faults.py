"""What regulators' own files had wrong with them once: a made one of each sort in a folder by itself, and
what is told and answered.

The names are those of the real ones in ../shared/cases, which a last test reads where they are; each sort has
tests of its own elsewhere.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from small_pdf import Text, make_pdf

from qa.reading import read_corpus
from qa.records import Report
from qa.service import Service
from qa.settings import Settings

Answers = Sequence[tuple[str, str]]  # questions, and how their answers begin


@dataclass(frozen=True)
class Fault:
    """Files, what of them is told (part of each problem's message, in order), and what is answered."""

    files: Mapping[str, str | bytes]
    answers: Answers = ()
    told: Sequence[str] = ()
    errors: int = 0
    never: Sequence[str] = field(default=())  # words that no answer holds


def history() -> str:
    rows = ["Location ID,Name,Domain,Service / Population Group,Latest Rating,Publication Date"]
    visits = (
        ("2015-06-04", "Good"),
        ("2018-05-01", "Inadequate"),
        ("2018-08-28", "Inspected but not rated"),
        ("2019-01-03", "Good"),
    )
    rows += [
        f"1-1,Mill Surgery,{domain},Overall,{rating},{day}"
        for day, rating in visits
        for domain in ("Overall", "Safe")
    ]
    return "\n".join(rows) + "\n"


def location(name: str, number: str, rating: str, before: str) -> bytes:
    current = {
        "overall": {
            "rating": rating,
            "reportDate": "2022-11-17",
            "keyQuestionRatings": [{"name": "Safe", "rating": "Good"}],
        }
    }
    past = [{"reportDate": "2016-07-13", "overall": {"rating": before}}]
    contact = {"personTitle": "Mrs", "personFamilyName": "Doe"}
    place = {
        "locationId": number,
        "name": name,
        "mainPhoneNumber": "01632 960000",
        "currentRatings": current,
        "historicRatings": past,
    }
    return json.dumps(
        place | {"numberOfBeds": 40, "regulatedActivities": [{"name": "Care", "contacts": [contact]}]}
    ).encode()


def bomb() -> bytes:
    whole, packed = (
        make_pdf([[Text(400, "Some words.")]]),
        zlib.compress(b"BT /F1 9 Tf (" + b"word " * 4_000_000 + b") Tj ET", 9),
    )
    start, end = whole.index(b"<< /Length"), whole.index(b"endstream")
    return (
        whole[:start]
        + b"<< /Length %d /Filter [/FlateDecode] >>\nstream\n%s\n" % (len(packed), packed)
        + whole[end:]
    )


HEADS_OF_HOMES = "Provision type,Registration status,Name,Town,Sector,Places"
JUDGED = "Overall effectiveness,Outcomes for children,Leadership and management"
SIX = 'ratings = ["Excellent", "Very good", "Good", "Adequate", "Weak", "Unsatisfactory"]'
CARD = (
    "School,Safeguarding,Achievement,Published\nFern School,Met,Exceptional,12/01/2026\nLow "
    "School,Not met,Needs attention,13/01/2026\n"
)
OF_CARD = """[aspects]
"Safeguarding" = "Safeguarding"
"Achievement" = "Achievement"
[scale]
ratings = ["Exceptional", "Strong standard", "Needs attention"]
unrated = ["Met", "Not met"]
"""
BOX = """---
title: Inspection of Wexcombe children's services
published: 29 october 2018
---

1
Wexcombe Metropolitan District
Council
Inspection dates: 17 September to 28 September 2018
Judgement
Grade
The impact of leaders on social work practice
Requires improvement to
be good
Overall effectiveness
Inadequate

Services for children have rapidly deteriorated since the last inspection.
"""
PAGE = """<title>Elm House - Care Quality Commission</title><meta property="article:published_time" content="2018-03-15T10:00:00Z">
<main><h1>Elm House</h1><div class="gem-c-cookie-banner"><h2>Cookies</h2><p>We use essential cookies.</p></div>
<h2>Summary</h2><p>Medicines were managed safely.</p>
<table><tr><th>Key question<th>Rating</tr><tr><td>Overall<td>Good</tr><tr><td>Safe<td>Requires improvement</tr></table>
<dl><dt>Beds</dt><dd>32</dd></dl><div class="gem-c-feedback"><h2>Is this page useful?</h2><p>Yes this page is useful</p></div></main>"""
NEEDS = """---
title: Inspection of Marsham children's services
published: 02 july 2018
---

# Marsham County Council

## Findings

Children are seen in time, and plans are reviewed.

## What needs to improve

- Caseloads of social workers.
- Plans for leaving care.
"""
ACTIVE = (
    "Location ID,Location HSCA start date,Care home?,Location Name,Registered manager,Location "
    "Latest Overall Rating,Publication Date,"
    "Location Local Authority,Location Street Address,Location City,Location Postal Code\n"
    '1-1,01/10/2010,Y,Ash House,"Doe, Ann",Good,21/02/2022,Wexcombe,1 High Street,Wexford,AB1 2CD\n'
    "1-2,01/10/2010,Y,Cedar Court,,,,Wexcombe,3 High Street,Wexford,AB1 2CF\n"
)
CLOSED = (
    "Location ID,Location Name,Location Status,Location HSCA start date,Location HSCA End Date,Care "
    "home?,Location Local Authority,Location Street Address,Location City,Location Postal Code,Location "
    "Latest Overall Rating,Publication Date\n1-8,Ash "
    "House,Inactive-Dereg,01/10/2010,31/01/2022,Y,Wexcombe,1 High Street,Wexford,AB1 "
    "2CD,Inadequate,05/05/2021\n1-9,Elm Rise,Inactive-Dereg,01/10/2010,30/06/2021,Y,Wexcombe,9 High "
    "Street,Wexford,AB1 2CZ,Good,05/05/2018\n"
)

FAULTS: Mapping[str, Fault] = {
    "01-two-digit-years": Fault(
        {
            "a.csv": "la_name,la_ref,score_%,overall_rating,publication_date,staff\n"
            "Wexcombe,wyjs,44.44,Requires Improvement,18/02/25,Good\n"
            "Marsham,myjs,61.11,1 A standard does not count towards the overall rating.,21/06/22,Good\n"
        },
        [
            (
                "When was Wexcombe rated?",
                "The rating of Wexcombe, Requires Improvement, was published on 18 February 2025",
            ),
            ("What is Wexcombe rated for staff?", "Wexcombe was rated Good for Staff"),
            ("What is Marsham rated?", "Marsham has no published rating"),
            ("What is Wexcombe's score?", "Wexcombe has the score % 44.44"),
        ],
        ["kept under their own headings", "not on the rating scale"],
    ),
    "02-wrong-rating-column": Fault(
        {
            "a.csv": f"Provider information,,,,,,Inspection information,,,\n{HEADS_OF_HOMES},Publication "
            f"date,{JUDGED}\n"
            "Children's home,Active,Hill Home,Leeds,Private,6,21/11/2017,Inadequate,Good,Inadequate\n"
            "Children's home,Active,Dale Home,Leeds,Private,3,29/11/2017,Good,,Good\n"
            "Boarding school,Active,Lake School,York,Voluntary,,30/11/2017,Good,,Outstanding\n"
        },
        [
            ("What is Hill Home rated?", "Hill Home in Leeds was rated Inadequate"),
            ("How many places are good?", "2 places were rated Good: Dale Home"),
            (
                "Is Lake School good for leadership?",
                "No. Lake School in York was rated Outstanding for Leadership and management",
            ),
            ("How many places does Hill Home have?", "Hill Home has 6 places."),
        ],
        ["text above the heading", "kept under their own headings"],
    ),
    "03-interim-hides-rating": Fault(
        {
            "a.csv": "URN,Name,Event type,Publication date,Overall effectiveness\n1,Hill Home,Full "
            "inspection,18/06/2017,Good\n1,Hill Home,Interim inspection,23/10/2017,Declined in "
            "effectiveness\n2,Dale Home,Full inspection,25/05/2017,Outstanding\n2,Dale "
            "Home,Interim inspection,14/02/2018,Sustained effectiveness\n"
        },
        [
            ("What is Hill Home rated?", "Hill Home was rated Good (published 18 June 2017)"),
            ("How many homes are outstanding?", "1 home was rated Outstanding: Dale Home"),
        ],
        ["kept under their own headings"],
    ),
    "04-title-rows-six-judgements": Fault(
        {
            "a.csv": "Children's social care data - Provider level as at 31 March 2023,,,,\nThis worksheet "
            "contains one table.,,,,\nName,Latest full inspection publication date,Overall "
            "experiences and progress of children,Health services,The effectiveness of leaders and "
            "managers\nHill Home,20/12/2022,Requires improvement to be good,,Inadequate\nDale "
            "Home,21/03/2023,Outstanding,,Good\n"
        },
        [
            ("What is Hill Home rated?", "Hill Home was rated Requires improvement"),
            (
                "What is Hill Home rated for the effectiveness of leaders?",
                "Hill Home was rated Inadequate for The effectiveness of leaders",
            ),
            (
                "How many are good for leaders and managers?",
                "1 home was rated Good for The effectiveness of leaders and managers: Dale Home",
            ),
        ],
        ["text above the heading", "kept under their own headings"],
    ),
    "05-us-dates-with-time": Fault(
        {
            "a.csv": "Location Name,Location ID,Primary inspection category,"
            "Location Latest Overall Rating,Publication Date,Care homes beds\n"
            "Larch View,1-1,Residential social care,Good,6/4/2013 12:00:00 AM,9\n"
            "Maple Bank,1-2,Residential social care,Good,1/17/2011 12:00:00 AM,4\n"
        },
        [
            ("When was Larch View rated?", "The rating of Larch View, Good, was published on 4 June 2013"),
            ("How many beds does Larch View have?", "Larch View has 9 care homes beds"),
        ],
        ["kept under their own headings", "read with the month first, as “1/17/2011 12:00:00 AM” shows"],
    ),
    "06-generic-provider-names": Fault(
        {
            "a.csv": "Location Name,Location ID,Location Local Authority,Primary inspection category,Location "
            "Latest Overall Rating,"
            "Publication Date,Provider Name\n"
            "1 The Avenue,1-1,Kent,Residential social care,Good,20/12/2020,Homes Together Limited\n"
            "2 Church Road,1-2,Kent,Residential social care,Inadequate,20/12/2020,Homes Together Limited\n"
            "3 Oak Road,1-3,Kent,Residential social care,Good,20/12/2020,Other Care Limited\n"
        },
        [
            ("Which homes does Homes Together run?", "2 care homes run by Homes Together Limited"),
            ("How many homes are good?", "2 care homes were rated Good"),
        ],
    ),
    "07-history": Fault(
        {"a.csv": history()},
        [
            (
                "What was Mill Surgery rated in 2016?",
                "As it stood on 31 December 2016: Mill Surgery was rated Good",
            ),
            (
                "Has Mill Surgery ever been inadequate?",
                "Yes. Mill Surgery was rated Inadequate (published 1 May 2018).",
            ),
            (
                "When did Mill Surgery last get worse?",
                "Mill Surgery was last given a lower rating than before: Inadequate, from Good before",
            ),
            ("What was Mill Surgery before?", "Mill Surgery was rated Good, up from Inadequate before"),
        ],
        never=["No rating of", "never"],
    ),
    "08-cqc-api-json": Fault(
        {
            "1.json": location("Bridge House", "1-1", "Requires improvement", "Good"),
            "2.json": location("Mill House", "1-2", "Good", "Inadequate"),
        },
        [
            (
                "What is Bridge House rated?",
                (
                    "Bridge House was rated Requires improvement, down from Good before (published 17 "
                    "November 2022)"
                ),
            ),
            (
                "Has Mill House ever been inadequate?",
                "Yes. Mill House was rated Inadequate (published 13 July 2016)",
            ),
            ("How many beds does Mill House have?", "Mill House has 40 beds"),
            ("Who is the manager of Mill House?", "The loaded"),
        ],
        never=["Doe", "960000"],
    ),
    "09-report-stops-folder": Fault(
        {"wexcombe.txt": BOX, "homes.csv": "Name,Rating,Published\nElm House,Good,15/03/2018\n"},
        [
            (
                "What is Wexcombe rated?",
                "Wexcombe children's services was rated Inadequate (published 29 October 2018)",
            ),
            ("What is Elm House rated?", "Elm House was rated Good (published 15 March 2018)"),
        ],
    ),
    "10-mixed-scales": Fault(
        {
            "cqc.csv": "Name,Rating,Published\nElm House,Good,15/03/2018\n",
            "scot.csv": "Name,Rating,Published\nBirch House,Very good,15/03/2018\n",
            "scot.csv.toml": f"[scale]\n{SIX}\n",
            "cafes.csv": "Name,Rating,Published\nElm Grill,3,15/03/2018\nOak Bakery,Exempt,15/03/2018\n",
            "cafes.csv.toml": '[scale]\nratings = ["5", "4", "3", "2", "1", "0"]\nunrated = ["Exempt"]\n',
            "cards.csv": CARD,
            "cards.csv.toml": OF_CARD,
        },
        [
            ("What is Elm Grill rated?", "Elm Grill was rated 3"),
            ("What is Oak Bakery rated?", "Oak Bakery has the published result “Exempt”"),
            (
                "Which is best?",
                "These ratings are on different scales, which can’t be set against each other: 5 to 0, "
                "Outstanding to Inadequate and Excellent to Unsatisfactory. They hold 8 ratings",
            ),
            ("What is Fern School rated?", "Fern School: Safeguarding Met, Achievement Exceptional"),
        ],
        never=["is rated higher"],
    ),
    "11-six-point-no-overall": Fault(
        {
            "a.csv": (
                "Name,KQ_Wellbeing,KQ_Staff,Last_inspection_Date\nBirch House,5,4,12/03/2024\nRowan "
                "Lodge,2,1,14/05/2024\n"
            ),
            "a.csv.toml": '[columns]\npublished = "Last_inspection_Date"\n[aspects]\n"KQ_Wellbeing" = '
            f'"Wellbeing"\n"KQ_Staff" = "Staff"\n[scale]\n{SIX}\nsynonyms = {{ "5" = "Very '
            'good", "4" = "Good", "2" = "Weak", "1" = "Unsatisfactory" }\n',
        },
        [
            (
                "What is Birch House rated?",
                "Birch House: Wellbeing Very good, Staff Good (published 12 March 2024)",
            ),
            ("Who has a 2 for wellbeing?", "1 place was rated Weak for Wellbeing: Rowan Lodge"),
            ("Which place is best?", "The tables have no overall rating"),
        ],
    ),
    "12-report-cards-2025": Fault(
        {"cards.csv": CARD, "cards.csv.toml": OF_CARD},
        [
            (
                "What is Low School rated overall?",
                "Low School: Safeguarding Not met, Achievement Needs attention",
            ),
            (
                "Which schools met safeguarding?",
                "1 school had the published result “Met” for Safeguarding: Fern School",
            ),
            (
                "What is Fern School rated for wellbeing?",
                "The loaded reports and ratings do not know “wellbeing”",
            ),
        ],
    ),
    "13-page-of-one-place": Fault(
        {"elm.html": PAGE},
        [
            (
                "What is Elm House rated for safe?",
                "Elm House was rated Requires improvement for Safe (published 15 March 2018)",
            ),
            ("How many beds does Elm House have?", "Elm House has 32 beds"),
            ("What is said of medicines?", "“Medicines were managed safely.”"),
            ("Is this page useful?", "The loaded reports and ratings do not answer that"),
        ],
        ["kept under their own headings"],
        never=["cookies"],
    ),
    "14-pdf-bomb": Fault(
        {
            "bomb.pdf": bomb(),
            "scan.pdf": make_pdf([[]]),
            "homes.csv": "Name,Rating,Published\nElm House,Good,15/03/2018\n",
        },
        [("What is Elm House rated?", "Elm House was rated Good")],
        ["unpacks to far more than any text would", "has no text"],
        errors=1,
    ),
    "15-dates": Fault(
        {
            "compact.csv": "Name,Rating,Published\nElm House,Good,20180315\n",
            "months.csv": "Name,Rating,Published\nOak Lodge,Good,March 2018\nAsh Court,Good,Feb-19\n",
            "short.csv": "Name,Rating,Published\nFir House,Good,15/03/18\n",
        },
        [
            (f"When was {name} rated?", f"The rating of {name}, Good, was published on {day}")
            for name, day in (
                ("Elm House", "15 March 2018"),
                ("Oak Lodge", "1 March 2018"),
                ("Ash Court", "1 February 2019"),
                ("Fir House", "15 March"),
            )
        ],
        ["a month without a day"],
    ),
    "16-utf16-no-mark": Fault(
        {
            "a.csv": "Name,Rating,Published\nElm House,Good,15/03/2018\nAsh Court,Outstanding,20/12/2020\n".encode(
                "utf-16-le"
            )
        },
        [("What is Ash Court rated?", "Ash Court was rated Outstanding")],
        ["no byte-order mark; it was read as UTF-16"],
    ),
    "17-heading-is-the-question": Fault(
        {"marsham.md": NEEDS},
        [
            (question, "“Caseloads of social workers. Plans for leaving care.”")
            for question in ("What needs to improve?", "What needs to improve in Marsham?")
        ],
    ),
    "active_and_closed": Fault(
        {"active.csv": ACTIVE, "closed.csv": CLOSED},
        [
            ("How many care homes are there?", "2 care homes: Ash House"),
            ("What is Ash House rated?", "Ash House in Wexford was rated Good (published 21 February 2022)"),
            (
                "What is Elm Rise rated?",
                "Elm Rise in Wexford was rated Good (published 5 May 2018); it closed on 30 June 2021",
            ),
            ("Which homes have closed?", "2 care homes"),
        ],
        ["kept under their own headings", "no rating is given"],
    ),
    "footnotes_csv": Fault(
        {
            "a.csv": "Trust,From,To,Published\nAsh Trust*,Good,Outstanding,21/02/2024\nBirch "
            "Trust**,Inadequate,Good,21/02/2024\n\n"
            "* Took over Dell Trust in May 2023.\n** Formerly called Elm Trust.\n"
        },
        [
            ("How many trusts are there?", "2 trusts: Ash Trust"),
            ("What is Birch Trust rated?", "Birch Trust was rated Good, up from Inadequate"),
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_as_it_was_published_is_read_told_and_answered(tmp_path: Path, name: str) -> None:
    fault = FAULTS[name]
    if any(file.endswith(".pdf") for file in fault.files):
        pytest.importorskip("pypdfium2")
    for file, data in fault.files.items():
        (tmp_path / file).write_bytes(data.encode() if isinstance(data, str) else data)
    report = Report()
    list(read_corpus(tmp_path, report).facts)
    told = [problem.message for problem in report.problems]
    assert [any(part in message for message in told) for part in fault.told] == [True] * len(fault.told), told
    assert (len(told), len(report.errors)) == (len(fault.told), fault.errors), told
    service = Service.open(Settings.load({"corpus": str(tmp_path), "cache": "none"}, {}))
    for question, begins in fault.answers:
        text = service.ask(question).answer.text
        assert text.startswith(begins), (question, text)
        assert not any(word in text for word in fault.never), (question, text)


def test_every_real_folder_has_its_made_one_and_gives_facts(shared: Path) -> None:
    folders = [
        *(shared / "cases" / "ingest").iterdir(),
        shared / "cases" / "active_and_closed",
        shared / "cases" / "footnotes_csv",
    ]
    assert {folder.name for folder in folders} == FAULTS.keys()
    for folder in folders:
        report = Report()
        facts = list(read_corpus(folder, report).facts)
        assert (bool(facts), bool(report.errors)) == (
            not FAULTS[folder.name].errors,
            bool(FAULTS[folder.name].errors),
        ), folder
