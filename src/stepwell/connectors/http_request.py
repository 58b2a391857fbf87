"""``http.request``: call a web service."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from ssl import SSLContext
from typing import Literal

import httpx

from stepwell import feel
from stepwell.connectors.addresses import CheckedTransport
from stepwell.connectors.connector import Call, connector
from stepwell.connectors.errors import ConnectorError

LARGEST = 5_000_000  # bytes of a response
MOST_REDIRECTS = 5
TOO_MANY_REQUESTS = 429
OURS = {"connection", "content-length", "host", "transfer-encoding"}  # headers that belong to the connection
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_TEXT = re.compile(r"[\t\x20-\x7e]*")

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@connector("http.request")
async def http_request(
    call: Call,
    *,
    url: str,
    method: Method = "GET",
    headers: dict[str, object] | None = None,
    query: dict[str, object] | None = None,
    body: object = None,
    timeout: float | None = None,  # noqa: ASYNC109 - an author's field; httpx keeps it
    expect: int | list[int] | None = None,
) -> dict[str, object]:
    """Call a web service. The result has ``status``, ``headers`` (names in small letters) and ``body``.

    Every attempt carries the same ``Idempotency-Key``. Addresses of the own machine and network are refused
    unless ``STEPWELL_ALLOW_PRIVATE_ADDRESSES`` is set.

    Arguments:
        url: Where, with http:// or https://.
        method: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
        headers: A context of further headers.
        query: A context of parameters for the part of the address behind the question mark; a list repeats one.
        body: What to send: a context or list as JSON, anything else as text.
        timeout: Seconds to wait for the connection and for each part of the answer.
        expect: The status, or the list of those, that is a success; otherwise 200 to 299.
            With one of 300 to 399 a redirection is not followed.
    """
    try:
        async with client(call) as session:
            request = session.build_request(
                method,
                url,
                params={name: parameters(value) for name, value in query.items()} if query else None,
                headers=prepared(call, headers or {}, body),
                content=content(body),
                timeout=timeout or call.timeout,
            )
            return await exchange(session, request, expected(expect))
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
        raise ConnectorError(
            f"Expected an address that can be called, but: {error}", may_retry=False
        ) from None
    except httpx.HTTPError as error:
        why = str(error) or type(error).__name__
        raise ConnectorError(f"Expected {target(error.request)} to answer, but: {why}") from None


@cache
def certificates() -> SSLContext:
    """Reading the trusted certificates takes longer than a call."""
    return httpx.create_ssl_context()


def client(call: Call) -> httpx.AsyncClient:
    """A client for one call: no connection or cookie is shared, no proxy of the environment asked."""
    inner = httpx.AsyncHTTPTransport(verify=certificates(), trust_env=False)
    return httpx.AsyncClient(
        transport=CheckedTransport(inner, allow_private=call.settings.allow_private_addresses),
        trust_env=False,
        max_redirects=MOST_REDIRECTS,
    )


async def exchange(
    session: httpx.AsyncClient, request: httpx.Request, accepted: list[int] | None
) -> dict[str, object]:
    follow = accepted is None or not any(httpx.codes.is_redirect(status) for status in accepted)
    response = await session.send(request, stream=True, follow_redirects=follow)
    try:
        status = response.status_code
        if not (response.is_success if accepted is None else status in accepted):
            wanted = (
                "a status of 200 to 299" if accepted is None else f"status {' or '.join(map(str, accepted))}"
            )
            may_retry = response.is_server_error or status == TOO_MANY_REQUESTS
            raise ConnectorError(
                f"Expected {wanted} from {target(request)}, but it was {status}.", may_retry=may_retry
            )
        data = await read(response)
    finally:
        await response.aclose()
    return {"status": status, "headers": dict(response.headers), "body": decoded(response, data)}


async def read(response: httpx.Response) -> bytes:
    """The whole body, unless it is larger than a variable should ever be."""
    data = bytearray()
    async for part in response.aiter_bytes():
        data += part
        if len(data) > LARGEST:
            raise ConnectorError(
                f"Expected at most {LARGEST} bytes from {target(response.request)}, but there are more.",
                may_retry=False,
            )
    return bytes(data)


def decoded(response: httpx.Response, data: bytes) -> object:
    """JSON as values, anything else as text; null if there is nothing."""
    if not data:
        return None
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not kind.endswith(("/json", "+json")):
        return data.decode(response.charset_encoding or "utf-8", errors="replace")
    try:
        return feel.from_json(json.loads(data, parse_float=Decimal))
    except (ValueError, RecursionError, feel.FeelError) as error:
        raise ConnectorError(
            f"Expected JSON from {target(response.request)}, but: {error}", may_retry=False
        ) from None


def prepared(call: Call, headers: Mapping[str, object], body: object) -> dict[str, str]:
    """The headers of the call; those of the author come before ours, except what the connection needs."""
    found = {"idempotency-key": call.idempotency_key}
    if isinstance(body, dict | list):
        found["content-type"] = "application/json"
    elif body is not None:
        found["content-type"] = "text/plain; charset=utf-8"
    for name, value in headers.items():
        text = feel.format_value(value)
        if name.lower() in OURS or not (HEADER_NAME.fullmatch(name) and HEADER_TEXT.fullmatch(text)):
            raise ConnectorError(f"Expected a header that can be set, but found {name!r}.", may_retry=False)
        if value is not None:
            found[name.lower()] = text
    return found


def parameters(value: object) -> str | list[str]:
    if isinstance(value, list):
        return [feel.format_value(item) for item in value]
    return "" if value is None else feel.format_value(value)


def content(body: object) -> bytes | None:
    if body is None:
        return None
    if isinstance(body, dict | list):
        return json.dumps(feel.to_json(body), ensure_ascii=False, allow_nan=False).encode()
    return feel.format_value(body).encode()


def expected(expect: int | list[int] | None) -> list[int] | None:
    return [expect] if isinstance(expect, int) else expect


def target(request: httpx.Request) -> str:
    """What was called, without what may be secret: no user, no query."""
    url = request.url
    return f"{request.method} {url.scheme}://{url.netloc.decode('ascii')}{url.path}"
