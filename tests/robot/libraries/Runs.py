"""Robot keywords that run suites in a process of their own: those that must fail, in `tests/robot/failing`, first."""

from __future__ import annotations

import binascii
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import zlib
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

from robot.api import ExecutionResult, TestSuite
from robot.api.deco import keyword, library
from robot.libraries.BuiltIn import BuiltIn

from tests.parts import NEEDS_REGISTRY, NEEDS_SECURED
from tests.places import ROOT
from tests.robot.libraries.approval import difference, general, read, written
from tests.robot.libraries.evidence_text import evidence_of, notes_of

GUIDE = ROOT / "docs" / "guide"
FAILING = ROOT / "tests" / "robot" / "failing"
APPROVED = ROOT / "tests" / "robot" / "approved"
END_TIME = timedelta(minutes=5)
_OF_ONE_RUN = (
    (re.compile(r"\b[cT]-[0-9a-f]{10}\b"), "{id}"),
    (re.compile(r"\[\d+\]@\d+"), "[{partition}]@{offset}"),
    (re.compile(r"\bfrom offset \d+"), "from offset {offset}"),
    (re.compile(r"(?<= within )\d+(?= seconds:)"), "{timeout}"),
)


@dataclass(frozen=True)
class Outcome:
    suite: str
    test: str
    status: str
    message: str
    evidence: str = ""
    notes: str = ""


@library(scope="SUITE")
class Runs:
    def __init__(self) -> None:
        self._running: tuple[subprocess.Popen[str], Path] | None = None
        self._outcomes: Sequence[Outcome] = ()
        self._folder: Path | None = None

    @keyword
    def run_suites(self, *names: str) -> None:
        """Runs suites of `failing` one after the other, and keeps what came of each test."""
        self._start([FAILING / f"{name}.robot" for name in names])
        self.wait_until_suite_has_ended()

    @keyword
    def start_suite(self, name: str, *options: str) -> None:
        self._start([FAILING / f"{name}.robot"], *options)

    @keyword
    def run_suite_with_log(self, name: str, *options: str) -> str:
        """Gives the folder with its log.html and what appeared on the console."""
        self.start_suite(name, "--log", "log.html", *options)
        self.wait_until_suite_has_ended()
        return str(self._folder)

    @keyword
    def run_folder(self, name: str, *options: str) -> None:
        """Runs all suites of a folder of `tests/robot`."""
        self._start([FAILING.parent / name], *options)
        self.wait_until_suite_has_ended()

    @keyword
    def press_ctrl_c(self) -> None:
        process, _ = self._now()
        os.killpg(process.pid, signal.SIGINT)

    @keyword
    def wait_until_suite_has_ended(self, within: timedelta = END_TIME) -> None:
        process, folder = self._now()
        try:
            process.wait(within.total_seconds())
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise AssertionError(f"The suite did not end: {_console(folder)}") from None
        self._running = None
        self._folder = folder
        output = folder / "output.xml"
        assert output.exists(), f"The suite was not run: {_console(folder)}"
        tests = ExecutionResult(output).suite.all_tests
        self._outcomes = [
            Outcome(
                Path(test.parent.source).stem, test.name, test.status, test.message, evidence_of(test), notes_of(test)
            )
            for test in tests
        ]
        assert self._outcomes, f"No test was run: {_console(folder)}"

    @keyword
    def test_should_have_passed(self, name: str) -> None:
        outcome = self._outcome_of(name)
        assert outcome.status == "PASS", f"'{name}' has failed: {outcome.message}"

    @keyword
    def test_should_have_failed(self, name: str, message: str) -> None:
        """``message`` is a pattern, in which ``*`` stands for any text."""
        outcome = self._outcome_of(name)
        assert outcome.status == "FAIL", f"'{name}' has not failed: {outcome.status}"
        assert fnmatchcase(outcome.message, message), f"'{name}' has failed with: {outcome.message}"

    @keyword
    def evidence_should_name(self, test: str, text: str) -> None:
        """What the test's keywords have left of events in the log."""
        evidence = self._outcome_of(test).evidence
        assert text in evidence, f"'{text}' is not in: {evidence}"

    @keyword
    def evidence_should_not_name(self, test: str, text: str) -> None:
        evidence = self._outcome_of(test).evidence
        assert text not in evidence, f"'{text}' is in: {evidence}"

    @keyword
    def messages_should_name(self, test: str, text: str) -> None:
        """What the test's keywords have left in the log in words."""
        left = self._outcome_of(test).notes
        assert text in left, f"'{text}' is not in: {left}"

    @keyword
    def only_these_should_have_failed(self, *names: str) -> None:
        failed = {outcome.test for outcome in self._outcomes if outcome.status == "FAIL"}
        assert failed == set(names), f"These have failed: {sorted(failed)}"

    @keyword
    def all_tests_should_have_passed(self) -> None:
        failed = [f"{outcome.test}: {outcome.message}" for outcome in self._outcomes if outcome.status != "PASS"]
        assert not failed, "\n\n".join(["These have not passed:", *failed])

    @keyword
    def all_of_suite_should_have_passed(self, suite: str) -> None:
        statuses = {outcome.test: outcome.status for outcome in self._outcomes if outcome.suite == suite}
        assert set(statuses.values()) == {"PASS"}, f"The tests of '{suite}': {statuses}"

    @keyword
    def guide_should_show(self, page: str, bug: str, *names: str) -> None:
        """How these tests fail, and nothing else, stands on the page where it is about the bug."""
        sections = re.split(r"^## ", (GUIDE / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
        (section,) = (text for text in sections if f"\n`{bug}`: " in text)
        shown = re.findall(r"^```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        unlike = difference(
            dict(zip(names, map(_of_any_run, shown), strict=True)),
            {name: _of_any_run(self._outcome_of(name).message) for name in names},
        )
        assert not unlike, f"{page} does not show how '{bug}' is found:\n{unlike}"

    @keyword
    def log_should_not_contain(self, text: str) -> None:
        """Neither what Robot has written of the last suite nor what appeared on the console."""
        assert self._folder is not None, "No suite was run."
        places = [name for name, content in self._left() if text in content]
        assert not places, f"It stands in {places}."

    @keyword
    def log_should_contain(self, text: str) -> None:
        """Something of it: else a search for what should not be there proves nothing."""
        assert any(text in content for _, content in self._left()), f"'{text}' is nowhere."

    @keyword
    def no_form_should_be_shown(self, secret: str, user: str) -> None:
        """Neither as it is nor as URLs and HTTP headers have it, nor as JSON and HTML do."""
        both = f"{user}:{secret}"
        forms = {secret, quote(secret, safe=""), quote_plus(secret), escape(secret), json.dumps(secret)[1:-1]}
        for text in (secret, both):
            forms |= {coded(text.encode()).decode().rstrip("=") for coded in (b64encode, urlsafe_b64encode)}
        places = [name for name, content in self._left() if any(form in content for form in forms)]
        assert not places, f"A secret stands in {places}."

    @keyword
    def no_token_should_be_shown(self) -> None:
        places = [name for name, content in self._left() if re.search(r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.", content)]
        assert not places, f"A token stands in {places}."

    @keyword
    def only_wrong_logins_should_have_failed(self) -> None:
        """Tests say by their names which they are."""
        failed = {outcome.test for outcome in self._outcomes if outcome.status == "FAIL"}
        unlike = failed ^ {outcome.test for outcome in self._outcomes if outcome.test.startswith("Wrong ")}
        told = [f"{outcome.test}: {outcome.status} {outcome.message}" for outcome in self._outcomes]
        assert not unlike, "\n\n".join(line for line in told if line.partition(":")[0] in unlike)

    def _left(self) -> Iterator[tuple[str, str]]:
        """The files of the last run with what is in them, what is packed there too."""
        assert self._folder is not None, "No suite was run."
        for file in sorted(self._folder.rglob("*")):
            if file.is_file():
                content = file.read_text(encoding="utf-8", errors="replace")
                yield file.name, "\n".join([content, *_unpacked(content)])

    @keyword
    def messages_should_be_as_approved(self, suite: str) -> None:
        """Each test of the suite, which has been run, must have failed as ``approved`` says.

        Tests that this broker leaves out are not compared.
        """
        outcomes = [outcome for outcome in self._outcomes if outcome.suite == suite]
        passed = [outcome.test for outcome in outcomes if outcome.status != "FAIL"]
        assert not passed, f"These have not failed: {passed}"
        _compare(suite, "messages", {outcome.test: general(outcome.message) for outcome in outcomes})

    @keyword
    def evidence_should_be_as_approved(self, suite: str) -> None:
        """What each test of the suite, which has been run, left in log.html must be as ``approved`` says."""
        left = {outcome.test: general(outcome.evidence) for outcome in self._outcomes if outcome.suite == suite}
        _compare(suite, "evidence", left)

    def _start(self, suites: Sequence[Path], *options: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix=f"{suites[0].stem}-", dir=_results()))
        command = [*_robot(folder), *options, *map(str, suites)]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            # What Ctrl-C ends is decided by the tests.
            start_new_session=True,
            stdout=(folder / "console.txt").open("w"),
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._running = process, folder

    def _outcome_of(self, name: str) -> Outcome:
        return next(outcome for outcome in self._outcomes if outcome.test == name)

    def _now(self) -> tuple[subprocess.Popen[str], Path]:
        assert self._running is not None, "No suite was started."
        return self._running


def _unpacked(content: str) -> Iterator[str]:
    """The long texts of log.html, which Robot packs."""
    for packed in re.findall(r'"(eN[A-Za-z0-9+/]{20,}=*)"', content):
        with suppress(zlib.error, binascii.Error):
            yield zlib.decompress(b64decode(packed)).decode("utf-8", "replace")


def _robot(folder: Path) -> Sequence[str]:
    servers = BuiltIn().get_variable_value("${BOOTSTRAP_SERVERS}")
    excluded = "real-kafka" if servers == "embedded" else "embedded-only"
    registry = BuiltIn().get_variable_value("${SCHEMA_REGISTRY}")
    secured = BuiltIn().get_variable_value("${SECURED}")
    return [
        *(sys.executable, "-m", "robot", "--pythonpath", str(ROOT), "--outputdir", str(folder)),
        *("--log", "NONE", "--report", "NONE", "--exclude", excluded),
        *("--variable", f"BOOTSTRAP_SERVERS:{servers}"),
        *(("--variable", f"SCHEMA_REGISTRY:{registry}") if registry else ("--exclude", NEEDS_REGISTRY)),
        *(("--variable", f"SECURED:{secured}") if secured else ("--exclude", NEEDS_SECURED)),
    ]


def _compare(suite: str, what: str, received: dict[str, str]) -> None:
    """Against the approved file. One with what was received is left in the results where they differ."""
    name = f"{suite}.txt" if what == "messages" else f"{suite}.{what}.txt"
    place = APPROVED / name
    approved = read(place.read_text(encoding="utf-8")) if place.exists() else {}
    tests = [test.name for test in TestSuite.from_file_system(FAILING / f"{suite}.robot").tests]
    nowhere = approved.keys() - set(tests)
    assert not nowhere, f"No test fails with these: {nowhere}"
    unlike = difference(approved, received)
    if unlike:
        both = approved | received
        (_results() / name).write_text(written({test: both[test] for test in tests if test in both}), encoding="utf-8")
        raise AssertionError(f"The {what} are not those of {place}:\n{unlike}")


def _of_any_run(message: str) -> str:
    """Without ids, places, times, and how long this run was ready to wait; every other number must be right."""
    for changing, name in _OF_ONE_RUN:
        message = changing.sub(name, message)
    return general(message).strip()


def _results() -> Path:
    folder = Path(str(BuiltIn().get_variable_value("${OUTPUT_DIR}"))) / "failing"
    folder.mkdir(exist_ok=True)
    return folder


def _console(folder: Path) -> str:
    return (folder / "console.txt").read_text()
