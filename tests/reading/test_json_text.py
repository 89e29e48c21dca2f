"""What ``recon read --json`` prints is what a reading says, however many there are."""

import json

import pytest

from recon.reading.read import read_bytes
from recon.reading.report import as_json, json_text

STATEMENT = """Date,Description,Payee,Amount,Balance
2024-01-02,"a ""quoted"" word",Müller\t,1.00,1.00
2024-01-03,,,-0.05,
"""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_printed_array_is_that_of_the_readings(count):
    kinds = [STATEMENT.encode(), b"", "日期,摘要,收入,支出\n2025-01-02,货款,10.00,\n".encode()][:count]
    readings = [read_bytes(data, f"{k}.csv") for k, data in enumerate(kinds)]
    printed = json.loads("".join(json_text(readings, language="zh-CN")))
    assert printed == [as_json(reading, language="zh-CN") for reading in readings]
