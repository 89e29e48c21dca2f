"""Statements in every format with known truth, and the damage that files come to: what fuzzing is made of."""

import io
import random
import zipfile

import xlsxwriter
import xlwt

from recon.reading.result import NOTHING, Reading
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


FORMATS = {
    "csv": _csv, "pdf": _pdf, "xlsx": _xlsx, "xls": _xls, "html": _html, "zip": _zip, "mt940": _mt940, "camt": _camt,
    "ofx": _ofx, "qif": _qif,
}  # fmt: skip


def damaged(seed: int) -> tuple[str, bytes, Lines]:
    """The format, bytes and true (amount, balance) lines of the damaged file of *seed*."""
    r = random.Random(seed)  # noqa: S311 seeded on purpose
    form = r.choice(sorted(FORMATS))
    statement = draw(r.randrange(10**6), opening=r.random() < 0.7)
    data = bytearray(FORMATS[form](statement))
    for _ in range(r.choice([1, 1, 2, 5])):
        _damage(data, r)
    return form, bytes(data), [(amount, balance) for _, amount, balance in statement.truth]


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
