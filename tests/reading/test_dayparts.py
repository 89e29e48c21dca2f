"""A hand ledger prints month and day in two columns, the year once, and leaves out what the line above says."""

import datetime as dt
from pathlib import Path

import pytest

from recon.reading.guard import read_all
from recon.reading.result import Reading

LEDGER = """现金日记账,,,,,,
2025年,,凭证,摘要,收入,支出,结余
月,日,号数,,,,
1,1,,上年结转,,,1500.00
,2,1,卖早餐,620.00,,2120.00
,,2,买面粉,,180.50,1939.50
,31,3,房租,,1200.00,739.50
,,,本月合计,620.00,1380.50,739.50
2,3,4,卖早餐,515.00,,1254.50
,,5,煤气,,110.00,1144.50
,,,过次页,1135.00,1490.50,1144.50
"""
TWO_LINES = "2025年,,凭证,摘要,收入,支出,结余\n月,日,号数,,,,"
DAYS = ["2025-01-02", "2025-01-02", "2025-01-31", "2025-02-03", "2025-02-03"]
AMOUNTS = [62000, -18050, -120000, 51500, -11000]


def read(folder: Path, text: str, name: str = "流水账.csv") -> Reading:
    (folder / name).write_text(text, encoding="utf-8")
    return read_all([folder / name])[0]


def lines(reading: Reading) -> list[tuple[str, int]]:
    account = reading.accounts[0]
    return list(zip(account.lines.date.astype(str).tolist(), account.lines.amount.tolist(), strict=True))


@pytest.mark.parametrize("text", [
    LEDGER,
    LEDGER.replace(TWO_LINES, "月,日,号数,摘要,收入,支出,结余").replace("账,", "账 2025年,"),
    LEDGER.replace("\n1,1,", "\n1月,1日,").replace("\n,31,", "\n,31日,").replace("\n2,3,", "\n2月,3日,"),
    LEDGER.replace("收入,支出,结余", "借方,贷方,余额"),
])
def test_a_ledgers_days_are_put_together_and_filled_down_and_its_chain_closes(tmp_path: Path, text: str):
    reading = read(tmp_path, text)
    assert reading.outcome == "proven", reading.reason
    assert lines(reading) == list(zip(DAYS, AMOUNTS, strict=True))
    assert reading.accounts[0].opening == 150000


def test_a_wrong_balance_is_still_caught(tmp_path: Path):
    assert read(tmp_path, LEDGER.replace("1939.50", "1936.50")).outcome == "inconsistent"


def test_a_year_of_its_own_column_and_a_new_year_are_followed(tmp_path: Path):
    text = ("年,月,日,摘要,收入,支出,结余\n2024,12,30,卖货,10.00,,110.00\n,,31,卖货,20.00,,130.00\n"
            "2025,1,1,卖货,5.00,,135.00\n")
    assert [day for day, _ in lines(read(tmp_path, text))] == ["2024-12-30", "2024-12-31", "2025-01-01"]
    text = ("账本,2024年,,,,\n月,日,摘要,收入,支出,结余\n11,30,卖货,10.00,,110.00\n12,31,卖货,20.00,,130.00\n"
            "1,1,卖货,5.00,,135.00\n")
    assert [day for day, _ in lines(read(tmp_path, text))] == ["2024-11-30", "2024-12-31", "2025-01-01"]


@pytest.mark.parametrize(("days", "want"), [
    (["3.1", "3.2", "3.9", "3.1", "3.11", "3.2"], [1, 2, 9, 10, 11, 20]), (["3.1", "3.2", "3.10"], [1, 2, 10]),
    (["3/1", "3/2", "3/31"], [1, 2, 31]), (["1", "2", "15", "15"], [1, 2, 15, 15]), (["1日", "", "5日"], [1, 1, 5]),
    (["1号", "2号", "31号"], [1, 2, 31]),
])
def test_short_days_of_a_chinese_book_are_written_out(tmp_path: Path, days: list[str], want: list[int]):
    """A spreadsheet turns 3.10 into 3.1: what stands behind the 9th is the 10th."""
    text = "2025年3月流水\n日期,摘要,收入,支出,结余\n" + "".join(
        f"{day},卖货,10.00,,{100 + 10 * k}.00\n" for k, day in enumerate(days, 1))
    assert [day for day, _ in lines(read(tmp_path, text))] == [f"2025-03-{day:02d}" for day in want]


def test_a_ledger_that_names_its_year_only_in_the_files_name_is_read(tmp_path: Path):
    text = "月,日,摘要,收入,支出,结余\n3,1,卖货,10.00,,110.00\n3,2,买菜,,20.00,90.00\n4,2,卖货,5.00,,95.00\n"
    days = [day for day, _ in lines(read(tmp_path, text, "现金账2025年.csv"))]
    assert days == ["2025-03-01", "2025-03-02", "2025-04-02"]


def test_years_that_nothing_prints_are_those_of_the_case_and_are_told(tmp_path: Path):
    text = "月,日,摘要,收入,支出,结余\n11,1,卖货,10.00,,110.00\n12,2,买菜,,20.00,90.00\n1,2,卖货,5.00,,95.00\n"
    assert read(tmp_path, text, "账.csv").reason == "year_unknown"
    reading = read_all([tmp_path / "账.csv"], until=dt.date(2025, 6, 30))[0]
    assert [day for day, _ in lines(reading)] == ["2024-11-01", "2024-12-02", "2025-01-02"]
    assert [f.code for f in reading.findings if f.code.startswith("year")] == ["year_of_case"]
