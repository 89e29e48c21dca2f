"""The blank form in both shapes, case.toml and case.xlsx, made from the fields and their words."""

from collections.abc import Iterable
from pathlib import Path

from recon.case.form_fields import Field, Table, tables
from recon.classify.categories import categories
from recon.core.settings import shipped
from recon.core.words import known, say
from recon.ledger.chart import variables
from recon.workbook.plan import Block, Book, Choice, Sheet
from recon.workbook.write import write

#: Sheets whose every row is a question, and the tables that they ask for.
_SINGLE = {
    "basics": ("case", "owner", "request"), "positions": ("opening", "closing"), "facts": ("known", "unknown"),
    "adjust": ("adjust",), "stated": ("stated",), "history": ("history",), "judgement": ("judgement", "queries"),
    "settings": ("settings",),
}
#: Tabs in the order in which people fill them in; tables that are not named here follow.
_ORDER = (
    "guide", "basics", "account", "positions", "facts", "stated", "receivable", "payable", "stock", "fixed_asset",
    "loan", "order", "related", "guarantor", "adjust", "accrual", "product", "road", "history", "judgement", "settings",
    "lists",
)
_GUIDE = ("blank", "cells", "money", "dates", "ratios", "rows", "need", "files", "two")
_PREFILLED = {"case.trade": "other", "case.currency": "CNY"}
#: Rows of a sheet: title, what it asks, headings, names for the program, explanation.
_TITLE, _ABOUT, _HEAD, _KEYS, _NOTES = range(5)
#: Rows that a table of many rows leaves for answers.
_ROOM = 200
_STYLES = {
    "amount": "plain.input", "ratio": "plain.input", "whole": "plain.input", "depreciation": "plain.input",
    "date": "date.input",
}


def excel(path: Path, language: str) -> Path:
    """Write the blank case.xlsx in *language* to *path*."""
    return write(plan(language), path)


def plan(language: str) -> Book:
    """The blank case.xlsx as data."""
    maker = _Maker(language)
    made = {"guide": maker.guide(), **{name: maker.single(name) for name in _SINGLE}}
    made |= {_tab(table): maker.many(table) for table in tables().values() if table.many}
    made["lists"] = maker.lists
    order = [name for name in _ORDER if name in made and name != "lists"]
    order += [name for name in made if name not in _ORDER] + ["lists"]
    for sheet in made.values():
        sheet.fit()
    title = say(language, "form.sheet.guide")
    return Book([made[name] for name in order], 2, language, {"title": title, "recon.schema": "recon/form/1"}, {})


def _tab(table: Table) -> str:
    return table.path.rpartition(".")[2]


class _Maker:
    """Lays out one form's sheets; choices gather on the last one."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.lists = self._sheet("lists", {0: 24})
        self.sources: dict[tuple[str, ...], str] = {}

    def say(self, key: str) -> str:
        return say(self.language, f"form.{key}")

    def _sheet(self, name: str, widths: dict[int, float]) -> Sheet:
        title = self.say(f"sheet.{name}") if known(f"form.sheet.{name}") else name.replace("_", " ")
        sheet = Sheet(title, widths=widths, width=16, freeze=(_HEAD + 1, 1), repeat=(_HEAD, _HEAD))
        sheet.put(_TITLE, 0, title, "title")
        if known(f"form.about.{name}"):
            sheet.put(_ABOUT, 0, self.say(f"about.{name}"), "about")
        return sheet

    def guide(self) -> Sheet:
        sheet = self._sheet("guide", {0: 110})
        for row, key in enumerate(_GUIDE, _HEAD):
            sheet.put(row, 0, self.say(f"guide.{key}"), "wrap")
        return sheet

    # -- a question a row ----------------------------------------------------------------------------------------------

    def single(self, name: str) -> Sheet:
        """A sheet whose rows are questions: label, one answer or two, a note, and the names for the program."""
        columns = {"positions": ("opening", "closing"), "facts": ("known", "unknown")}.get(name, ("value",))
        note = 1 + len(columns)
        sheet = self._sheet(name, {0: 34, **dict.fromkeys(range(1, note), 24.0), note: 46, note + 1: 30})
        heads = ("item", *columns, "shipped" if name == "settings" else "note", "key")
        sheet.row(_HEAD, [self.say(f"head.{head}") for head in heads], "head")
        row = _KEYS
        for title, questions in self._questions(name):
            if title:
                sheet.put(row, 0, title, "section")
                row += 1
            for label, hint, asked in questions:
                self._question(sheet, row, label, hint, asked)
                row += 1
        return sheet

    def _question(self, sheet: Sheet, row: int, label: str, hint: str, asked: tuple[Field, ...]) -> None:
        sheet.put(row, 0, label, "wrap")
        for column, each in enumerate(asked, 1):
            self._cells(sheet, Block(row, column, row, column), each)
        note = 1 + len(asked)
        sheet.put(row, note, hint, "wrap.quiet")
        sheet.put(row, note + 1, " ".join(each.path for each in asked), "key")

    def _questions(self, name: str) -> Iterable[tuple[str, list[tuple[str, str, tuple[Field, ...]]]]]:
        """Parts of a sheet: their title, and of each question its label, hint and fields."""
        if name == "facts":
            for title, ask in (("", True), (self.say("title.more"), False)):
                yield title, [self._fact(key) for key, entry in variables().items() if entry.ask is ask]
            return
        if name == "settings":
            yield "", [self._setting(key) for key in shipped().entries]
            return
        if name == "positions":
            ends = [tables()[end].fields for end in ("opening", "closing")]
            yield "", [(a.label(self.language), a.note(self.language), (a, b)) for a, b in zip(*ends, strict=True)]
            return
        for path in _SINGLE[name]:
            title = self.say(f"title.{path}") if known(f"form.title.{path}") else ""
            rows = [f for f in tables()[path].fields if f.kind != "names"]
            yield title, [(f.label(self.language), f.note(self.language), (f,)) for f in rows]

    def _fact(self, key: str) -> tuple[str, str, tuple[Field, ...]]:
        entry = variables()[key]
        asked = Field("known", key, "amount", (), ""), \
            Field("unknown", key, "yes_no", (), "")
        return entry.zh if self.language == "zh-CN" else entry.en, "", asked

    def _setting(self, key: str) -> tuple[str, str, tuple[Field, ...]]:
        entry = shipped().entries[key]
        label = f"{key}{'：' + entry.zh if self.language == 'zh-CN' else ': ' + entry.en}"
        return label, str(entry.value), (Field("settings", key, "amount", (), ""),)

    # -- a thing a row -------------------------------------------------------------------------------------------------

    def many(self, table: Table) -> Sheet:
        """A sheet with a column for each field and room for many rows."""
        sheet = self._sheet(_tab(table), {})
        sheet.freeze = (_NOTES + 1, 1)
        for column, each in enumerate(table.fields):
            star = " *" if each.required else ""
            sheet.widths[column] = 26 if each.kind == "text" else 16
            sheet.put(_HEAD, column, each.label(self.language) + star, "head")
            sheet.put(_KEYS, column, f"{table.path}[].{each.name}", "key")
            sheet.put(_NOTES, column, each.note(self.language), "wrap.quiet")
            self._cells(sheet, Block(_NOTES + 1, column, _NOTES + _ROOM, column), each)
        return sheet

    # -- answers -------------------------------------------------------------------------------------------------------

    def _cells(self, sheet: Sheet, block: Block, asked: Field) -> None:
        """Yellow cells, with a drop-down where the answer is one of a list."""
        style = _STYLES.get(asked.kind, "entry.input")
        for row in range(block.top, block.bottom + 1):
            for column in range(block.left, block.right + 1):
                sheet.put(row, column, self._prefilled(asked), style)
        if source := self._source(asked):
            sheet.choices.append(Choice(block, source))

    def _prefilled(self, asked: Field) -> str | None:
        key = self.language if asked.path == "case.language" else _PREFILLED.get(asked.path)
        return asked.choice(key, self.language) if key and asked.choices else key

    def _source(self, asked: Field) -> str:
        """The range of the choices of *asked*; empty where anything may be written."""
        words = tuple(asked.choice(key, self.language) for key in asked.choices)
        if asked.kind == "yes_no":
            words = self.say("yes.yes"), self.say("yes.no")
        if asked.path in ("account.category_of_everything", "adjust.accrual.category", "stated.road.category"):
            words = tuple(c.zh if self.language == "zh-CN" else c.en for c in categories().values())
        if not words or asked.kind == "depreciation":
            return ""
        if words not in self.sources:
            column = len(self.sources)
            for row, word in enumerate(words, _KEYS):
                self.lists.put(row, column, word)
            self.lists.widths[column] = 24
            self.sources[words] = self.lists.down(column, _KEYS, _KEYS + len(words) - 1)
        return self.sources[words]


# -- case.toml ---------------------------------------------------------------------------------------------------------

_EXAMPLES = {
    "amount": "0", "ratio": "0.15", "date": "2025-01-31", "whole": "12", "text": '""', "names": "[]", "yes_no": "true",
    "depreciation": '"straight_line"',
}
_OWN = {"case.from": "2025-01-01", "case.to": "2025-12-31", "adjust.accrual.category": '"rent"'}
_INK = 26


def toml(language: str) -> str:
    """The blank case.toml in *language*: tables that stand once are open, their answers and all rows commented out."""
    parts = [f"# {say(language, 'form.toml.first')}\n# {say(language, 'form.toml.second')}"]
    for path, table in _with_mappings().items():
        tab = path.rpartition(".")[2]
        about = next((say(language, f"form.{k}.{tab}") for k in ("about", "title") if known(f"form.{k}.{tab}")), "")
        closed = table.many or table.optional
        head = f"[[{path}]]" if table.many else f"[{path}]"
        lines = [_line(("# " if closed else "") + head, about)]
        lines += [_answer(each, language) for each in table.fields]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _with_mappings() -> dict[str, Table]:
    """The tables, with those whose names are data in their place."""
    asked = [Field("known", name, "amount", (), "") for name in ("total_sales", "cash_sales")]
    more = {
        "known": Table("known", tuple(asked), many=False),
        "settings": Table("settings", (Field("settings", "days_in_year", "amount", (), ""),), many=False),
    }
    found = dict(tables())
    found |= {name: table for name, table in more.items() if name not in found}
    return found


def _answer(each: Field, language: str) -> str:
    example = _OWN.get(each.path) or _EXAMPLES.get(each.kind, "")
    if each.kind == "choice":
        example = f'"{each.usual or each.choices[0]}"'
    if each.path == "settings.days_in_year":
        example = str(shipped().entries["days_in_year"].value)
    filled = {"case.name": '""', "case.trade": '"other"', "case.currency": '"CNY"', "case.unknown": "[]",
              "case.language": f'"{language}"', "owner.name": '""', "owner.spouse": '""'}
    if each.path in filled:
        return _line(f"{each.name} = {filled[each.path]}", _comment(each, language))
    return _line(f"# {each.name} = {example}", _comment(each, language))


def _comment(each: Field, language: str) -> str:
    if each.table == "known":
        entry = variables()[each.name]
        return entry.zh if language == "zh-CN" else entry.en
    if each.table == "settings":
        entry_ = shipped().entries[each.name]
        return entry_.zh if language == "zh-CN" else entry_.en
    said = [each.label(language)]
    if each.kind == "choice":
        said.append(" | ".join(f"{key} {each.choice(key, language)}" if language == "zh-CN" else key
                               for key in each.choices))
    elif note := each.note(language):
        said.append(note)
    return ("；" if language == "zh-CN" else "; ").join(said)


def _line(code: str, comment: str) -> str:
    return f"{code.ljust(_INK)} # {comment}" if comment else code
