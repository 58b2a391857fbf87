"""A real web server and a real mail server on this machine, and calls to them."""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from stepwell.config import Settings
from stepwell.connectors import Call, perform, registry

Perform = Callable[..., Any]


def call(**settings: Any) -> Call:
    return Call("7-3", 7, "notify", 1, 5.0, Settings(**settings))


def do(job_type: str, settings: dict[str, Any], **arguments: object) -> Any:
    """Perform a connector as the worker does."""
    return asyncio.run(perform(registry()[job_type], call(**settings), arguments))


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class WebServer:
    """Answers what ``answers`` says for a path; remembers what it was asked."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, status: int = 200, body: object = b"", **headers: str) -> str:
        """Have ``path`` answered; gives its address. What is not bytes is sent as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if isinstance(body, bytes) else {"content-type": "application/json"}
        self.answers[path] = (status, {**kind, **headers}, data)
        return self.url(path)


def handler_of(web: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            web.requests.append(Request(self.command, self.path, headers, body))
            status, given, data = web.answers.get(self.path.partition("?")[0], (404, {}, b""))
            self.send_response(status)
            for name, value in {**given, "content-length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler


def serve(web: WebServer, context: ssl.SSLContext | None) -> Iterator[WebServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(web))
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield web
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def web() -> Iterator[WebServer]:
    yield from serve(WebServer(), None)


@pytest.fixture
def secure_web(certificate: ssl.SSLContext) -> Iterator[WebServer]:
    yield from serve(WebServer(), certificate)


@pytest.fixture
def authority() -> trustme.CA:
    """Who signs the certificates of a test."""
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    """What a server of ``localhost`` shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The test's authority is trusted as those of the world are."""
    from stepwell.connectors.http_request import certificates

    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    certificates.cache_clear()
    yield
    certificates.cache_clear()
