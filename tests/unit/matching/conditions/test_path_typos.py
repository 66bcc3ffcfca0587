"""Paths as other tools write them: what is refused says what to write, and that finds the event."""

from __future__ import annotations

import re
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import parse_conditions
from tests.unit.matching.samples import an_event

EVENT = an_event(
    b'{"status": "PAID", "total": 9.5, "order": {"status": "PAID"}, "items": [{"id": 1}, {"id": 1}], "x": 1234.5,'
    b' "refund": null, "paid": true, "a": 1, "b": 2}',
    headers=(("source", b"web"),),
    key=b"7",
)


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("not status == NEW",), "status != NEW"),
        (("!status == NEW",), "status != NEW"),
        (("not parcel exists",), "parcel does not exist"),
        (("not status contains x",), "status not contains x"),
        (("exists status",), "status exists"),
        (("missing parcel",), "parcel does not exist"),
        (("has status",), "status exists"),
        (("(status == PAID)",), "status == PAID"),
        (("where status == PAID",), "status == PAID"),
        (("if status == PAID",), "status == PAID"),
        (("lower(status) == paid",), "status matches (?i)^paid$"),
        (("status.lower() == paid",), "status matches (?i)^paid$"),
        (("status.toLowerCase() == paid",), "status matches (?i)^paid$"),
        (("upper(status) != NEW",), "status not matches (?i)^NEW$"),
        (("lower(status) contains ai",), "status matches (?i)ai"),
        (("int(total) >= 9",), "total >= 9"),
        (("items size == 2",), "items length == 2"),
        (("items count >= 2",), "items length >= 2"),
        (("items has size == 2",), "items length == 2"),
        (("contains(status, AI)",), "status contains AI"),
        (("status.startsWith('PA')",), "status ^= PA"),
        (("endswith(status, ID)",), "status $= ID"),
        (('"PAID" == status',), "status == PAID"),
        (("'PAID' == order.status",), "order.status == PAID"),
        (('"status" == PAID',), "status == PAID"),
        (("'PAID'", "==", "status"), "status    ==    PAID"),
        (("`status` == PAID",), "status == PAID"),
        (("`order`.`status` == PAID",), "order.status == PAID"),
        (("${status} == PAID",), "status == PAID"),
        (("${order.status}", "==", "PAID"), "order.status    ==    PAID"),
        (("order/status == PAID",), "order.status == PAID"),
        (("/order/status == PAID",), "order.status == PAID"),
        (("items/0/id == 1",), "items[0].id == 1"),
        (("order->status == PAID",), "order.status == PAID"),
        (("order::status == PAID",), "order.status == PAID"),
        (("order->status", "==", "PAID"), "order.status    ==    PAID"),
        (("any items.id == 1",), "items[*].id == 1"),
        (("any of items[*].id == 1",), "items[*].id == 1"),
        (("all items.id == 1",), "$.items[?(@.id != 1)] does not exist"),
        (("every items.id != 2",), "items[*].id != 2"),
        (("items[].id == 1",), "items[*].id == 1"),
        (("items[last].id == 1",), "items[-1].id == 1"),
        (("items(0).id == 1",), "items[0].id == 1"),
        (("items[id=1] exists",), "$.items[?(@.id == 1)] exists"),
        (("items[id == 1].id == 1",), "$.items[?(@.id == 1)].id == 1"),
        (("header source == web",), "headers.source == web"),
        (("headers[source] == web",), "headers.source == web"),
        (("status: PAID",), "status == PAID"),
        (("status:PAID",), "status == PAID"),
        (('{"status": "PAID"}',), "status == PAID"),
        (("null == refund",), "refund == null"),
        (("true == paid",), "paid == true"),
        (("total == 9,50",), "total == 9.50"),
        (("total != 1.000,50",), "total != 1000.50"),
        (("x == 1.234,5",), "x == 1234.5"),
        (("x >= 1,234",), "$.x >= 1234"),
        (("total between 5 and 10",), "total >= 5    total <= 10"),
        (("status like %AI%",), "status contains AI"),
        (("refund is null",), "refund == null"),
        (("status is not null",), "status != null"),
        (("status is PAID",), "status == PAID"),
        (("total <> 9",), "total != 9"),
        (("status =~ PA.D",), "status matches PA.D"),
        (("status eq PAID",), "status == PAID"),
        (("len(items) == 2",), "items length == 2"),
        (("items.size() == 2",), "items length == 2"),
        (("a == 1 && b == 2",), "a == 1    b == 2"),
        (("a == 1 and b == 2",), "a == 1    b == 2"),
    ],
    ids=str,
)
def test_what_another_tool_writes_is_refused_with_what_is_meant(cells: tuple[Any, ...], meant: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        parse_conditions(cells)
    advice = str(refused.value).split("\n")[-1]
    assert f"`{meant}`" in advice
    assert parse_conditions(re.split(r"\s{4}", meant)).matches(EVENT)


@pytest.mark.parametrize("cell", ["@.status == PAID", "$status == PAID"])
def test_a_root_of_another_kind_is_told(cell: str) -> None:
    with pytest.raises(KeywordMisused, match=r"Write `\$\.status`"):
        parse_conditions([cell])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$['not status'] == x", b'{"not status": "x"}'),
        ("$['order/status'] == x", b'{"order/status": "x"}'),
        ("$['a:b'] == x", b'{"a:b": "x"}'),
        ("$['lower(a)'] == x", b'{"lower(a)": "x"}'),
        ("exists == x", b'{"exists": "x"}'),
        ("has exists", b'{"has": "x"}'),
        ("size == 2", b'{"size": 2}'),
        ("any.id == 2", b'{"any": {"id": 2}}'),
        ("where == 2", b'{"where": 2}'),
        ("header.source == web", b'{"header": {"source": "web"}}'),
        ("$.null == 1", b'{"null": 1}'),
        ("null == 1", b'{"null": 1}'),
        ("order-status == 1", b'{"order-status": 1}'),
        ("status == lower(x)", b'{"status": "lower(x)"}'),
        ("status == a/b", b'{"status": "a/b"}'),
    ],
)
def test_names_that_look_like_that_are_taken(cell: str, value: bytes) -> None:
    assert parse_conditions([cell]).matches(an_event(value))


@pytest.mark.parametrize(
    "path", ["note", "notBefore", "notes[0]", "headers['x-id']", "header[0]", "hasPaid", "existsSince"]
)
def test_a_fault_behind_a_path_that_is_right_says_nothing_of_the_path(path: str) -> None:
    with pytest.raises(KeywordMisused, match="Single quotes") as refused:
        parse_conditions([f"{path} == 'x'"])
    assert f"`{path} == x`" in str(refused.value)
