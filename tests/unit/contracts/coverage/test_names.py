"""What one contract, or one message of it, shows is never taken for another of the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.contracts.coverage.names import contract_name, message_names
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.errors import ExpectationFailed

PAYLOAD = "{payload: {type: object, required: [id], properties: {id: {type: integer}}}}"


def written(path: Path, title: str, topic: str) -> Path:
    path.parent.mkdir(parents=True)
    info = f"info: {{title: {title}, version: 1.0.0}}\n" if title else ""
    channels = f"channels: {{events: {{address: {topic}, messages: {{event: {PAYLOAD}}}}}}}\n"
    path.write_text(f"asyncapi: 3.0.0\n{info}{channels}", encoding="utf-8")
    return path


@pytest.mark.parametrize("titles", [("Orders", "Payments"), ("Events", "Events")], ids=["titles", "folders"])
def test_of_two_files_of_one_name_each_is_covered_by_its_own_events(tmp_path: Path, titles: tuple[str, str]) -> None:
    kafka = KafkaLibrary("embedded")
    for title, topic in zip(titles, ("orders", "payments"), strict=True):
        kafka.load_contract(str(written(tmp_path / topic / "asyncapi.yaml", title, topic)), topic)
    kafka.publish_event("orders", {"id": 1})
    kafka.contract_should_be_covered("100 %", contract="orders")
    with pytest.raises(ExpectationFailed, match=r"^0\.0 % of the contracts were seen"):
        kafka.contract_should_be_covered("1 %", contract="payments")
    with pytest.raises(ExpectationFailed, match=r"^50\.0 %"):
        kafka.contract_should_be_covered("100 %")


def test_a_contract_that_is_read_again_is_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "asyncapi.yaml" / "asyncapi.yaml", "Orders", "orders")
    kafka = KafkaLibrary("embedded")
    for _ in range(2):
        kafka.load_contract(str(path))
        kafka.publish_event("orders", {"id": 1})
    kafka.contract_should_be_covered("100 %")


def test_a_name_is_the_same_whichever_others_are_read(tmp_path: Path) -> None:
    paths = [written(tmp_path / folder / "asyncapi.yaml", folder.title(), folder) for folder in ("orders", "payments")]
    orders, payments = map(load_contract, paths)
    assert contract_name(orders, {}) == "asyncapi.yaml (Orders)"
    assert contract_name(orders, {contract_name(payments, {}): paths[1]}) == "asyncapi.yaml (Orders)"
    assert contract_name(load_contract(written(tmp_path / "c" / "shop.yaml", "", "c")), {}) == "shop.yaml"


def test_messages_of_one_name_have_their_channels_behind(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text(
        f"""\
asyncapi: 3.0.0
channels:
  a: {{address: a, messages: {{event: {PAYLOAD}, other: {{payload: {{type: object}}}}}}}}
  b: {{address: b, messages: {{event: {PAYLOAD}}}}}
""",
        encoding="utf-8",
    )
    contract: Contract = load_contract(path)
    assert list(message_names(contract).values()) == ["event on a", "other", "event on b"]
