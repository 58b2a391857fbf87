"""Which addresses may be called, and that the checked one is the one connected to."""

from ipaddress import ip_address

import pytest

from stepwell.connectors import ConnectorError, addresses
from tests.connectors.conftest import WebServer, do

PRIVATE = """127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255
::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::""".split()


@pytest.mark.parametrize("text", PRIVATE)
def test_an_address_of_the_inside_is_not_public(text: str) -> None:
    assert not addresses.is_public(ip_address(text))


@pytest.mark.parametrize("text", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_outside_is_public(text: str) -> None:
    assert addresses.is_public(ip_address(text))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
def test_the_own_machine_is_refused_however_it_is_written(web: WebServer, host: str) -> None:
    with pytest.raises(ConnectorError, match="to be outside") as caught:
        do("http.request", {}, url=f"http://{host}:{web.port}/")
    assert not caught.value.may_retry
    assert web.requests == []


def test_a_name_with_one_private_address_is_refused(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mixed(host: str, port: int) -> list[addresses.Address]:
        return [ip_address("93.184.216.34"), ip_address("127.0.0.1")]

    monkeypatch.setattr(addresses, "resolve", mixed)
    with pytest.raises(ConnectorError, match=r"127\.0\.0\.1 is a private"):
        do("http.request", {}, url=f"http://service.example:{web.port}/")


def test_the_connection_goes_to_the_checked_address(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name resolves nowhere but here, so a second look-up could not succeed."""

    async def local(host: str, port: int) -> list[addresses.Address]:
        return [ip_address("127.0.0.1")]

    monkeypatch.setattr(addresses, "resolve", local)
    web.answer("/")
    do("http.request", {"allow_private_addresses": True}, url=f"http://service.invalid:{web.port}/")
    assert web.requests[0].headers["host"] == f"service.invalid:{web.port}"


def test_the_next_address_is_tried_when_one_does_not_answer(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def two(host: str, port: int) -> list[addresses.Address]:
        return [ip_address("127.0.0.2"), ip_address("127.0.0.1")]

    monkeypatch.setattr(addresses, "resolve", two)
    web.answer("/")
    url = f"http://service.invalid:{web.port}/"
    assert do("http.request", {"allow_private_addresses": True}, url=url)["status"] == 200


def test_a_redirection_to_the_inside_is_refused(web: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as outside here; where it sends us is this machine."""
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1" or real(address))
    url = web.answer("/away", 302, location=f"http://[::1]:{web.port}/inside")
    with pytest.raises(ConnectorError, match="::1 is a private"):
        do("http.request", {}, url=url)


def test_a_name_without_an_address_may_have_one_later() -> None:
    with pytest.raises(ConnectorError, match=r"'nobody\.invalid' to have an address") as caught:
        do("http.request", {}, url="http://nobody.invalid/")
    assert caught.value.may_retry
