"""A second question in shorthand, "n whats the rest rated", "where r they", and "the rest" behind "what are"."""

import pytest

from qa.service import Service


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # three care homes in Thirsk: Inadequate, Requires improvement and Good
        (
            "care homes in thirsk any good? n whats the rest rated",
            "2 care homes in Thirsk (postal town) were not",
        ),
        (
            "care homes in thirsk any outstanding? n what r the others",
            "3 care homes in Thirsk (postal town) were not",
        ),
        ("Are any care homes in Thirsk good and what are the rest rated?", "were not rated Good"),
        ("Which care homes in Thirsk are good and which are the rest?", "were not rated Good"),
        ("how many care homes inadequate and where r they", "Wilfreda House (Thirsk"),
        ("which care homes in malton r outstanding n where r they", "Saltersgate (Malton"),
        ("how many are good in thirsk? n how many in malton", "in Malton (postal town)"),
        (
            "What is Pinfold Rest rated and what are the rest of the care homes in Thirsk?",
            "other than Pinfold Rest",
        ),
        ("Is Pinfold Rest good?", "Yes. Pinfold Rest"),
    ],
)
def test_the_second_question_is_answered(question: str, told: str, county: Service) -> None:
    (asked,) = county.converse([question])
    assert told in asked.answer.answer.text
