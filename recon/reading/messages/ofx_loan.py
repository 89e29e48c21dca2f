"""An OFX loan statement as the paper that it is: what is owed, and each payment with its principal and interest."""

from dataclasses import dataclass, field

from recon.core.money import decimals, to_text
from recon.reading.messages.ofx_markup import pieces, stamped
from recon.reading.messages.statement import Notes, decimal_mark, digest, money, refusal
from recon.reading.result import Item, Outcome, Reading, Receipt, Seen

#: The parts of a payment, as OFX 2.1.1 names them in LOANTRNAMT, and what their sum over the statement is called.
_PARTS = {"PRINAMT": "principal_paid", "INTAMT": "interest_paid", "ESCRWTOTAL": "escrow_paid",
          "INSURANCE": "insurance_paid"}


@dataclass(slots=True)
class _Loan:
    """A loan's texts by tag, those inside of its balance among them, and its payments' with the line of each."""

    texts: dict[str, str] = field(default_factory=dict)
    payments: list[tuple[int, dict[str, str]]] = field(default_factory=list)


def loans(data: bytes, text: str, bank: str, notes: Notes) -> Reading:
    """The loans of a file as documents; refused where it lists no payment with its amount."""
    found = [loan for loan in _gathered(text) if any(entry.get("TRNAMT") for _, entry in loan.payments)]
    if not found:
        return refusal(data, notes, "ofx_loan")
    papers = tuple(_paper(loan, bank, notes) for loan in found)
    outcome: Outcome = "doubtful" if notes.doubts else "unprovable"
    reason = "statement_doubtful" if notes.doubts else "ofx_loan_read"
    params = {"count": sum(len(paper.lines) for paper in papers), "doubts": notes.doubts}
    return Reading(notes.file, "receipt", outcome, reason, params, (), papers, tuple(notes.findings), digest(data))


def _gathered(text: str) -> list[_Loan]:
    found: list[_Loan] = []
    texts: dict[str, str] = {}
    for line, kind, tag, words in pieces(text):
        if kind == "open" and tag == "LOANSTMTRS":
            found.append(_Loan())
            texts = found[-1].texts
        elif kind == "open" and tag == "LOANSTMTTRN" and found:
            texts = {}
            found[-1].payments.append((line, texts))
        elif tag in {"LOANSTMTTRN", "LOANTRANLIST"} and kind == "close" and found:
            texts = found[-1].texts
        elif kind == "value":
            texts.setdefault(tag, words)
    return found


def _paper(loan: _Loan, bank: str, notes: Notes) -> Receipt:
    """One loan: what is owed on its day, and a line for each payment."""
    texts, currency = loan.texts, loan.texts.get("CURDEF", "").upper()
    mark = decimal_mark(entry.get("TRNAMT", "") for _, entry in loan.payments)
    owed = money(texts["BALAMT"], currency, 0, notes, decimal_mark([texts["BALAMT"]])) if "BALAMT" in texts else None
    day = stamped(texts.get("DTASOF", "") or texts.get("DTEND", ""))
    period = " – ".join(str(found[0]) for key in ("DTSTART", "DTEND") if (found := stamped(texts.get(key, ""))))
    sums: dict[str, int] = {}
    lines = tuple(_line(line, entry, currency, mark, sums, notes) for line, entry in loan.payments)
    return Receipt(
        date=day[0] if day else None, total=None if owed is None else abs(owed), seller=bank,
        number=texts.get("LOANACCTID", ""), currency=currency, kind="loan_statement", lines=lines, amounts=sums,
        terms={"period": period} if period else {},
    )


def _line(line: int, entry: dict[str, str], currency: str, mark: str, sums: dict[str, int], notes: Notes) -> Item:
    """A payment; its parts, which add to *sums*, stand in its name as the file prints them."""
    printed = {tag: entry[tag] for tag in _PARTS if entry.get(tag)}
    parts = []
    for tag, text in printed.items():
        minor = money(text, currency, line, notes, mark)
        if minor is not None:
            sums[_PARTS[tag]] = sums.get(_PARTS[tag], 0) + abs(minor)
            parts.append(f"{tag} {to_text(minor, decimals(currency))}")
    when = stamped(entry.get("DTPOSTED", ""))
    said = (str(when[0]) if when else "", entry.get("LOANTRNTYPE", ""), entry.get("NAME", ""), entry.get("MEMO", ""))
    name = " ".join(filter(None, (*said, f"({', '.join(parts)})" if parts else "")))
    amount = money(entry.get("TRNAMT", ""), currency, line, notes, mark)
    return Item(name, amount, seen=Seen(line=line))
