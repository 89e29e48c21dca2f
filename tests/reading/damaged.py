"""Statements in every format with known truth, and the damage that files come to: what fuzzing is made of."""

import io
import random
import zipfile

import xlsxwriter
import xlwt

from recon.reading.result import NOTHING, Reading
from tests.reading.layouts import Layout
from tests.reading.statements_at_random import Statement, draw

Lines = list[tuple[int, int | None]]


def _csv(s: Statement) -> bytes:
    return s.as_csv()


def _pdf(s: Statement) -> bytes:
    return s.as_pdf()


def _cells(s: Statement) -> list[list[str]]:
    return [[line] for line in s.preamble] + [s.head, *s.rows]


def _xlsx(s: Statement) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for i, row in enumerate(_cells(s)):
        sheet.write_row(i, 0, row)
    book.close()
    return out.getvalue()


def _xls(s: Statement) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for i, row in enumerate(_cells(s)):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.save(out)
    return out.getvalue()


def _html(s: Statement) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in _cells(s))
    return f"<html><table>{rows}</table></html>".encode()


def _zip(s: Statement) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.csv", s.as_csv())
    return out.getvalue()


def _point(minor: int, mark: str = ".") -> str:
    return f"{abs(minor) // 100}{mark}{abs(minor) % 100:02}"


def _mt940(s: Statement) -> bytes:
    def balance(value: int) -> str:
        return f"{'D' if value < 0 else 'C'}250131EUR{_point(value, ',')}"

    first = s.truth[0][2] - s.truth[0][1]
    lines = "".join(
        f":61:{day:%y%m%d}{'D' if amount < 0 else 'C'}{_point(amount, ',')}NTRFREF\n:86:words\n"
        for day, amount, _ in s.truth
    )
    ends = f":60F:{balance(first)}\n{lines}:62F:{balance(s.truth[-1][2])}\n-\n"
    return f":20:REF\n:25:12345678/1020304050\n:28C:1/1\n{ends}".encode()


def _camt(s: Statement) -> bytes:
    def money(value: int) -> str:
        return f'<Amt Ccy="EUR">{_point(value)}</Amt><CdtDbtInd>{"DBIT" if value < 0 else "CRDT"}</CdtDbtInd>'

    def balance(code: str, value: int) -> str:
        tp = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f"<Bal>{tp}{money(value)}<Dt><Dt>2025-01-01</Dt></Dt></Bal>\n"

    rows = "".join(
        f"<Ntry>{money(amount)}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt></Ntry>\n" for day, amount, _ in s.truth
    )
    ends = balance("OPBD", s.truth[0][2] - s.truth[0][1]) + balance("CLBD", s.truth[-1][2])
    body = f"<Stmt><Id>1</Id><Acct><Id><IBAN>NL26BANK0123456789</IBAN></Id><Ccy>EUR</Ccy></Acct>{ends}{rows}</Stmt>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        f"<BkToCstmrStmt><GrpHdr><CreDtTm>2025-01-31T10:00:00</CreDtTm></GrpHdr>{body}</BkToCstmrStmt></Document>"
    ).encode()


def _ofx(s: Statement) -> bytes:
    rows = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day:%Y%m%d}"
        f"<TRNAMT>{'-' * (amount < 0)}{_point(amount)}<FITID>{k}</STMTTRN>\n"
        for k, (day, amount, _) in enumerate(s.truth)
    )
    return (
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1"
        f"</BANKACCTFROM><BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def _qif(s: Statement) -> bytes:
    rows = "".join(f"D{day:%d/%m/%Y}\nT{'-' * (a < 0)}{_point(a)}\nPwords\n^\n" for day, a, _ in s.truth)
    return f"!Type:Bank\n{rows}".encode()


def _ofx_xml(s: Statement) -> bytes:
    rows = "".join(
        f"<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>{day:%Y%m%d}</DTPOSTED>"
        f"<TRNAMT>{'-' * (amount < 0)}{_point(amount)}</TRNAMT><FITID>{k}</FITID></STMTTRN>\n"
        for k, (day, amount, _) in enumerate(s.truth)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><BANKMSGSRSV1><STMTTRNRS>'
        "<STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM>"
        f"<BANKTRANLIST>{rows}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    ).encode()


def _mt942(s: Statement) -> bytes:
    lines = "".join(
        f":61:{day:%y%m%d}{'D' if amount < 0 else 'C'}{_point(amount, ',')}NTRFREF\n:86:words\n"
        for day, amount, _ in s.truth
    )
    went, came = ([a for _, a, _ in s.truth if (a > 0) is side] for side in (False, True))
    sums = f":90D:{len(went)}EUR{_point(sum(went), ',')}\n:90C:{len(came)}EUR{_point(sum(came), ',')}\n"
    head = ":20:REF\n:25:12345678/1020304050\n:28C:1/1\n:34F:EUR0,\n:13D:2501311200+0100\n"
    return f"{head}{lines}{sums}-\n".encode()


def _wallet(s: Statement, head: str, row: str, encoding: str) -> bytes:
    """A wallet's bill: amounts without a sign, a word for the direction, no balances."""
    came, went = ([a for _, a, _ in s.truth if (a > 0) is side] for side in (True, False))
    rows = (
        row.format(day=day, way="收入" if amount > 0 else "支出", amount=_point(amount), number=10**20 + k)
        for k, (day, amount, _) in enumerate(s.truth)
    )
    sums = f"收入：{len(came)}笔 {_point(sum(came))}元\n支出：{len(went)}笔 {_point(sum(went))}元\n"
    return (head.format(sums=sums) + "".join(rows)).encode(encoding)


def _wechat(s: Statement) -> bytes:
    head = (
        "微信支付账单明细\n微信昵称：[某人]\n共{sums}\n----微信支付账单明细列表----\n"
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n"
    ).replace("共{sums}", "{sums}")
    row = "{day} 10:00:00,商户消费,某店,货,{way},¥{amount},零钱,支付成功,{number}\t,\t,/\n"
    return _wallet(s, head, row, "utf-8-sig")


def _alipay(s: Statement) -> bytes:
    head = (
        "支付宝交易记录明细查询\n{sums}\n"
        "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n"
    )
    return _wallet(s, head, "{day} 10:00:00,日用,某店,/,货,{way},{amount},余额,交易成功,{number}\t,\t,,\n", "gb18030")


FORMATS = {
    "csv": _csv, "pdf": _pdf, "xlsx": _xlsx, "xls": _xls, "html": _html, "zip": _zip, "mt940": _mt940, "camt": _camt,
    "ofx": _ofx, "qif": _qif, "ofx xml": _ofx_xml, "mt942": _mt942, "wechat": _wechat, "alipay": _alipay,
}  # fmt: skip
#: Formats of the family of layouts, which holds far more ways of printing.
LAYOUTS = {"layout csv": Layout.as_csv, "layout xlsx": Layout.as_xlsx, "layout pdf": Layout.as_pdf}


def damaged(seed: int) -> tuple[str, bytes, Lines]:
    """The format, bytes and true (amount, balance) lines of the damaged file of *seed*."""
    r = random.Random(seed)  # noqa: S311 seeded on purpose
    form = r.choice(sorted([*FORMATS, *LAYOUTS]))
    if form in LAYOUTS:
        layout = Layout(r.randrange(10**6))
        data, truth = bytearray(LAYOUTS[form](layout)), [(line.amount, line.balance) for line in layout.truth]
    else:
        statement = draw(r.randrange(10**6), opening=r.random() < 0.7)
        data, truth = bytearray(FORMATS[form](statement)), [(amount, balance) for _, amount, balance in statement.truth]
    for _ in range(r.choice([1, 1, 2, 5])):
        _damage(data, r)
    return form, bytes(data), truth


def slip(reading: Reading, truth: Lines) -> str:
    """What a proven *reading* holds that is not so, or an empty string."""
    sound, amounts = set(truth), {amount for amount, _ in truth}
    for account in reading.accounts if reading.outcome == "proven" else ():
        lines = account.lines
        for amount, balance, pinned in zip(
            lines.amount.tolist(), lines.balance.tolist(), lines.pinned.tolist(), strict=True
        ):
            true = amount in amounts if balance == NOTHING else (amount, balance) in sound
            if pinned and not true:
                return f"line {amount} {balance}"
    return ""


def _damage(data: bytearray, r: random.Random) -> None:
    """One slip of a disk, a line or a hand."""
    if not data:
        return
    at = r.randrange(len(data))
    size = r.choice([1, 4, 40, 400])
    way = r.randrange(7)
    if way == 0:
        del data[at:]
    elif way == 1:
        del data[at : at + size]
    elif way == 2:
        data[at:at] = data[r.randrange(len(data)) :][:size]
    elif way == 3:
        data[at] ^= 1 << r.randrange(8)
    elif way == 4:
        data[at:at] = r.randbytes(min(size, 40))
    elif way == 5:
        digits = [k for k, byte in enumerate(data) if 0x30 <= byte <= 0x39]
        if digits:
            data[r.choice(digits)] = r.choice(b"0123456789")
    else:
        data[at : at + size] = bytes(len(data[at : at + size]))
