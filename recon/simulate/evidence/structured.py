"""Statements for machines: MT940, CAMT.053 and OFX, as banks export them to a firm's own programs."""

import datetime as dt
from xml.sax.saxutils import escape

from recon.core.money import to_text
from recon.simulate.evidence.frame import Statement, english, other_side, remark, summary
from recon.simulate.journal import Row
from recon.simulate.people import digits

CODES = {"interest": "INT", "fee": "CHG", "loan_in": "LDP", "loan_out": "LDP", "loan_interest": "LDP"}
WIDTH = 65


def _said(statement: Statement, row: Row) -> tuple[str, str]:
    """The other side and the words beside it."""
    if statement.world.profile.locale == "en":
        return row.party, english(row)[1]
    party, _ = other_side(row)
    return party, f"{summary(row)} {remark(row)}".strip()


def mt940(statement: Statement) -> bytes:
    """SWIFT MT940: one message, CRLF, comma decimals, the booking's words in field 86."""
    world, period = statement.world, statement.period
    rows, rng = statement.print_in(statement.rows), statement.rng()
    lines = [":20:" + digits(rng, 12), f":25:{statement.account.number}", ":28C:1/1",
             ":60F:" + _balance(statement, statement.opening, period.first - dt.timedelta(days=1))]
    for row in rows:
        party, words = _said(statement, row)
        amount = to_text(abs(row.amount), world.places)
        amount = amount.replace(".", ",") if world.places else amount + ","
        side = "C" if row.amount > 0 else "D"
        code = CODES.get(row.kind, "TRF")
        lines.append(f":61:{row.when:%y%m%d%m%d}{side}{amount}N{code}{digits(rng, 10)}")
        lines += _field_86(words, party)
    lines += [":62F:" + _balance(statement, statement.closing, period.last), "-"]
    return ("\r\n".join(lines) + "\r\n").encode()


def _field_86(words: str, party: str) -> list[str]:
    """Words and name, cut into lines of at most 65 characters, none of which may look like a field of its own."""
    text = f"{words} /NAME/{party}" if party and party.upper() not in words else words
    parts = [text[start:start + WIDTH] for start in range(0, min(len(text), 6 * WIDTH), WIDTH)] or ["NONREF"]
    return [":86:" + parts[0], *(part if part[0] not in ":-" else " " + part for part in parts[1:])]


def _balance(statement: Statement, minor: int, day: dt.date) -> str:
    world = statement.world
    amount = to_text(abs(minor), world.places)
    amount = amount.replace(".", ",") if world.places else amount + ","
    return f"{'D' if minor < 0 else 'C'}{day:%y%m%d}{world.profile.currency}{amount}"


def camt(statement: Statement) -> bytes:
    """ISO 20022 camt.053.001.02: opening and closing balance, an entry for each row."""
    rows, period, currency = statement.print_in(statement.rows), statement.period, statement.world.profile.currency
    rng = statement.rng()
    made = dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time(6, 12, 40))
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">\n'
        f" <BkToCstmrStmt>\n  <GrpHdr><MsgId>{digits(rng, 16)}</MsgId><CreDtTm>{made.isoformat()}</CreDtTm></GrpHdr>\n"
        f"  <Stmt>\n   <Id>{digits(rng, 14)}</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>{made.isoformat()}</CreDtTm>\n"
        f"   <FrToDt><FrDtTm>{period.first}T00:00:00</FrDtTm><ToDtTm>{period.last}T23:59:59</ToDtTm></FrToDt>\n"
        f"   <Acct><Id><Othr><Id>{statement.account.number}</Id></Othr></Id><Ccy>{currency}</Ccy>"
        f"<Nm>{escape(statement.account.holder)}</Nm></Acct>\n")
    balances = (_camt_balance(statement, "OPBD", statement.opening, period.first)
                + _camt_balance(statement, "CLBD", statement.closing, period.last))
    entries = "".join(_entry(statement, row, digits(rng, 12)) for row in rows)
    return (head + balances + entries + "  </Stmt>\n </BkToCstmrStmt>\n</Document>\n").encode()


def _sided(statement: Statement, minor: int) -> str:
    world = statement.world
    amount = to_text(abs(minor), world.places)
    side = "DBIT" if minor < 0 else "CRDT"
    return f'<Amt Ccy="{world.profile.currency}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _camt_balance(statement: Statement, code: str, minor: int, day: dt.date) -> str:
    return (f"   <Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_sided(statement, minor)}"
            f"<Dt><Dt>{day}</Dt></Dt></Bal>\n")


def _entry(statement: Statement, row: Row, reference: str) -> str:
    party, words = _said(statement, row)
    role = "Dbtr" if row.amount > 0 else "Cdtr"
    related = f"<RltdPties><{role}><Nm>{escape(party)}</Nm></{role}></RltdPties>" if party else ""
    day = row.when.date()
    return (
        f"   <Ntry>{_sided(statement, row.amount)}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{related}"
        f"<RmtInf><Ustrd>{escape(words)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n")


def ofx(statement: Statement) -> bytes:
    """OFX 1.02: tags that are never closed, a bank's list of transactions and the ledger balance at its end."""
    rows, period, world = statement.print_in(statement.rows), statement.period, statement.world
    made, bank = period.last + dt.timedelta(days=1), digits(statement.rng(), 6)
    lines = [
        "OFXHEADER:100", "DATA:OFXSGML", "VERSION:102", "SECURITY:NONE", "ENCODING:UTF-8", "CHARSET:NONE",
        "COMPRESSION:NONE", "OLDFILEUID:NONE", "NEWFILEUID:NONE", "", "<OFX>", "<SIGNONMSGSRSV1><SONRS>",
        "<STATUS><CODE>0<SEVERITY>INFO</STATUS>", f"<DTSERVER>{made:%Y%m%d}060000<LANGUAGE>ENG",
        "</SONRS></SIGNONMSGSRSV1>",
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>", "<STMTRS>",
        f"<CURDEF>{world.profile.currency}",
        f"<BANKACCTFROM><BANKID>{bank}<ACCTID>{statement.account.number}<ACCTTYPE>CHECKING</BANKACCTFROM>",
        f"<BANKTRANLIST><DTSTART>{period.first:%Y%m%d}<DTEND>{period.last:%Y%m%d}",
    ]
    for number, row in enumerate(rows, 1):
        party, words = _said(statement, row)
        kind = "CREDIT" if row.amount > 0 else "DEBIT"
        lines.append(
            f"<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{row.when:%Y%m%d}<TRNAMT>{to_text(row.amount, world.places)}"
            f"<FITID>{row.when:%Y%m%d}{number:05d}<NAME>{escape((party or words)[:32])}<MEMO>{escape(words)}</STMTTRN>")
    closing = to_text(statement.closing, world.places)
    lines += [f"</BANKTRANLIST><LEDGERBAL><BALAMT>{closing}<DTASOF>{period.last:%Y%m%d}</LEDGERBAL>",
              "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"]
    return ("\r\n".join(lines) + "\r\n").encode()
