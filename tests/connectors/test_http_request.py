"""http.request against a real web server."""

import json
from decimal import Decimal
from typing import Any

import pytest

from stepwell.connectors import ConnectorError
from stepwell.connectors.http_request import LARGEST
from tests.connectors.conftest import WebServer, do

INSIDE = {"allow_private_addresses": True}


def request(url: str, **arguments: object) -> Any:
    return do("http.request", INSIDE, url=url, **arguments)


def failed(url: str, **arguments: object) -> ConnectorError:
    with pytest.raises(ConnectorError) as caught:
        request(url, **arguments)
    return caught.value


def test_json_comes_back_as_values(web: WebServer) -> None:
    found = request(web.answer("/order", body={"total": 12.30, "lines": [1, None]}))
    assert found["body"] == {"total": Decimal("12.3"), "lines": [1, None]}


def test_a_number_keeps_all_its_digits(web: WebServer) -> None:
    web.answers["/n"] = (200, {"content-type": "application/problem+json"}, b"0.12345678901234567891")
    assert request(web.url("/n"))["body"] == Decimal("0.12345678901234567891")


def test_text_comes_back_in_its_character_set(web: WebServer) -> None:
    url = web.answer("/t", body="Grüße".encode("latin-1"), **{"content-type": "text/plain; charset=latin-1"})
    assert request(url)["body"] == "Grüße"


def test_nothing_comes_back_as_null(web: WebServer) -> None:
    assert request(web.answer("/none", 204))["body"] is None


def test_status_and_headers_belong_to_the_result(web: WebServer) -> None:
    found = request(web.answer("/made", 201, **{"X-Number": "17"}))
    assert (found["status"], found["headers"]["x-number"]) == (201, "17")


def test_a_context_is_sent_as_json(web: WebServer) -> None:
    request(web.answer("/"), method="POST", body={"name": "Zoë", "sum": Decimal("1.5")})
    sent = web.requests[0]
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.body) == {"name": "Zoë", "sum": 1.5}


def test_text_is_sent_as_it_is(web: WebServer) -> None:
    request(web.answer("/"), method="PUT", body="<a/>", headers={"Content-Type": "application/xml"})
    assert (web.requests[0].headers["content-type"], web.requests[0].body) == ("application/xml", b"<a/>")


def test_query_values_are_written_into_the_address(web: WebServer) -> None:
    request(web.answer("/find"), query={"q": "a b&c", "n": 5, "tag": ["x", "y"]})
    assert web.requests[0].path == "/find?q=a+b%26c&n=5&tag=x&tag=y"


def test_every_attempt_carries_the_idempotency_key(web: WebServer) -> None:
    request(web.answer("/"), method="POST")
    assert web.requests[0].headers["idempotency-key"] == "7-3"


def test_the_author_may_choose_another_idempotency_key(web: WebServer) -> None:
    request(web.answer("/"), method="POST", headers={"Idempotency-Key": "order 5"})
    assert web.requests[0].headers["idempotency-key"] == "order 5"


@pytest.mark.parametrize(
    "headers", [{"Host": "other"}, {"X": "a\r\nY: b"}, {"Content-Length": 5}, {"a b": "c"}]
)
def test_a_header_that_would_break_the_request_is_refused(web: WebServer, headers: dict[str, object]) -> None:
    assert "Expected a header that can be set" in failed(web.answer("/"), headers=headers).message


@pytest.mark.parametrize(
    ("status", "may_retry"), [(500, True), (503, True), (429, True), (404, False), (422, False)]
)
def test_a_bad_status_is_tried_again_if_that_may_help(web: WebServer, status: int, may_retry: bool) -> None:
    error = failed(web.answer("/bad", status))
    assert f"but it was {status}" in error.message
    assert error.may_retry is may_retry


def test_an_expected_status_is_a_success(web: WebServer) -> None:
    assert request(web.answer("/gone", 404), expect=[200, 404])["status"] == 404


def test_a_status_that_is_not_the_expected_one_is_a_failure(web: WebServer) -> None:
    assert "Expected status 201" in failed(web.answer("/"), expect="201").message


def test_a_redirection_is_followed(web: WebServer) -> None:
    web.answer("/new", body="here")
    assert request(web.answer("/old", 302, location="/new"))["body"] == "here"


def test_an_expected_redirection_is_not_followed(web: WebServer) -> None:
    assert request(web.answer("/old", 302, location="/new"), expect=302)["headers"]["location"] == "/new"


def test_a_redirection_in_a_circle_ends(web: WebServer) -> None:
    assert not failed(web.answer("/round", 302, location="/round")).may_retry


def test_a_redirection_to_another_scheme_is_refused(web: WebServer) -> None:
    assert not failed(web.answer("/file", 302, location="file:///etc/hostname")).may_retry


def test_broken_json_is_an_error(web: WebServer) -> None:
    web.answers["/broken"] = (200, {"content-type": "application/json"}, b"{")
    assert "Expected JSON from GET http" in failed(web.url("/broken")).message


def test_a_response_that_is_too_large_is_refused(web: WebServer) -> None:
    assert f"at most {LARGEST} bytes" in failed(web.answer("/large", body=b"x" * (LARGEST + 1))).message


def test_a_server_that_is_not_there_is_tried_again() -> None:
    assert failed("http://127.0.0.1:1/").may_retry


@pytest.mark.parametrize("url", ["ftp://example.org/", "example.org", "http://", "http://a:99999/"])
def test_an_address_that_can_not_be_called_is_refused(url: str) -> None:
    assert not failed(url).may_retry


def test_a_message_shows_neither_user_nor_query(web: WebServer) -> None:
    url = web.answer("/bad", 404).replace("http://", "http://user:secret@") + "?key=secret"
    assert "secret" not in failed(url).message


@pytest.mark.usefixtures("trusted")
def test_a_certificate_is_checked_against_the_name(secure_web: WebServer) -> None:
    """It is good for localhost only, while the connection goes to a number."""
    secure_web.answer("/", body=1)
    assert request(f"https://localhost:{secure_web.port}/")["body"] == 1


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_name_is_refused(secure_web: WebServer) -> None:
    assert "certificate" in failed(f"https://127.0.0.1:{secure_web.port}/").message.lower()
