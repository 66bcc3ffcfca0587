r"""Properties files as Java writes them: ``name=value``, ``name: value``, escapes, lines that go on.

Values are trimmed as Kafka's own clients do. ``${env:NAME}`` in a value stands for a variable of the environment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.files.missing_files import did_you_mean_file
from KafkaLibrary.secrets.client_properties import Properties

_BLANK = " \t\f"
_LINE_ENDS = re.compile(r"\r\n|\n|\r")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.?))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
# A name ends at the first separator that no backslash stands in front of.
_PAIR = re.compile(
    r"(?P<name>(?:\\.|[^\\=: \t\f])*)(?:[ \t\f]*(?P<separator>[=:])|[ \t\f])[ \t\f]*(?P<value>.*)", re.DOTALL
)
_VARIABLE = re.compile(r"\$\{env:(?P<name>[^}]*)\}")
_TRIMMED = "".join(map(chr, range(33)))


def read(path: str, environment: Mapping[str, str]) -> Properties:
    """The properties of a file. Raises ``KeywordMisused``, with the number of the line and never with its text."""
    properties, problem = _read(path, environment)
    if problem:
        raise KeywordMisused(problem)
    return properties


def _read(path: str, environment: Mapping[str, str]) -> tuple[Properties, str]:
    # The problem is given back: whoever shows the local variables of a traceback would show the file here.
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        place = Path(path).absolute()
        near = did_you_mean_file(place)
        return Properties(), f"The properties file '{path}' can't be read: there is no file '{place}'. {near}".rstrip()
    except (OSError, UnicodeDecodeError, ValueError) as reason:
        told = reason if isinstance(reason, OSError) else "it is not UTF-8 text"
        return Properties(), f"The properties file '{path}' can't be read: {told}."
    return parsed(text, path, environment)


def parsed(text: str, path: str, environment: Mapping[str, str]) -> tuple[Properties, str]:
    """The properties that a text has, or what is wrong with it."""
    properties = Properties()
    for number, line in _logical_lines(text):
        where = f"Line {number} of the properties file '{path}'"
        pair = _PAIR.fullmatch(line)
        if pair is None or not pair["name"]:
            return Properties(), f"{where} is not NAME=VALUE."
        name, value = _unescaped(pair["name"]), _unescaped(pair["value"])
        if name is None or value is None:
            return (
                Properties(),
                rf"{where} has \u without four hexadecimal digits.",
            )
        value = value.strip(_TRIMMED)
        missing = [one for one in _VARIABLE.findall(value) if one not in environment]
        if missing:
            return Properties(), (f"{where} needs the environment variable '{missing[0]}', which is not set.")
        properties[name] = _VARIABLE.sub(lambda found: environment[found["name"]].strip("\r\n"), value)
    return properties, ""


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with what goes on behind a backslash at their end, by number; no blank ones and no comments."""
    whole, begun = "", 0
    for number, natural in enumerate(_LINE_ENDS.split(text), 1):
        line = natural.lstrip(_BLANK)
        if not begun and (not line or line[0] in "#!"):
            continue
        begun = begun or number
        if (len(line) - len(line.rstrip("\\"))) % 2:
            whole += line[:-1]
            continue
        yield begun, whole + line
        whole, begun = "", 0
    if begun and whole:
        yield begun, whole


def _unescaped(text: str) -> str | None:
    r"""The text without its escapes, ``None`` where ``\u`` has no four digits behind it."""
    broken = False

    def one(found: re.Match[str]) -> str:
        nonlocal broken
        code, character = found.groups()
        if code is not None:
            return chr(int(code, 16))
        broken = broken or character == "u"
        return _ESCAPED.get(character, character)

    plain = _ESCAPE.sub(one, text)
    if broken:
        return None
    # Java writes what lies beyond 16 bits as two halves; one half alone is no character.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
