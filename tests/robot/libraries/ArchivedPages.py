"""Robot keywords that serve files as Jenkins serves what a build has archived: without script and without style."""

from __future__ import annotations

import threading
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from robot.api.deco import keyword, library

POLICY = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'"


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named so by the class above
        """Nothing on the console."""


@library(scope="SUITE")
class ArchivedPages:
    def __init__(self) -> None:
        self._server: ThreadingHTTPServer | None = None

    @keyword
    def serve_as_jenkins_does(self, folder: Path) -> str:
        """Gives the address."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    @keyword
    def stop_serving(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @keyword
    def write_failures_as_page(self, folder: Path, name: str) -> None:
        """A page of the messages that failed and of the evidence before them, out of a run's output.xml."""
        parts = []
        for test in ElementTree.parse(folder / "output.xml").iter("test"):
            parts.append(f"<h2>{escape(str(test.get('name')))}</h2>")
            parts += [f"<pre>{escape(message.text or '')}</pre>" for message in test.iterfind("status")]
            parts += [message.text or "" for message in test.iter("msg") if message.get("html") == "true"]
        page = f'<!DOCTYPE html><meta charset="utf-8"><title>Failures</title>{"".join(parts)}'
        (folder / name).write_text(page, encoding="utf-8")
