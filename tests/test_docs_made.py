"""What documents take from the code is as ``make docs`` writes it."""

import docs_made as made
import pytest


@pytest.mark.parametrize("name", made.MADE)
def test_what_is_made_is_as_the_code_is(name: str) -> None:
    kept = (made.DOCS / name).read_text(encoding="utf-8")
    assert kept == made.MADE[name](), "run make docs"


def test_the_picture_has_every_part_that_is_a_folder() -> None:
    folders = {folder.parent.name for folder in made.PACKAGE.glob("*/__init__.py")}
    assert set(made.PARTS) == folders | {"cli", "query", "records"}


def test_every_arrow_of_the_picture_leads_down() -> None:
    assert all(made.level(part) < made.level(other) for part in made.PARTS for other in made.arrows(part))
