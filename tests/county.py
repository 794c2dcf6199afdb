"""A county of ten care homes, three surgeries and two dentists, rated overall and for three key questions;
each rating can be read here.
"""

from __future__ import annotations

from made_facts import BAD, GOOD, RI, TOP

HEADS = (
    *("Location ID", "Location Name", "Care Home?", "Location Primary Inspection Category"),
    *("Location City", "Location Local Authority", "Location Region", "Location Post Code"),
    *("Domain", "Latest Rating", "Publication Date", "Provider Name"),
)
HOME, GP, DENTIST = "Residential social care", "GP Practices", "Dentists"
NONE = "Not applicable"
# name, kind, town, council, region, postcode, provider, published; overall, safe, caring, well-led
# fmt: off
PLACES = (
    ("Brackwater House", HOME, "Ripon", "Harlow Dale", "North West", "RP1 1AA", "Larkmoor Care Ltd", "02/01/2019", TOP, GOOD, TOP, GOOD),
    ("Dunmere Lodge", HOME, "Ripon", "Harlow Dale", "North West", "RP1 1AB", "Larkmoor Care Ltd", "03/02/2020", GOOD, RI, GOOD, RI),
    ("Kestrane Court", HOME, "Ripon", "Harlow Dale", "North West", "RP2 1AB", "Wrenfield Trust", "03/02/2021", GOOD, GOOD, GOOD, GOOD),
    ("Olwen Manor", HOME, "Selby", "Harlow Dale", "North West", "SB1 1AB", "Wrenfield Trust", "03/02/2022", RI, RI, GOOD, BAD),
    ("Quennell Grange", HOME, "Selby", "Harlow Dale", "North West", "SB1 1AB", "Larkmoor Care Ltd", "05/06/2018", RI, GOOD, GOOD, RI),
    ("Wilfreda House", HOME, "Thirsk", "Overmoor", "South East", "TK4 2AB", "Larkmoor Care Ltd", "05/06/2021", BAD, BAD, RI, BAD),
    ("Ashgrove", HOME, "Thirsk", "Overmoor", "South East", "TK4 2AB", "Tolland Homes", "05/07/2021", RI, RI, GOOD, RI),
    ("Pinfold Rest", HOME, "Thirsk", "Overmoor", "South East", "TK4 3AB", "Tolland Homes", "06/07/2021", GOOD, GOOD, TOP, GOOD),
    ("Saltersgate", HOME, "Malton", "Eastmarch", "East of England", "ML1 3AB", "Tolland Homes", "06/07/2020", TOP, GOOD, TOP, TOP),
    ("Yarrowby", HOME, "Malton", "Eastmarch", "East of England", "ML1 3AC", "Harrow Homes", "06/08/2020", GOOD, RI, GOOD, GOOD),
    ("Thrushcombe Surgery", GP, "Ripon", "Harlow Dale", "North West", "RP1 9AC", "Dr Okonjo", "06/08/2017", GOOD, GOOD, GOOD, GOOD),
    ("Park View Surgery", GP, "Thirsk", "Overmoor", "South East", "TK4 9AC", "Dr Farrant", "06/09/2017", TOP, GOOD, GOOD, TOP),
    ("Millrace Surgery", GP, "Malton", "Eastmarch", "East of England", "ML1 9AC", "Dr Farrant", "06/09/2018", RI, RI, GOOD, RI),
    ("Ripon Smiles", DENTIST, "Ripon", "Harlow Dale", "North West", "RP1 8AC", "Smile Ltd", "06/09/2018", NONE, NONE, NONE, NONE),
    ("Harlow Dental", DENTIST, "Ripon", "Harlow Dale", "North West", "RP1 8AD", "Dent Ltd", "06/09/2019", NONE, NONE, NONE, NONE),
)
# fmt: on


def rows() -> list[list[str]]:
    """The rows of the table, four of each place."""
    found = []
    for number, (name, kind, *where, published, overall, safe, caring, led) in enumerate(PLACES, 1):
        *place, provider = where
        for aspect, rating in (("Overall", overall), ("Safe", safe), ("Caring", caring), ("Well-led", led)):
            home = "Y" if kind == HOME else "N"
            found.append([str(number), name, home, kind, *place, aspect, rating, published, provider])
    return found
