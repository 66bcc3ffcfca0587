"""JSON Schemas: read from files, checked themselves, and held against values. Nothing is ever fetched."""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path as File
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema.validators import Draft4Validator
from jsonschema_specifications import REGISTRY
from referencing import Registry, Resource, Specification
from referencing.exceptions import Unresolvable

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.serialization.json_schema import pointers
from KafkaLibrary.serialization.json_schema.connect_names import NamedTypes
from KafkaLibrary.serialization.json_schema.drafts import USUAL, draft_of, is_written_as, resource_of
from KafkaLibrary.serialization.json_schema.format_checks import known_formats
from KafkaLibrary.serialization.json_schema.quick_check import Check, Unsure, quick_check
from KafkaLibrary.serialization.json_schema.reachable_schemas import Reach
from KafkaLibrary.serialization.json_schema.violations import once, violations_of
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemas.json_and_yaml import is_yaml, parsed
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile
from KafkaLibrary.serialization.schemas.violations import Violation

_LARGEST_INTEGER = 1000
"""Digits up to which a whole number written with a fraction or an exponent counts as an integer."""
_DIGITS = decimal.Context(prec=10_000)
_ADVICE = "\nFor a part of a file give its path and the part after it, such as asyncapi.yaml#/components/schemas/Order."


class JsonSchema:
    """A schema with the files that it refers to, as far as they were read.

    It may be a part of a document, such as an API's: references in it lead to all of that.
    """

    _quick: Check | None = None
    _misspelt = ""
    _keeps_what_it_found = False
    """Whether what is wrong in any case counts more than a reference that leads nowhere."""

    def __init__(
        self,
        text: str,
        name: str,
        folder: File | None = None,
        references: Mapping[str, str] | None = None,
        fragment: str | None = None,
    ) -> None:
        """``folder`` is where files it refers to may be, ``references`` has texts of schemas by the names it uses.

        ``fragment`` is a JSON pointer or an anchor that names a part of the text. Raises ``KeywordMisused`` where it
        is no usable schema.
        """
        self._read(parsed(text, name), text, name, folder, references, fragment)

    @classmethod
    def of_file(cls, path: File, fragment: str | None = None) -> JsonSchema:
        """The schema of a JSON or YAML file, or the part of it that a JSON pointer or an anchor names."""
        file, name, schema = SchemaFile.read(path), f"'{path.name}'", cls.__new__(cls)
        content = parsed(file.text, name, yaml=is_yaml(path.name))
        text = file.text if not is_yaml(path.name) else _written(content)
        schema._read(content, text, name, path.parent.resolve(), None, fragment, [file])
        return schema

    @classmethod
    def of_bundle(cls, content: dict[str, Any], name: str, draft: Any, unfollowed: Mapping[str, str]) -> JsonSchema:
        """A schema that was checked, with all that its references lead to.

        ``unfollowed`` says of the references that lead nowhere why: a value that gets there can't be judged.
        """
        schema = cls.__new__(cls)
        schema.name = schema.full_name = name
        schema._draft, schema._files, schema._refusal, schema._is_part = draft, [], "", False
        schema._keeps_what_it_found = True
        schema.named = NamedTypes.in_schema(content)

        def refuse(uri: str) -> Resource[Any]:
            schema._refusal = unfollowed.get(uri, f"'{uri}' leads nowhere")
            raise KeywordMisused(schema._refusal)

        registry: Registry[Any] = Registry(retrieve=refuse)  # type: ignore[call-arg] # its types hide the fields that it is made of
        formats = known_formats()
        schema._validator = draft(content, registry=REGISTRY.combine(registry), format_checker=formats)
        schema._quick = quick_check(content, draft, formats)
        return schema

    def beside(self, content: dict[str, Any]) -> JsonSchema:
        """Another schema by the same rules, with all that it refers to."""
        return JsonSchema.of_bundle(content, self.name, self._draft, {})

    @property
    def rules(self) -> Any:
        """The schema as it is applied."""
        return self._validator.schema

    def referred(self, reference: str) -> Any:
        """What a reference at its root leads to; nothing where that can't be followed."""
        try:
            return self._validator._resolver.lookup(reference).contents
        except (Unresolvable, KeywordMisused):
            return None

    def part_fits(self, part: Any, value: Any) -> bool:
        """Whether a value fits a schema that stands in this one, or is made of such."""
        found: list[Violation] = []
        return self._applied(found, lambda: self._is_met(self._validator.evolve(schema=part), value, found))

    def certainly_fits(self, value: Any) -> bool:
        """Whether the value of exact JSON fits, where that can be told fast."""
        try:
            return self._quick is not None and self._quick(value)
        except (Unsure, ArithmeticError, RecursionError):
            return False

    def _read(
        self,
        document: Any,
        text: str,
        name: str,
        folder: File | None,
        references: Mapping[str, str] | None,
        fragment: str | None,
        files: list[SchemaFile] | None = None,
    ) -> None:
        self._folder = folder
        self._references = references or {}
        self._files = files or []
        self._neighbours: dict[str, Resource[Any]] = {}
        self._refusal = ""
        steps = pointers.steps_of(document, fragment or "", name)
        content = pointers.at(document, steps)
        self.name = _with_part(name, fragment) if steps else name
        if not isinstance(content, dict):
            raise KeywordMisused(f"The schema {self.name} is not a JSON object, and so checks nothing.")
        self._draft = draft_of(content, self.name, draft_of(document, name, USUAL))
        resource = _document(document, self._draft)
        self._id = str(resource.id() or "")
        registry: Registry[Any] = Registry(retrieve=self._retrieve)  # type: ignore[call-arg] # its types hide the fields that it is made of
        registry = REGISTRY.combine(registry)
        reference = f"#{pointers.pointer_to(steps)}"
        resolver = registry.resolver_with_root(resource)
        reach = Reach(document, name, "" if folder else _ADVICE)
        reach.check(reference, resolver, self._draft)
        self._misspelt = reach.misspelt
        if not self._draft.VALIDATORS.keys() & content.keys():
            raise KeywordMisused(
                f"The schema {self.name} checks nothing: it has no JSON Schema rule.\n"
                "A schema has rules such as `type`, `required` and `properties`; an example value is not a schema."
            )
        self.full_name = str(content.get("title") or content.get("$id") or self._id or self.name)
        self._text = text if not steps else _written(content)
        self._is_part = bool(steps)
        # There is no public way to say from where references of a part are followed.
        whole = {"_resolver": resolver.lookup(reference).resolver} if steps else {}
        self.named = NamedTypes.in_schema(content)
        """Types of Kafka Connect that it names, where it does."""
        self._validator = self._draft(content, registry=registry, format_checker=known_formats(), **whole)

    @property
    def text(self) -> str:
        """The schema as JSON. Raises ``KeywordMisused`` for a part that could not be understood alone."""
        if self._is_part and '"$ref"' in self._text:
            raise KeywordMisused(
                f"The schema {self.name} can't be registered: it is a part of a document and refers to "
                "others.\nRegister a file that has all of it."
            )
        return self._text

    def check_spelling(self) -> None:
        """Raises ``KeywordMisused`` for a word that is nearly a rule. In a schema of others it may be a note."""
        if self._misspelt:
            raise KeywordMisused(f"The schema {self.name} can't be used: {self._misspelt}")

    def is_current(self) -> bool:
        """Whether no file of it has changed since it was read."""
        return all(file.is_current() for file in self._files)

    def violations(self, value: Any) -> list[Violation]:
        """All that the value, given with exact numbers, does not meet. The nearest of alternatives stands for them."""
        return self._violations(value, self.written)

    def violations_as_sent(self, value: Any) -> list[Violation]:
        """The same for a value as it was sent, whatever types of connectors the schema names."""
        return self._violations(value, lambda sent: sent)

    def _violations(self, value: Any, written: Callable[[Any], Any]) -> list[Violation]:
        found: list[Violation] = []
        self._applied(found, lambda: self._find(written(value), found))
        return _by_place(found)

    def _find(self, value: Any, found: list[Violation]) -> bool:
        for error in self._validator.iter_errors(self._plain(value, (), found)):
            found += violations_of(error)
        return not found

    def _is_met(self, validator: Any, value: Any, found: list[Violation]) -> bool:
        plain = self._plain(value, (), found)
        return not found and bool(validator.is_valid(plain))

    def _applied(self, found: list[Violation], apply: Callable[[], bool]) -> bool:
        """What comes of it. Raises ``KeywordMisused`` and ``ExpectationFailed`` where the schema can't be applied."""
        self._refusal = ""
        try:
            with decimal.localcontext(_DIGITS):
                return apply()
        except Unresolvable as problem:
            if found and self._keeps_what_it_found:
                return False
            raise KeywordMisused(self._refusal or self._nowhere(problem)) from None
        except RecursionError:
            raise KeywordMisused(
                f"The schema {self.name} can't be applied: "
                "it refers to itself without end, or the value is nested too deeply."
            ) from None
        except re.error as problem:
            raise KeywordMisused(f"The schema {self.name} has a pattern that can't be read: {problem}.") from None
        except decimal.DecimalException:
            raise ExpectationFailed(f"The value has a number that is too long for the schema {self.name}.") from None

    def written(self, value: Any) -> Any:
        """The value as a connector writes it, where the schema names types of connectors."""
        return value if self.named is None else self.named.written(value)

    def _nowhere(self, problem: Unresolvable) -> str:
        anchor = getattr(problem, "anchor", None)
        asked = f"#{anchor}" if anchor else problem.ref
        return f"The schema {self.name} refers to '{asked}', which it does not contain."

    def _plain(self, value: Any, steps: tuple[str | int, ...], found: list[Violation]) -> Any:
        """The value in the types that jsonschema knows, with no number rounded."""
        if isinstance(value, dict):
            return {name: self._plain(part, (*steps, name), found) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._plain(part, (*steps, index), found) for index, part in enumerate(value)]
        if isinstance(value, float):
            if not math.isfinite(value):
                found.append(Violation(steps, "number", None, value))
                return value
            value = Decimal(repr(value))
        if isinstance(value, Decimal) and self._draft is not Draft4Validator:  # To draft-04 5.0 is no integer.
            return _integer(value)
        return value

    # What it refers to.

    def _retrieve(self, uri: str) -> Resource[Any]:
        """A file of the schema's folder. Where the schema has an ``$id``, that names the folder."""
        if uri not in self._neighbours:
            try:
                self._neighbours[uri] = self._referred(uri) or self._neighbour(self._file(uri))
            except KeywordMisused as refusal:
                self._refusal = str(refusal)  # Not all versions of jsonschema pass it on.
                raise
        return self._neighbours[uri]

    def _referred(self, uri: str) -> Resource[Any] | None:
        for name in (uri, self._beside(uri)):
            if name in self._references:
                return self._other(parsed(self._references[name], f"'{name}'"), name)
        return None

    def _neighbour(self, path: File) -> Resource[Any]:
        file = SchemaFile.read(path)
        self._files.append(file)
        name = f"'{path.name}'"
        return self._other(parsed(file.text, name, yaml=is_yaml(path.name)), name)

    def _other(self, content: Any, name: str) -> Resource[Any]:
        return _document(content, draft_of(content, name, self._draft))

    def _beside(self, uri: str) -> str:
        """What it is called from the place that the schema's ``$id`` names."""
        return uri.removeprefix(self._id[: self._id.rfind("/") + 1])

    def _file(self, uri: str) -> File:
        base = self._id[: self._id.rfind("/") + 1]
        rest = self._beside(uri)
        address = urlsplit(rest)
        if self._folder is None or not uri.startswith(base) or address.scheme or address.netloc:
            allowed = f"to files in '{self._folder}'" if self._folder else "to parts of itself"
            raise KeywordMisused(
                f"The schema {self.name} refers to '{uri}', and nothing is fetched for a check.\n"
                f"It may refer {allowed} only."
            )
        path = (self._folder / unquote(rest)).resolve()
        if not path.is_relative_to(self._folder):
            raise KeywordMisused(
                f"The schema {self.name} refers to '{uri}', which is outside of its folder, '{self._folder}'."
            )
        return path


def _by_place(found: list[Violation]) -> list[Violation]:
    return sorted(once(found), key=lambda one: [(isinstance(step, str), step) for step in one.steps])


def _with_part(name: str, fragment: str | None) -> str:
    return f"{name[:-1]}#{fragment}'" if name.endswith("'") else f"{name}, in it #{fragment},"


def _document(content: Any, draft: Any) -> Resource[Any]:
    """What references lead into: a schema with the addresses and anchors that it gives its parts, or any document."""
    if isinstance(content, dict) and is_written_as(draft, content):
        return resource_of(content, draft)
    return Specification.OPAQUE.create_resource(content)


def _written(content: Any) -> str:
    """JSON of what was read, with each number as it was written."""
    return json_format.write(content, "schema").decode()


def _integer(number: Decimal) -> Any:
    if number.adjusted() < _LARGEST_INTEGER and number == number.to_integral_value():
        return int(number)
    return number
