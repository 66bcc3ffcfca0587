"""All files of a contract: opened by their references, each once, and never from the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

from KafkaLibrary.contracts.documents.places import Document, Place, Unfollowed
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.json_schema import pointers
from KafkaLibrary.serialization.schemas.json_and_yaml import is_yaml, parsed
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile

_SUFFIXES = {".avsc": "avro", ".proto": "protobuf"}
_MOST_HOPS = 100
"""References that lead to references, one after the other."""


class Found(NamedTuple):
    """What stands at the end of references. ``part`` names a type within a file of an Avro or Protobuf schema."""

    content: Any
    place: Place
    part: str = ""


class Documents:
    """The files of one contract."""

    def __init__(self, path: Path) -> None:
        """Raises ``KeywordMisused`` where the main file can't be read."""
        self._by_uri: dict[str, Document] = {}
        self._refused: dict[str, str] = {}
        self.main = _read(path, "contract")
        self._by_uri[self.main.uri] = self.main

    @property
    def all(self) -> list[Document]:
        """Those that were opened, the main one first."""
        return list(self._by_uri.values())

    def followed(self, content: Any, place: Place) -> Found:
        """The content itself, or what its ``$ref`` leads to. Raises ``Unfollowed``."""
        found, seen = Found(content, place), set[Any]()
        while isinstance(found.content, dict) and isinstance(found.content.get("$ref"), str):
            if found.place.key in seen or len(seen) > _MOST_HOPS:
                raise Unfollowed(f"'{content['$ref']}' leads back to itself, in a circle")
            seen.add(found.place.key)
            found = self.referred(found.content["$ref"], found.place.document)
        return found

    def referred(self, reference: str, within: Document) -> Found:
        """What one reference of a document leads to. Raises ``Unfollowed``."""
        address, _, fragment = reference.partition("#")
        document = self._opened(address, within) if address else within
        if document.kind == "protobuf":
            return Found(document.content, Place(document), fragment.strip("/"))
        try:
            return self._walked(document, fragment)
        except Unfollowed:
            if document.kind != "avro":
                raise
            return Found(document.content, Place(document), fragment.strip("/"))

    def _walked(self, document: Document, fragment: str, hops: int = 0) -> Found:
        try:
            steps = pointers.steps_of(document.content, fragment, f"'{document.name}'")
        except pointers.Nowhere as nowhere:
            onward = self._through_a_reference(document, fragment, hops)
            if onward is not None:
                return onward
            reason = nowhere.reason.split("\n", maxsplit=1)[0]
            raise Unfollowed(f"'#{fragment}' is nowhere in {document.name}: {reason}".rstrip(".")) from None
        return Found(pointers.at(document.content, steps), Place(document, steps))

    def _through_a_reference(self, document: Document, fragment: str, hops: int) -> Found | None:
        """A pointer may lead through a part that is a reference itself, as where a document was split."""
        names = fragment.split("/")
        for count in range(len(names) - 1, 1, -1):
            try:
                steps = pointers.steps_of(document.content, "/".join(names[:count]), "")
            except pointers.Nowhere:
                continue
            part = pointers.at(document.content, steps)
            if not isinstance(part, dict) or not isinstance(part.get("$ref"), str) or hops > _MOST_HOPS:
                return None
            found = self.followed(part, Place(document, steps))
            rest = "/".join(names[count:])
            return self._walked(found.place.document, f"{pointers.pointer_to(found.place.steps)}/{rest}", hops + 1)
        return None

    def _opened(self, address: str, within: Document) -> Document:
        try:
            uri = urljoin(within.uri, address)
            known = self._by_uri.get(uri) or self._open(uri, address)
        except ValueError as problem:  # an address that is none, or a file that can't be read
            said = str(problem).split("\n", maxsplit=1)[0].rstrip(".")
            raise Unfollowed(f"'{address}' can't be read: {said}") from None
        return known

    def _open(self, uri: str, address: str) -> Document:
        if uri in self._refused:
            raise Unfollowed(self._refused[uri])
        parts = urlsplit(uri)
        if parts.scheme != "file" or parts.netloc:
            self._refused[uri] = f"'{address}' is not a file beside the contract, and nothing is fetched"
            raise Unfollowed(self._refused[uri])
        path = Path(url2pathname(parts.path))
        if not path.is_file():
            self._refused[uri] = f"there is no file '{address}'"
            raise Unfollowed(self._refused[uri])
        document = self._by_uri.get(path.resolve().as_uri()) or _read(path, "file")
        self._by_uri[uri] = document
        return document


def _read(path: Path, what: str) -> Document:
    file = SchemaFile.read(path, what)
    kind = _SUFFIXES.get(path.suffix.lower(), "")
    if kind == "protobuf":
        return Document(file, file.text, kind, is_json=False)
    begins_as_json = file.text.lstrip()[:1] in ("{", "[")
    yaml = is_yaml(path.name) or not (begins_as_json or kind or path.suffix.lower() == ".json")
    content = parsed(file.text, f"'{path.name}'", yaml=yaml, what=what)
    return Document(file, content, kind, is_json=not yaml or _is_json(file.text, begins=begins_as_json))


def _is_json(text: str, *, begins: bool) -> bool:
    """Whether a file of YAML is JSON, and was read as such."""
    if not begins:
        return False
    try:
        parsed(text, "")
    except KeywordMisused:
        return False
    return True
