"""Protobuf schemas as they are given: compiled, with their imports, and the message that is meant."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest
from google.protobuf import descriptor_pool
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.protobuf.imports import imports_of
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

LINE = 'syntax = "proto3"; package shop; message Line { string sku = 1; }'
ORDER = 'syntax = "proto3"; package shop; import "shop/line.proto"; message Order { repeated Line lines = 1; }'
NESTED = """syntax = "proto3"; package shop;
message Order { map<string, Line> lines = 1; message Line { message Part {} } message Other {} }
message Invoice { message Line {} }
"""


def refusal(text: str, references: dict[str, str] | None = None, message: str | None = None) -> str:
    with pytest.raises(KeywordMisused) as refused:
        ProtobufSchema(text, "'order.proto'", references or {}, message)
    return str(refused.value)


def files(folder: Path, **contents: str) -> Path:
    """Writes files, and gives the path of the first. Two underlines stand for a folder."""
    paths = [folder / f"{name.replace('__', '/')}.proto" for name in contents]
    for path, text in zip(paths, contents.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return paths[0]


# The text.


def test_a_schema_keeps_its_text_and_names() -> None:
    schema = ProtobufSchema(LINE, "'line.proto'")
    assert (schema.kind, schema.text, schema.name, schema.full_name) == ("protobuf", LINE, "'line.proto'", "shop.Line")
    assert schema.is_current()


def test_all_errors_are_told_each_with_its_place() -> None:
    text = 'syntax = "proto3";\nmessage A {\n  Bee b = 1;\n  string c = 1;\n}\n'
    assert refusal(text).splitlines()[:2] == [
        "The schema 'order.proto' can't be compiled:",
        '    line 3, column 3: "Bee" is not defined.',
    ]
    assert "    line 4, column 14: Field number 1 has already been used" in refusal(text)


def test_many_errors_are_told_in_few_lines() -> None:
    text = f'syntax = "proto3"; message A {{ {" ".join(f"X{number} x{number} = 1;" for number in range(500))} }}'
    lines = refusal(text).splitlines()
    assert len(lines) == 12
    assert lines[-1].endswith("more errors")


def test_an_error_in_an_imported_file_names_that_file() -> None:
    assert "\n    shop/line.proto, line 1, column " in refusal(ORDER, {"shop/line.proto": LINE + " oops"})


@pytest.mark.parametrize("text", ['{"type": "record"}', "hello", "", "<a/>", "message A {", "\x00", "é", "/* open"])
def test_what_is_no_protobuf_is_refused(text: str) -> None:
    assert refusal(text).startswith("The schema 'order.proto' ")


def test_a_schema_without_a_message_is_refused() -> None:
    assert "has no message" in refusal('syntax = "proto3"; enum A { B = 0; }')


def test_a_byte_order_mark_does_not_disturb() -> None:
    assert ProtobufSchema("\ufeff" + LINE, "x").full_name == "shop.Line"


def test_an_unknown_edition_is_refused() -> None:
    assert 'Unknown edition "2099"' in refusal('edition = "2099"; message A {}')


def test_without_a_syntax_a_file_is_of_the_old_one_and_places_are_told_as_they_are() -> None:
    assert ProtobufSchema("message A { optional int32 b = 1; }", "x").read(b"") == {}
    assert "line 1, column 13:" in refusal("message A { Bee b = 1; }")


def test_a_schema_that_is_nested_without_end_is_refused() -> None:
    assert "recursion" in refusal('syntax = "proto3";' + "message A{" * 5000 + "}" * 5000)


def test_options_of_ones_own_do_not_disturb() -> None:
    options = """syntax = "proto2"; package own; import "google/protobuf/descriptor.proto";
    extend google.protobuf.FieldOptions { optional string rule = 50000; }"""
    text = """syntax = "proto3"; import "own.proto"; option java_package = "x";
    message A { reserved 2; string b = 1 [(own.rule) = "x", deprecated = true]; }
    service Orders { rpc Get(A) returns (stream A); }"""
    assert ProtobufSchema(text, "x", {"own.proto": options}).read(b"\x0a\x01a") == {"b": "a"}


def test_a_long_chain_of_types_can_be_used() -> None:
    chain = " ".join(f"message M{number} {{ M{number + 1} next = 1; }}" for number in range(300))
    schema = ProtobufSchema(f'syntax = "proto3"; {chain} message M300 {{}}', "x", message="M0")
    assert schema.read(b"\x0a\x00") == {"next": {}}


def test_nothing_reaches_stderr() -> None:
    code = (
        "from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema as P\n"
        "P('message A { optional int32 a_b = 1; optional int32 aB = 2; }', 'x').read(b'')\n"
        'P(\'syntax = "proto3"; import "google/protobuf/any.proto"; import "b.proto"; message A {}\', \'x\','
        " {'b.proto': 'message B {}'}).write({})\n"
        "for text in ('message A {', '{}', 'syntax = \"proto3\"; import \"a.proto\";', 'edition = \"2099\";'):\n"
        "    try:\n        P(text, 'x')\n    except ValueError:\n        pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_compiling_leaves_nothing_in_the_pool_that_all_share() -> None:
    ProtobufSchema('syntax = "proto3"; package only.here; message A {}', "x")
    with pytest.raises(KeyError):
        descriptor_pool.Default().FindMessageTypeByName("only.here.A")


def test_schemas_with_the_same_names_live_side_by_side() -> None:
    one = ProtobufSchema('syntax = "proto3"; package shop; message Order { int32 id = 1; }', "one")
    other = ProtobufSchema('syntax = "proto3"; package shop; message Order { string id = 1; bool vip = 2; }', "other")
    for _ in range(2):
        assert one.read(one.write({"id": 1})) == {"id": 1}
        assert other.read(other.write({"id": "a"})) == {"id": "a", "vip": False}


# The base64 of a descriptor, as some registries keep it.


def descriptor(text: str, name: str, references: dict[str, str] | None = None) -> str:
    proto = FileDescriptorProto()
    ProtobufSchema(text, name, references or {})._types.top[0].file.CopyToProto(proto)
    return base64.b64encode(proto.SerializeToString()).decode()


def test_a_descriptor_in_base64_is_a_schema() -> None:
    text = descriptor('syntax = "proto3"; package shop; message Line { string sku_code = 1; }', "x")
    schema = ProtobufSchema(text, "x")
    assert (schema.full_name, schema.text) == ("shop.Line", text)
    assert schema.read(b"\x0a\x01a") == {"skuCode": "a"}


@pytest.mark.parametrize("as_text", [True, False])
def test_its_references_are_texts_or_descriptors(as_text: bool) -> None:
    line = LINE.replace("message", 'import "google/protobuf/timestamp.proto"; message', 1)
    references = {"shop/line.proto": line if as_text else descriptor(line, "x")}
    schema = ProtobufSchema(descriptor(ORDER, "x", {"shop/line.proto": line}), "x", references)
    assert schema.read(b"\x0a\x03\x0a\x01a") == {"lines": [{"sku": "a"}]}


def test_a_descriptor_that_lacks_a_reference_is_refused() -> None:
    text = descriptor(ORDER, "x", {"shop/line.proto": LINE})
    assert "shop/line.proto" in refusal(text)


def test_descriptors_that_import_each_other_are_refused() -> None:
    proto = FileDescriptorProto(name="a.proto", dependency=["b.proto"], syntax="proto3")
    proto.message_type.add(name="A")
    text = base64.b64encode(proto.SerializeToString()).decode()
    assert refusal(text, {"b.proto": text}).startswith("The schema 'order.proto' can't be used")


# Imports.


def test_imports_are_found_among_the_references() -> None:
    schema = ProtobufSchema(ORDER, "x", {"shop/line.proto": LINE})
    assert schema.read(schema.write({"lines": [{"sku": "a"}]})) == {"lines": [{"sku": "a"}]}


def test_an_import_that_is_not_there_is_told_with_what_is() -> None:
    assert refusal(ORDER, {"shop/lines.proto": LINE}) == (
        "The schema 'order.proto' imports 'shop/line.proto', which is not there.\n"
        "Its references are: shop/lines.proto. Did you mean 'shop/lines.proto'?"
    )
    assert refusal(ORDER).endswith("It has no references.")


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/etc/passwd", "..\\\\\\\\x", "a/../../b", "C:/x", "", "./a", "a//b", "a/", "\\\\\\\\host/x"],
)
def test_an_import_that_leads_elsewhere_is_refused(path: str, tmp_path: Path) -> None:
    text = f'syntax = "proto3"; import "{path}"; message A {{}}'
    assert "which is not a path below the schema's folder" in refusal(text)
    with pytest.raises(KeywordMisused, match="which is not a path below"):
        ProtobufSchema.of_file(files(tmp_path, a=text))


@pytest.mark.parametrize("path", ["../x.proto", "/x.proto", "a/../../x.proto"])
def test_a_reference_that_leads_elsewhere_is_refused(path: str) -> None:
    assert "which is not a path below" in refusal(LINE, {path: LINE})


def test_files_that_import_themselves_or_each_other_are_refused(tmp_path: Path) -> None:
    itself = files(tmp_path, a='syntax = "proto3"; import "a.proto"; message A {}')
    with pytest.raises(KeywordMisused, match=r"recursively imports itself: a\.proto -> a\.proto"):
        ProtobufSchema.of_file(itself)
    each = {"a.proto": 'syntax = "proto3"; import "b.proto";', "b.proto": 'syntax = "proto3"; import "a.proto";'}
    assert "recursively" in refusal('syntax = "proto3"; import "a.proto"; message A {}', each)


def test_imports_are_told_from_comments_and_texts() -> None:
    text = """
    // import "a.proto";
    syntax = "proto3"; /* import "b.proto"; */
    import public "c.proto"; import weak 'd.proto';
    option java_package = "import \\"e.proto\\";";
    message Import { string import = 1; } import
    "f.proto" ;
    """
    assert imports_of(text) == ["c.proto", "d.proto", "f.proto"]


def test_googles_own_files_need_not_be_given_but_may() -> None:
    text = 'syntax = "proto3"; import "google/protobuf/empty.proto"; message A { google.protobuf.Empty e = 1; }'
    own = 'syntax = "proto3"; package google.protobuf; message Empty { int32 more = 1; }'
    assert ProtobufSchema(text, "x").read(b"\x0a\x00") == {"e": {}}
    assert ProtobufSchema(text, "x", {"google/protobuf/empty.proto": own}).read(b"\x0a\x00") == {"e": {"more": 0}}


def test_imports_of_a_file_start_from_its_folder(tmp_path: Path) -> None:
    path = files(tmp_path, order=ORDER, shop__line=LINE)
    schema = ProtobufSchema.of_file(path)
    assert (schema.name, schema.full_name, schema.text) == ("'order.proto'", "shop.Order", ORDER)


def test_or_from_the_nearest_folder_above_that_has_them_all(tmp_path: Path) -> None:
    line = LINE.replace("message", 'import "base/id.proto"; message', 1)
    path = files(tmp_path, a__b__shop__order=ORDER, a__b__shop__line=line, a__shop__line=line, a__base__id=LINE[:32])
    schema = ProtobufSchema.of_file(path)
    assert sorted(one.path.relative_to(tmp_path).as_posix() for one in schema._files) == [
        "a/b/shop/order.proto",
        "a/base/id.proto",
        "a/shop/line.proto",
    ]


def test_but_not_from_far_above(tmp_path: Path) -> None:
    path = files(tmp_path, a__b__c__d__e__order=ORDER, shop__line=LINE)
    with pytest.raises(KeywordMisused, match=r"'order\.proto' imports 'shop/line\.proto', which is not there\."):
        ProtobufSchema.of_file(path)
    assert ProtobufSchema.of_file(files(tmp_path, a__b__c__d__order=ORDER)).full_name == "shop.Order"


def test_a_schema_is_current_until_one_of_its_files_changes(tmp_path: Path) -> None:
    schema = ProtobufSchema.of_file(files(tmp_path, order=ORDER, shop__line=LINE))
    assert schema.is_current()
    assert schema.of_message("Order").is_current()
    (tmp_path / "shop" / "line.proto").write_text(LINE + "\n", encoding="utf-8")
    assert not schema.is_current()


def test_a_file_that_is_away_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match=r"can't be read"):
        ProtobufSchema.of_file(tmp_path / "none.proto")
    (tmp_path / "bytes.proto").write_bytes(b"\xff\xff\xff")
    with pytest.raises(KeywordMisused, match=r"can't be read"):
        ProtobufSchema.of_file(tmp_path / "bytes.proto")


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = files(tmp_path / "in", order=ORDER.replace("shop/line", "line"))
    files(tmp_path / "out", line=LINE)
    try:
        (tmp_path / "in" / "line.proto").symlink_to(tmp_path / "out" / "line.proto")
    except OSError:
        pytest.skip("Links can't be made here.")
    with pytest.raises(KeywordMisused, match=r"which leads out of"):
        ProtobufSchema.of_file(path)


def test_a_name_that_is_too_long_for_a_file_is_refused(tmp_path: Path) -> None:
    path = files(tmp_path, a=f'syntax = "proto3"; import "{"x" * 5000}"; message A {{}}')
    with pytest.raises(KeywordMisused, match=r"which is not there"):
        ProtobufSchema.of_file(path)


# Which message.


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("shop.Order", "shop.Order"),
        ("Order", "shop.Order"),
        ("Order.Line", "shop.Order.Line"),
        ("Part", "shop.Order.Line.Part"),
        ("shop.Invoice.Line", "shop.Invoice.Line"),
    ],
)
def test_a_message_is_named_in_full_or_by_the_end_of_its_name(name: str, meant: str) -> None:
    assert ProtobufSchema(NESTED, "x", message=name).full_name == meant
    assert ProtobufSchema(NESTED, "x").of_message(name).full_name == meant


def test_a_name_that_no_message_or_several_have_is_refused() -> None:
    assert refusal(NESTED, message="Ordr") == (
        "The schema 'order.proto' has no message named 'Ordr'. Did you mean 'Order'?\n"
        "The messages are: shop.Order, shop.Order.Line, shop.Order.Line.Part, shop.Order.Other, shop.Invoice, "
        "shop.Invoice.Line."
    )
    assert refusal(NESTED, message="Line").endswith("The messages are: shop.Order.Line, shop.Invoice.Line.")
    assert "no message named 'LinesEntry'" in refusal(NESTED, message="LinesEntry")


def test_which_of_several_messages_is_asked_when_it_matters_only() -> None:
    schema = ProtobufSchema(NESTED, "'order.proto'")
    assert schema.message_names[-2:] == ("shop.Invoice", "shop.Invoice.Line")
    for act in (lambda: schema.read(b""), lambda: schema.write({}), lambda: schema.full_name):
        with pytest.raises(KeywordMisused, match=r"has several messages.*\nThe messages are: shop\.Order, "):
            act()


@pytest.mark.parametrize(
    ("indexes", "name"),
    [
        ((0,), "Order"),
        ((1,), "Invoice"),
        ((0, 0), "Order.Line"),
        ((0, 0, 0), "Order.Line.Part"),
        ((0, 1), "Order.Other"),
    ],
)
def test_an_event_names_its_message_by_its_place_in_the_file(indexes: tuple[int, ...], name: str) -> None:
    schema = ProtobufSchema(NESTED, "x").by_indexes(indexes)
    assert (schema.full_name, schema.message_indexes) == (f"shop.{name}", indexes)
    assert schema.by_indexes(indexes) is schema


def test_an_index_that_counts_the_entries_of_a_map_is_understood_where_no_other_reading_is() -> None:
    assert ProtobufSchema(NESTED, "x").by_indexes((0, 2)).full_name == "shop.Order.Other"


@pytest.mark.parametrize("indexes", [(), (2,), (-1,), (0, 3), (0, 0, 1), (1, 0, 0), (0,) * 2000])
def test_a_place_without_a_message_can_not_be_read(indexes: tuple[int, ...]) -> None:
    with pytest.raises(Undecodable, match=r"'order\.proto': there is no message at the place"):
        ProtobufSchema(NESTED, "'order.proto'").by_indexes(indexes)
