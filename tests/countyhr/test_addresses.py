"""Addresses and numbers that no page can read."""

import pytest


@pytest.mark.parametrize("address", ["/people/?q=a%00b", "/departments/%00/"])
def test_a_nul_in_an_address_is_refused(world, client, address):
    client.force_login(world.users["miguel"])
    answer = client.get(address)
    assert answer.status_code == 400
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    ("address", "sent", "status"),
    [
        ("/pay/runs/start/", {"plan": "9" * 5_000}, 400),
        ("/county/holidays/fill/", {"year": "²"}, 302),
    ],
)
def test_a_number_that_is_none_is_told(world, client, address, sent, status):
    client.force_login(world.users["miguel"])
    assert client.post(address, sent).status_code == status
