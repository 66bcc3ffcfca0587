"""The last line of a run is believed without a second look: it must never be better than the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import summary

PYTEST = '<testsuites><testsuite name="pytest" tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'
ROBOT = '<robot><statistics><total><stat pass="{}" fail="{}" skip="{}"/></total></statistics></robot>'


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """What a run without a failure leaves behind."""
    for name in ("tests/harness", "tests/contract", "tests/manual", "tests/guide"):
        write(tmp_path / f"{name}.xml", PYTEST.format(10, 0, 0, 1))
    for name in ("applications/shop", "applications/newest_contract", "endurance/endurance"):
        write(tmp_path / f"{name}.xml", PYTEST.format(10, 0, 0, 1))
    applications = ("newest", "shop_embedded", "shop_real", "shop_debezium")
    for name in ("tests/real", *(f"applications/{part}" for part in applications)):
        write(tmp_path / name / "output.xml", ROBOT.format(5, 0, 0))
    return tmp_path


def last_line(output: pytest.CaptureFixture[str]) -> str:
    return output.readouterr().out.splitlines()[-1]


def test_adds_up_all_parts(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summary.main(["tests,applications=0", "endurance=0", "lint=0"], results) == 0
    assert last_line(capsys) == "89 passed, 0 failed"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/manual.xml", PYTEST.format(10, 1, 0, 0)),
        ("tests/manual.xml", PYTEST.format(10, 0, 1, 0)),
        ("tests/real/output.xml", ROBOT.format(5, 1, 0)),
    ],
)
def test_a_failure_fails_the_run(results: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(results / name, text)
    assert summary.main(["tests=0"], results) == 1
    assert last_line(capsys).endswith(", 1 failed")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tests/contract.xml", PYTEST.format(0, 0, 0, 0)),
        ("tests/contract.xml", PYTEST.format(3, 0, 0, 3)),
        ("tests/real/output.xml", ROBOT.format(0, 0, 0)),
        ("tests/real/output.xml", "<robot><suite>"),
        ("tests/real/output.xml", "<robot/>"),
    ],
)
def test_a_part_that_proved_nothing_fails_the_run(results: Path, name: str, text: str) -> None:
    write(results / name, text)
    assert summary.main(["tests=0"], results) == 1


def test_a_missing_part_fails_the_run(results: Path) -> None:
    (results / "tests/real/output.xml").unlink()
    assert summary.main(["tests=0"], results) == 1


@pytest.mark.parametrize("status", ["lint=1", "tests=1", "tests=143"])
def test_an_environment_that_failed_fails_the_run(
    results: Path, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summary.main([status], results) == 1
    assert last_line(capsys).endswith(", 1 failed")


def test_an_unknown_environment_needs_the_parts_of_any_python(results: Path) -> None:
    assert summary.main(["py310-rflowest=0"], results) == 1


def test_what_did_not_run_for_want_of_a_server_is_told(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left_out = "SCHEMA_REGISTRY_URL is not set: examples of the guide did not run"
    skipped = f'<testcase name="a"><skipped type="pytest.skip" message="{left_out}"/></testcase>'
    write(results / "tests/guide.xml", PYTEST.format(10, 0, 0, 1).replace("/></", f">{skipped}</testsuite></"))
    summary.main(["tests=0"], results)
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.endswith(left_out)] == [line for line in lines if "guide.xml" in line]


def test_what_failed_is_told_with_its_reason(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_pytest = '<testcase classname="unit" name="test_a"><failure message="1 is not 2">long</failure></testcase>'
    of_robot = """<suite name="Real"><suite name="Waits">
        <test name="Passes"><status status="PASS"/></test>
        <test name="Fails"><kw><status status="FAIL"/></kw><status status="FAIL">No event:\nlook there</status></test>
    </suite></suite>"""
    write(results / "tests/manual.xml", PYTEST.format(10, 1, 0, 0).replace("/></", f">{of_pytest}</testsuite></"))
    write(results / "tests/real/output.xml", ROBOT.format(1, 1, 0).replace("<robot>", f"<robot>{of_robot}"))
    summary.main(["tests=1"], results)
    output = capsys.readouterr().out
    assert "tests/manual.xml: unit.test_a\n    1 is not 2\n" in output
    assert "tests/real/output.xml: Real.Waits.Fails\n    No event:\n    look there\n" in output
    assert "Passes" not in output


def test_environments_that_ran_side_by_side_have_one_status(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("py310-rflowest", "py313-rfnewest"):
        for part in ("unit", "contract", "manual"):
            write(results / name / f"{part}.xml", PYTEST.format(10, 0, 0, 0))
        write(results / name / "embedded" / "output.xml", ROBOT.format(5, 0, 0))
    assert summary.main(["py310-rflowest,py313-rfnewest=0"], results) == 0
    assert last_line(capsys) == "70 passed, 0 failed"
    assert summary.main(["py310-rflowest,py313-rfnewest=1"], results) == 1
    write(results / "py310-rflowest" / "unit.xml", PYTEST.format(10, 1, 0, 0))
    assert summary.main(["py310-rflowest,py313-rfnewest=1"], results) == 1
    assert last_line(capsys) == "69 passed, 1 failed"
