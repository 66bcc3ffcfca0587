"""What a `mapping`, a name, a file or a description means for the alternatives of a `discriminator`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.contracts.documents import judged, loaded, of_3
from tests.unit.contracts.test_discriminators import BRANCHES, of_schemas, one_of


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"type": "order.created", "id": 1}, "fits"),
        ({"type": "order.new", "id": 1}, "fits"),
        ({"type": "order.gone", "id": 1}, "wrong"),
        ({"type": "order.gone", "id": 1, "why": "late"}, "fits"),
        ({"type": "Created", "id": 1}, "fits"),
        ({"type": "order.lost", "id": 1}, "wrong"),
    ],
)
@pytest.mark.parametrize("to", ["#/components/schemas/Cancelled", "Cancelled"])
def test_a_mapping_says_which_values_mean_which_schema(tmp_path: Path, to: str, value: Any, state: str) -> None:
    created = "'#/components/schemas/Created'"
    mapping = f"{{order.created: {created}, order.new: {created}, order.gone: '{to}'}}"
    contract = loaded(tmp_path, one_of(f"{{propertyName: type, mapping: {mapping}}}"))
    assert judged(contract, value).state == state


@pytest.mark.parametrize("files", ["one", "two"])
def test_a_mapping_names_alternatives_wherever_they_stand(tmp_path: Path, files: str) -> None:
    created = '{"type": "object", "required": ["type", "id"]}'
    cancelled = '{"type": "object", "required": ["type", "why"]}'
    references = {
        "one": ("all.json#/definitions/Created", "all.json#/definitions/Cancelled"),
        "two": ("Created.json", "Cancelled.json"),
    }[files]
    listed = ", ".join(f"{{$ref: '{one}'}}" for one in references)
    mapping = "{order.created: Created, order.gone: Cancelled}"
    text = of_3(
        "address: orders\nmessages: {Order: {payload: "
        f"{{discriminator: {{propertyName: type, mapping: {mapping}}}, oneOf: [{listed}]}}}}}}"
    )
    written = {
        "api__all_json": f'{{"definitions": {{"Created": {created}, "Cancelled": {cancelled}}}}}',
        "api__Created_json": created,
        "api__Cancelled_json": cancelled,
    }
    contract = loaded(tmp_path, text, None, **written)
    assert judged(contract, {"type": "order.created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "order.gone", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "order.gone", "id": 1}).state == "wrong"


@pytest.mark.parametrize(
    ("kind", "mapping", "created", "cancelled", "others"),
    [
        ("integer", "{1: Created, 2: Cancelled}", 1, 2, ["1", 3, True]),
        ("boolean", "{true: Created, false: Cancelled}", True, False, ["true", 1]),
        ("string", "{1: Created, 2: Cancelled}", "1", "2", [1]),
    ],
)
def test_what_a_mapping_has_as_text_is_what_the_field_has(
    tmp_path: Path, kind: str, mapping: str, created: Any, cancelled: Any, others: list[Any]
) -> None:
    branches = BRANCHES.replace("type: {type: string}", f"type: {{type: {kind}}}")
    contract = loaded(tmp_path, one_of(f"{{propertyName: type, mapping: {mapping}}}", branches=branches))
    assert judged(contract, {"type": created, "id": 1}).state == "fits"
    assert judged(contract, {"type": cancelled, "id": 1, "why": "late"}).state == "fits"
    assert judged(contract, {"type": cancelled, "id": 1}).state == "wrong"
    assert [judged(contract, {"type": one, "id": 1}).state for one in others] == ["wrong"] * len(others)


def test_a_name_that_the_mapping_gives_to_another_means_that_other(tmp_path: Path) -> None:
    mapping = "{Created: Cancelled, Cancelled: Created}"
    contract = loaded(tmp_path, one_of(f"{{propertyName: type, mapping: {mapping}}}"))
    assert judged(contract, {"type": "Cancelled", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Created", "id": 1}).state == "wrong"


def test_a_name_is_one_of_several_values_that_an_alternative_fixes(tmp_path: Path) -> None:
    branches = """
    Created: {type: object, required: [type], properties: {type: {enum: [Created, Recreated]}}}
    Cancelled: {type: object, required: [type, why], properties: {type: {type: string}}}
"""
    contract = loaded(tmp_path, one_of("type", branches=branches))
    assert judged(contract, {"type": "Created"}).state == "fits"
    assert judged(contract, {"type": "Recreated"}).state == "fits"
    assert judged(contract, {"type": "Recreated", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "Cancelled", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "Cancelled"}).state == "wrong"
    assert judged(contract, {"type": "Gone", "why": "late"}).state == "wrong"


def test_a_reference_may_have_a_description_around_it(tmp_path: Path) -> None:
    described = ", ".join(
        f"{{description: One, allOf: [{{$ref: '#/components/schemas/{one}'}}]}}" for one in ("Created", "Cancelled")
    )
    branches = BRANCHES.replace("[type, id, why]", "[type, why]")
    discriminator = "{propertyName: type, mapping: {order.created: Created}}"
    contract = loaded(
        tmp_path, of_schemas(f"    Order: {{oneOf: [{described}], discriminator: {discriminator}}}{branches}")
    )
    assert judged(contract, {"type": "order.created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "Cancelled", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "Cancelled", "id": 1}).state == "wrong"
    assert judged(contract, {"type": "order.created", "why": "late"}).state == "wrong"
    assert judged(contract, {"type": "Gone", "id": 1}).state == "wrong"


def test_alternatives_in_files_are_called_as_these(tmp_path: Path) -> None:
    text = of_3(
        "address: orders\nmessages: {Order: {payload: {discriminator: type, "
        "oneOf: [{$ref: ../schemas/Created.json}, {$ref: ../schemas/Cancelled.json}]}}}"
    )
    files = {
        "schemas__Created_json": '{"type": "object", "required": ["type"]}',
        "schemas__Cancelled_json": '{"type": "object", "required": ["type", "why"]}',
    }
    contract = loaded(tmp_path, text, None, **files)
    assert judged(contract, {"type": "Created"}).state == "fits"
    assert judged(contract, {"type": "Cancelled"}).state == "wrong"


def test_a_file_of_a_schema_is_called_without_what_it_is_and_as_its_title_says(tmp_path: Path) -> None:
    text = of_3(
        "address: orders\nmessages: {Order: {payload: {discriminator: type, "
        "oneOf: [{$ref: ../schemas/created.schema.json}, {$ref: ../schemas/cancelled.json}]}}}"
    )
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "created.schema.json").write_text('{"required": ["type", "id"]}', encoding="utf-8")
    (folder / "cancelled.json").write_text('{"title": "OrderCancelled", "required": ["type", "why"]}', encoding="utf-8")
    contract = loaded(tmp_path, text)
    assert judged(contract, {"type": "created", "id": 1}).state == "fits"
    assert judged(contract, {"type": "created", "why": "late"}).state == "wrong"
    assert judged(contract, {"type": "OrderCancelled", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "cancelled", "why": "late"}).state == "fits"
    assert judged(contract, {"type": "OrderCancelled", "id": 1}).state == "wrong"
