"""Which schema a discriminator names where the names are elsewhere: in an address, a list of the base, or nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.contracts.documents import judged, loaded, of_3, said

PETS = """
components:
  schemas:
    Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [lives]}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [bark]}]}
"""
HOUSE = "address: orders\nmessages: {House: {payload: {$ref: '#/components/schemas/House'}}}"


def of_payload(payload: str, more: str = PETS) -> str:
    return of_3(f"address: orders\nmessages: {{Adopted: {{payload: {payload}}}}}", more)


@pytest.mark.parametrize(
    "payload",
    [
        "{allOf: [{$ref: '#/components/schemas/Pet'}], required: [owner]}",
        "{allOf: [{$ref: '#/components/schemas/Pet'}, {required: [owner]}]}",
        "{allOf: [{required: [owner]}, {$ref: '#/components/schemas/Pet'}]}",
    ],
)
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"kind": "Cat", "lives": 9, "owner": "Ann"}, "fits"),
        ({"kind": "Dog", "bark": "loud", "owner": "Ann"}, "fits"),
        ({"kind": "Cat", "bark": "loud", "owner": "Ann"}, "wrong"),
        ({"kind": "Cat", "lives": 9}, "wrong"),
        ({"kind": "Cat", "owner": "Ann"}, "wrong"),
        ({"kind": "Fish", "owner": "Ann"}, "fits"),  # the schema may be the heir that is meant
        ({"owner": "Ann"}, "wrong"),
    ],
)
def test_rules_beside_a_base_leave_those_of_the_heir_that_is_named(
    tmp_path: Path, payload: str, value: Any, state: str
) -> None:
    assert judged(loaded(tmp_path, of_payload(payload)), value).state == state
    inner = of_payload(f"{{type: object, required: [pet], properties: {{pet: {payload}}}}}")
    assert judged(loaded(tmp_path / "within", inner), {"pet": value}).state == state


def test_an_heir_without_a_name_that_fixes_its_value_is_checked_as_itself(tmp_path: Path) -> None:
    fish = "{allOf: [{$ref: '#/components/schemas/Pet'}, {required: [fins], properties: {kind: {const: Fish}}}]}"
    contract = loaded(tmp_path, of_payload(fish))
    assert judged(contract, {"kind": "Fish", "fins": 2}).state == "fits"
    assert judged(contract, {"kind": "Fish"}).state == "wrong"
    assert judged(contract, {"kind": "Cat", "lives": 9, "fins": 2}).state == "wrong"


def one_of(mapping: str, cat: str = "#/components/schemas/Cat") -> str:
    return of_3(
        HOUSE,
        f"""
components:
  schemas:
    House:
      oneOf: [{{$ref: '{cat}'}}, {{$ref: '#/components/schemas/Dog'}}]
      discriminator: {{propertyName: kind, mapping: {mapping}}}
    Cat: {{type: object, required: [kind, lives]}}
    Dog: {{type: object, required: [kind, bark]}}
""",
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://schemas.example.com/v2/Cat",
        "https://schemas.example.com/v2/Cat.json",
        "https://schemas.example.com/openapi.yaml#/components/schemas/Cat",
        "./Cat.schema.json",
    ],
)
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"kind": "c", "lives": 9}, "fits"),
        ({"kind": "c", "bark": "loud"}, "wrong"),
        ({"kind": "Dog", "bark": "loud"}, "fits"),
    ],
)
def test_an_address_in_a_mapping_means_the_alternative_that_it_ends_with(
    tmp_path: Path, address: str, value: Any, state: str
) -> None:
    assert judged(loaded(tmp_path, one_of(f"{{c: '{address}'}}")), value).state == state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"kind": "c"}, "not checked"),
        ({"kind": "d", "bark": "loud"}, "fits"),
        ({"kind": "d"}, "wrong"),
        ({"kind": "x", "bark": "loud"}, "wrong"),
    ],
)
def test_only_a_value_that_names_what_cannot_be_read_is_not_checked(tmp_path: Path, value: Any, state: str) -> None:
    address = "https://schemas.example.com/Cat.json"
    mapping = f"{{c: '{address}', d: '#/components/schemas/Dog'}}"
    assert judged(loaded(tmp_path, one_of(mapping, address)), value).state == state


@pytest.mark.parametrize("address", ["https://schemas.example.com/Fish.json", "./fish.json"])
def test_a_mapping_to_what_is_not_there_is_told_and_checks_the_others(tmp_path: Path, address: str) -> None:
    contract = loaded(tmp_path, one_of(f"{{f: '{address}'}}"))
    assert f"'{address}'" in said(contract)
    assert contract.gaps
    assert judged(contract, {"kind": "f"}).state == "not checked"
    assert judged(contract, {"kind": "Cat", "lives": 9}).state == "fits"
    assert judged(contract, {"kind": "Cat"}).state == "wrong"


def test_a_mapping_of_a_base_to_a_file_beside_the_contract(tmp_path: Path) -> None:
    base = """
components:
  schemas:
    House:
      type: object
      required: [kind]
      discriminator: {propertyName: kind, mapping: {c: './cat.json', f: './fish.json'}}
"""
    cat = '{"allOf": [{"$ref": "asyncapi.yaml#/components/schemas/House"}, {"required": ["lives"]}]}'
    contract = loaded(tmp_path, of_3(HOUSE, base), api__cat_json=cat)
    assert judged(contract, {"kind": "c", "lives": 9}).state == "fits"
    assert judged(contract, {"kind": "c"}).state == "wrong"
    assert judged(contract, {"kind": "f"}).state == "not checked"
    assert judged(contract, {"kind": "x"}).state == "wrong"


@pytest.mark.parametrize(
    ("listed", "value", "state"),
    [
        ("CAT_SOLD, DOG_SOLD", {"kind": "CAT_SOLD", "lives": 9}, "fits"),
        ("CAT_SOLD, DOG_SOLD", {"kind": "DOG_SOLD", "bark": 1}, "fits"),
        ("CAT_SOLD, DOG_SOLD", {"kind": "CAT_SOLD", "bark": 1}, "wrong"),
        ("CAT_SOLD, DOG_SOLD", {"kind": "CatSold", "lives": 9}, "wrong"),
        ("CatSold, hound", {"kind": "hound", "bark": 1}, "fits"),
        ("CatSold, hound", {"kind": "hound", "lives": 9}, "wrong"),
        ("CatSold, hound", {"kind": "CatSold", "bark": 1}, "wrong"),
        ("feline, hound", {"kind": "feline", "lives": 9}, "fits"),
    ],
)
def test_values_that_a_base_lists_mean_heirs_without_a_mapping(
    tmp_path: Path, listed: str, value: Any, state: str
) -> None:
    schemas = f"""
components:
  schemas:
    House: {{type: object, discriminator: kind, required: [kind], properties: {{kind: {{enum: [{listed}]}}}}}}
    CatSold: {{allOf: [{{$ref: '#/components/schemas/House'}}, {{required: [lives]}}]}}
    DogSold: {{allOf: [{{$ref: '#/components/schemas/House'}}, {{required: [bark]}}]}}
"""
    assert judged(loaded(tmp_path, of_3(HOUSE, schemas)), value).state == state
