"""Robot keywords for schema registries that refuse: each answers as it is told, and nothing else."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from robot import result, running
from robot.api.deco import keyword, library

Answer = Callable[[BaseHTTPRequestHandler], "tuple[int, object]"]


@library(scope="GLOBAL", listener="SELF")
class Registries:
    def __init__(self) -> None:
        self._servers: list[ThreadingHTTPServer] = []

    def end_suite(self, _: running.TestSuite, __: result.TestSuite) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._servers.clear()

    @keyword
    def start_registry_with_a_login(self, login: str) -> str:
        """It has no subjects, and tells that to who has the login, USER:PASSWORD. Gives its address."""
        wanted = f"Basic {base64.b64encode(login.encode()).decode()}"

        def answer(handler: BaseHTTPRequestHandler) -> tuple[int, object]:
            if handler.headers.get("Authorization") != wanted:
                return 401, {"error_code": 401, "message": "Unauthorized"}
            if handler.path.partition("?")[0] == "/subjects":
                return 200, []
            return 404, {"error_code": 40401, "message": "Subject not found."}

        return self._start(answer)

    @keyword
    def start_server_that_is_no_registry(self) -> str:
        """It answers 404 and a page, as web servers do. Gives its address."""
        return self._start(lambda _: (404, None))

    def _start(self, answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, content = answer(self)
                body = b"<html>Not here</html>" if content is None else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html" if content is None else "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - named by the module http.server

            def log_message(self, *_: object) -> None:
                """The console is Robot's."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"
