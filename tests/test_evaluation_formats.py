"""Question sets as they come: each format read, and each fault named with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from qa.errors import UsageError
from qa.evaluation.cases import Case
from qa.evaluation.formats import question_sheet, read_sets
from qa.evaluation.running import write_documents
from qa.evaluation.schema import schema_text

DATA = Path(__file__).parent / "data" / "evaluation"
ROOT = Path(__file__).resolve().parents[1]


def read(path: Path) -> tuple[Case, ...]:
    return read_sets([path])[0].cases


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_json_lines_are_read_with_what_they_leave_out_filled_in(tmp_path: Path) -> None:
    lines = [
        {"question": "Is Elm good?", "rating": "Good", "names": ["Elm"], "value": None},
        {"question": "Fees?", "answerable": False, "id": "fees"},
        {"question": "Why?", "document": "a.md", "spans": [[3, 9]]},
        {"question": "  ", "kind": "hostile", "answerable": False},
    ]
    cases = read(written(tmp_path, "own.jsonl", "\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n"))
    assert [(case.id, case.kind) for case in cases] == [
        ("1", "question"),
        ("fees", "unanswerable"),
        ("5", "passage"),
        ("7", "hostile"),
    ]
    assert cases[0].gold() == {"rating": "Good", "names": ["Elm"]}
    assert cases[1].gold() == {"answerable": False}
    assert cases[2].gold() == {"document": "a.md", "spans": [[3, 9]]}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            {"question": "q", "answerble": True},
            "'answerble' is not a field of a question; did you mean 'answerable'?",
        ),
        ({"question": "q", "answerable": "yes"}, "answerable: Input should be a valid boolean"),
        ({"kind": "k"}, "'question' is missing"),
        ({"question": " "}, "the question is blank"),
        ({"question": "q", "direct": ["("]}, r"direct.0: '(' is not a regular expression"),
        ({"question": "q", "facts": [{"trust": "Elm", "from": "Good"}]}, "'facts.0.to' is missing"),
        ({"question": "q", "spans": [[1, 2]]}, "spans need the document"),
        ({"question": "q", "document": "a"}, "needs spans"),
        ({"question": "q", "document": "a", "spans": [[5, 2]]}, "spans.0: [5, 2] is not [start, end]"),
        ({"question": "q", "date": "5 May"}, "date: "),
        ({"question": "q", "total": -1}, "total: "),
        (["q"], "Input should be an object"),
    ],
)
def test_a_faulty_line_is_named_with_its_field(line: Any, message: str, tmp_path: Path) -> None:
    path = written(tmp_path, "own.jsonl", '{"question": "fine"}\n' + json.dumps(line))
    with pytest.raises(UsageError) as caught:
        read(path)
    assert "own.jsonl, line 2: " in str(caught.value)
    assert message in str(caught.value)


def test_all_faulty_lines_are_named_at_once_up_to_twenty(tmp_path: Path) -> None:
    path = written(tmp_path, "own.jsonl", "{\n" * 25)
    with pytest.raises(UsageError) as caught:
        read(path)
    lines = str(caught.value).splitlines()
    assert "line 1: Invalid JSON" in lines[0]
    assert lines[-1] == "… and 5 more"
    assert len(lines) == 21


def test_the_published_schema_is_that_of_the_model() -> None:
    assert (ROOT / "docs" / "questions.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_accepts_what_the_reader_accepts(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not a dependency")
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    assert validator.is_valid(
        {
            "question": "q",
            "facts": [{"trust": "Elm", "from": None, "to": "Good"}],
            "values": {"a": 1, "b": "Good"},
        }
    )
    assert not validator.is_valid({"question": "q", "answerble": True})
    assert not validator.is_valid({"question": 5})


@pytest.mark.parametrize("name", ["page", "stw2025", "england2021"])
def test_shared_question_files_are_read_whole(name: str, shared: Path) -> None:
    path = shared / "questions" / f"{name}.dev.jsonl"
    assert len(read(path)) == len(path.read_text(encoding="utf-8").splitlines())


def test_a_spreadsheet_is_read_into_the_same_fields() -> None:
    elm, oak, share, refused, passage = read(DATA / "questions.csv")
    assert elm.facts[0].model_dump(by_alias=True) == {"trust": "Elm NHS Trust", "from": None, "to": "Good"}
    assert elm.direct == (r"\bgood\b", "elm")
    assert (oak.history, oak.names, oak.rating, oak.total) == (
        ("How is Elm rated?", "And now?"),
        ("Oak Lodge", "Fir House"),
        "Good",
        2,
    )
    assert (share.value, share.values, str(share.date)) == (77.9, {"Kent": 77.9, "Elm": "Good"}, "2024-03-05")
    assert (refused.answerable, refused.kind, refused.id) == (False, "unanswerable", "7")
    assert (passage.document, passage.spans, passage.question) == ("a.md", ((3, 9), (20, 25)), "Why, then?")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_spreadsheet_may_use_other_separators(separator: str, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "q.csv",
        separator.join(["Question", "ANSWERABLE", ""])
        + "\r\n"
        + separator.join(["Fees?", "No", "x"])
        + "\r\n",
    )
    assert [(case.question, case.answerable) for case in read(path)] == [("Fees?", False)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,kind\n1,k\n", "line 1: there is no column 'question'"),
        ("question,colour\nq,red\n", "line 1: 'colour' is not a field"),
        ('question,names\n"a\nb",x\nq,\n,x\n', "line 5: 'question' is missing"),
        ("question,answerable\nq,maybe\n", "line 2: 'maybe' is neither yes nor no"),
        ("question,count\nq,many\n", "line 2: 'many' is not a number"),
        ("question,facts\nq,Elm | Good\n", "line 2: 'Elm | Good' is not of the form: trust | before | after"),
        ("question,values\nq,Elm\n", "line 2: 'Elm' is not of the form: name = value"),
        ("question,spans\nq,3\n", "line 2: '3' is not of the form: start-end"),
    ],
)
def test_a_faulty_row_is_named_by_its_first_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read(written(tmp_path, "q.csv", text))
    assert message in str(caught.value)


def test_all_faulty_rows_are_named_at_once_in_their_order(tmp_path: Path) -> None:
    path = written(tmp_path, "q.csv", "question,count,total\nq,many,1\n,5,1\nq,1,1\nq,few,1\nq,1,-1\n")
    with pytest.raises(UsageError) as caught:
        read(path)
    assert [line.partition(", ")[2].partition(":")[0] for line in str(caught.value).splitlines()] == [
        "line 2",
        "line 3",
        "line 5",
        "line 6",
    ]


def test_squad_brings_its_articles_and_its_answers_stand_in_them(tmp_path: Path) -> None:
    (found,) = read_sets([DATA / "squad.json"])
    write_documents([found], tmp_path)
    texts = {
        document.path: (tmp_path / document.path).read_text(encoding="utf-8") for document in found.documents
    }
    assert list(texts) == ["Elm-NHS-Trust.txt", "Oak.txt"]
    assert texts["Elm-NHS-Trust.txt"].startswith("Elm NHS Trust\n\nElm runs ")
    for case in found.cases:
        assert tuple(texts[str(case.document)][start:end] for start, end in case.spans) == case.answers
    assert [case.kind for case in found.cases] == ["passage", "passage", "unanswerable", "passage"]
    assert found.cases[0].answers == ("four wards", "wards")


MISPLACED = {
    "title": "a",
    "paragraphs": [
        {"context": "Elm", "qas": [{"id": 1, "question": "q", "answers": [{"text": "E", "answer_start": 2}]}]}
    ],
}


BLANK = {"title": "a", "paragraphs": [{"context": "Elm", "qas": [{"id": 7, "question": " ", "answers": []}]}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "is not SQuAD JSON"),
        ('{"data": [{"title": "a"}]}', "KeyError: 'paragraphs'"),
        (json.dumps({"data": [MISPLACED]}), "the answer 'E' is not at its answer_start"),
        ("{", "is not SQuAD JSON"),
        (json.dumps({"data": [BLANK]}), "squad.json, question 7: the question is blank."),
    ],
)
def test_what_is_not_squad_is_refused(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read(written(tmp_path, "squad.json", text))
    assert message in str(caught.value)


def test_beir_brings_its_corpus_and_leaves_out_unjudged_queries() -> None:
    (found,) = read_sets([DATA / "beir"])
    assert [(case.id, case.question, case.relevant) for case in found.cases] == [
        ("q1", "how many wards", {"d/1": 2, "d2": 0}),
        ("q3", "who runs oak", {"d2": 1}),
    ]
    assert [(one.path, one.text) for one in found.documents] == [
        ("d%2F1.txt", "Elm\n\nFour wards.\n"),
        ("d2.txt", "Oak is run by Elm.\n"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("qrels/test.tsv", "q1\td2\n", "test.tsv, line 1"),
        ("qrels/test.tsv", "q9\td2\t1\n", "query 'q9' is judged, but not in queries.jsonl"),
        ("qrels/test.tsv", "q1\n\nq1\td2\n", r"(?s)test.tsv, line 1.*test.tsv, line 3"),
        ("queries.jsonl", '{"_id": "q1"}\n', "queries.jsonl, line 1"),
        ("queries.jsonl", "[]\n{\n", r"(?s)queries.jsonl, line 1.*queries.jsonl, line 2"),
        ("queries.jsonl", '{"_id": "q1", "text": " "}\n', "query q1: the question is blank"),
    ],
)
def test_a_faulty_beir_folder_is_refused(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    written(tmp_path, "queries.jsonl", '{"_id": "q1", "text": "x"}\n')
    written(tmp_path, "qrels/test.tsv", "q1\td2\t1\n")
    written(tmp_path, name, text)
    with pytest.raises(UsageError, match=message):
        read(tmp_path)


TOPICS = {
    "topics.txt": (
        "<top>\n<num> Number: 401 \n<title> foreign  minorities,\nGermany\n<desc> "
        "Description:\nWhat?\n</top>\n<top>\n<num> Number: 402\n<title> x\n</top>"
    ),
    "topics.xml": (
        '<topics><topic number="401">\n<query>foreign minorities, '
        "Germany</query><narrative>n</narrative></topic></topics>"
    ),
    "topics.tsv": "401\tforeign minorities, Germany\n402\tx\n",
}


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("by_folder", [True, False])
def test_trec_topics_are_read_with_their_judgements(name: str, by_folder: bool, tmp_path: Path) -> None:
    written(tmp_path, "qrels.txt", "401 0 FBIS3-1 1\n401 0 FBIS3-2 0\n\n")
    topics = written(tmp_path, name, TOPICS[name])
    (case,) = read(tmp_path if by_folder else topics)
    assert (case.id, case.question, case.relevant) == (
        "401",
        "foreign minorities, Germany",
        {"FBIS3-1": 1, "FBIS3-2": 0},
    )


@pytest.mark.parametrize(
    ("topics", "qrels", "message"),
    [
        ("no topics", "1 0 d 1", "has no topics"),
        ("1\tq", "2 0 d 1", "Do they belong together"),
        ("1\tq", "1 d 1\n1 0 d 1\n1", r"(?s)qrels, line 1.*qrels, line 3"),
        ("1\t \n", "1 0 d 1", "topics, topic 1: the question is blank"),
    ],
)
def test_faulty_trec_files_are_refused(topics: str, qrels: str, message: str, tmp_path: Path) -> None:
    written(tmp_path, "topics", topics)
    written(tmp_path, "qrels", qrels)
    with pytest.raises(UsageError, match=message):
        read(tmp_path)


def test_a_set_that_is_missing_unknown_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no question set"):
        read(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match="It reads: JSON lines, CSV or TSV, SQuAD"):
        read(written(tmp_path, "a.pdf", ""))
    with pytest.raises(UsageError, match="empty"):
        read(written(tmp_path, "a.jsonl", "\n"))
    (tmp_path / "b.jsonl").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="can't be read"):
        read(tmp_path / "b.jsonl")


def test_ids_are_unique_within_a_set_and_told_apart_between_sets(tmp_path: Path) -> None:
    one = written(tmp_path, "one.jsonl", '{"question": "a"}\n{"question": "b", "id": "own"}')
    two = written(tmp_path, "two.jsonl", '{"question": "c"}')
    assert [case.id for found in read_sets([one, two]) for case in found.cases] == ["one:1", "own", "two:1"]
    with pytest.raises(UsageError, match="2 questions have the id '2'"):
        read(written(tmp_path, "twice.jsonl", '{"question": "a", "id": "2"}\n{"question": "b"}'))


@pytest.mark.parametrize("name", [info.alias or name for name, info in Case.model_fields.items()])
def test_every_field_of_a_question_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_a_column_that_is_no_field_names_those_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text("question,ratting\nWhat is Oxleas rated?,Good\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"set.csv, line 1: 'ratting' is not a field. .*rating"):
        question_sheet.read(path)


def test_a_row_with_more_cells_than_columns_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        "question,rating\nWhat is Oxleas rated?,Good\nIs Oxleas good, or better?,Good\n", encoding="utf-8"
    )
    with pytest.raises(UsageError, match="line 3: The row has more cells than the 2 columns"):
        question_sheet.read(path)
