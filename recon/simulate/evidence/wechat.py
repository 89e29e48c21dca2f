"""The WeChat Pay bill in its native workbook of 2025: a preamble, then one order a row, newest first."""

import datetime as dt

from recon.simulate.evidence.frame import Statement, yuan
from recon.simulate.evidence.xlsx import Cell, sheet
from recon.simulate.journal import Row
from recon.simulate.people import digits, order_number

HEAD = ("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态", "交易单号", "商户单号",
        "备注")
PERSON = 4  # a name of up to four characters is a person's: paid by transfer, not as a shop's customer
NEUTRAL = ("withdraw_out", "top_up_in", "fund_in", "fund_out")


def xlsx(statement: Statement) -> bytes:
    """The bill as bytes."""
    rows = statement.print_in(sorted(statement.rows, key=lambda r: (r.when, r.event), reverse=True))
    rng = statement.rng()
    lines: list[list[Cell]] = [[text] for text in _preamble(statement)]
    lines.append(list(HEAD))
    for row in rows:
        kind, party, goods = _what(row)
        neutral = row.kind in NEUTRAL
        merchant = digits(rng, 28) if kind == "商户消费" else "/"
        order = order_number(rng, row.when, "42000" if kind == "商户消费" else "10001", 28)
        lines.append([
            f"{row.when:%Y-%m-%d %H:%M:%S}", kind, party, goods,
            "/" if neutral else "收入" if row.amount > 0 else "支出", f"¥{yuan(abs(row.amount))}", _method(row),
            _status(row, kind), order + "\t", merchant, f"服务费¥{yuan(row.fee)}" if row.fee else "/",
        ])
    return sheet(lines, "Sheet1", (20, 16, 20, 28, 6, 12, 16, 14, 32, 32, 16))


def _preamble(statement: Statement) -> list[str]:
    rows, first, last = statement.rows, statement.period.first, statement.period.last
    income = [r.amount for r in rows if r.amount > 0 and r.kind not in NEUTRAL]
    spent = [-r.amount for r in rows if r.amount < 0 and r.kind not in NEUTRAL]
    neutral = [abs(r.amount) for r in rows if r.kind in NEUTRAL]
    made = dt.datetime.combine(last + dt.timedelta(days=9), dt.time(20, 16, 41))
    return [
        "微信支付账单明细", f"微信昵称：[{statement.world.name}]",
        f"起始时间：[{first} 00:00:00] 终止时间：[{last} 23:59:59]", "导出类型：[全部]", f"导出时间：[{made}]", "",
        f"共{len(rows)}笔记录", f"收入：{len(income)}笔 {yuan(sum(income))}元",
        f"支出：{len(spent)}笔 {yuan(sum(spent))}元",
        f"中性交易：{len(neutral)}笔 {yuan(sum(neutral))}元", "注：",
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录",
        "3. 本明细仅供个人对账使用", "", "",
        "----------------------微信支付账单明细列表--------------------",
    ]


def _what(row: Row) -> tuple[str, str, str]:
    """Type, other side and goods."""
    note = f"转账备注:{row.text}" if row.text else "转账备注:微信转账"
    if row.kind in ("payment", "shop", "wages"):
        return ("转账", row.party, note) if len(row.party) <= PERSON else ("商户消费", row.party, row.text)
    return {
        "qr": ("二维码收款", row.party, f"收款方备注:{row.text or '二维码收款'}"),
        "refund_out": ("二维码收款-退款", row.party, "/"),
        "refund_in": (f"{row.party}-退款", row.party, row.text or "/"),
        "receipt": ("转账", row.party, note),
        "packet": ("微信红包" if row.amount > 0 else "微信红包（单发）", row.party, "/"),
        "withdraw_out": ("零钱提现", row.text, "/"),
        "top_up_in": ("零钱充值", "/", "/"),
        "fund_in": ("转入零钱通-来自零钱", "/", "/"),
        "fund_out": ("零钱通转出-到零钱", "/", "/"),
    }[row.kind]


def _method(row: Row) -> str:
    if row.kind in ("receipt", "packet", "qr") and row.amount > 0:
        return "零钱" if row.kind == "qr" else "/"
    return row.funded or ("零钱通" if row.kind == "fund_out" else "零钱")


def _status(row: Row, kind: str) -> str:
    if row.status.startswith("refund"):
        back = int(row.status.partition(":")[2] or abs(row.amount))
        return f"已退款(￥{yuan(back)})"
    if row.status == "full_refund":
        return "已全额退款"
    if row.kind == "refund_in":
        return f"已退款￥{yuan(row.amount)}"
    known = {"qr": "已收钱", "receipt": "已存入零钱", "withdraw_out": "提现已到账", "top_up_in": "充值完成"}
    if row.kind == "packet":
        return "已存入零钱" if row.amount > 0 else "支付成功"
    return known.get(row.kind) or ("对方已收钱" if kind == "转账" else "支付成功")
