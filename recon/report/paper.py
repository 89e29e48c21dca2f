"""The hand that writes a Word template: styles for Chinese and Latin text, headings, lists and tables that repeat."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from recon.report.columns import Column

#: Fonts that Word has everywhere and other programs replace by what they have: Latin, Chinese text, Chinese headings.
_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_INK, _SHADE, _RULE = RGBColor(0x1F, 0x38, 0x64), "E9EEF6", "A6B1C2"
_ALIGN = {"l": WD_ALIGN_PARAGRAPH.LEFT, "r": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}
_NEVER = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
WIDTH = 16.6


class Paper:
    """A Word document in the making; every method adds at the end."""

    def __init__(self, language: str, title: str) -> None:
        self.document = Document()
        self.fresh = False
        self._page()
        self._styles()
        self._speak()
        about = self.document.core_properties
        about.author = about.last_modified_by = "recon"
        about.title, about.language, about.comments = title, language, ""
        about.created = about.modified = _NEVER

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)

    def _styles(self) -> None:
        styles = self.document.styles
        self._face(styles["Normal"], _SONG, 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        styles["Normal"].paragraph_format.line_spacing = 1.25
        self._face(styles["List Bullet"], _SONG, 10.5)
        styles["List Bullet"].paragraph_format.space_after = Pt(2)
        for name, size, before in (("Title", 20, 0), ("Heading 1", 14, 16), ("Heading 2", 11.5, 10)):
            style = styles[name]
            self._face(style, _HEI, size, bold=True)
            style.font.color.rgb = _INK
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
            style.paragraph_format.keep_with_next = True
        self._bullets()
        self._face(styles["Caption"], _SONG, 9)
        styles["Caption"].font.color.rgb = RGBColor(0x59, 0x59, 0x59)

    def _bullets(self) -> None:
        """A point that every font has, in place of one from a font of symbols."""
        for level in self.document.part.numbering_part.element.iter(qn("w:lvl")):
            if level.find(qn("w:numFmt")).get(qn("w:val")) != "bullet":
                continue
            level.find(qn("w:lvlText")).set(qn("w:val"), "•")
            for fonts in level.iter(qn("w:rFonts")):
                for name in ("ascii", "hAnsi"):
                    fonts.set(qn(f"w:{name}"), _LATIN)
                fonts.set(qn("w:eastAsia"), _SONG)

    def _speak(self) -> None:
        """The languages of the text: Chinese picks the shapes of characters, English keeps figures in one piece."""
        run = self.document.styles["Normal"].element.get_or_add_rPr()
        for holder in (run, *self.document.styles.element.iter(qn("w:rPrDefault"))):
            for old in list(holder.iter(qn("w:lang"))):
                old.getparent().remove(old)
        lang = OxmlElement("w:lang")
        lang.set(qn("w:val"), "en-GB")
        lang.set(qn("w:eastAsia"), "zh-CN")
        run.append(lang)

    def _face(self, style: Any, chinese: str, size: float, *, bold: bool = False) -> None:
        style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), bold
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:ascii"), _LATIN)
        fonts.set(qn("w:hAnsi"), _LATIN)
        fonts.set(qn("w:eastAsia"), chinese)

    def title(self, text: str) -> None:
        """The title in the middle."""
        paragraph = self.document.add_paragraph(text, style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of *level* 1 or 2."""
        heading = self.document.add_heading(text, level)
        heading.paragraph_format.page_break_before = self.fresh or None
        self.fresh = False

    def text(
        self, text: str, style: str = "Normal", *, bold: bool = False, align: str = "l", together: bool = False
    ) -> None:
        """A paragraph, *together* with the next on one page."""
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(text).bold = bold or None
        paragraph.alignment = _ALIGN[align]
        paragraph.paragraph_format.keep_with_next = together or None

    def tag(self, code: str) -> None:
        """A paragraph that only steers: it leaves nothing in the report."""
        self.document.add_paragraph(f"{{%p {code} %}}")

    def each(self, name: str, style: str = "List Bullet") -> None:
        """A paragraph for each sentence of the list *name*."""
        self.tag(f"for sentence in {name}")
        self.text("{{ sentence }}", style)
        self.tag("endfor")

    def table(self, rows: str, columns: Sequence[Column], *, strong: str = "") -> None:
        """A table with a row for each of *rows*, headings repeated; rows where *strong* holds are bold."""
        table = self._new_table([column.width for column in columns])
        self._heads(table, columns)
        self._steer(table, f"for row in {rows}")
        if strong:
            self._steer(table, f"if row.{strong}")
            self._cells(table, columns, bold=True)
            self._steer(table, "else")
        self._cells(table, columns)
        if strong:
            self._steer(table, "endif")
        self._steer(table, "endfor")
        self._space()

    def _new_table(self, widths: Sequence[float]) -> Any:
        table = self.document.add_table(0, len(widths))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        self._borders(table)
        return table

    def _space(self) -> None:
        gap = self.document.add_paragraph()
        gap.paragraph_format.space_after, gap.paragraph_format.line_spacing = Pt(0), Pt(6)

    def _heads(self, table: Any, columns: Sequence[Column]) -> None:
        row = table.add_row()
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no repeated headings
        for cell, column in zip(row.cells, columns, strict=True):
            self._cell(cell, column.head, column, bold=True)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:color"), "auto")
            shade.set(qn("w:fill"), _SHADE)
            cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading

    def _cells(self, table: Any, columns: Sequence[Column], *, bold: bool = False) -> None:
        row = table.add_row()
        split = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(split)  # noqa: SLF001 - python-docx has no unbreakable rows
        for cell, column in zip(row.cells, columns, strict=True):
            self._cell(cell, column.cell, column, bold=bold)

    def _steer(self, table: Any, code: str) -> None:
        table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr {code} %}}")

    def _cell(self, cell: Any, text: str, column: Column, *, bold: bool) -> None:
        cell.width = Cm(column.width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(9), bold or None
        paragraph.alignment = _ALIGN[column.align]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.space_before = Pt(1)
        paragraph.paragraph_format.line_spacing = 1.0

    def _borders(self, table: Any) -> None:
        borders = OxmlElement("w:tblBorders")
        for edge in ("top", "bottom", "insideH", "left", "right", "insideV"):
            line = OxmlElement(f"w:{edge}")
            for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        table._tbl.tblPr.append(borders)  # noqa: SLF001 - python-docx has no table borders

    def chart(self, name: str) -> None:
        """A picture with its caption, where there is one."""
        self.tag(f"for chart in {name}")
        self.text("{{ chart.picture }}", align="c", together=True)
        self.text("{{ chart.caption }}", "Caption", align="c")
        self.tag("endfor")

    def page(self) -> None:
        """The next heading begins a new page."""
        self.fresh = True

    def grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A fixed table without headings, for signatures."""
        table = self._new_table(widths)
        for texts in rows:
            row = table.add_row()
            row.height = Cm(1.1)
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                self._cell(cell, text, Column("", text, width), bold=False)
                cell.paragraphs[0].paragraph_format.keep_with_next = texts is not rows[-1]

    def header(self, text: str) -> None:
        """The running head."""
        paragraph = self.document.sections[0].header.paragraphs[0]
        paragraph.add_run(text).font.size = Pt(8.5)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def footer(self, before: str, between: str, after: str) -> None:
        """Page number and number of pages between three words."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            paragraph.add_run(text).font.size = Pt(8.5)
            if field:
                self._field(paragraph, field)

    def _field(self, paragraph: Any, code: str) -> None:
        for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
            run = paragraph.add_run()
            run.font.size = Pt(8.5)
            if kind == "shown":
                run.text = text
                continue
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)  # noqa: SLF001 - python-docx has no fields
