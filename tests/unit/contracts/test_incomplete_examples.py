"""An example of a contract that lacks a part is told when the contract is read: nobody would notice it later."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from KafkaLibrary.contracts.contract import Contract
from tests.unit.contracts.documents import loaded, of_2, of_3, said

MESSAGE = """
headers: {type: object, required: [trace], properties: {trace: {type: string}}}
payload: {type: object, required: [id], properties: {id: {type: integer}}}
"""


def with_examples(folder: Path, listed: str, message: str = MESSAGE, *, is_2: bool = False) -> Contract:
    whole = f"{message.strip()}\nexamples: {listed}"
    inner = textwrap.indent(whole, "    ")
    return loaded(folder, of_2(whole) if is_2 else of_3(f"address: orders\nmessages:\n  Order:\n{inner}"))


@pytest.mark.parametrize("is_2", [False, True])
@pytest.mark.parametrize(
    ("example", "lack"),
    [
        ("{name: usual}", "neither `payload` nor `headers`"),
        ("{name: usual, summary: As most are.}", "neither `payload` nor `headers`"),
        ("{name: usual, headers: {trace: t-1}}", "no `payload`"),
        ("{name: usual, payload: {id: 1}}", "no `headers`, though its message requires trace"),
    ],
)
def test_what_an_example_lacks_is_told(tmp_path: Path, example: str, lack: str, is_2: bool) -> None:
    contract = with_examples(tmp_path, f"[{example}]", is_2=is_2)
    assert lack in said(contract)
    assert "/examples/0" in said(contract)
    assert not contract.gaps  # it is no part of what is asked of events


def test_a_word_that_is_no_part_of_an_example_is_told(tmp_path: Path) -> None:
    contract = with_examples(tmp_path, "[{name: usual, paylod: {id: 1}}]")
    assert "neither `payload` nor `headers`" in said(contract)


@pytest.mark.parametrize(
    ("example", "message"),
    [
        ("{payload: {id: 1}, headers: {trace: t-1}}", MESSAGE),
        ("{payload: null, headers: {trace: t-1}}", MESSAGE),
        ("{payload: {id: 1}}", MESSAGE.replace("required: [trace], ", "")),
        ("{payload: {id: 1}}", MESSAGE.replace("required: [trace],", "required: [trace], examples: [{trace: t-1}],")),
        ("{payload: {id: 1}}", MESSAGE.strip().splitlines()[1]),
    ],
)
def test_a_whole_example_is_not_told(tmp_path: Path, example: str, message: str) -> None:
    assert not said(with_examples(tmp_path, f"[{example}]", message))


def test_an_example_of_asyncapi_2_may_be_the_value_itself(tmp_path: Path) -> None:
    contract = with_examples(tmp_path, "[{id: 1}]", MESSAGE.strip().splitlines()[1], is_2=True)
    assert not said(contract)
    assert [one.payload for one in contract.messages[0].examples] == [{"id": 1}]
