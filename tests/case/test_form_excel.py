"""case.xlsx asks for what case.toml asks for, reads what people really type, and names the cell of a slip."""

import datetime as dt
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recon.case.form import load, parse
from recon.case.form_blank import excel, toml
from recon.case.form_fields import tables
from recon.case.pipeline import rebuild
from recon.core.errors import ReconError
from recon.core.facts import Case
from recon.core.settings import shipped
from recon.core.words import LANGUAGES, known, tell
from recon.ledger.chart import variables
from tests.case.excel import filled

SHOP = {
    "case.name": "老街粮油店", "case.trade": "零售", "case.from": dt.datetime(2025, 1, 1), "case.to": "2025-12-31",  # noqa: DTZ001 - cells know no zone
    "request.amount": 80000, "opening.cash": 500, "closing.cash": 0, "known.total_sales": 412000,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_form_of_either_shape_says_nothing(language: str, tmp_path: Path) -> None:
    excel(tmp_path / "case.xlsx", language)
    case = load(tmp_path)
    assert case == parse(toml(language).encode())
    assert msgspec.structs.replace(case.case, language="zh-CN") == Case().case
    assert msgspec.structs.replace(case, case=Case().case) == Case()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_toml_holds_every_field_once_its_marks_are_taken_away(language: str) -> None:
    every = re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", toml(language))
    raw = tomllib.loads(every)
    for path, table in tables().items():
        node: Any = raw
        for part in path.split("."):
            node = node[part][0] if isinstance(node[part], list) else node[part]
        assert {f.name for f in table.fields} <= set(node), path
    parse(every.encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_workbook_asks_for_every_field_variable_and_setting(language: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(excel(tmp_path / "case.xlsx", language))
    words = {w for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c for w in str(c).split()}
    for path, table in tables().items():
        for each in table.fields:
            name = f"{path}[].{each.name}" if table.many else each.path
            assert each.kind == "names" or name in words, name
    assert {f"known.{name}" for name in variables()} <= words
    assert {f"settings.{name}" for name in shipped().entries} <= words


def test_every_field_and_choice_of_the_form_has_its_words() -> None:
    for table in tables().values():
        for each in table.fields:
            for language in LANGUAGES:
                assert each.label(language) != each.name, each.path
            assert all(known(f"form.choice.{each.words}.{key}") for key in each.choices), each.path


def test_drop_downs_offer_the_choices_and_lead_to_their_list(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(excel(tmp_path / "case.xlsx", "zh-CN"))
    lists = {}
    for rule in book["基本情况"].data_validations.dataValidation:
        sheet, _, cells = rule.formula1.partition("!")
        lists[str(rule.sqref)] = [c.value for (c,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert ["餐饮", "零售", "批发", "生产加工", "服务", "运输", "种养殖", "其他"] in lists.values()
    assert not book["基本情况"]["B5"].protection.locked


AMOUNTS = {
    12000: 1200000, 1234.5: 123450, 0.1 + 0.2: 30, 0: 0, "12,000.50": 1200050, "１２，０００．５０": 1200050,
    "¥ 1,234.5": 123450,
    "￥500元": 50000, "3.5万": 3500000, "1.2亿元": 12000000000, "-20": -2000, "−20.00": -2000, " 7 ": 700, 8.29: 829,
    1e15 + 1: 100000000000000100,
}
DATES = (
    dt.date(2025, 3, 4), dt.datetime(2025, 3, 4, 0, 0), "2025-03-04", "2025/3/4", "2025.3.4", "2025年3月4日",  # noqa: DTZ001 - cells know no zone
    "２０２５－０３－０４", "20250304", 20250304, "4 Mar 2025",
)
RATES = {0.0735: "0.0735", "7.35%": "0.0735", "７．３５％": "0.0735", "73.5‰": "0.0735", 0: "0", 1: "1"}


def test_amounts_dates_and_rates_are_read_exactly_however_they_were_typed(tmp_path: Path) -> None:
    answers = {f"stock[].amount#{n}": typed for n, typed in enumerate(AMOUNTS)}
    answers |= {f"stock[].date#{n}": typed for n, typed in enumerate(DATES)}
    answers |= {f"loan[].lender#{n}": "A" for n in range(len(RATES))}
    answers |= {f"loan[].annual_rate#{n}": typed for n, typed in enumerate(RATES)}
    filled(tmp_path, SHOP | answers)
    case = load(tmp_path)
    assert [x.amount for x in case.stock] == list(AMOUNTS.values())
    assert [x.date for x in case.stock[: len(DATES)]] == [dt.date(2025, 3, 4)] * len(DATES)
    assert [x.annual_rate for x in case.loan] == [Decimal(r) for r in RATES.values()]


@pytest.mark.parametrize(("language", "trade", "yes"), [
    ("zh-CN", "批发", "是"), ("en", "wholesale", "yes"), ("zh-CN", "Wholesale", True), ("en", "批发", "√"),
])
def test_choices_are_understood_in_both_languages(language: str, trade: str, yes: Any, tmp_path: Path) -> None:
    more = {"case.trade": trade, "guarantor[].name#0": "A", "guarantor[].joint#0": yes, "unknown.drawings": yes}
    filled(tmp_path, SHOP | more, language)
    case = load(tmp_path)
    assert (case.case.trade, case.guarantor[0].joint, case.case.unknown) == ("wholesale", True, ("drawings",))
    assert case.case.language == language


def test_rows_may_have_gaps_between_them_and_keep_their_order(tmp_path: Path) -> None:
    filled(tmp_path, SHOP | {
        "loan[].lender#0": "甲", "loan[].lender#5": "乙", "loan[].closing#5": "2,000", "loan[].due#199": "2026-06-30",
        "loan[].lender#199": "丙", "adjust.depreciation": "直线法", "adjust.accrual[].category#0": "房租",
        "adjust.accrual[].amount#0": 900, "adjust.accrual[].kind#0": "预提（已发生未付）",
    })
    case = load(tmp_path)
    assert [x.lender for x in case.loan] == ["甲", "乙", "丙"]
    assert case.loan[1].closing == 200000
    assert case.adjust.depreciation is not None
    assert case.adjust.depreciation.amount is None
    assert case.adjust.accrual[0].category == "rent"


SLIPS = {
    "an amount in words": ({"request.amount": "二十万"}, "基本情况!B16 申请金额", "“二十万”不是金额"),
    "a comma where thousands are not": ({"opening.cash": "12,50"}, "期初期末!B4 库存现金", "“12,50”不是金额"),
    "a formula with endless decimals": ({"opening.cash": 100 / 3}, "期初期末!B4 库存现金", "小数不超过"),
    "an error of the sheet": ({"opening.cash": "#REF!"}, "期初期末!B4", "公式"),
    "a formula that nothing has worked out": ({"opening.cash": "=1+1"}, "期初期末!B4", "公式"),
    "a trade that is none": ({"case.trade": "餐厅"}, "基本情况!B6 行业", "可填：餐饮、零售、"),
    "a rate in words": ({"request.annual_rate": "七分利"}, "基本情况!B18 年利率", "“七分利”不是比率"),
    "a date that can be read two ways": ({"case.from": "01/02/2025"}, "基本情况!B9", "“01/02/2025”不是能确定的日期"),
    "a day that does not exist": ({"case.from": "2025-02-30"}, "基本情况!B9", "2025-02-30"),
    "a period that ends first": ({"case.from": "2026-01-01"}, "基本情况!B9", "晚于"),
    "a request without its amount": ({"request.amount": None, "request.term_months": 12}, "基本情况!B16", "申请金额"),
    "a row without its amount": ({"receivable[].name#3": "甲"}, "应收明细!B9 金额", "缺少必填"),
    "a rate of seven hundred per cent": (
        {"loan[].lender#0": "甲", "loan[].annual_rate#0": 7.2}, "借款明细!E6", "“7.2”超过"),
    "a total in words": ({"known.total_sales": "很多"}, "期间合计!B6 营业收入", "“很多”不是金额"),
    "a term in words": ({"request.term_months": "一年"}, "基本情况!B17 期限（月）", "不是整数"),
    "neither yes nor no": ({"unknown.drawings": "也许"}, "期间合计!C", "“是”或“否”"),
    "a setting of another kind": ({"settings.days_in_year": "many"}, "参数!B4", "many"),
    "two accounts of one name": ({"account[].id#0": "a", "account[].id#4": "a"}, "账户!A10 账户代号", "“a”"),
    "a currency that is no code": ({"case.currency": "人民币"}, "基本情况!B7 币种", "三个字母"),
    "an expense that nobody knows": (
        {"adjust.accrual[].category#0": "qqq", "adjust.accrual[].amount#0": 1,
         "adjust.accrual[].kind#0": "预提（已发生未付）"}, "待摊预提!A6 费用", "“qqq”不是已知"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_sheet_cell_and_question(name: str, tmp_path: Path) -> None:
    answers, cell, words = SLIPS[name]
    filled(tmp_path, SHOP | answers)
    with pytest.raises(ReconError) as slip:
        load(tmp_path)
    for language in LANGUAGES:
        said = tell(language, slip.value)
        assert said.startswith("case.xlsx")
        assert cell in said
        assert not re.search(r"Expected|Object|`|None", said)
    assert words in tell("zh-CN", slip.value)


def test_an_answer_beside_the_yellow_cells_is_not_dropped_in_silence(tmp_path: Path) -> None:
    path = filled(tmp_path, SHOP)
    book = openpyxl.load_workbook(path)
    book["应收明细"]["H9"] = "另有三万"
    book.save(path)
    with pytest.raises(ReconError) as slip:
        load(tmp_path)
    assert "应收明细!H9" in tell("zh-CN", slip.value)
    assert "另有三万" in tell("zh-CN", slip.value)


def test_a_sheet_of_ones_own_notes_does_no_harm_but_a_sheet_without_its_names_does(tmp_path: Path) -> None:
    path = filled(tmp_path, SHOP)
    book = openpyxl.load_workbook(path)
    book.create_sheet("草稿")["B2"] = 5
    book.save(path)
    assert load(tmp_path).known == {"total_sales": 41200000}
    book["期初期末"].delete_cols(5)
    book.save(path)
    with pytest.raises(ReconError, match="form_names_gone"):
        load(tmp_path)


@pytest.mark.parametrize("data", [b"", b"name,amount\n1,2\n", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_form_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "case.xlsx").write_bytes(data)
    with pytest.raises(ReconError, match="form_unreadable"):
        load(tmp_path)


def test_of_two_forms_the_one_that_is_filled_in_counts(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text(toml("en"), encoding="utf-8")
    filled(tmp_path, SHOP)
    assert load(tmp_path).case.name == "老街粮油店"
    excel(tmp_path / "case.xlsx", "zh-CN")
    (tmp_path / "case.toml").write_text('[case]\nname = "甲"\n', encoding="utf-8")
    assert load(tmp_path).case.name == "甲"


def test_two_forms_that_differ_stop_the_run_and_two_that_agree_do_not(tmp_path: Path) -> None:
    filled(tmp_path, {"case.name": "甲", "adjust.depreciation": "直线法"})
    same = '[case]\nname = "甲"\n[adjust]\ndepreciation = "straight_line"\n'
    (tmp_path / "case.toml").write_text(same, encoding="utf-8")
    assert load(tmp_path).case.name == "甲"
    (tmp_path / "case.toml").write_text(same.replace('"straight_line"', '"5.00"'), encoding="utf-8")
    with pytest.raises(ReconError, match="two_forms"):
        load(tmp_path)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minors=st.lists(st.integers(-10**13, 10**13), min_size=1, max_size=100))
def test_any_amounts_of_cents_come_back_to_the_cent(minors: list[int], tmp_path: Path) -> None:
    filled(tmp_path, {f"stock[].amount#{n}": minor / 100 for n, minor in enumerate(minors)})
    assert [x.amount for x in load(tmp_path).stock] == minors


def test_findings_and_slips_name_the_form_that_was_filled_in(tmp_path: Path) -> None:
    filled(tmp_path / "a", {"case.from": "2025-01-01", "case.to": "2025-12-31", "closing.cash": 10})
    asked = [f for f in rebuild(tmp_path / "a").findings if f.code == "ask_owner"]
    assert [f.source.file for f in asked] == ["case.xlsx"]
    filled(tmp_path / "b", {"closing.cash": 10})
    with pytest.raises(ReconError) as caught:
        rebuild(tmp_path / "b")
    assert (caught.value.code, caught.value.source.file) == ("no_period", "case.xlsx")
