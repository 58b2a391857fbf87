"""Everything that goes wrong, as a caller sees it: ``application/problem+json`` (RFC 9457), no stack trace."""

import math
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct
from msgspec.structs import replace

from stepwell.errors import Conflict, Invalid, Problem, Rejection, TooOften

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
_FRAMEWORK = {
    400: "request.invalid",
    404: "route.unknown",
    405: "method.not-allowed",
    413: "body.too-large",
    415: "body.media-type",
}


class ProblemReport(Struct, frozen=True, omit_defaults=True):
    """What went wrong: ``code`` is stable and documented, ``detail`` names the thing, ``problems`` is each part,
    ``facts`` are for programs, such as what stands there now.
    """

    code: str
    title: str
    status: int
    detail: str
    problems: tuple[Problem, ...] = ()
    facts: dict[str, Any] = {}


class HttpRejection(Rejection):
    """What only HTTP can get wrong: the request itself."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code, message)
        self.status = status


def report(error: Exception, asked: tuple[str, str] = ("", "")) -> ProblemReport:
    """What a caller is told about an exception; one that is our own fault is logged, not shown.

    ``asked`` is the method and the path.
    """
    if isinstance(error, Rejection):
        problems = error.problems if isinstance(error, Invalid) else ()
        facts = error.facts if isinstance(error, Conflict) else {}
        return replace(_report(error.status, error.code, error.message, problems), facts=facts)
    if isinstance(error, msgspec.DecodeError | UnicodeDecodeError | RecursionError):
        return _report(400, "body.not-json", f"Expected a body of JSON, but it is none: {error}.")
    if isinstance(error, ValidationException):
        return _validation(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _report(
            error.status_code,
            _FRAMEWORK.get(error.status_code, "request.invalid"),
            _said(error, *asked),
        )
    log.error("request failed", exc_info=error)
    return _report(
        500, "internal", "Expected to answer, but something in Stepwell went wrong; its log says what."
    )


def encoded(found: ProblemReport) -> bytes:
    """The body of the answer."""
    return _encode(found)


def respond(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The framework's way to answer with a problem."""
    found = report(error, (request.method, request.scope["path"]))
    return Response(encoded(found), status_code=found.status, media_type=MEDIA_TYPE, headers=headers(error))


def _said(error: HTTPException, method: str, path: str) -> str:
    """What the framework refused, in our words."""
    path = path[:200]
    if error.status_code == 404:
        return f"Expected a route of this server, but there is no {path}; /docs lists them."
    if error.status_code == 405:
        return f"Expected a method that {path} takes, but found {method}; /docs lists them."
    return f"Expected a request that the API knows, but: {error.detail}."


def headers(error: Exception) -> dict[str, str]:
    """What the standard wants beside the body: how to authenticate, or how many seconds to wait."""
    if isinstance(error, TooOften):
        return {"retry-after": str(math.ceil(error.seconds))}
    return {"www-authenticate": "Bearer"} if getattr(error, "status", 0) == 401 else {}


def _report(status: int, code: str, detail: str, problems: tuple[Problem, ...] = ()) -> ProblemReport:
    return ProblemReport(code, HTTPStatus(status).phrase, status, detail, problems)


def _validation(error: ValidationException) -> ProblemReport:
    """What the framework itself found wrong, beside what was looked at before it: headers."""
    found: list[dict[str, str]] = error.extra if isinstance(error.extra, list) else []
    problems = [
        Problem("parameter.invalid", item.get("message", ""), field=item.get("key", "")) for item in found
    ]
    problems = problems or [Problem("parameter.invalid", error.detail)]
    return _report(422, "parameters.invalid", "Expected parameters as described.", tuple(problems))


_encode = msgspec.json.Encoder().encode
