import pytest

pytestmark = pytest.mark.django_db


def test_alive_needs_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_ready_names_the_part_that_does_not_work(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        503,
        {"database": "ok", "broker": "ok", "migrations": "ok", "worker": "none answers"},
    )


def test_a_broker_that_is_gone_is_named(client, monkeypatch):
    monkeypatch.setattr("countyhr.health.app.conf.broker_write_url", "redis+socket:///tmp/no-such.sock")

    assert client.get("/readyz").json()["broker"] == "does not answer"


@pytest.mark.parametrize("given", ["abcdef12-3456", "x" * 64])
def test_the_proxys_request_id_is_kept(client, given):
    assert client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "evil\tid 12345", "x" * 65])
def test_a_request_id_that_could_spoil_the_log_is_replaced(client, given):
    answered = client.get("/healthz", headers={"X-Request-ID": given})["X-Request-ID"]

    assert (len(answered), answered.isalnum()) == (32, True)


def test_every_page_carries_the_strict_headers(client):
    headers = client.get("/healthz").headers

    assert "unsafe" not in headers["Content-Security-Policy"]
    assert {
        name: headers[name] for name in ("X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options")
    } == {
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
