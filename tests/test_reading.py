"""The registry, corpus folders, and what every reader owes: one contract over all formats."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import CorpusError
from qa.reading import OWN_WORDS, read, read_corpus
from qa.reading.formats import FORMATS
from qa.records import FileContents, Report
from qa.scale import CQC

TABLE = "Trust,Rating,Published\nHill Trust,Good,2018-03-15\n"
TEXTS: dict[str, Callable[[list[str]], str]] = {
    ".txt": lambda paragraphs: "\n\n".join(["A title", *paragraphs]),
    ".md": lambda paragraphs: "\n\n".join(["# A title", *paragraphs]),
    ".html": lambda paragraphs: (
        f"<h1>A title</h1>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}"
    ),
}


def read_file(folder: Path, name: str, data: str | bytes) -> tuple[FileContents, Report]:
    path, report = folder / name, Report()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, name, report), report


# Every reader -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", sorted(TEXTS))
def test_every_reader_of_texts_gives_title_paragraphs_and_their_places(tmp_path: Path, ending: str) -> None:
    paragraphs = ["The first paragraph, with some words.", "The second one, with an é and a 😀."]
    contents, report = read_file(tmp_path, f"a{ending}", TEXTS[ending](paragraphs))
    (document,) = contents.documents
    assert (document.path, document.title, document.kind, report.problems) == (
        f"a{ending}",
        "A title",
        "original",
        [],
    )
    assert [document.text[block.start : block.end] for block in document.blocks] == ["A title", *paragraphs]
    assert [block.kind for block in document.blocks] == ["title", "paragraph", "paragraph"]


@pytest.mark.parametrize("ending", sorted(TEXTS))
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300))
def test_every_reader_of_texts_reads_anything_into_blocks_in_order(
    tmp_path_factory: pytest.TempPathFactory, ending: str, text: str
) -> None:
    contents, report = read_file(tmp_path_factory.mktemp("any"), f"a{ending}", text)
    for document in contents.documents:
        assert "\r" not in document.text or ending != ".txt"
        end = 0
        for block in document.blocks:
            shown = document.text[block.start : block.end]
            assert block.start >= end
            assert shown
            assert shown == shown.strip()
            end = block.end
    assert contents.documents or report.problems
    assert list(contents.facts) == []


@pytest.mark.parametrize("ending", sorted(ending for ending in FORMATS))
def test_every_reader_reports_damaged_files_and_gives_nothing(tmp_path: Path, ending: str) -> None:
    contents, report = read_file(tmp_path, f"a{ending}", b"PK\x03\x04\x00\x00\xff\xfe\x81" * 20)
    assert contents.documents == ()
    assert list(contents.facts) == []
    assert [(problem.file, bool(problem.message), bool(problem.mend)) for problem in report.errors] == [
        (f"a{ending}", True, True)
    ]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_reader_reports_empty_files(tmp_path: Path, ending: str) -> None:
    contents, report = read_file(
        tmp_path, f"a{ending}", gzip.compress(b"") if ending.endswith(".gz") else b""
    )
    assert contents.documents == ()
    assert list(contents.facts) == []
    assert len(report.problems) == 1


# The registry -----------------------------------------------------------------------------------------------


def test_the_ending_picks_the_reader_in_any_case(tmp_path: Path) -> None:
    assert len(list(read_file(tmp_path, "A.CSV", TABLE)[0].facts)) == 1
    assert len(list(read_file(tmp_path, "A.CSV.GZ", gzip.compress(TABLE.encode()))[0].facts)) == 1


def test_an_unsupported_type_is_reported_with_the_types_that_can_be_read(tmp_path: Path) -> None:
    contents, report = read_file(tmp_path, "a.xyz", b"x")
    assert contents == FileContents()
    assert [problem.severity for problem in report.problems] == ["warning"]
    assert all(ending in str(report.problems[0]) for ending in FORMATS)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.doc", "save it as .docx"),
        ("B.PPTX", "save it as .pdf"),
        ("a.msg", ".eml"),
        ("a.zip", "Unpack it"),
        ("a.xls", ".xlsx"),
    ],
)
def test_a_type_that_another_program_can_save_otherwise_is_reported_with_how(
    tmp_path: Path, name: str, way: str
) -> None:
    _, report = read_file(tmp_path, name, b"x")
    assert way in str(report.problems[0])


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    report = Report()
    read(tmp_path / "a.md", "a.md", report)
    assert "can't be opened: No such file" in str(report.errors[0])


# Corpus folders ---------------------------------------------------------------------------------------------


def make_corpus(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    files = {
        "b.md": "# B\n\nText.",
        "a/z.txt": "Z\n\nText.",
        "a/deep/t.csv": TABLE,
        "a.csv": TABLE.replace("Hill", "Dale"),
    }
    report = Report()
    corpus = read_corpus(make_corpus(tmp_path, files), report)
    assert corpus.files == ("a/deep/t.csv", "a/z.txt", "a.csv", "b.md")
    assert [document.path for document in corpus.documents] == ["a/z.txt", "b.md"]
    assert [(fact.subject, fact.source.document) for fact in corpus.facts] == [
        ("Hill Trust", "a/deep/t.csv"),
        ("Dale Trust", "a.csv"),
    ]
    assert report.problems == []


def test_only_reports_and_tables_are_read(tmp_path: Path) -> None:
    others = [
        *(
            ".hidden.md",
            ".git/a.md",
            "README.md",
            "sub/readme.txt",
            "SOURCES.md",
            "CHANGELOG.md",
            "LICENSE",
            "LICENCE.txt",
        ),
        *("questions.jsonl", "~$open.xlsx", "a.csv.toml"),
    ]
    files = {"a.csv": TABLE, **dict.fromkeys(others, "")}
    report = Report()
    assert read_corpus(make_corpus(tmp_path, files), report).files == ("a.csv",)
    assert report.problems == []


def test_facts_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    report = Report()
    corpus = read_corpus(make_corpus(tmp_path, {"a.csv": TABLE, "b.csv": TABLE}), report)
    facts = iter(corpus.facts)
    next(facts)
    assert report.rows == {}
    list(facts)
    assert report.rows == {"a.csv": 1, "b.csv": 1}


def test_unsupported_and_broken_files_do_not_stop_the_others(tmp_path: Path) -> None:
    report = Report()
    corpus = read_corpus(
        make_corpus(tmp_path, {"a.csv": TABLE, "b.xyz": "x", "c.csv": "no,table\n1,2\n"}), report
    )
    assert len(list(corpus.facts)) == 1
    assert [(problem.file, problem.severity) for problem in report.problems] == [
        ("b.xyz", "warning"),
        ("c.csv", "error"),
    ]


def test_a_scale_of_its_own_is_told_by_table(tmp_path: Path) -> None:
    files = {
        "a.csv": TABLE,
        "b.csv": "School,Rating\nHill School,Top\n",
        "b.csv.toml": '[scale]\nratings = ["Top", "Low"]\n',
    }
    corpus = read_corpus(make_corpus(tmp_path, files), Report())
    assert [scale.ratings for scale in corpus.scale.parts] == [CQC.ratings, ("Top", "Low")]
    assert [corpus.scale.part(name, "Overall") for name in ("a.csv", "b.csv")] == [0, 1]


@pytest.mark.parametrize("name", OWN_WORDS)
def test_words_of_a_corpus_are_no_stray_description(tmp_path: Path, name: str) -> None:
    report = Report()
    read_corpus(make_corpus(tmp_path, {"a.csv": TABLE, name: "", f"sub/{name}": ""}), report)
    assert [problem.file for problem in report.problems] == [f"sub/{name}"]  # there it means nothing


def test_a_description_without_its_table_is_told(tmp_path: Path) -> None:
    report = Report()
    read_corpus(make_corpus(tmp_path, {"a.csv": TABLE, "sub/b.csv.toml": ""}), report)
    assert str(report.problems[0]).startswith(
        "sub/b.csv.toml: This description has no table: there is no b.csv beside it."
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('same = ["pupil, learner"', "The thesaurus is not valid TOML"),
        ('other = ["pupil, learner"]', "The thesaurus has unknown keys: “other”."),
        ('same = "pupil, learner"', "“same” needs a list"),
        ('means = ["pupil"]', "“means” a table"),
        ("same = [1]", "1 is not a text in quotation marks"),
        ('[means]\n"learner" = ["pupil"]', "['pupil'] is not a text in quotation marks"),
    ],
)
def test_a_thesaurus_that_can_not_be_used_is_told(tmp_path: Path, written: str, told: str) -> None:
    report = Report()
    corpus = read_corpus(make_corpus(tmp_path, {"a.csv": TABLE, "thesaurus.toml": written}), report)
    assert corpus.thesaurus == {}
    (problem,) = report.errors
    assert problem.file == "thesaurus.toml"
    assert told in problem.message
    assert problem.mend


def test_a_thesaurus_is_no_report_and_no_description(tmp_path: Path) -> None:
    report = Report()
    corpus = read_corpus(
        make_corpus(tmp_path, {"a.csv": TABLE, "thesaurus.toml": 'same = ["pupil, learner"]'}), report
    )
    assert (corpus.files, corpus.thesaurus, report.problems) == (("a.csv",), {"same": ["pupil, learner"]}, [])


def test_a_link_to_a_folder_is_told(tmp_path: Path) -> None:
    make_corpus(tmp_path, {"real/a.csv": TABLE})
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    report = Report()
    assert read_corpus(tmp_path, report).files == ("real/a.csv",)
    assert "linked: A link to a folder is not followed." in str(report.problems[0])


def test_file_names_that_are_no_text_can_still_be_written(tmp_path: Path) -> None:
    make_corpus(tmp_path, {"a\udcff.csv": TABLE})
    (fact,) = read_corpus(tmp_path, Report()).facts
    assert fact.source.document.encode() == "a\ufffd.csv".encode()


@pytest.mark.parametrize("files", [{}, {"README.md": "x"}, {"a.xyz": "x"}])
def test_a_folder_without_a_readable_file_is_an_error_with_the_next_step(
    tmp_path: Path, files: dict[str, str]
) -> None:
    with pytest.raises(
        CorpusError, match=r"has no file that can be read. Put reports or rating tables into it: .*\.csv"
    ):
        read_corpus(make_corpus(tmp_path, files), Report())


def test_a_missing_folder_is_an_error_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"There is no corpus folder .*none. Name one that exists with --corpus."
    ):
        read_corpus(tmp_path / "none", Report())


def test_the_embedded_corpus_reads_without_a_problem() -> None:
    report = Report()
    corpus = read_corpus(Path(__file__).resolve().parents[1] / "corpus", report)
    assert len(list(corpus.facts)) == 7
    assert [document.kind for document in corpus.documents] == ["digest"]
    assert report.problems == []
