"""What is built from this checkout, and what a user has after installing it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Mapping
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSION = re.findall(r'"(.+)"', (ROOT / "KafkaLibrary" / "version.py").read_text())[-1]


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git knows: setuptools takes leftovers of earlier builds into the next one."""
    copy = tmp_path_factory.mktemp("source")
    for name in run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT).splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, source)
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def contents(wheel: Path) -> dict[str, bytes]:
    return unpacked(wheel)


@pytest.fixture(scope="session")
def metadata(contents: Mapping[str, bytes]) -> Message:
    (name,) = (name for name in contents if name.endswith(".dist-info/METADATA"))
    return BytesParser().parsebytes(contents[name])


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel)
    return python


def floors(sign: str, text: str) -> dict[str, str]:
    """Versions by name; lines of other extras than those of the library itself have more behind the version."""
    behind = r'(?:; python_version.*|; extra == "(?:schemas|cli)")?'
    found = re.findall(rf"^([\w-]+){sign}([\d.]+){behind}$", text, re.MULTILINE)
    return {name: version.removesuffix(".0") for name, version in found}


def unpacked(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_the_library_and_nothing_else(source: Path, contents: Mapping[str, bytes]) -> None:
    library = {file.relative_to(source).as_posix() for file in (source / "KafkaLibrary").rglob("*") if file.is_file()}
    assert {name for name in contents if ".dist-info/" not in name} == library
    assert "KafkaLibrary/py.typed" in library


def test_the_license_is_in_the_wheel(contents: Mapping[str, bytes]) -> None:
    assert any(name.endswith("LICENSE") for name in contents)


def test_the_checkout_and_the_source_distribution_give_the_same_wheel(
    source: Path, contents: Mapping[str, bytes], tmp_path: Path
) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path, source)
    (direct,) = tmp_path.glob("*.whl")
    assert unpacked(direct) == contents


def test_the_source_distribution_leaves_the_tests_out(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        folders = {name.split("/")[1] for name in opened.getnames() if name.count("/") > 1}
    assert folders == {"KafkaLibrary", "robotframework_kafka_events.egg-info"}


def test_the_description_can_be_shown_by_a_package_index(built: Path) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", *built.iterdir())


def test_the_metadata_names_the_version_and_the_oldest_python(metadata: Message) -> None:
    assert metadata["Version"] == VERSION
    assert metadata["Requires-Python"] == ">=3.10"


def test_the_floors_that_are_tested_are_those_of_the_package(metadata: Message) -> None:
    needed = floors(">=", "\n".join(metadata.get_all("Requires-Dist", [])))
    assert floors("==", (ROOT / "tests" / "package" / "floors.txt").read_text()) == needed


def test_the_installed_library_can_be_imported(installed: Path, tmp_path: Path) -> None:
    question = (
        "import importlib.metadata, KafkaLibrary;"
        "print(KafkaLibrary.__version__, importlib.metadata.version('robotframework-kafka-events'),"
        "KafkaLibrary.__file__)"
    )
    version, distribution, place = run(installed, "-c", question, cwd=tmp_path).split()
    assert version == distribution == VERSION
    assert Path(place).is_relative_to(installed.parents[1])


def test_the_first_example_needs_nothing_but_the_wheel(installed: Path, tmp_path: Path) -> None:
    run(
        installed,
        "-m",
        "robot",
        "--outputdir",
        tmp_path,
        ROOT / "examples" / "first_events.robot",
        cwd=tmp_path,
    )
    assert (tmp_path / "log.html").exists()


EXTRAS = {
    "avro": set(),
    "jsonschema": {"jsonschema"},
    "protobuf": {"protobuf", "grpcio-tools"},
    "yaml": {"pyyaml"},
}
"""The packages that an extra is there for; of the registry they are the client's own."""


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_names_its_packages_and_no_others(metadata: Message, extra: str) -> None:
    asked = [line for line in metadata.get_all("Requires-Dist", []) if f'extra == "{extra}"' in line]
    assert {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in asked} == EXTRAS[extra]
    assert extra in metadata.get_all("Provides-Extra", [])


def test_the_schemas_are_all_of_them(metadata: Message) -> None:
    lines = metadata.get_all("Requires-Dist", [])

    def asked(*extras: str) -> set[str]:
        return {line.split(";")[0] for line in lines for extra in extras if f'extra == "{extra}"' in line}

    assert asked("schemas") == asked(*EXTRAS, "registry")


@pytest.mark.parametrize("extra", ["avro", "jsonschema"])
def test_an_extra_for_files_replaces_no_setuptools_and_brings_no_clients(
    installed: Path, wheel: Path, extra: str
) -> None:
    options = ("--dry-run", "--quiet", "--disable-pip-version-check", "--report", "-")
    report = json.loads(run(installed, "-m", "pip", "install", *options, f"{wheel}[{extra}]"))
    brought = {one["metadata"]["name"].lower().replace("_", "-") for one in report["install"]} - {
        "robotframework-kafka-events"
    }
    assert EXTRAS[extra] <= brought
    assert brought <= EXTRAS[extra] | (
        {"attrs", "referencing", "rpds-py", "jsonschema-specifications", "typing-extensions"}
    )
    assert extra != "avro" or not brought


WITHOUT = """
import json, sys
from pathlib import Path
from KafkaLibrary import KafkaLibrary

folder = Path(sys.argv[1])
(folder / "order.avsc").write_text('{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}')
(folder / "order.json").write_text('{"required": ["id"]}')
(folder / "order.yaml").write_text("required: [id]")
(folder / "order.proto").write_text('syntax = "proto3"; message Order { int32 id = 1; }')
kafka = KafkaLibrary("embedded", schema_registry="http://127.0.0.1:1")
event = kafka.publish_event("orders", {"id": 1})

def said(of):
    try:
        of()
    except ValueError as problem:
        return str(problem).partition("robotframework-kafka-events")[2]
    return ""

print(json.dumps({
    **{one: said(lambda: kafka.event_should_match_schema(event, str(folder / one)))
       for one in ("order.avsc", "order.json", "order.proto")},
    "contract": said(lambda: kafka.load_contract(str(folder / "order.yaml"))),
    "registry": said(lambda: kafka.get_schema("orders-value")),
}))
"""


def test_what_is_missing_is_told_by_the_smallest_extra(installed: Path, tmp_path: Path) -> None:
    """Of the wheel alone: Avro works, and each message is of one format."""
    told = json.loads(run(installed, "-c", WITHOUT, tmp_path, cwd=tmp_path))
    assert told == {
        "order.avsc": "",
        "order.json": "[jsonschema]'",
        "order.proto": "[protobuf]'",
        "contract": "[jsonschema,yaml]'",
        "registry": "[registry]'",
    }


ANALYZED = """
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=embedded

*** Test Cases ***
Right
    ${event}=    Publish Event    orders    {"orderId": 42}    key=42    alias=default
    Wait For Event    orders    orderId == 42    timeout=5 s    since=test start    strict=True
    Wait For Events    orders    2    $.amount    >=    ${100}    limit == 3
    Event Field Should Be    ${event}    orderId    ${42}    msg=It is the order.
    Set Topic Format    orders    value=avro    schema=order.avsc    framed=False

Wrong
    Publish Event    orders    {"orderId": 42}    42
    Wait For Event    orders    timeout=1 s    sicne=earliest
"""


def test_an_editor_finds_what_is_wrong_and_only_that(installed: Path, tmp_path: Path) -> None:
    """RobotCode's analysis; it is installed last, for it brings packages of its own."""
    run(installed, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "robotcode-analyze")
    (tmp_path / "suite.robot").write_text(ANALYZED, encoding="utf-8")
    command = (installed.parent / "robotcode", "analyze", "code", "suite.robot")
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    told = re.findall(r"^suite\.robot:(\d+):\d+: \[ERROR\]", done.stdout, re.MULTILINE)
    assert told == ["14", "15"], done.stdout + done.stderr
