import json
import logging

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
