"""Of a file that is not there the nearest is proposed, as it would be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from KafkaLibrary.files.missing_files import did_you_mean_file, near_files

FILES = (
    "templates/payment.json",
    "templates/refund.json",
    "schemas/order_created.json",
    "client.properties",
    "a/b/deep.avsc",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("template/payment.json", "templates/payment.json"),
        ("templates/paymnet.json", "templates/payment.json"),
        ("tempaltes/paymnet.json", "templates/payment.json"),
        ("schemas/order_craeted.json", "schemas/order_created.json"),
        ("client.propertes", "client.properties"),
        ("Client.Properties", "client.properties"),
        ("payment.json", "templates/payment.json"),
        ("elsewhere/payment.json", "templates/payment.json"),
        ("templates/payment", "templates/payment.json"),
        ("templates/../client.propertes", "client.properties"),
        ("./template/payment.json", "templates/payment.json"),
        ("deep.avsc", "a/b/deep.avsc"),
    ],
)
def test_the_nearest_comes_first(folder: Path, given: str, meant: str) -> None:
    assert near_files(Path(given), [folder])[0] == meant


def test_an_absolute_path_gets_names_of_its_folder_and_else_absolute_ones(folder: Path) -> None:
    meant = folder / "templates" / "payment.json"
    assert near_files(folder / "template" / "payment.json") == [str(meant)]
    assert did_you_mean_file(folder / "templates" / "paymnt.json") == "Did you mean 'payment.json'?"


def test_each_folder_where_a_path_may_begin_is_looked_in(folder: Path) -> None:
    assert near_files(Path("order_craeted.json"), [folder / "templates", folder / "schemas"]) == ["order_created.json"]


@pytest.mark.parametrize("given", ["nothing.like.it", "templates", "", "x" * 5000, "\0", "none/such/path.json"])
def test_nothing_is_proposed_where_nothing_is_near(folder: Path, given: str) -> None:
    assert did_you_mean_file(Path(given), [folder, folder / "nowhere"]) == ""


def test_no_more_than_three_are_proposed_and_no_folder(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"order{number}.json").touch()
    (tmp_path / "orderx.json").mkdir()
    near = near_files(Path("orderx.json"), [tmp_path])
    assert len(near) == 3
    assert "orderx.json" not in near
