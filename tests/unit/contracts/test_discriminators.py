"""A `discriminator` names the one schema that a value has to fit, also where it fits another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.reporting.checks import failed_contracts
from tests.unit.contracts.documents import judged, loaded, of_2, of_3

PAYLOAD = "address: orders\nmessages: {Order: {payload: {$ref: '#/components/schemas/Order'}}}"
BRANCHES = """
    Created: {type: object, required: [type, id], properties: {type: {type: string}, id: {type: integer}}}
    Cancelled: {type: object, required: [type, id, why], properties: {type: {type: string}, why: {type: string}}}
"""


def of_schemas(schemas: str) -> str:
    return of_3(PAYLOAD, f"components:\n  schemas:\n{schemas}")


def one_of(discriminator: str, rule: str = "oneOf", branches: str = BRANCHES) -> str:
    order = f"""
    Order:
      {rule}: [{{$ref: '#/components/schemas/Created'}}, {{$ref: '#/components/schemas/Cancelled'}}]
      discriminator: {discriminator}"""
    return of_schemas(order + branches)


@pytest.mark.parametrize("rule", ["oneOf", "anyOf"])
@pytest.mark.parametrize("discriminator", ["type", "{propertyName: type}"])
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"type": "Created", "id": 1}, "fits"),
        ({"type": "Cancelled", "id": 1, "why": "late"}, "fits"),
        ({"type": "Cancelled", "id": 1}, "wrong"),
        ({"type": "Lost", "id": 1}, "wrong"),
        ({"type": None, "id": 1}, "wrong"),
        ({"id": 1}, "wrong"),
        ("Created", "wrong"),
    ],
)
def test_the_alternative_that_is_named_counts_alone(
    tmp_path: Path, rule: str, discriminator: str, value: Any, state: str
) -> None:
    assert judged(loaded(tmp_path, one_of(discriminator, rule)), value).state == state


def test_the_failure_is_about_the_one_that_is_named(tmp_path: Path) -> None:
    said = failed_contracts.failure(judged(loaded(tmp_path, one_of("type")), {"type": "Cancelled", "id": 1}))
    assert "$.why is missing" in said
    assert "should be Created" not in said


def test_values_that_the_alternatives_fix_themselves_count_before_their_names(tmp_path: Path) -> None:
    branches = """
    Created: {type: object, required: [type], properties: {type: {const: order.created}}}
    Cancelled: {type: object, required: [type, why], properties: {type: {enum: [order.gone]}}}
"""
    contract = loaded(tmp_path, one_of("type", branches=branches))
    assert judged(contract, {"type": "order.created"}).state == "fits"
    assert judged(contract, {"type": "order.gone"}).state == "wrong"
    assert judged(contract, {"type": "Created"}).state == "wrong"


def test_within_a_value_it_counts_where_it_stands(tmp_path: Path) -> None:
    text = of_schemas(
        f"""
    Order:
      type: object
      properties:
        lines:
          type: array
          items:
            discriminator: type
            oneOf: [{{$ref: '#/components/schemas/Created'}}, {{$ref: '#/components/schemas/Cancelled'}}]
{BRANCHES}"""
    )
    contract = loaded(tmp_path, text)
    lines = [{"type": "Created", "id": 1}, {"type": "Cancelled", "id": 1, "why": "late"}]
    assert judged(contract, {"lines": lines}).state == "fits"
    assert judged(contract, {"lines": [*lines, {"type": "Cancelled", "id": 1}]}).state == "wrong"


INHERITED = """
    Order: {type: object, discriminator: type, required: [type], properties: {type: {type: string}}%s}
    Created: {allOf: [{$ref: '#/components/schemas/Order'}, {type: object, required: [id]}]}
    Cancelled: {allOf: [{$ref: '#/components/schemas/Created'}, {type: object, required: [why]}]}
"""
BACK_AND_FORTH = ", oneOf: [{$ref: '#/components/schemas/Created'}, {$ref: '#/components/schemas/Cancelled'}]"


@pytest.mark.parametrize("alternatives", ["", BACK_AND_FORTH])
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"type": "Created", "id": 1}, "fits"),
        ({"type": "Created"}, "wrong"),
        ({"type": "Cancelled", "id": 1, "why": "late"}, "fits"),
        ({"type": "Cancelled", "id": 1}, "wrong"),
        ({"type": "Lost", "id": 1, "why": "late"}, "wrong"),
    ],
)
def test_schemas_may_inherit_from_the_one_that_has_it(
    tmp_path: Path, alternatives: str, value: Any, state: str
) -> None:
    contract = loaded(tmp_path, of_schemas(INHERITED % alternatives))
    assert judged(contract, value).state == state


def test_a_message_of_one_heir_is_not_met_by_another_kind(tmp_path: Path) -> None:
    channel = "address: orders\nmessages: {M: {payload: {$ref: '#/components/schemas/Created'}}}"
    contract = loaded(tmp_path, of_3(channel, f"components:\n  schemas:\n{INHERITED % ''}"))
    assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Cancelled", "id": 1, "why": "late"}).state == "fits"
    assert judged(contract, {"type": "Order", "id": 1}).state == "wrong"


GROUP = """
    Order: {oneOf: [{$ref: '#/components/schemas/Placed'}, {$ref: '#/components/schemas/Ended'}], discriminator: type}
    Placed: {type: object, required: [type, id], properties: {type: {type: string}}}
    Ended: {%s: [{$ref: '#/components/schemas/Paid'}, {$ref: '#/components/schemas/Lost'}, {type: 'null'}]%s}
    Paid: {type: object, required: [type], properties: {type: %s}}
    Lost: {type: object, required: [type, why], properties: {type: %s}}
"""


@pytest.mark.parametrize("rule", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    ("discriminator", "paid", "lost"),
    [
        ("", "{const: Paid}", "{enum: [Lost]}"),
        (", discriminator: type", "{type: string}", "{type: string}"),
        (", discriminator: type", "{const: Paid}", "{type: string}"),
        (", discriminator: {propertyName: type, mapping: {Paid: Paid, Lost: Lost}}", "{type: string}", "{}"),
    ],
)
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"type": "Placed", "id": 1}, "fits"),
        ({"type": "Placed", "why": "late"}, "wrong"),
        ({"type": "Paid"}, "fits"),
        ({"type": "Lost", "why": "late"}, "fits"),
        ({"type": "Lost"}, "wrong"),
        ({"type": "Ended", "why": "late"}, "wrong"),
        ({"type": "Gone", "id": 1, "why": "late"}, "wrong"),
    ],
)
def test_an_alternative_that_chooses_itself_is_meant_by_the_values_of_its_own(
    tmp_path: Path, rule: str, discriminator: str, paid: str, lost: str, value: Any, state: str
) -> None:
    contract = loaded(tmp_path, of_schemas(GROUP % (rule, discriminator, paid, lost)))
    assert judged(contract, value).state == state


def test_alternatives_that_lead_back_to_each_other_are_read(tmp_path: Path) -> None:
    circle = """
    Order: {oneOf: [{$ref: '#/components/schemas/Placed'}, {$ref: '#/components/schemas/Other'}], discriminator: type}
    Placed: {type: object, required: [type, id]}
    Other: {oneOf: [{$ref: '#/components/schemas/Order'}, {$ref: '#/components/schemas/Lost'}], discriminator: type}
    Lost: {type: object, required: [type, why]}
"""
    contract = loaded(tmp_path, of_schemas(circle))
    assert judged(contract, {"type": "Lost", "why": "late"}).state == "fits"


@pytest.mark.parametrize("alternatives", ["", BACK_AND_FORTH])
@pytest.mark.parametrize(
    "place", ["{type: object, properties: {at: %s}}", "{type: object, properties: {at: {items: %s}}}"]
)
def test_a_description_around_the_base_is_no_heir(tmp_path: Path, place: str, alternatives: str) -> None:
    described = "{description: What was, allOf: [{$ref: '#/components/schemas/Order'}]}"
    channel = f"address: orders\nmessages: {{M: {{payload: {place % described}}}}}"
    contract = loaded(tmp_path, of_3(channel, f"components:\n  schemas:\n{INHERITED % alternatives}"))

    def state(value: Any) -> str:
        return judged(contract, {"at": [value] if "items" in place else value}).state

    assert state({"type": "Created", "id": 1}) == "fits"
    assert state({"type": "Created"}) == "wrong"
    assert state({"type": "Lost", "id": 1}) == "wrong"


def test_an_heir_may_be_a_file_that_adds_nothing(tmp_path: Path) -> None:
    text = of_3("address: orders\nmessages: {Order: {payload: {$ref: ../schemas/Order.json}}}")
    order = {
        "type": "object", "required": ["type"], "discriminator": "type",
        "oneOf": [{"$ref": "Plain.json"}, {"$ref": "Created.json"}],
    }  # fmt: skip
    created = {"allOf": [{"$ref": "Order.json"}, {"required": ["id"]}]}
    files = {"Order": order, "Plain": {"allOf": [{"$ref": "Order.json"}]}, "Created": created}
    written = {f"schemas__{name}_json": json.dumps(one) for name, one in files.items()}
    contract = loaded(tmp_path, text, None, **written)
    assert judged(contract, {"type": "Plain"}).state == "fits"
    assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Created"}).state == "wrong"


def test_names_with_packages_are_called_without_them_too(tmp_path: Path) -> None:
    branches = BRANCHES.replace("Created", "com.shop.Created").replace("Cancelled", "com.shop.Cancelled")
    text = one_of("type", branches=branches).replace("schemas/C", "schemas/com.shop.C")
    contract = loaded(tmp_path, text)
    assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "com.shop.Cancelled", "id": 1}).state == "wrong"


def test_it_counts_in_2_and_with_openapi_3_0_too(tmp_path: Path) -> None:
    schema = (
        "{discriminator: {propertyName: type}, "
        "oneOf: [{$ref: '#/components/schemas/Created'}, {$ref: '#/components/schemas/Cancelled'}]}"
    )
    form = "application/vnd.oai.openapi;version=3.0.0"
    text = of_2(f"{{schemaFormat: '{form}', payload: {schema}}}", f"components:\n  schemas:\n{BRANCHES}")
    contract = loaded(tmp_path, text)
    assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Cancelled", "id": 1}).state == "wrong"


@pytest.mark.parametrize("draft", ["04", "06", "07", "2019-09", "2020-12"])
def test_it_counts_in_each_draft(tmp_path: Path, draft: str) -> None:
    form = f"application/schema+json;version=draft-{draft}"
    listed = "oneOf: [{$ref: '#/components/schemas/Created'}, {$ref: '#/components/schemas/Cancelled'}]"
    of_alternatives = of_2(
        f"{{schemaFormat: '{form}', payload: {{discriminator: type, {listed}}}}}",
        f"components:\n  schemas:\n{BRANCHES}",
    )
    of_heirs = of_2(
        f"{{schemaFormat: '{form}', payload: {{$ref: '#/components/schemas/Order'}}}}",
        f"components:\n  schemas:\n{INHERITED % ''}",
    )
    for number, text in enumerate((of_alternatives, of_heirs)):
        contract = loaded(tmp_path / str(number), text)
        assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
        assert judged(contract, {"type": "Cancelled", "id": 1, "why": "late"}).state == "fits"
        assert judged(contract, {"type": "Cancelled", "id": 1}).state == "wrong"
        assert judged(contract, {"type": "Lost", "id": 1}).state == "wrong"


def test_it_counts_in_schemas_that_openapi_lets_be_null(tmp_path: Path) -> None:
    form = "application/vnd.oai.openapi;version=3.0.0"
    text = of_2(
        f"{{schemaFormat: '{form}', payload: {{$ref: '#/components/schemas/Order'}}}}",
        f"components:\n  schemas:\n{INHERITED % ', nullable: true'}",
    )
    contract = loaded(tmp_path, text)
    assert judged(contract, b"null").state == "fits"
    assert judged(contract, {"type": "Created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Created"}).state == "wrong"
    assert judged(contract, {"type": "Lost", "id": 1}).state == "wrong"


@pytest.mark.parametrize("discriminator", ["{}", "[]", "7", "{propertyName: 7}", "{propertyName: type, mapping: 7}"])
def test_one_that_can_not_be_read_breaks_nothing(tmp_path: Path, discriminator: str) -> None:
    assert judged(loaded(tmp_path, one_of(discriminator, "anyOf")), {"type": "Created", "id": 1}).state == "fits"


@pytest.mark.parametrize("are_listed", [False, True])
def test_hundreds_of_heirs_are_read_each_once(tmp_path: Path, are_listed: bool) -> None:
    """Also where their base lists them all: each of them leads to all others."""
    heirs = "".join(
        f"\n    H{at}: {{allOf: [{{$ref: '#/components/schemas/Order'}}, {{required: [h{at}]}}]}}" for at in range(300)
    )
    listed = ", ".join(f"{{$ref: '#/components/schemas/H{at}'}}" for at in range(300))
    alternatives = f", oneOf: [{listed}]" if are_listed else ""
    order = f"\n    Order: {{type: object, discriminator: type, properties: {{type: {{type: string}}}}{alternatives}}}"
    contract = loaded(tmp_path, of_schemas(order + heirs))
    assert judged(contract, {"type": "H299", "h299": 1}).state == "fits"
    assert judged(contract, {"type": "H299", "h298": 1}).state == "wrong"
