"""The Alipay bill in its native GB18030 table: a preamble with warnings, padded cells, tabs, a comma at each end."""

import datetime as dt
import unicodedata

from recon.simulate.evidence.frame import Statement, yuan
from recon.simulate.journal import Row
from recon.simulate.people import masked, order_number

HEAD = ("交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额", "收/付款方式", "交易状态",
        "交易订单号", "商家订单号", "备注")
WIDTHS = (20, 20, 24, 20, 32, 10, 12, 22, 14, 32, 32, 20)
PERSON = 4
TEXTS = (
    ("1.本回单内容可表明支付宝受理了相应支付交易申请，因系统原因或通讯故障等偶发因素"
     "导致本回单与实际交易结果不符时，以实际交易情况为准；"),
    "2.请勿将本回单作为收款方发货的凭据使用，请查证账户实际到账情况后再进行发货操作；",
    "3.支付宝快捷支付等非余额支付方式可能既产生支付宝交易也同步产生银行交易，因此请勿使用本回单进行重复记账；",
    "4.本回单如经任何涂改、编造，均立即失去效力；",
    "5.部分账单如：充值提现、账户转存或者个人设置收支等不计入为收入或者支出，记为不计收支类；",
    "6.因统计逻辑不同，明细金额直接累加后，可能会和下方统计金额不一致，请以实际交易金额为准；",
    "7.禁止将本回单用于非法用途；",
    "8.本明细仅展示当前账单中的交易，不包括已删除的记录；",
    "9.本明细仅供个人对账使用。",
)


def csv(statement: Statement) -> bytes:
    """The bill as bytes."""
    rows = statement.print_in(sorted(statement.rows, key=lambda r: (r.when, r.event), reverse=True))
    rng = statement.rng()
    lines = [*_preamble(statement), _line(HEAD)]
    for row in rows:
        group, party, goods = _what(row)
        account = masked(rng) if row.kind in ("qr", "receipt", "refund_out") else "/"
        merchant = "T200P" + order_number(rng, row.when, "", 20) if row.kind == "shop" else ""
        lines.append(_line((
            f"{row.when:%Y-%m-%d %H:%M:%S}", group, party, account, goods, _direction(row), yuan(abs(row.amount)),
            _method(row), _status(row), order_number(rng, row.when, "", 28) + "\t", merchant + "\t",
            f"服务费{yuan(row.fee)}元" if row.fee else "")))
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _pad(text: str, width: int) -> str:
    """*text* filled with spaces to *width* columns, a Chinese character being two wide."""
    return text + " " * (width - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))


def _line(cells: tuple[str, ...]) -> str:
    return ",".join(_pad(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)) + ","


def _preamble(statement: Statement) -> list[str]:
    first, last = statement.period.first, statement.period.last
    sums = {way: [abs(r.amount) for r in statement.rows if _direction(r) == way and r.status != "closed"]
            for way in ("收入", "支出", "不计收支")}
    made = dt.datetime.combine(last + dt.timedelta(days=9), dt.time(20, 31, 5))
    return [
        "-" * 84, "导出信息：", f"姓名：{statement.account.holder}", f"支付宝账户：{statement.account.number}",
        f"起始时间：[{first} 00:00:00]    终止时间：[{last} 23:59:59]", "导出交易类型：[全部]",
        f"导出时间：[{made}]",
        f"共{len(statement.rows)}笔记录", *(f"{way}：{len(s)}笔 {yuan(sum(s))}元" for way, s in sums.items()), "",
        "特别提示：", *TEXTS, "", "-" * 24 + "支付宝（中国）网络技术有限公司  电子客户回单" + "-" * 24,
    ]


def _what(row: Row) -> tuple[str, str, str]:
    """Class, other side and description of goods."""
    if row.kind in ("payment", "wages"):
        person = len(row.party) <= PERSON
        return ("转账红包", row.party, row.text or "转账") if person else ("商业服务", row.party, row.text)
    return {
        "shop": (row.group, row.party, row.text),
        "qr": ("收入", row.party, row.text or "收钱码收款"),
        "refund_out": ("退款", row.party, "退款-" + (row.text or "收钱码收款")),
        "refund_in": ("退款", row.party, f"退款-{row.text}"),
        "receipt": ("转账红包", row.party, row.text or "转账"),
        "packet": ("转账红包", row.party, "现金红包"),
        "withdraw_out": ("账户存取", row.text.partition("(")[0], "提现-实时提现"),
        "top_up_in": ("账户存取", "支付宝", "余额充值"),
        "fund_in": ("投资理财", "天弘基金管理有限公司", "余额宝-单次转入"),
        "fund_out": ("投资理财", "天弘基金管理有限公司", "余额宝-转出到余额"),
    }[row.kind]


def _direction(row: Row) -> str:
    if row.kind in ("withdraw_out", "top_up_in", "fund_in", "fund_out", "refund_in") or row.status == "closed":
        return "不计收支"
    return "收入" if row.amount > 0 else "支出"


def _method(row: Row) -> str:
    if row.status == "closed":
        return ""
    if row.kind == "fund_out":
        return "余额宝"
    return row.funded.replace("(", "储蓄卡(") or "余额"


def _status(row: Row) -> str:
    if row.status == "closed":
        return "交易关闭"
    return "退款成功" if row.kind == "refund_in" else "交易成功"
