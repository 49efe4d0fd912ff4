import json
import logging
from io import StringIO

from audit.request_id import reset_request_id, set_request_id
from countyhr.logs import JsonFormatter


def test_a_log_line_is_one_json_object_with_the_id_of_its_request():
    record = logging.LogRecord("payroll", logging.WARNING, "x.py", 1, "Batch %s\nheld", ("7",), None)
    token = set_request_id("abc-123")

    line = JsonFormatter().format(record)

    reset_request_id(token)
    assert "\n" not in line
    told = json.loads(line)
    del told["at"]
    assert told == {
        "level": "warning",
        "logger": "payroll",
        "message": "Batch 7\nheld",
        "request_id": "abc-123",
    }


def test_a_refused_request_is_one_line_in_the_log(world, client, monkeypatch):
    handler = next(each for each in logging.getLogger().handlers if each.name == "stderr")
    monkeypatch.setattr(handler, "stream", StringIO())
    client.force_login(world.users["marisol"])

    assert client.get("/roles/").status_code == 403

    (line,) = handler.stream.getvalue().splitlines()
    assert "/roles/" in line
