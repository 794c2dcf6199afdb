"""Settings: a flag overrides a variable, which overrides the default; a bad value is refused by name."""

import contextlib
import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.engines import ENGINES
from qa.errors import UsageError
from qa.settings import SEARCH_ENGINES, SETTINGS, Setting, Settings, shipped

NAMES = [setting.name for setting in SETTINGS]
ALLOWED = {
    "corpus": ("reports", Path("reports")),
    "host": ("0.0.0.0", "0.0.0.0"),
    "port": ("9000", 9000),
    "workers": ("4", 4),
    "cache": ("kept", Path("kept")),
    "read_memory": ("1024", 1024),
    "read_time": ("60", 60),
    "read_unpacked": ("64", 64),
    "engine": ("tantivy", "tantivy"),
    "opensearch": (
        "https://one.example.org:9200, https://two.example.org",
        ("https://one.example.org:9200", "https://two.example.org"),
    ),
    "opensearch_index": ("askwell-test", "askwell-test"),
    "opensearch_user": ("user.txt", Path("user.txt")),
    "opensearch_ca": ("ca.pem", Path("ca.pem")),
    "k1": ("0.9", 0.9),
    "b": ("0.4", 0.4),
    "encoder": ("/srv/encoder", Path("/srv/encoder")),
    "feedback": ("kept.sqlite", Path("kept.sqlite")),
    "embed_origins": (
        "https://www.example.org, http://*.example.net:8080",
        ("https://www.example.org", "http://*.example.net:8080"),
    ),
    "log": ("json", "json"),
    "rate_limit": ("60/second", "60/second"),
    "rate_store": ("redis://127.0.0.1:6379", "redis://127.0.0.1:6379"),
    "proxies": ("1", 1),
    "cors_origins": ("*", ("*",)),
    "keys": ("keys.toml", Path("keys.toml")),
    "capacity": ("7", 7),
    "body_timeout": ("3", 3),
    "reload": ("5", 5),
}
REFUSED = [
    ("corpus", "a\0b"),
    ("host", "two words"),
    ("port", "0"),
    ("port", "65536"),
    ("port", "８０００"),
    ("port", "-1"),
    ("workers", "0"),
    ("workers", "many"),
    ("read_memory", "255"),
    ("read_time", "0"),
    ("read_unpacked", "none"),
    ("engine", "quantum"),
    ("opensearch", "search.example.org"),
    ("opensearch", "https://user:password@search.example.org"),
    ("opensearch", "https://search.example.org/path"),
    ("opensearch", ","),
    ("opensearch_index", "Askwell"),
    ("opensearch_index", "_all"),
    ("opensearch_index", "a*"),
    ("k1", "-0.1"),
    ("k1", "nan"),
    ("b", "1.01"),
    ("b", "half"),
    ("feedback", "a\0b"),
    ("embed_origins", "*"),
    ("embed_origins", "https://www.example.org/path"),
    ("embed_origins", "https://a.example; script-src *"),
    ("embed_origins", ","),
    ("log", "loud"),
    ("rate_limit", "often"),
    ("rate_limit", "0/minute"),
    ("rate_store", "somewhere"),
    ("proxies", "11"),
    ("cors_origins", "* https://www.example.org"),
    ("capacity", "0"),
    ("body_timeout", "0"),
    ("reload", "0"),
]


def test_the_table_has_a_row_for_each_field() -> None:
    assert [field.name for field in dataclasses.fields(Settings)] == NAMES


def test_the_table_of_examples_covers_every_setting() -> None:
    assert list(ALLOWED) == NAMES


def test_defaults_serve_the_shipped_corpus_on_the_own_machine_only() -> None:
    settings = Settings.load({}, {})
    assert settings.corpus == shipped("corpus")
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert (settings.engine, settings.k1, settings.b) == ("memory", 1.2, 0.75)


@pytest.mark.parametrize("name", NAMES)
def test_a_variable_overrides_the_default(name: str) -> None:
    text, value = ALLOWED[name]
    assert getattr(Settings.load({}, {f"QA_{name.upper()}": f" {text} "}), name) == value


@pytest.mark.parametrize("name", NAMES)
def test_a_flag_overrides_a_variable(name: str) -> None:
    text, value = ALLOWED[name]
    assert getattr(Settings.load({name: text}, {f"QA_{name.upper()}": "\0not read"}), name) == value


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_and_a_missing_flag_count_as_not_given(name: str) -> None:
    assert Settings.load({name: None}, {f"QA_{name.upper()}": ""}) == Settings.load({}, {})


def test_values_that_are_read_already_are_taken_too() -> None:
    assert Settings.load({"port": 9000, "corpus": Path("reports")}, {}).port == 9000


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_bad_flag_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"--{name.replace('_', '-')} can't be"):
        Settings.load({name: text}, {})


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_bad_variable_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=f"QA_{name.upper()} can't be"):
        Settings.load({}, {f"QA_{name.upper()}": text})


def test_an_empty_flag_for_a_folder_is_refused() -> None:
    with pytest.raises(UsageError, match="--corpus can't be"):
        Settings.load({"corpus": ""}, {})


@pytest.mark.parametrize("setting", [one for one in SETTINGS if isinstance(ALLOWED[one.name][1], Path)])
def test_a_path_is_refused_as_the_kind_of_path_that_its_help_names(setting: Setting) -> None:
    with pytest.raises(UsageError) as caught:
        Settings.load({setting.name: "\0"}, {})
    expected = re.search(r"the path of a (file|folder)", str(caught.value))
    assert expected
    assert expected[1] in setting.help.lower()


def test_the_engines_that_can_be_chosen_are_those_that_are_registered() -> None:
    assert list(SEARCH_ENGINES) == list(ENGINES)
    (setting,) = (one for one in SETTINGS if one.name == "engine")
    assert [setting.read(name) for name in ENGINES] == list(ENGINES)
    assert all(name in setting.help for name in ENGINES)


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(UsageError, match="no setting named 'colour'"):
        Settings.load({"colour": "blue"}, {})


@given(name=st.sampled_from(NAMES), text=st.text().map(str.strip).filter(bool))
def test_any_text_is_refused_as_a_usage_error_or_read_alike_from_flag_and_variable(
    name: str, text: str
) -> None:
    with contextlib.suppress(UsageError):
        assert Settings.load({name: text}, {}) == Settings.load({}, {f"QA_{name.upper()}": text})


def test_a_cache_of_none_keeps_indexes_in_memory() -> None:
    assert Settings.load({"cache": "none"}, {}).cache is None


@pytest.mark.parametrize(
    ("platform", "environ", "expected"),
    [
        ("linux", {"HOME": "/home/ann"}, "/home/ann/.cache/askwell"),
        ("linux", {"HOME": "/home/ann", "XDG_CACHE_HOME": "/fast"}, "/fast/askwell"),
        ("darwin", {"HOME": "/Users/ann"}, "/Users/ann/Library/Caches/askwell"),
        ("win32", {"HOME": "/home/ann", "LOCALAPPDATA": "/local"}, "/local/askwell"),
    ],
)
def test_the_cache_is_where_the_platform_keeps_caches(
    platform: str, environ: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert Settings.load({}, environ).cache == Path(expected)


@pytest.mark.parametrize("name", ["corpus", "templates"])
def test_shipped_folders_are_there(name: str) -> None:
    assert any(shipped(name).iterdir())
