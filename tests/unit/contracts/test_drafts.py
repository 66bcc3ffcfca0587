"""Which draft the schemas of a contract are of, and rules that it does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.contracts.documents import judged, loaded, of_2, of_3

AVRO = '{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "orderId", "type": "long"}]}'
BAD = {"orderId": "x"}
GOOD = {"orderId": 42}


def test_a_schema_with_its_format_may_have_extensions_beside_it(tmp_path: Path) -> None:
    wrapped = f"{{schemaFormat: application/vnd.apache.avro;version=1.9.0, x-subject: orders-value, schema: {AVRO}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{payload: {wrapped}}}}}"))
    assert [judged(contract, value).state for value in (GOOD, BAD)] == ["fits", "wrong"]


def test_a_schema_that_names_its_draft_is_read_as_that(tmp_path: Path) -> None:
    schema = "{$schema: 'http://json-schema.org/draft-04/schema#', minimum: 0, exclusiveMinimum: true, type: number}"
    for payload in (schema, f"{{items: {schema}}}", "{items: {$ref: '#/components/schemas/Total'}}"):
        contract = loaded(tmp_path, of_2(f"payload: {payload}", f"components: {{schemas: {{Total: {schema}}}}}"))
        values = [0, 0.1] if payload is schema else [[0], [0.1]]
        assert [judged(contract, one).state for one in values] == ["wrong", "fits"]
        assert contract.notes == ()


@pytest.mark.parametrize(
    ("draft", "rule", "asked"),
    [
        ("draft-07", "dependentRequired", "{id: [paid]}"),
        ("draft-07", "unevaluatedProperties", "false"),
        ("draft-07", "prefixItems", "[{type: integer}]"),
        ("draft-07", "minContains", "2"),
        ("draft-04", "const", "{id: 1}"),
        ("2020-12", "dependencies", "{id: [paid]}"),
    ],
)
def test_a_rule_of_another_draft_asks_nothing_and_is_named(tmp_path: Path, draft: str, rule: str, asked: str) -> None:
    form = f"schemaFormat: application/schema+json;version={draft}\n"
    contract = loaded(tmp_path, of_2(f"{form}payload: {{type: object, {rule}: {asked}}}"))
    assert judged(contract, GOOD).state == "fits"
    (gap,) = contract.gaps
    assert f"#/channels/orders/publish/message/payload/{rule}: it asks nothing in {draft}" in str(gap)
    alone = loaded(tmp_path, of_2(f"{form}payload: {{{rule}: {asked}}}"))
    assert judged(alone, GOOD).state == "not checked"
