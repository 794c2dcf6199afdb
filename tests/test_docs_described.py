"""Everything that can be set, declared or answered is described in the documents, and nothing that is not
there.
"""

import dataclasses
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import click
import pytest
from pages import (
    CONTRACT,
    CORPUS,
    DESIGN,
    DOCUMENTS,
    RANKING,
    README,
    ROOT,
    SETTINGS_PAGE,
    code,
    rows,
    section,
)
from test_imports import ROW_OF, ROWS

from qa import cli, reading, records
from qa.answering.understood import Intent
from qa.engines import ENGINES
from qa.indexing import kept_indexes
from qa.question import certainty
from qa.question.certainty import coefficients
from qa.reading import bounds, column_headings, description, metadata, table, table_start
from qa.reading.formats import FORMATS
from qa.records import Answer
from qa.retrieval import ranking
from qa.retrieval.model import Model
from qa.scale import CQC
from qa.setting_values import DEFAULT_RATE
from qa.settings import SETTINGS
from qa.web.api.ask_request import AskRequest
from qa.web.api.openapi import document
from qa.web.serving.error_responses import ADVICE

# Ranking ----------------------------------------------------------------------------------------------------


def test_every_feature_and_signal_of_ranking_is_described() -> None:
    described = {
        name
        for row in section(RANKING, "What each feature is for").splitlines()
        for name in code(row.split("|")[1] if "|" in row else "")
    }
    model, encoded = Model.load(), Model.load(encoded=True)
    used = {
        "tells_…" if name.startswith("tells_") else name for name in (*encoded.ranking, *encoded.confidence)
    } - {"constant"}
    assert used == described
    assert {*model.ranking, *model.confidence} < {*encoded.ranking, *encoded.confidence}


def test_every_sign_of_certainty_is_described() -> None:
    rows_of_signs = section(RANKING, "Answers from the tables").splitlines()
    described = {name for row in rows_of_signs if row.startswith("| `") for name in code(row.split("|")[1])}
    used = {
        "asks_…" if name.startswith("asks_") and name != "asks_nothing" else name for name in coefficients()
    } - {"constant"}
    assert used == described


@pytest.mark.parametrize("module", [certainty, ranking])
def test_a_fitted_model_names_the_page_that_describes_it(module: ModuleType) -> None:
    named = re.findall(r"docs/[a-z]+\.md", module.__doc__ or "")
    assert named == [RANKING.relative_to(ROOT).as_posix()]


def test_every_page_that_the_code_names_is_there() -> None:
    files = [one for ending in ("py", "toml", "html") for one in (ROOT / "src").rglob(f"*.{ending}")]
    named = {name for one in files for name in re.findall(r"docs/[a-z/-]+\.md", one.read_text("utf-8"))}
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


# Commands and settings --------------------------------------------------------------------------------------


def commands(group: click.Group, before: str = "qa") -> Iterator[str]:
    for name, command in group.commands.items():
        yield from (
            commands(command, f"{before} {name}")
            if isinstance(command, click.Group)
            else [f"{before} {name}"]
        )


@pytest.mark.parametrize("command", list(commands(cli.commands)))
def test_every_command_is_described(command: str) -> None:
    assert any(command in page.read_text(encoding="utf-8") for page in DOCUMENTS)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_command_that_is_named_is_there(page: Path) -> None:
    assert set(re.findall(r"`qa ([a-z]+)", page.read_text(encoding="utf-8"))) <= set(cli.commands.commands)


def test_every_setting_is_described_as_it_is() -> None:
    told = [
        (*code(name), *code(flag), *code(variable), default.replace("`", ""), help)
        for name, flag, variable, default, help in rows(SETTINGS_PAGE, "All settings")
    ]
    assert told == [
        (setting.name, setting.flag, setting.variable, setting.default, setting.help) for setting in SETTINGS
    ]


def test_the_settings_tell_which_commands_take_which_flags() -> None:
    taken = {
        name: {parameter.name for parameter in command.params}
        for name, command in cli.commands.commands.items()
    }
    for flags, takers in rows(SETTINGS_PAGE, "Which command takes which"):
        for setting in (one for one in SETTINGS if one.flag in code(flags)):
            assert {command for command, parameters in taken.items() if setting.name in parameters} == set(
                code(takers)
            ), setting.name
    told = {flag for row in rows(SETTINGS_PAGE, "Which command takes which") for flag in code(row[0])}
    assert told == {
        setting.flag
        for setting in SETTINGS
        if any(setting.name in parameters for parameters in taken.values())
    }


def test_every_variable_that_is_set_is_one_of_a_setting_or_of_a_commands_option() -> None:
    named = {
        name
        for page in DOCUMENTS
        for name in re.findall(r"\bQA_[A-Z_]+[A-Z]", page.read_text(encoding="utf-8"))
    }
    assert named <= {setting.variable for setting in SETTINGS} | set(variables(cli.commands))


def variables(group: click.Group) -> Iterator[str]:
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from variables(command)
        else:
            yield from (parameter.envvar for parameter in command.params if isinstance(parameter.envvar, str))


def test_the_rate_limit_that_is_set_by_itself_is_told_where_it_is_run_for_the_public() -> None:
    assert any(
        f"`auto` is {DEFAULT_RATE} " in row[1] for row in rows(ROOT / "docs" / "deploy.md", "What to set")
    )


@pytest.mark.parametrize("name", cli.PUBLIC)
def test_every_setting_for_the_public_is_told_where_it_is_run_there(name: str) -> None:
    assert f"`QA_{name.upper()}`" in {
        f"`{told}`" for row in rows(ROOT / "docs" / "deploy.md", "What to set") for told in code(row[0])
    }


# The corpus folder ------------------------------------------------------------------------------------------


def test_every_ending_is_described() -> None:
    assert {ending for row in rows(CORPUS, "Formats") for ending in code(row[1])} == set(FORMATS)


def test_everything_that_is_left_out_is_described() -> None:
    told = section(CORPUS, "What is left out").lower()
    assert [
        name for name in (*reading._NOT_REPORTS, *reading._NOT_REPORT_SUFFIXES) if f"`{name}" not in told
    ] == []


def test_every_key_of_a_head_is_described() -> None:
    told = {
        key: code(name)[0]
        for name, others, _ in rows(CORPUS, "The head of a report")
        for key in [*code(name), *code(others)]
    }
    assert told == {key: field for key, field in metadata._FIELDS.items() if field != "other"}
    ignored = {key for key, field in metadata._FIELDS.items() if field == "other"}
    assert ignored <= set(code(section(CORPUS, "The head of a report")))


def test_every_field_of_a_table_is_described() -> None:
    told = [name for row in rows(CORPUS, "Columns") for name in code(row[0])]
    assert sorted(told) == sorted(column_headings.FIELDS)


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        (code(row[0])[0], heading)
        for row in rows(CORPUS, "Columns")
        for heading in re.split(r", ", row[2])
        if heading
    ],
)
def test_every_heading_given_as_an_example_is_recognised(field: str, heading: str) -> None:
    plain = column_headings.plain(heading)
    assert plain in column_headings.HEADINGS.get(field, ()) or column_headings.rating_role(plain) == field


def test_every_key_of_a_description_is_described() -> None:
    told = [key for row in rows(CORPUS, "Describing a table") for key in code(row[0])]
    assert sorted(told) == sorted(
        [*description._KEYS, *(f"scale.{key}" for key in ("ratings", "unrated", "synonyms"))]
    )


def test_every_word_of_the_scale_is_told() -> None:
    told = " ".join(section(CORPUS, "Ratings").split())
    assert [word for word in (*CQC.ratings, *CQC.unrated) if word not in told] == []


@pytest.mark.parametrize("file", sorted((ROOT / "docs" / "example").iterdir()), ids=lambda file: file.name)
def test_the_example_is_shown_as_it_is(file: Path) -> None:
    pattern = rf"\]\(example/{re.escape(file.name)}\)[^\n]*:\n\n```\w+\n(.*?)^```$"
    (text,) = re.findall(pattern, CORPUS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "limit",
    [
        f"{table.LONGEST_CELL:,} characters",
        f"first {table_start._TOP} rows",
        f"{kept_indexes.KEPT} indexes",
        f"line may hold {bounds.LINE >> 20} million",
        f"nested {bounds.DEEPEST} deep",
        f"{bounds.MOST_FILES:,} files",
    ],
)
def test_every_limit_is_told_as_it_is(limit: str) -> None:
    assert limit in CORPUS.read_text(encoding="utf-8")


# The answer record ------------------------------------------------------------------------------------------


def wire_records(kind: type = Answer) -> Iterator[type]:
    """The records that an answer is made of."""
    yield kind
    for field in dataclasses.fields(kind):
        for name in re.findall(r"[A-Z]\w+", str(field.type)):
            if dataclasses.is_dataclass(inner := getattr(records, name, None)) and isinstance(inner, type):
                yield from wire_records(inner)


def test_every_field_of_an_answer_is_described() -> None:
    schemas = document()["components"]["schemas"]
    told = set(code(section(CONTRACT, "The answer")))
    for record in wire_records():
        assert set(schemas[record.__name__]["properties"]) <= told, record.__name__


def test_every_field_of_a_request_is_described() -> None:
    assert [code(row[0])[0] for row in rows(CONTRACT, "The request")] == list(AskRequest.model_fields)


def test_every_endpoint_is_described() -> None:
    told = {name.split(" ")[1] for row in rows(CONTRACT, "All endpoints") for name in code(row[0])}
    assert told == set(document()["paths"])


def test_every_error_is_described() -> None:
    answered = {
        status
        for path in document()["paths"].values()
        for operation in path.values()
        for status in operation["responses"]
    }
    told = {row[0] for row in rows(CONTRACT, "Errors")}
    assert answered - {"200"} <= told <= {str(status) for status in ADVICE}


# The design -------------------------------------------------------------------------------------------------


def test_the_parts_stand_in_the_order_in_which_they_import() -> None:
    told = [set(code(row[0])) for row in rows(DESIGN, "Parts")]
    assert told == [row - {"__init__"} for row in ROWS]


def test_every_part_of_the_code_has_a_row() -> None:
    files = {
        file.stem
        for file in (ROOT / "src" / "qa").iterdir()
        if file.suffix == ".py" or (file / "__init__.py").is_file()
    }
    assert files | {"app", "query"} == set(ROW_OF)


def test_every_intent_is_described() -> None:
    intents = {name for part in get_args(Intent) for name in get_args(part) or (part,)}
    assert {name for row in rows(DESIGN, "Kinds of question") for name in code(row[0])} == intents


def test_every_module_that_reads_questions_has_its_step() -> None:
    modules = {file.stem for file in (ROOT / "src" / "qa" / "question").glob("*.py")} - {"__init__"}
    steps = {
        name for row in rows(DESIGN, "How a question is read") for cell in row[1:] for name in code(cell)
    }
    told = {name.removeprefix("qa.question.") for name in code(section(DESIGN, "How a question is read"))}
    assert {name for name in steps if "." not in name} <= modules
    assert (
        modules - told - {"query", "reading", "read", "say", "canonical", "small_talk"} == set()
    )  # the last are told before or after


def test_every_engine_is_named() -> None:
    assert [name for name in ENGINES if f"`{name}`" not in DESIGN.read_text(encoding="utf-8")] == []


def test_the_licence_and_the_python_that_are_told_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = README.read_text(encoding="utf-8")
    assert f"[{project['license']}](LICENSE)" in text
    assert f"Python {project['requires-python'].removeprefix('>=')} or newer" in text
    assert sys.version_info >= tuple(map(int, project["requires-python"].removeprefix(">=").split(".")))
