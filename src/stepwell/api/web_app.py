"""The web app over HTTP: its files as the build left them, and its one page at every other address.

Files carry a hash of their contents in their names, so a browser keeps them for ever; the page it asks for anew.
"""

import html
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from stepwell.api.problems import HttpRejection

NOT_OURS = ("/api/", "/docs", "/health", "/metrics")
"""What addresses begin with that are for programs; ``/api`` itself is one of them, too."""
PAGE = "index.html"
HASHED = "assets/"
_FOR_EVER = b"public, max-age=31536000, immutable"
_ANEW = b"no-cache"
# Styles are also set on single elements, by the library of controls; scripts come from our files only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SAFE = [
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]


class File(NamedTuple):
    """A file of the app: what it is, and its bytes, also packed by gzip if the build did so."""

    media_type: bytes
    content: bytes
    packed: bytes | None


class WebApp:
    """The files of the app, by their paths below it."""

    def __init__(self, files: dict[str, File]) -> None:
        self.files = files

    async def answer(self, scope: Any, send: Any) -> None:
        """Give the file of this path, or the page of the app; raises ``HttpRejection``."""
        if scope["method"] not in ("GET", "HEAD"):
            message = f"Expected GET for a page, but found {scope['method']}."
            raise HttpRejection(405, "method.not-allowed", message)
        path = scope["path"].lstrip("/")
        found = self.files.get(path)
        if found is None and path.startswith(HASHED):
            message = f"Expected a file of the web app, but {path[:100]} is none."
            raise HttpRejection(404, "route.unknown", message)
        file = found or self.files[PAGE]
        is_packed = file.packed is not None and b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"")
        content = file.packed if is_packed and file.packed is not None else file.content
        headers = [
            (b"content-type", file.media_type),
            (b"content-length", str(len(content)).encode()),
            (b"cache-control", _FOR_EVER if found is not None and path.startswith(HASHED) else _ANEW),
            (b"vary", b"accept-encoding"),
            *_SAFE,
        ]
        headers += [(b"content-encoding", b"gzip")] if is_packed else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def is_ours(path: str) -> bool:
    """Whether an address is one of the web app's; a doubled slash at its beginning is no way around."""
    if path.startswith(NOT_OURS):
        return False
    path = f"/{path.lstrip('/')}"
    return not path.startswith(NOT_OURS) and path != "/api"


def load(folder: Path, demo_people: Iterable[str] = ()) -> WebApp | None:
    """The app as it was built into a folder; None where it was left out. Its page names the people of a
    demonstration, so that the login can offer them.
    """
    if not (folder / PAGE).is_file():
        return None
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz" and path.suffix]
    files = {path.relative_to(folder).as_posix(): _file(path) for path in paths}
    if names := " ".join(demo_people):
        page = files[PAGE]
        told = f'<meta name="stepwell-demo" content="{html.escape(names)}"></head>'
        files[PAGE] = page._replace(content=page.content.replace(b"</head>", told.encode(), 1), packed=None)
    return WebApp(files)


def _file(path: Path) -> File:
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    kind = {".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}.get(path.suffix, kind)
    text = kind.startswith("text/") or kind == "image/svg+xml"
    packed = path.with_name(f"{path.name}.gz")
    return File(
        f"{kind}; charset=utf-8".encode() if text else kind.encode(),
        path.read_bytes(),
        packed.read_bytes() if packed.is_file() else None,
    )
