import json
import logging

from audit.request_id import reset_request_id, set_request_id
from countyhr.logs import JsonFormatter
from countyhr.proxy import client_ip


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


def test_behind_a_proxy_only_the_last_address_counts(rf):
    assert client_ip(rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 203.0.113.9"})) == "203.0.113.9"
    assert client_ip(rf.get("/", REMOTE_ADDR="198.51.100.2")) == "198.51.100.2"
