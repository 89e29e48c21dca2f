"""The JD bill in its native UTF-8 table: a preamble, one order a row, what came back written into the amount."""

import datetime as dt

from recon.simulate.evidence.frame import Statement, yuan
from recon.simulate.journal import Row
from recon.simulate.people import digits, order_number

HEAD = ("交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "交易状态", "收/支", "交易分类", "交易订单号",
        "商家订单号", "备注")
TEXTS = (
    "1.本明细与实际交易结果不符时，以实际交易情况为准；",
    "2.京东快捷支付等非余额支付方式可能既产生京东交易也同步产生银行交易，因此请勿使用本回单进行重复记账；",
    "3.明细如经任何涂改、编造，均立即失去效力；",
    "4.部分账单如：个人资金互转等不计入为收入或者支出，记为不计收支类；",
    "5.因统计逻辑不同，明细金额直接累加后，可能会和下方统计金额不一致，请以实际交易金额为准；",
    "6.禁止将本回单用于非法用途；",
    "7.本明细仅展示当前账单中的交易，不包括已删除的记录；",
    "8.本明细仅供个人对账使用。",
)


def csv(statement: Statement) -> bytes:
    """The bill as bytes."""
    rows = statement.print_in(sorted(statement.rows, key=lambda r: (r.when, r.event), reverse=True))
    rng = statement.rng()
    lines = [*_preamble(statement), ",".join(HEAD)]
    for row in rows:
        back = row.kind == "refund_in"
        amount = yuan(abs(row.amount)) + ("(已全额退款)" if row.status == "full_refund" and not back else "")
        text = row.text.replace(",", "，")
        lines.append(",".join((
            f"{row.when:%Y-%m-%d %H:%M:%S}\t", row.party, f"退款-{text}" if back else text, amount,
            row.funded.replace("(", "储蓄卡("), "退款成功" if back else "交易成功", _direction(row),
            row.group or "工业品",
            digits(rng, 12) + "\t", order_number(rng, row.when, "1100", 24) + "\t", "")))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _direction(row: Row) -> str:
    return "不计收支" if row.kind == "refund_in" else "收入" if row.amount > 0 else "支出"


def _preamble(statement: Statement) -> list[str]:
    first, last = statement.period.first, statement.period.last
    made = dt.datetime.combine(last + dt.timedelta(days=9), dt.time(20, 40, 12))
    sums = {way: [abs(r.amount) for r in statement.rows if _direction(r) == way]
            for way in ("收入", "支出", "不计收支")}
    return [
        "导出信息：", f"京东账号名：jd_{statement.account.number}", f"起始时间：{first}\t终止时间：{last}",
        "导出交易类型：全部", f"导出时间：{made}", f"共：{len(statement.rows)}笔记录",
        *(f"{way}：{len(s)}笔，{yuan(sum(s))}元" for way, s in sums.items()), "", "特别提示：", *TEXTS, "",
        "电子回单客户",
    ]
