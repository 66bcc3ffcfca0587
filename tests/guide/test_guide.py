"""Every example of docs/guide runs: a page's Robot examples as one suite, its Python as a module of tests.

The text after ``robotframework`` says how: ``registry``, ``kafka``, ``secured`` and ``change-data`` need the
address of one and make a suite of their own, with the properties files of the page beside it, ``dryrun`` is only looked
at by Robot, and a test of ``fails`` fails with the message that stands behind it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme
import yaml
from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient
from robot.api import ExecutionResult

from KafkaLibrary.broker.settings.client_settings import Settings
from tests.places import ROOT

GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.rglob("*.md"))
_BLOCK = re.compile(r"^```(?P<kind>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)#:]+)\)")
_FILE = re.compile(r"# (?P<name>\S+\.properties)\n")
_VARIABLE = re.compile(r"\$\{env:(\w+)\}")
_TEST = re.compile(r"\*\*\* Test Cases \*\*\*\n(?P<name>\S.*)")
PROPERTIES = "properties"
# Shown, and run by nobody: commands that install, files of other tools, and what failures say, which the suite of the
# known bugs compares, or an example that fails in front of it.
SHOWN_ONLY = {PROPERTIES, "sh", "text", "groovy", "json", "protobuf"}
ROBOT = "robotframework"
SECURED = "KAFKA_SECURED"
CHANGE_DATA = "CHANGE_DATA"
KAFKA = "KAFKA_BOOTSTRAP_SERVERS"
DRYRUN = f"{ROBOT} dryrun"
# The suites of a page, and the environment variable with the address that one needs.
NEEDS = {
    ROBOT: "",
    f"{ROBOT} registry": "SCHEMA_REGISTRY_URL",
    f"{ROBOT} kafka": KAFKA,
    f"{ROBOT} secured": SECURED,
    f"{ROBOT} change-data": CHANGE_DATA,
}
RUN = {*NEEDS, *(f"{kind} fails" for kind in NEEDS), DRYRUN, "python", "yaml"}
# How the pages write addresses that differ from run to run.
REGISTRY = "http://registry:8081"
SECURED_KAFKA = "kafka:9094"
# What else differs: numbers of places and schemas, times, and bytes in hexadecimal.
_CHANGES = re.compile(r"\b[0-9a-f]{2}(?: [0-9a-f]{2})+(?: …)?|\d+|(?<=has no subject )('.*?'\.) Did you mean .*")


class Block(NamedTuple):
    kind: str
    text: str


def all_blocks(page: Path) -> list[Block]:
    return [Block(one["kind"], one["text"]) for one in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def blocks(page: Path, *kinds: str) -> list[str]:
    return [block.text for block in all_blocks(page) if block.kind in kinds]


def with_examples(*kinds: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, *kinds)]


def suites() -> list[object]:
    """Each page with a kind of its suites; one that can't run says which address it lacks."""
    return [
        pytest.param(page, kind, id=f"{name(page)}{kind.removeprefix(ROBOT).replace(' ', '-')}", marks=_lacking(need))
        for kind, need in NEEDS.items()
        for page in with_examples(kind, f"{kind} fails")
    ]


def _lacking(variable: str) -> pytest.MarkDecorator:
    reason = f"{variable} is not set: examples of the guide did not run"
    return pytest.mark.skipif(bool(variable) and not os.environ.get(variable), reason=reason)


def name(page: Path) -> str:
    return page.relative_to(GUIDE.parent).with_suffix("").as_posix() if page.is_relative_to(GUIDE) else page.stem


def messages(page: Path, kind: str) -> dict[str, str]:
    """What the page says of each test that fails: the block behind it."""
    both = all_blocks(page)
    found = {}
    for block, behind in zip(both, [*both[1:], Block("", "")], strict=True):
        if block.kind == f"{kind} fails":
            assert behind.kind == "text", f"An example that fails stands without its message:\n{block.text}"
            found[_test_of(block)] = behind.text
    return found


def _test_of(block: Block) -> str:
    names = _TEST.findall(block.text)
    assert len(names) == 1, f"An example that fails is one test:\n{block.text}"
    return str(names[0])


def comparable(message: str) -> str:
    """The message without what differs from run to run."""
    known = message.replace(os.environ.get("SCHEMA_REGISTRY_URL") or REGISTRY, REGISTRY)
    for address in described().get("listeners", {}).values():
        known = known.replace(address, SECURED_KAFKA)
    return "\n".join(_CHANGES.sub("…", line.rstrip()) for line in known.strip().splitlines())


def described() -> dict[str, Any]:
    """The secured Kafka, where there is one."""
    place = os.environ.get(SECURED, "")
    return dict(json.loads(Path(place).read_text(encoding="utf-8"))) if place else {}


def surroundings() -> dict[str, str]:
    """The variables of the environment that examples of logins and of a database use."""
    known, changes = described(), os.environ.get(CHANGE_DATA, "")
    beside = dict(json.loads(Path(changes).read_text(encoding="utf-8"))) if changes else {}
    found = {"SHOP_CONNECT": beside["connect"], "SHOP_DATABASE_PORT": str(beside["port"])} if beside else {}
    if not known:
        return found
    return {
        **found,
        "SHOP_KAFKA": known["listeners"]["SASL_TLS"],
        "SHOP_KAFKA_TLS": known["listeners"]["TLS"],
        "SHOP_KAFKA_MUTUAL": known["listeners"]["MUTUAL"],
        "SHOP_PASSWORD": known["passwords"]["ada"],
        "SHOP_KEY_PASSWORD": known["key_password"],
        "SHOP_CERTIFICATES": str(Path(known["files"]["ca"]).parent),
        "SHOP_TOKENS": known["token_url"],
    }


def properties_files(page: Path) -> dict[str, str]:
    """The properties files of a page by the names in their first lines."""
    files = {}
    for text in blocks(page, PROPERTIES):
        named = _FILE.match(text)
        assert named, f"A properties file has no name:\n{text}"
        files[named["name"]] = text
    return files


def run(command: Sequence[object], folder: Path, status: int = 0) -> None:
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **surroundings()},
    )
    assert done.returncode == status, done.stdout + done.stderr
    # What Robot can't import fails nothing that does not use it.
    assert "[ ERROR ]" not in done.stderr, done.stderr


def robot(suite: str, folder: Path, *options: str, failing: int = 0) -> None:
    place = folder / "guide.robot"
    place.write_text(suite, encoding="utf-8")
    command = [sys.executable, "-m", "robot", "--pythonpath", ROOT, "--outputdir", folder / "results", *options, place]
    run(command, ROOT, failing)


@pytest.mark.parametrize(("page", "kind"), suites())
def test_the_robot_examples_of_a_page_run(page: Path, kind: str, tmp_path: Path) -> None:
    expected = messages(page, kind)
    for file, text in properties_files(page).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    robot("\n".join(blocks(page, kind, f"{kind} fails")), tmp_path, failing=len(expected))
    tests = ExecutionResult(tmp_path / "results" / "output.xml").suite.all_tests
    said = {test.name: comparable(test.message) for test in tests if test.failed}
    assert said == {test: comparable(message) for test, message in expected.items()}


@pytest.mark.parametrize("need", [pytest.param(KAFKA, marks=_lacking(KAFKA))])
def test_the_suite_for_both_brokers_runs_on_a_real_kafka_again_and_again(need: str, tmp_path: Path) -> None:
    suite = "\n".join(blocks(GUIDE / "both-brokers.md", ROBOT))
    for time in ("first", "second"):
        folder = tmp_path / time
        folder.mkdir()
        robot(suite, folder, "--variable", f"BOOTSTRAP_SERVERS:{os.environ[need]}")
        tests = ExecutionResult(folder / "results" / "output.xml").suite.all_tests
        assert {test.status for test in tests} == {"PASS"}


def recipes() -> list[tuple[str, str]]:
    """Properties files for clouds; the others are used by examples that run."""
    files = [one for page in with_examples(PROPERTIES) for one in properties_files(page).items()]
    return [(file, text) for file, text in files if "${env:SHOP_" not in text]


@pytest.mark.parametrize(("file", "text"), recipes(), ids=[file for file, _ in recipes()])
def test_the_client_takes_the_recipe_of_a_cloud(
    file: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is all that can be said here: clouds are not asked, and nobody listens at this address."""
    authority = trustme.CA()
    leaf = authority.issue_cert("client.example.com", common_name="ada")
    key, chain = leaf.private_key_pem.bytes(), leaf.cert_chain_pems[0].bytes()
    for place, content in {"ca.pem": authority.cert_pem.bytes(), "service.cert": chain, "service.key": key}.items():
        (tmp_path / place).write_bytes(content)
    for variable in _VARIABLE.findall(text):
        monkeypatch.setenv(variable, str(tmp_path) if variable.endswith("_FILES") else "x")
    (tmp_path / file).write_text(text, encoding="utf-8")
    settings = Settings.read("127.0.0.1:1", str(tmp_path / file), {})
    assert settings.properties["security.protocol"] in ("SSL", "SASL_SSL")
    for make, properties in (
        (Producer, settings.for_producer()),
        (Consumer, settings.for_reader()),
        (AdminClient, settings.for_admin()),
    ):
        assert make({**properties, "log_level": 0}) is not None


@pytest.mark.parametrize("page", with_examples(DRYRUN), ids=name)
def test_examples_that_need_what_is_not_here_are_right_as_far_as_robot_can_tell(page: Path, tmp_path: Path) -> None:
    robot("\n".join(blocks(page, DRYRUN)), tmp_path, "--dryrun", "--runemptysuite")


@pytest.mark.parametrize("page", with_examples("python"), ids=name)
def test_the_python_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    place = tmp_path / "test_examples.py"
    place.write_text("\n".join(blocks(page, "python")), encoding="utf-8")
    options = ("-p", "no:cacheprovider", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml")
    # Installed, the plugin needs no option.
    run([sys.executable, "-m", "pytest", "-q", "-p", "KafkaLibrary.pytest_plugin", *options, place], ROOT)


@pytest.mark.parametrize("page", with_examples("yaml"), ids=name)
def test_the_settings_of_other_tools_can_be_read(page: Path) -> None:
    for block in blocks(page, "yaml"):
        assert yaml.safe_load(block)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_is_of_a_kind_that_is_known(page: Path) -> None:
    assert {block.kind for block in all_blocks(page)} <= RUN | SHOWN_ONLY


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=name)
def test_links_lead_to_files(page: Path) -> None:
    targets = [found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing
