"""Bytes become text: the encoding is found by what it decodes to, never by what a file says of itself."""

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Share of non-ASCII characters that must be everyday ones before a legacy encoding is believed.
_PLAUSIBLE = 0.7
#: First bytes of everyday characters: punctuation, full-width forms and the first level of ideographs.
_EVERYDAY = {"gb18030": {0xA1, 0xA3, *range(0xB0, 0xD8)}, "big5": {0xA1, 0xA2, *range(0xA4, 0xC7)}}
#: Signs of amounts that gb18030 writes in four bytes.
_SIGNS = "¥−£"
#: Letters of Czech, Hungarian and Polish in cp1250 where cp1252 would have none: č at the head of a word, after ú, í or
#: á and in Kč, ě and ů inside a word, ř before a vowel, ő not before e, ű, and Polish ł, ą and ż within a word.
_CENTRAL = re.compile(
    rb"(?<![\w\x80-\xff])\xe8[a-z\xe1\xed]|[\xfa\xed\xe1]\xe8[a-z]|K\xe8(?![\w\x80-\xff])|\xf8\xed|[ptkdb]\xf8(?=[aeiou\xe1])"
    rb"|[A-Za-z\xe1\xed](?:[\xec\xf9](?=[a-z])|\xf5(?![e\xe3])|\xfb(?=zet|v|s)|[\xb3\xb9\xbf](?=[a-z]))"
)
#: Bytes that tell UTF-16 from chance.
_UTF16 = 8
#: Bytes looked at when weighing encodings; all of the file is decoded in the end.
_SAMPLE = 1 << 17


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text, the encoding it was read in, and how many bytes had no character in it."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Text:
    """*data* as text: by its mark, else the first of UTF-8, UTF-16, Chinese, Cyrillic and Western that is plausible."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding) or _leniently(data, encoding)
    bare = _utf16(data)
    if bare:
        return _strictly(data, bare) or _leniently(data, bare)
    return _strictly(data, "utf-8") or _nearly_utf8(data) or _legacy(data)


def _strictly(data: bytes, encoding: str) -> Text | None:
    try:
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _leniently(data: bytes, encoding: str) -> Text:
    text = data.decode(encoding, "replace")
    return Text(text, encoding, text.count("�"))


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark has a zero in every second byte of its separators and digits."""
    head = data[:4096]
    if len(head) < _UTF16 or head.count(0) < len(head) // 8:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _nearly_utf8(data: bytes) -> Text | None:
    """UTF-8 that was cut or damaged in a few places is still UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count("�")
    sound = sum(ch > "\x7f" for ch in text[:_SAMPLE]) - bad
    return Text(text, "utf-8", bad) if sound > 20 * bad else None


def _legacy(data: bytes) -> Text:
    sample = data[:_SAMPLE]
    shares = {encoding: _share(sample, encoding) for encoding in _EVERYDAY}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= _PLAUSIBLE:
        return _strictly(data, best) or _leniently(data, best)
    cyrillic = re.findall(rb"[\xc0-\xff]{3,}", sample)
    high = len(re.findall(rb"[\x80-\xff]", sample))
    if sum(map(len, cyrillic)) * 2 > high:
        return _leniently(data, "cp1251")
    return _leniently(data, "cp1250" if _CENTRAL.search(sample) else "cp1252")


def _share(sample: bytes, encoding: str) -> float:
    """Share of the non-ASCII characters that stand in the rows of everyday characters of a Chinese code."""
    wide = [ch for ch in sample.decode(encoding, "replace")[:-1] if ch > "\x7f" and ch not in _SIGNS]
    first = [ch.encode(encoding, "replace")[0] for ch in wide if ch != "\ufffd"]
    return sum(byte in _EVERYDAY[encoding] for byte in first) / len(wide) if wide else 0.0
