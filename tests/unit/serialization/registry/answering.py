"""A server on this machine that gives prepared answers, as a registry or as something else would."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Answer = tuple[int, Any]
"""A status, and JSON or, where it is bytes, something else."""
NO_SUCH_PATH: Answer = (404, b"<html>Not Found</html>")


@dataclass
class Server:
    """Its answers by method and path without the query; what it was asked, with the query, and the last headers."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    always: Answer | None = None


@contextmanager
def answering(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server with its address; with TLS where there is a context for it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append(f"{self.command} {self.path}")
            server.headers = {name.lower(): value for name, value in self.headers.items()}
            length = int(self.headers.get("Content-Length") or 0)
            if length:
                server.bodies.append(json.loads(self.rfile.read(length)))
            known = server.answers.get(f"{self.command} {urlsplit(self.path).path}", NO_SUCH_PATH)
            status, content = server.always or known
            self._send(status, content)

        do_POST = do_PUT = do_GET  # noqa: N815 - named by the module http.server

        def _send(self, status: int, content: Any) -> None:
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if isinstance(content, bytes) else "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Nobody reads it."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """A client that ends the connection is what some tests are about."""

    listening = Quiet(("127.0.0.1", 0), Handler)
    scheme = "http"
    if context is not None:
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
        scheme = "https"
    server = Server(f"{scheme}://127.0.0.1:{listening.server_port}")
    worker = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    worker.start()
    try:
        yield server
    finally:
        listening.shutdown()
        worker.join()
        listening.server_close()
