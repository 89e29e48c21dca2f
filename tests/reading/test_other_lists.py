"""Lists of goods and of debts have dates and amounts and are no statement: they are refused with what to do instead."""

import pytest

from recon.reading.read import read_bytes

GOODS = "日期,客户,品名,数量,单价,金额,收款方式\n2025-04-01,张三,水泥,10,25,250,现金\n2025-04-06,李四,砖,2,35,70,欠\n"
DEBTS = "日期,客户,货物,金额,已付,欠款\n2025-04-01,张三,水泥,1200,500,700\n2025-04-05,李四,钢筋,3500,0,3500\n"
ENGLISH = "Date,Item,Qty,Unit price,Amount\n01/04/2025,Cement,10,25.00,250.00\n13/04/2025,Steel,2,350.00,700.00\n"


@pytest.mark.parametrize(("text", "code"), [
    (GOODS, "goods_list"), (ENGLISH, "goods_list"), (DEBTS, "debt_list"),
    ("客户名称,欠款金额,到期日\n张三,700,2025-05-01\n合计,700,\n", "debt_list"),
    ("Customer,Invoice date,Amount due\nSmith,13/04/2025,120.00\n", "debt_list"),
])
def test_such_a_list_is_refused_by_name(text, code):
    found = read_bytes(text.encode(), "a.csv")
    assert (found.outcome, found.reason) == ("refused", code)
    assert found.accounts == ()


@pytest.mark.parametrize(("text", "name"), [
    ("日期,品名,数量,单价,收入,支出,结余\n2025-04-01,水泥,10,25,250,,250\n2025-04-02,运费,1,50,,50,200\n", "a.csv"),
    (GOODS, "现金日记账.csv"),
    ("日期,现金,微信,欠款,合计\n2025-04-01,10,25,5,40\n2025-04-02,10,1,,11\n", "a.csv"),
    ("交易时间,商品,数量,单价,金额,收/支,交易状态\n2025-04-01 09:00:00,水泥,10,25,250.00,支出,交易成功\n", "a.csv"),
])
def test_an_account_that_tells_quantities_too_stays_one(text, name):
    assert read_bytes(text.encode(), name).accounts
