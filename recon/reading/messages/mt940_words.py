"""The words of an MT940 entry: numbered subfields (?20, >20, :NS: 01), coded words (/NAME/…) or plain text."""

import re

#: Coded words that banks put between slashes.
_CODES = ("TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|ORDP|BENM|BENB|ORDB|ADDR|ISDT|CNTP|PREF|RTRN|TRCD|SVCL|ULTC|ULTD|"
          "PURP|USTD|STRD|CDTRREFTP|CDTRREF|INIT|TYPE|ID|OCMT|CHGS|PT|ACW|CREF|KREF")
_SEPA = r"(?<=\S)(?=(?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE)\+)"
_FULL = 27  # a German subfield holds so many characters: a full one runs on in the next without a space


def details(lines: list[str], own: list[str]) -> dict[str, str]:
    """counterparty, counterparty_account, description and type from the lines of :86: and of :NS: (*own*)."""
    joined = "".join(lines)
    shape = re.match(r"\s*[0-9]{3}([?>~<^!@*+])(?=[0-9]{2})", joined) or re.match(r"\s*([?>])(?=[0-9]{2})", joined)
    if shape:
        return _subfields(re.split(rf"{re.escape(shape[1])}(?=[0-9]{{2}})", joined[shape.end():]))
    if own:
        return _own(own)
    if re.search(rf"(?:^|\s|/)/?(?:{_CODES})/", joined) and joined.lstrip().startswith("/"):
        return _coded(joined)
    return _words("", "", " ".join(" ".join(lines).split()), "")


def _words(name: str, account: str, description: str, kind: str) -> dict[str, str]:
    parts = {"counterparty": name, "counterparty_account": account, "description": description, "type": kind}
    return {key: " ".join(value.split()) for key, value in parts.items()}


def _subfields(pieces: list[str]) -> dict[str, str]:
    """German subfields: 00 kind, 20–29 and 60–63 purpose, 32–33 name, 31 or 38 account."""
    found: dict[int, str] = {}
    for piece in pieces:
        if piece[:2].isascii() and piece[:2].isdigit():
            found.setdefault(int(piece[:2]), piece[2:])
    purpose = ""
    for code in (*range(20, 30), *range(60, 64)):
        part = found.get(code, "")
        purpose += _running_on(part)
    name = _running_on(found.get(32, "")) + found.get(33, "")
    kind = found.get(0, "")
    return _words(name, found.get(38) or found.get(31) or "", re.sub(_SEPA, " ", purpose) or kind, kind)


def _running_on(part: str) -> str:
    return part if len(part) == _FULL else f"{part} "


def _own(lines: list[str]) -> dict[str, str]:
    """A bank's own field :NS:, two digits before each line: 01–14 purpose, 15–16 name, 17 kind, 34 or 19 account."""
    found = {int(line[:2]): line[2:] for line in lines if re.match("[0-9]{2}", line)}
    purpose = " ".join(found[code] for code in range(1, 15) if code in found)
    return _words(f"{found.get(15, '')}{found.get(16, '')}", found.get(34) or found.get(19) or "", purpose,
                  found.get(17, ""))


def _coded(joined: str) -> dict[str, str]:
    """``/TRTP/…/IBAN/…/NAME/…/REMI/…``; ``/CNTP/`` holds account, bank, name and town between slashes."""
    pieces = re.split(rf"(?:^|(?<=.))/({_CODES})/", joined)
    found = {key: value.strip("/ ") for key, value in zip(pieces[1::2], pieces[2::2], strict=True) if value.strip("/ ")}
    party = (re.split("/", joined.partition("/CNTP/")[2]) + [""] * 3)[:3] if "/CNTP/" in joined else [""] * 3
    return _words(found.get("NAME") or party[2], found.get("IBAN") or party[0], joined.strip(), found.get("TRTP", ""))
