"""What is built and installed: the wheel carries its data, the lock files are complete, make says what it
lacks.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import LONGEST

from qa import __version__

ROOT = Path(__file__).resolve().parents[1]
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PARTS = {
    "jinja2",
    "markupsafe",
    "werkzeug",
    "pydantic-core",
    "urllib3",
}  # come with the dependencies whose parts they are
LOCKS = ["requirements.txt", "requirements-dev.txt"]
CARRIED = {"src/qa": "qa", "templates": "qa/shipped/templates", "corpus": "qa/shipped/corpus"}
PINNED = re.compile(
    r"(?P<name>[a-z0-9-]+)==[^ ]+( ; [^\\]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+(\n    # .*)*\n"
)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("askwell-*.whl"))) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.mark.parametrize("folder", CARRIED)
def test_the_wheel_carries_every_file(folder: str, wheel: Path) -> None:
    files = (
        file for file in (ROOT / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts
    )
    here = {file.relative_to(ROOT / folder) for file in files if file.name != "ruff.toml"}
    there = {
        file.relative_to(wheel / CARRIED[folder])
        for file in (wheel / CARRIED[folder]).rglob("*")
        if file.is_file()
    }
    assert here
    assert here - there == set()


def test_the_wheel_answers_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": str(wheel), "QA_CACHE": "none"}
    command = [sys.executable, "-m", "qa", "ask", "Which trust became outstanding?"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert "Calderstones Partnership NHS Foundation Trust" in done.stdout, done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_pinned_and_hashed_versions_only(name: str) -> None:
    assert PINNED.sub("", (ROOT / name).read_text(encoding="utf-8")) == ""


def locked(name: str) -> dict[str, set[str]]:
    """Package → the pins of it, with their conditions."""
    found: dict[str, set[str]] = {}
    for pin in re.findall(r"^[a-z].*==.*(?= \\$)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(pin.split("==")[0], set()).add(pin)
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ]", requirement)[0] for requirement in requirements}


def test_every_dependency_is_locked() -> None:
    wanted = {
        "requirements.txt": [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]],
        "requirements-dev.txt": PROJECT["project"]["optional-dependencies"]["dev"],
    }
    for name, requirements in wanted.items():
        assert names(requirements) - locked(name).keys() == set()


def test_every_import_is_a_declared_dependency() -> None:
    sources = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "src").rglob("*.py")]
    nodes = [node for source in sources for node in ast.walk(source)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    foreign = {module.split(".")[0] for module in modules} - {"qa", *sys.stdlib_module_names}
    distributions = packages_distributions()
    imported = {
        distributions.get(module, [module])[0].lower().replace("_", "-") for module in foreign
    } - PARTS
    extras = PROJECT["project"]["optional-dependencies"]
    declared = [one for name, extra in extras.items() if name != "dev" for one in extra]
    assert imported == names([*PROJECT["project"]["dependencies"], *declared])


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


@pytest.mark.parametrize("name", LOCKS)
def test_scipy_is_installed_neither_by_default_nor_for_the_tests(name: str) -> None:
    assert "scipy" not in locked(name)


def test_the_files_of_tests_that_take_longest_are_there() -> None:
    files = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert [name for name in LONGEST if files.count(name) != 1] == []


def test_make_test_holds_the_default_questions_to_bounds() -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    command = ["make", "--dry-run", "test"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    recipe = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=True
    ).stdout
    gate = next(line for line in recipe.splitlines() if "qa eval corpus/questions.jsonl" in line)
    assert "--fail-under right=0.9" in gate
    assert "--fail-under wrong_told=0.02" in gate
    assert gate.rstrip(" \\").endswith("|| status=1;")


def run_make(python: str, venv: Path) -> "subprocess.CompletedProcess[str]":
    """Let make set up ``venv`` with ``python`` as the only Python."""
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    command = ["make", f"PYTHON={python}", f"VENV={venv}", f"{venv}/bin/python"]
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE")
    }  # make may be running these tests
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=False)


def test_make_says_what_to_install_without_a_new_enough_python(tmp_path: Path) -> None:
    done = run_make("no-such-python", tmp_path / "venv")
    assert done.returncode != 0
    assert "No Python 3.11 or newer was found" in done.stderr
    assert "sudo apt install python3 python3-venv" in done.stderr


def test_make_says_what_to_install_without_venv(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\n', encoding="utf-8")
    python.chmod(0o755)
    done = run_make(str(python), tmp_path / "venv")
    assert done.returncode != 0
    assert "sudo apt install python3-venv" in done.stderr


def test_continuous_integration_runs_make_test_here_and_on_a_bare_debian_and_looks_up_weaknesses() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert os.access(ROOT / ".ci" / "audit", os.X_OK)
    assert os.access(ROOT / ".ci" / "bare", os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert any(
        line.startswith(".ci/encoders ||") for line in lines
    )  # the extra is tried with a real one, or it is said that it is not
    assert os.access(ROOT / ".ci" / "encoders", os.X_OK)
    assert any(line.startswith(".ci/opensearch ||") for line in lines)
    assert os.access(ROOT / ".ci" / "opensearch", os.X_OK)
    assert {
        "check .ci/release || status=1",
        "check .ci/audit || status=1",
        "check .ci/wheel || status=1",
        "check .ci/container || result=$?",
        'check make test ARGS="--code-points 20000" AGAIN=.ci/again || status=1',
    } <= set(lines)
    assert {'try bookworm "${core[@]}"', 'try testing "${core[@]}"'} <= set(lines)
    assert lines[-1] == "exit $status"


def audit(folder: Path, release: bool) -> "subprocess.CompletedProcess[str]":
    """The look-up of weaknesses where its tool can't be installed."""
    environ = {
        "PATH": os.environ["PATH"],
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "TMPDIR": str(folder),
    }
    environ |= {"RELEASE": "1"} if release else {}
    return subprocess.run(
        [ROOT / ".ci" / "audit"], env=environ, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("release", [False, True])
def test_weaknesses_that_can_not_be_looked_up_are_said_to_be_not_checked_and_fail_a_release(
    release: bool, tmp_path: Path
) -> None:
    done = audit(tmp_path, release)
    assert done.stderr.startswith("NOT CHECKED for published weaknesses: ")
    assert done.returncode == int(release)


def test_the_bill_of_materials_names_every_locked_package_with_its_hashes() -> None:
    told = [
        subprocess.run([ROOT / ".ci" / "sbom"], capture_output=True, encoding="utf-8", check=True).stdout
        for _ in range(2)
    ]
    assert told[0] == told[1]
    bill = json.loads(told[0])
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "1.6",
        "askwell",
    )
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", bill["serialNumber"])
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = {tuple(pin.split("==")) for pin in re.findall(r"^[a-z0-9-]+==[^ ]+", lock, re.MULTILINE)}
    assert {(one["name"], one["version"]) for one in bill["components"]} == pins
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"][0]["dependsOn"] == references
    hashes = [found["content"] for one in bill["components"] for found in one["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock))


def test_the_container_installs_nothing_that_is_not_checked_by_hash() -> None:
    container = (ROOT / "Containerfile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install ([^&\n]*)", container)
    assert len(installs) == 2
    assert all("--require-hashes" in one or "--no-deps --no-build-isolation ." in one for one in installs)
    assert "hatchling" in locked("requirements.txt")  # which builds it


def test_the_container_is_given_all_that_it_is_built_from() -> None:
    given = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {folder.split("/")[1] for folder in wheel["include"]}
    files = {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]}
    assert given == needed | files | {"pyproject.toml", "requirements.txt"}
    assert all((ROOT / name).exists() for name in given)


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ("", ""),
        ("some-other-tag", ""),
        (
            f"v{__version__}",
            f'v{__version__} needs its day in CHANGELOG.md: "## {__version__}, YYYY-MM-DD".\n',
        ),
        ("v99.0.0", f"The tag v99.0.0 is not v{__version__}, the version in src/qa/__init__.py.\n"),
    ],
)
def test_a_tag_names_the_version_and_its_changes_are_dated(tags: str, told: str) -> None:
    is_dated = re.search(r"^## [0-9.]+, \d{4}-\d\d-\d\d$", CHANGES, re.MULTILINE)
    done = subprocess.run(
        [ROOT / ".ci" / "release"],
        env={**os.environ, "TAGS": tags},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    expected = "" if is_dated and tags == f"v{__version__}" else told
    assert (done.stderr, done.returncode) == (expected, int(bool(expected)))


def test_a_default_install_is_small() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "size.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert {line.split()[0].lower() for line in done.stdout.splitlines()} >= {
        "flask",
        "granian",
        "numpy",
        "all",
    }
