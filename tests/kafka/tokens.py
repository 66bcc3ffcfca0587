"""Tokens for the secured Kafka of the tests: unsigned ones, which its validator takes, and a server that gives them."""

from __future__ import annotations

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.kafka.ports import LOCALHOST

HOUR = 3600.0


def token(subject: str, issued: float = 0.0, lifetime: float = HOUR) -> str:
    """An unsigned token of a principal, issued that many seconds from now."""
    begin = time.time() + issued
    claims = {"sub": subject, "iat": int(begin), "exp": int(begin + lifetime), "scope": "kafka"}
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def _part(content: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


class TokenServer:
    """Gives tokens to who knows a client's secret. ``/expired`` gives such as are over."""

    def __init__(self, secrets: dict[str, str]) -> None:
        known = {base64.b64encode(f"{client}:{secret}".encode()).decode(): client for client, secret in secrets.items()}
        self._server = ThreadingHTTPServer((LOCALHOST, 0), _answering(known))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://{LOCALHOST}:{self._server.server_address[1]}/token"

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


def _answering(known: dict[str, str]) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            client = known.get((self.headers.get("Authorization") or "").removeprefix("Basic ").strip())
            if client is None:
                self._give(401, {"error": "invalid_client"})
                return
            issued = -2 * HOUR if self.path.startswith("/expired") else 0.0
            self._give(200, {"access_token": token(client, issued), "token_type": "Bearer", "expires_in": int(HOUR)})

        def _give(self, status: int, content: dict[str, object]) -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silent."""

    return Answer
