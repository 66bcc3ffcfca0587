"""``contract check``: what is read, what is not, and the exit status for a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from KafkaLibrary.command_line.commands import MISUSED, run
from tests.places import ROOT
from tests.unit.contracts.documents import of_3, written

ORDER = "payload: {type: object, required: [orderId]}"


def test_a_contract_that_is_checked_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contract", "check", str(ROOT / "examples" / "orders.asyncapi.yaml")]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = [line.split() for line in said.out.splitlines()]
    assert lines[0][:4] == ["The", "contract", "'orders.asyncapi.yaml'", "(AsyncAPI"]
    assert ["orders", "OrderPlaced", "json-schema", "-", "-", "orders.asyncapi.yaml:9"] in lines


def test_what_is_not_checked_is_told_and_is_the_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, of_3(f"address: null\nmessages: {{Order: {{{ORDER}, headers: {{}}}}}}"))
    assert run(["contract", "check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "Not checked:\n  asyncapi.yaml:6 #/channels/orders/messages/Order/headers: " in said
    assert "it has no address" in said
    assert "(none)" in said
    assert run(["contract", "check", str(path), "--topic", "orders=shop.orders"]) == 1
    said = capsys.readouterr().out
    assert "it has no address" not in said
    assert "shop.orders" in said


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["contract", "check", "nowhere.yaml"], "There is no file 'nowhere.yaml'"),
        (["contract", "check", str(ROOT / "examples" / "order.json")], "is not an AsyncAPI document"),
        (["contract", "check", str(ROOT / "examples" / "orders.asyncapi.yaml"), "-t", "orders"], "--topic is CHANNEL="),
        (["contract", "check", str(ROOT / "examples" / "orders.asyncapi.yaml"), "-t", "a=b"], "has no channel 'a'"),
        (["contract", "chek"], "No such command"),
    ],
)
def test_what_can_not_be_read_has_another_status(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == MISUSED
    assert problem in capsys.readouterr().err
