"""The keyword page. Written anew by `python -m tests.manual.page`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from robot.libdoc import libdoc

PAGE = Path(__file__).parents[2] / "docs" / "keywords.html"
_DATA = re.compile(r"^\s*(?:window\.)?libdoc = (?P<data>\{.*\});?\s*$", re.MULTILINE)

_SOURCE = re.compile(r'"source": "[^"]*"')


def write(path: Path = PAGE) -> None:
    """Let Libdoc write the page, without the places of the sources on this machine."""
    libdoc("KafkaLibrary", str(path), quiet=True)
    page = path.read_text(encoding="utf-8")
    path.write_text(_SOURCE.sub('"source": ""', page), encoding="utf-8")


def content(path: Path = PAGE) -> dict[str, Any]:
    """What the page says, without what differs each time it is written."""
    found = _DATA.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path} is no keyword page of Libdoc")
    data: dict[str, Any] = json.loads(found["data"].replace("\\x3c", "<"))
    keywords = [(one["name"], [arg["repr"] for arg in one["args"]], one["doc"]) for one in data["keywords"]]
    return {"introduction": data["doc"], "keywords": keywords}


if __name__ == "__main__":
    write()
