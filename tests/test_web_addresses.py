"""Who a client is: an address, however a server or a proxy writes it."""

import pytest
from flask.testing import FlaskClient

from qa.service import Service
from qa.web import create_app
from qa.web.serving.client_address import client_of, forwarded
from qa.web.serving.options import ServingOptions


@pytest.mark.parametrize(
    ("written", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::"),
        ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:4711", "192.0.2.1"),
        ("unknown", "unknown"),
        ("a:b", "a:b"),
        ("[", "["),
        ("", ""),
    ],
)
def test_an_address_is_one_client_however_it_is_written(written: str, client: str) -> None:
    assert client_of(written) == client


@pytest.mark.parametrize(
    ("told", "proxies", "address"),
    [
        ("", 0, "peer"),
        ("192.0.2.1", 0, "peer"),
        ("192.0.2.1", 1, "192.0.2.1"),
        ("10.0.0.1, 192.0.2.1", 1, "192.0.2.1"),
        ("10.0.0.1, 192.0.2.1", 2, "10.0.0.1"),
        ("192.0.2.1", 2, "peer"),
        ("", 1, "peer"),
        ("192.0.2.1, ", 1, "peer"),
    ],
)
def test_only_what_trusted_proxies_wrote_is_believed(told: str, proxies: int, address: str) -> None:
    assert forwarded(told, "peer", proxies) == address


@pytest.fixture(scope="module")
def service(trusts: Service) -> Service:
    return trusts


@pytest.fixture
def client(service: Service) -> FlaskClient:
    return create_app(service, options=ServingOptions(rate_limit="2/minute", proxies=1)).test_client()


@pytest.mark.parametrize("address", ["192.0.2.1:{}", "[2001:db8::1]:{}"])
def test_the_ports_of_an_address_are_limited_together(client: FlaskClient, address: str) -> None:
    ports = range(4711, 4714)
    found = [
        client.get("/about", headers={"X-Forwarded-For": address.format(port)}).status_code for port in ports
    ]
    assert found == [200, 200, 429]
