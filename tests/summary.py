"""Adds up what a test run has left in results/, and fails where something failed or is missing.

python -m tests.summary ENVIRONMENT[,ENVIRONMENT...]=STATUS...   with the exit status of those that tox ran together
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.places import RESULTS

ON_ANY_PYTHON = ("unit.xml", "contract.xml", "manual.xml", "embedded/output.xml")
# What an environment must leave behind; one that checks without tests leaves nothing but its exit status.
EXPECTED: dict[str, tuple[str, ...]] = {
    "lint": (),
    "package": ("package.xml",),
    "quickstart": ("output.xml",),
    "tests": ("harness.xml", "contract.xml", "manual.xml", "real/output.xml", "guide.xml"),
    "applications": (
        *("shop.xml", "newest_contract.xml"),
        *(f"{part}/output.xml" for part in ("newest", "shop_embedded", "shop_real", "shop_debezium")),
    ),
    "endurance": ("endurance.xml",),
}


@dataclass(frozen=True, slots=True)
class Count:
    part: str
    passed: int
    failed: int
    skipped: int = 0
    remark: str = ""
    failures: tuple[str, ...] = ()


def counts(environments: str, status: int, results: Path) -> list[Count]:
    found = [count for one in environments.split(",") for count in _left_by(one, results)]
    if not found and status == 0:
        return [Count(environments, 1, 0)]
    if status and not any(count.failed for count in found):
        found.append(Count(environments, 0, 1, remark=f"ended with status {status}"))
    return found


def _left_by(environment: str, results: Path) -> Iterator[Count]:
    for name in EXPECTED.get(environment, ON_ANY_PYTHON):
        yield read(results / environment / name, f"{environment}/{name}")


def read(file: Path, part: str) -> Count:
    """A file that is missing, cut short or without a single test is a failure: nothing was proved."""
    try:
        root = ElementTree.parse(file).getroot()
    except FileNotFoundError:
        return Count(part, 0, 1, remark="has no results")
    except ElementTree.ParseError as broken:
        return Count(part, 0, 1, remark=f"can't be read: {broken}")
    count = _of_robot(root, part) if root.tag == "robot" else _of_pytest(root, part)
    return count if count.passed or count.failed else Count(part, 0, 1, count.skipped, "ran no test")


def _of_robot(root: ElementTree.Element, part: str) -> Count:
    total = root.find("statistics/total/stat")
    if total is None:
        return Count(part, 0, 1, remark="has no total")
    passed, failed, skipped = (int(total.attrib[name]) for name in ("pass", "fail", "skip"))
    return Count(part, passed, failed, skipped, failures=tuple(_failed_in_robot(root, "")))


def _failed_in_robot(parent: ElementTree.Element, above: str) -> Iterator[str]:
    for suite in parent.findall("suite"):
        path = f"{above}{suite.get('name')}."
        for test in suite.findall("test"):
            status = test.find("status")
            if status is not None and status.get("status") == "FAIL":
                yield _failure(f"{path}{test.get('name')}", status.text)
        yield from _failed_in_robot(suite, path)


def _of_pytest(root: ElementTree.Element, part: str) -> Count:
    suites = list(root.iter("testsuite"))
    tests, failed, errors, skipped = (
        sum(int(suite.attrib[name]) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    passed = tests - failed - errors - skipped
    return Count(part, passed, failed + errors, skipped, _left_out(root), tuple(_failed_in_pytest(root)))


def _failed_in_pytest(root: ElementTree.Element) -> Iterator[str]:
    for test in root.iter("testcase"):
        for outcome in (*test.findall("failure"), *test.findall("error")):
            yield _failure(f"{test.get('classname')}.{test.get('name')}", outcome.get("message"))


def _failure(name: str, message: str | None) -> str:
    return f"{name}\n{textwrap.indent((message or 'no message').strip(), '    ')}"


def _left_out(root: ElementTree.Element) -> str:
    """What a test says that did not run for want of a server."""
    reasons = {one.get("message", "") for one in root.iter("skipped")}
    return "; ".join(sorted(reason for reason in reasons if reason.endswith("did not run")))


def table(found: Sequence[Count]) -> Iterator[str]:
    width = max(len(count.part) for count in found)
    yield f"{'':{width}}  passed  failed  skipped"
    for count in found:
        line = f"{count.part:{width}}  {count.passed:6}  {count.failed:6}  {count.skipped:7}  {count.remark}"
        yield line.rstrip()


def failures(found: Sequence[Count]) -> Iterator[str]:
    """What failed and why, at the end of the output: it may be all that is kept of a run on another machine."""
    for count in found:
        for failure in count.failures:
            yield f"{count.part}: {failure}\n"


def main(statuses: Sequence[str], results: Path = RESULTS) -> int:
    pairs = (text.rpartition("=") for text in statuses)
    found = [count for name, _, status in pairs for count in counts(name, int(status), results)]
    if not found:
        raise SystemExit("Nothing was run: name the environments.")
    passed, failed = sum(count.passed for count in found), sum(count.failed for count in found)
    sys.stdout.write("\n".join(["", *table(found), "", *failures(found), f"{passed} passed, {failed} failed", ""]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
