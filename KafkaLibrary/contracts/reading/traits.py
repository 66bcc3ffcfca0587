"""Traits: what a message shares with others, and what counts where both say something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Note, Place, Unfollowed

UNREAD = ""
"""What a message that can't be read has in place of its parts: no document has a name that is empty."""


def with_traits(found: Found, documents: Documents, note: Callable[[Note], None], *, trait_wins: bool) -> Found:
    """The message or operation with its traits merged in: in 2.x the trait wins, in 3.x what it is merged into.

    Objects are merged name by name. Lists are not: the winner's replaces the other, as with ``required``.
    """
    traits = found.content.get("traits")
    if not isinstance(traits, list):
        return found
    own = {name: value for name, value in found.content.items() if name != "traits"}
    merged = _Merged(documents, note, found.place)
    result = own if trait_wins else {}
    for index, one in enumerate(traits):
        place = found.place.at("traits", index)
        try:
            trait = documents.followed(one, place)
        except Unfollowed as reason:
            note(Note(place, f"{reason}. What this trait asks is not checked.", is_gap=True))
            return Found({**own, UNREAD: str(reason)}, found.place)
        if isinstance(trait.content, dict):
            result = merged.patched(result, merged.from_here(trait.content, trait.place), trait.place)
    if not trait_wins:
        result = merged.patched(result, own, found.place)
    return Found(result, found.place)


class _Merged:
    def __init__(self, documents: Documents, note: Callable[[Note], None], place: Place) -> None:
        self._documents = documents
        self._note = note
        self._place = place

    def from_here(self, content: Any, place: Place) -> Any:
        """The content with references as they are written in the message's own file."""
        if place.document is self._place.document:
            return content
        if isinstance(content, dict):
            made = {name: self.from_here(value, place) for name, value in content.items()}
            if isinstance(content.get("$ref"), str):
                made["$ref"] = urljoin(place.document.uri, content["$ref"])
            return made
        if isinstance(content, list):
            return [self.from_here(one, place) for one in content]
        return content

    def patched(self, base: Any, patch: Any, place: Place, name: str = "") -> Any:
        """The base with all that the patch says, which wins."""
        if not isinstance(base, dict) or not isinstance(patch, dict):
            self._note_replaced(base, patch, place, name)
            return patch
        base, patch = self._whole(base), self._whole(patch)
        made = dict(base)
        for inner, value in patch.items():
            made[inner] = self.patched(made[inner], value, place.at(inner), inner) if inner in made else value
        return made

    def _whole(self, content: dict[str, Any]) -> dict[str, Any]:
        try:
            found = self._documents.followed(content, self._place)
        except Unfollowed:
            return content
        whole = self.from_here(found.content, found.place)
        return whole if isinstance(whole, dict) else content

    def _note_replaced(self, base: Any, patch: Any, place: Place, name: str) -> None:
        if name != "required" or not isinstance(base, list) or not isinstance(patch, list):
            return
        lost = ", ".join(sorted({*map(str, base)} - {*map(str, patch)}))
        if lost:
            said = f"of two lists of required names one replaces the other: {lost} may be missing."
            self._note(Note(place, said))
