"""The page for phones: one file that fetches nothing, folds, and says what the Word report says."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from recon.core.words import LANGUAGES
from recon.need.rebuilt import Rebuilt
from recon.report import document, phone
from tests.report.books import evidenced, in_language, spoken
from tests.report.reading import strange, text
from tests.report.test_document import ODD


class Page(HTMLParser):
    """Tags, addresses and visible words of a page; complains about tags that do not nest."""

    VOID = ("meta", "img", "br")

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(source)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag and what it fetches."""
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The tag that was opened last is the one that ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what people read."""
        if "style" not in self.open and data.strip():
            self.words.append(data.strip())


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    return evidenced(tmp_path_factory.mktemp("case") / "case")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_everything_and_fetches_nothing(stated: Rebuilt, language: str, tmp_path: Path) -> None:
    rebuilt = in_language(stated, language)
    source = phone.build(rebuilt, tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(source)
    assert page.addresses
    assert all(address.startswith("data:image/png;base64,") for address in page.addresses)
    assert not re.search(r"https?://|url\(|@import|<script|<link", source)
    assert 'name="viewport"' in source
    assert page.tags.count("details") == page.tags.count("summary") > 10
    assert strange("\n".join(page.words), rebuilt) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_word_report_says(stated: Rebuilt, language: str, tmp_path: Path) -> None:
    rebuilt = in_language(stated, language)
    page = " ".join(Page(phone.build(rebuilt, tmp_path / "r.html").read_text(encoding="utf-8")).words)
    figures = set(re.findall(r"\d[\d,]*\.\d\d", text(document.build(rebuilt, tmp_path / "r.docx"))))
    assert figures == set(re.findall(r"\d[\d,]*\.\d\d", page))


@pytest.mark.parametrize("name", ["nothing but a period", "text that looks like markup", "a currency without decimals"])
def test_an_odd_case_gives_a_sound_page(name: str, tmp_path: Path) -> None:
    page = Page(phone.build(spoken(ODD[name]), tmp_path / "report.html").read_text(encoding="utf-8"))
    assert not re.search(r"\b(None|nan|NaT|Undefined)\b", " ".join(page.words))
