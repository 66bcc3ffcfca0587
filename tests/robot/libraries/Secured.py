"""Robot keywords for the secured Kafka: where it listens, who may log in, and files and tokens for that."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from robot import result, running
from robot.api.deco import keyword, library
from robot.libraries.BuiltIn import BuiltIn

from tests.kafka.tokens import token

try:
    from robot.api.types import Secret
except ImportError:  # Robot before 7.4
    Secret = str


@library(scope="GLOBAL", listener="SELF")
class Secured:
    def __init__(self) -> None:
        self._servers: list[ThreadingHTTPServer] = []
        self._lifetimes: list[float] = []

    def end_suite(self, _: running.TestSuite, __: result.TestSuite) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers.clear()

    @keyword
    def get_listener(self, name: str) -> str:
        """The address of the listener of that name."""
        return str(_described()["listeners"][name.upper().replace(" ", "_")])

    @keyword
    def get_secured_file(self, name: str) -> str:
        """The path of a certificate, a key or a store."""
        return str(_described()["files"][name])

    @keyword
    def get_password(self, login: str) -> Any:
        """As a value that Robot does not show, where it has such values."""
        return Secret(_described()["passwords"][login])

    @keyword
    def get_key_password(self) -> Any:
        return Secret(_described()["key_password"])

    @keyword
    def get_all_secrets(self) -> list[str]:
        """Of those who log in by the suites: passwords, and what stands in the files of keys."""
        described = _described()
        keys = [Path(described["files"][name]).read_text() for name in ("ada_key", "ada_locked_key")]
        lines = [line for key in keys for line in key.splitlines() if len(line) > 20 and "-----" not in line]
        return [described["passwords"]["ada"], described["key_password"], *lines]

    @keyword
    def get_token_endpoint(self) -> str:
        return str(_described()["token_url"])

    @keyword
    def get_permitted_topic(self) -> str:
        return str(_described()["topic"])

    @keyword
    def get_token(self, login: str, issued: float = 0.0, lifetime: float = 3600.0) -> str:
        """Counting from so many seconds from now."""
        self._lifetimes.append(lifetime)
        return token(login, issued, lifetime)

    @keyword
    def tokens_given(self) -> int:
        """How many tokens were asked for."""
        return len(self._lifetimes)

    @keyword
    def write_properties(self, *lines: str) -> str:
        """A file with these lines, in which ``{NAME}`` stands for what the secured Kafka is described by."""
        folder = Path(str(BuiltIn().get_variable_value("${OUTPUT_DIR}"))).parent
        described = _described()
        known = {**described, **described["passwords"], **described["files"]}
        text = "\n".join([*lines, ""])
        for name, value in known.items():
            text = text.replace(f"<{name}>", str(value))
            if isinstance(value, str) and value.endswith((".pem", ".key")):
                text = text.replace(f"<text of {name}>", _continued(Path(value).read_text()))
        place = (
            folder / f"secured-{os.getpid()}-{threading.get_ident()}-{len(list(folder.glob('secured-*')))}.properties"
        )
        place.write_text(text, encoding="utf-8")
        return str(place)

    @keyword
    def start_web_server(self) -> str:
        """What answers there is HTTP. Gives its address."""

        class Silent(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """The console is Robot's."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"127.0.0.1:{server.server_port}"


def token_of_ada() -> str:
    """A source of tokens, by its name."""
    return token("ada")


def broken_source() -> str:
    """A source of tokens that fails, with a secret in what it says."""
    raise RuntimeError(f"The token {token('ada')} is none.")


def _described() -> dict[str, Any]:
    found = BuiltIn().get_variable_value("${SECURED}")
    assert found, "The path of the secured Kafka's description is needed as ${SECURED}."
    return dict(json.loads(Path(str(found)).read_text(encoding="utf-8")))


def _continued(text: str) -> str:
    r"""Many lines as Java's properties files have them in one value."""
    return "\\n\\\n  ".join(text.strip().splitlines()) + "\\n"
