"""The picture of the rooms in docs/ is that of the code as it is."""

from __future__ import annotations

from graphlib import CycleError
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.pictures.imports import imports_of
from tests.pictures.layout import laid_out
from tests.pictures.rooms import PICTURE, picture

GAP = 10.0
NAMES = "abcdefgh"


def test_the_picture_of_the_rooms_is_up_to_date() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), f"Draw {PICTURE.name} anew: python -m tests.pictures.rooms"


def shop_of(folder: Path, **modules: str) -> Path:
    shop = folder / "shop"
    shop.mkdir()
    for name, text in {"__init__": "", **modules}.items():
        (shop / f"{name}.py").write_text(text, encoding="utf-8")
    return shop


def test_every_way_to_import_is_seen(tmp_path: Path) -> None:
    shop = shop_of(
        tmp_path,
        cart="import shop.price\nfrom shop.money import Money\nfrom shop import stock\n",
        page="if TYPE_CHECKING:\n    from .money import Money\n\n\ndef later():\n    from . import cart\n",
        money="import decimal\n",
        price="",
        stock="",
    )
    imports = imports_of(shop)
    assert imports["shop.cart"] - {"shop"} == {"shop.money", "shop.price", "shop.stock"}
    assert imports["shop.page"] - {"shop"} == {"shop.cart", "shop.money"}
    assert imports["shop.money"] == set()


def test_rooms_in_a_circle_are_not_drawn_but_named(tmp_path: Path) -> None:
    shop = shop_of(
        tmp_path, cart="from shop import money", money="from shop import stock", stock="from shop import cart"
    )
    with pytest.raises(CycleError, match=r"shop\.cart.*shop\.cart"):
        picture(shop)


@given(some.sets(some.tuples(some.sampled_from(NAMES), some.sampled_from(NAMES))), some.data())
def test_each_stands_above_all_that_it_uses_and_nothing_overlaps(
    pairs: set[tuple[str, str]], data: some.DataObject
) -> None:
    uses = {name: {used for user, used in pairs if user == name and used > name} for name in NAMES}
    width = {name: data.draw(some.floats(1, 300), label=name) for name in NAMES}
    layout = laid_out(uses, width.__getitem__, GAP)
    rows = {spot.name: number for number, row in enumerate(layout.rows) for spot in row if not spot.above}
    assert all(rows[name] > rows[used] for name in NAMES for used in uses[name])
    for row in layout.rows:
        half = [(layout.middles[spot], 0 if spot.above else width[spot.name] / 2) for spot in row]
        assert all(x + a + GAP <= y - b + 0.001 for (x, a), (y, b) in pairwise(half))
