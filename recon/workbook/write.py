"""The only room of xlsxwriter: a planned book becomes a file, byte for byte the same for the same plan."""

import datetime as dt
import io
import struct
from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

import xlsxwriter

from recon.workbook.plan import Block, Book, Cell, Chart, Picture, Sheet

#: A fixed day: nothing in the file tells when it was written.
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no time zone
_FONTS = {"zh-CN": "Microsoft YaHei", "en": "Calibri"}
_BLUE, _INPUT, _FOUND, _GREY, _HEAD, _LINE = "#1F3FBF", "#FFF9E5", "#E8F4EA", "#7F7F7F", "#E3EAF4", "#BFC7D1"
_COLOURS = {"pass": ("#1B6E3C", "#E2F2E6"), "explain": ("#8A5A00", "#FFF1CC"), "fail": ("#A11212", "#FBDCDC"),
            "cannot_judge": ("#555555", "#ECECEC")}
#: Points of a pixel.
_POINTS = 0.75
_NUMBER: dict[str, Any] = {"align": "right", "valign": "vcenter"}
_KINDS: Mapping[str, dict[str, Any]] = {
    "text": {"valign": "vcenter"},
    "entry": {"valign": "vcenter", "num_format": "@"},
    "wrap": {"text_wrap": True, "valign": "vcenter"},
    "money": _NUMBER,
    "count": {**_NUMBER, "num_format": "#,##0_ "},
    "whole": {**_NUMBER, "num_format": "0"},
    "ratio": {**_NUMBER, "num_format": "0.00_ "},
    "plain": _NUMBER,
    "number": {"font_color": _GREY, "align": "center", "valign": "vcenter"},
    "percent": {**_NUMBER, "num_format": "0.0%_ "},
    "date": {"num_format": "yyyy-mm-dd", "align": "left", "valign": "vcenter"},
    "title": {"bold": True, "font_size": 15, "valign": "vcenter"},
    "section": {"bold": True, "font_size": 11, "font_color": _BLUE, "bottom": 1, "bottom_color": _BLUE},
    "about": {"font_color": _GREY, "valign": "vcenter"},
    "head": {"bold": True, "bg_color": _HEAD, "text_wrap": True, "align": "center", "valign": "vcenter",
             "top": 1, "bottom": 1, "border_color": _LINE},
    "key": {"font_color": _GREY, "font_size": 8, "valign": "vcenter"},
    "outcome": {"bold": True, "align": "center", "valign": "vcenter"},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "vcenter"},
}
_MARKS: Mapping[str, dict[str, Any]] = {
    "total": {"bold": True, "top": 1, "top_color": _LINE},
    "bold": {"bold": True},
    "input": {"font_color": _BLUE, "bg_color": _INPUT, "locked": False, "border": 1, "border_color": _LINE},
    "found": {"bg_color": _FOUND, "bold": True},
    "estimated": {"italic": True, "font_color": "#8A5A00"},
    "stated": {"italic": True},
    "link": {"font_color": "#0563C1", "underline": 1},
    "quiet": {"font_color": _GREY},
    "wrap": {"text_wrap": True},
    "indent": {"indent": 1},
    "right": {"align": "right"},
    "center": {"align": "center"},
}
_PROTECTION = {
    "select_locked_cells": True, "select_unlocked_cells": True, "autofilter": True, "sort": True,
    "format_columns": True, "format_rows": True,
}


def write(book: Book, path: Path, *, zeroed: bool = False) -> Path:
    """Write *book* to *path*.

    Args:
        book: the plan.
        path: the file to write.
        zeroed: cache 0 in every formula cell, for a proof that another engine really recalculates.
    """
    file = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    file.set_properties({"created": _CREATED, "title": book.properties["title"]})
    for name, value in book.properties.items():
        file.set_custom_property(name, value, "text")
    file.set_calc_mode("auto")
    _Writer(file, book, zeroed=zeroed).run()
    file.close()
    return path


class _Writer:
    """Writes sheet after sheet, making each format once."""

    def __init__(self, file: Any, book: Book, *, zeroed: bool) -> None:
        self.file, self.book, self.zeroed = file, book, zeroed
        self.scale = 10**book.places
        self.formats: dict[str, Any] = {}

    def run(self) -> None:
        """Every sheet; the tabs exist before anything refers to them."""
        pages = [(sheet, self.file.add_worksheet(sheet.name)) for sheet in self.book.sheets]
        for sheet, page in pages:
            self._page(sheet, page)
            for (row, column), cell in sorted(sheet.cells.items()):
                self._cell(page, row, column, cell)
            for chart in sheet.charts:
                self._chart(page, chart)
            for place, picture in sheet.pictures.items():
                self._picture(page, place, picture)

    def _format(self, style: str) -> Any:
        if style not in self.formats:
            kind, *marks = style.split(".")
            base = {"font_name": _FONTS[self.book.language], "font_size": 10, "locked": True, **_KINDS[kind]}
            if kind == "money":
                digits = "#,##0" + ("." + "0" * self.book.places if self.book.places else "")
                base["num_format"] = f'{digits}_ ;-{digits}_ ;"–"_ '
            self.formats[style] = self.file.add_format(reduce(lambda a, m: {**a, **_MARKS[m]}, marks, base))
        return self.formats[style]

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        form, value = self._format(cell.style), self._shown(cell)
        if cell.formula:
            page.write_formula(row, column, cell.formula, form, 0 if self.zeroed else "" if value is None else value)
        elif value is None or value == "":
            page.write_blank(row, column, None, form)
        elif isinstance(value, dt.date):
            page.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), form)  # noqa: DTZ001 - a day
        elif isinstance(value, int | float):
            page.write_number(row, column, value, form)
        else:
            page.write_string(row, column, str(value), form)

    def _shown(self, cell: Cell) -> object:
        """The value in the units that people read: money in major units."""
        if isinstance(cell.value, int) and cell.style.startswith("money"):
            return cell.value / self.scale
        return float(cell.value) if isinstance(cell.value, Decimal) else cell.value

    def _page(self, sheet: Sheet, page: Any) -> None:
        page.set_column(0, 60, sheet.width, self._format("text"))
        for column, width in sheet.widths.items():
            page.set_column(column, column, width, self._format("text"))
        page.set_default_row(16)
        page.set_row(0, 24)
        for row, height in sheet.heights.items():
            page.set_row(row, height)
        page.freeze_panes(*sheet.freeze)
        page.hide_gridlines(2)
        self._print(sheet, page)
        page.protect("", _PROTECTION)
        if sheet.filter:
            page.autofilter(*_corners(sheet.filter))
        for choice in sheet.choices:
            page.data_validation(*_corners(choice.block), {
                "validate": "list", "source": f"={choice.source}", "ignore_blank": True,
            })
        for block in sheet.outcomes:
            self._outcomes(page, block)

    def _print(self, sheet: Sheet, page: Any) -> None:
        page.set_paper(9)
        if sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(sheet.pages, sheet.tall)
        if sheet.pages > 1:
            page.repeat_columns(0, sheet.freeze[1] - 1)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.repeat_rows(*sheet.repeat)
        page.set_footer(f"&L&8{sheet.name.replace('&', '&&')}&R&8&P / &N")
        if sheet.printed:
            page.print_area(0, 0, max(row for row, _ in sheet.cells), sheet.printed)

    def _outcomes(self, page: Any, block: Block) -> None:
        """Colours by outcome."""
        for outcome, word in self.book.outcome_words.items():
            ink, paper = _COLOURS[outcome]
            page.conditional_format(*_corners(block), {
                "type": "text", "criteria": "begins with", "value": word,
                "format": self.file.add_format({"font_color": ink, "bg_color": paper}),
            })

    def _picture(self, page: Any, place: tuple[int, int], picture: Picture) -> None:
        """As large as it was printed; a PNG without a resolution counts as 96 dots an inch."""
        wide, high = struct.unpack(">II", picture.png[16:24])
        page.insert_image(*place, "row.png", {
            "image_data": io.BytesIO(picture.png), "x_offset": 2, "y_offset": 2, "object_position": 2,
            "x_scale": picture.width / (wide * _POINTS), "y_scale": picture.height / (high * _POINTS),
        })

    def _chart(self, page: Any, plan: Chart) -> None:
        chart = self.file.add_chart({"type": plan.kind})
        font = {"name": _FONTS[self.book.language], "size": 9}
        colours = ("#1F5FA8", "#E08A1E", "#3C8D5A")
        for series, colour in zip(plan.series, colours, strict=False):
            chart.add_series({
                "name": f"={series.name}", "categories": f"={series.categories}", "values": f"={series.values}",
                "fill": {"color": colour}, "line": {"color": colour, "width": 2}, "gap": 60,
            })
        chart.set_title({"name": plan.title, "name_font": {**font, "size": 11}})
        names = {"num_font": font, "label_position": "low", "reverse": plan.kind == "bar"}
        if plan.dates:
            names |= {"date_axis": True, "num_format": "yyyy-mm", "major_unit": 2, "major_unit_type": "months"}
        values = {"num_font": font, "num_format": "#,##0", "major_gridlines": {
            "visible": True, "line": {"color": "#E0E0E0"}}}
        across, up = (values, names) if plan.kind == "bar" else (names, values)
        chart.set_x_axis(across)
        chart.set_y_axis(up)
        chart.set_legend({"position": "bottom", "font": font} if len(plan.series) > 1 else {"none": True})
        chart.set_size({"width": plan.width, "height": 260})
        page.insert_chart(plan.row, plan.column, chart, {"object_position": 2})


def _corners(block: Block) -> tuple[int, int, int, int]:
    return block.top, block.left, block.bottom, block.right
