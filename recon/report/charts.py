"""The report's pictures: revenue, cash and need, drawn with the font that travels with the package."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter

from recon.core.knowledge import folder
from recon.core.words import say
from recon.need.rebuilt import Rebuilt
from recon.report.opinion import method_name
from recon.report.sentences import Voice

_BLUE, _LIGHT, _GREEN, _RED, _GREY = "#1f3864", "#9db4d6", "#5b8c5a", "#b5524a", "#8c8c8c"
Amounts = Sequence[int | None]
Series = tuple[str, Amounts, str]


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(folder("templates") / "fonts" / "recon-sans-sc.ttf"), size=size)


def revenue(rebuilt: Rebuilt, voice: Voice) -> bytes | None:
    """Effective revenue beside operating revenue by month, as PNG; None where both are nothing or unknown."""
    months = rebuilt.ledger.period.months
    booked = rebuilt.statements.line("income_statement", 1).months
    series: list[Series] = [
        (voice("column.effective"), [rebuilt.effective.months.get(m, 0) for m in months], _BLUE),
        (voice("column.sales"), [booked.get(m) for m in months], _LIGHT),
    ]
    return _bars(rebuilt, series, voice)


def flow(rebuilt: Rebuilt, voice: Voice) -> bytes | None:
    """Net cash from operating, investing and financing by month, as PNG."""
    months = rebuilt.ledger.period.months
    series: list[Series] = [
        (voice(f"chart.{name}"), [rebuilt.statements.line("cash_flow", n).months.get(m) for m in months], colour)
        for name, n, colour in (("operating", 7, _BLUE), ("investing", 13, _GREY), ("financing", 19, _GREEN))
    ]
    return _bars(rebuilt, series, voice)


def cash(rebuilt: Rebuilt, voice: Voice) -> bytes | None:
    """Cash and bank at each month's end, as PNG."""
    months = rebuilt.ledger.period.months
    held = rebuilt.statements.line("balance_sheet", 1).months
    return _bars(rebuilt, [(voice("column.cash"), [held.get(m) for m in months], _BLUE)], voice)


def need(rebuilt: Rebuilt, voice: Voice) -> bytes | None:
    """What each road gives as new money, beside what was asked for and what is recommended, as PNG."""
    case = rebuilt.need
    rows: list[tuple[str, int, str]] = []
    if case.requested is not None:
        rows.append((voice("column.requested"), int(case.requested.amount), _LIGHT))
    rows += [(method_name(m.id, voice), m.limit, _GREY) for m in case.methods if m.limit is not None]
    if case.recommended is not None:
        rows.append((voice("column.recommended"), case.recommended.amount, _BLUE))
    if not any(amount for _, amount, _ in rows):
        return None
    figure = Figure(figsize=(6.5, 0.5 + 0.42 * len(rows)), dpi=160, layout="constrained")
    axes = figure.subplots()
    names, amounts, colours = zip(*reversed(rows), strict=True)
    shown = [_major(a, voice) for a in amounts]
    axes.barh(range(len(rows)), shown, color=colours, height=0.6)
    axes.set_yticks(range(len(rows)), names)
    most = max(0.0, *shown)
    for place, (amount, size) in enumerate(zip(amounts, shown, strict=True)):
        axes.text(max(size, 0) + most * 0.01, place, voice.money(amount), va="center", fontproperties=_font(7.5))
    axes.set_xlim(min(0.0, *shown) * 1.05, most * 1.2 or 1)
    return _finished(figure, axes, axes.xaxis, voice)


def weeks(rebuilt: Rebuilt, voice: Voice) -> bytes | None:
    """Cash at each week's end of the coming year: middle and low course without the loan, and with it, as PNG."""
    course = rebuilt.need.weeks
    if not course.starts:
        return None
    figure = Figure(figsize=(6.5, 2.5), dpi=160, layout="constrained")
    axes = figure.subplots()
    lines = [("without", course.without, _GREY, "-"), ("low", course.low, _RED, "--")]
    if rebuilt.need.recommended is not None:
        lines.append(("with", course.loan, _BLUE, "-"))
    for name, amounts, colour, style in lines:
        shown, label = [_major(a, voice) for a in amounts], say(voice.language, f"advice.{name}")
        axes.plot(range(len(shown)), shown, style, color=colour, linewidth=1.4, label=label)
    places = range(0, len(course.starts), 6)
    axes.set_xticks(places, [course.starts[n][2:].replace("-", "/") for n in places])
    axes.axhline(0, color="#444444", linewidth=0.6)
    axes.legend(prop=_font(8), frameon=False, ncols=len(lines), loc="lower left", bbox_to_anchor=(0, 1))
    return _finished(figure, axes, axes.yaxis, voice)


def _bars(rebuilt: Rebuilt, series: Sequence[Series], voice: Voice) -> bytes | None:
    """Bars side by side for each month; unknown months stay empty; None without lines, for then no month is known."""
    months = rebuilt.ledger.period.months
    if rebuilt.transactions.empty or not any(any(amounts) for _, amounts, _ in series):
        return None
    figure = Figure(figsize=(6.5, 2.5), dpi=160, layout="constrained")
    axes = figure.subplots()
    width = 0.8 / len(series)
    for n, (name, amounts, colour) in enumerate(series):
        at = [i - 0.4 + width * (n + 0.5) for i in range(len(months))]
        heights = [float("nan") if v is None else _major(v, voice) for v in amounts]
        axes.bar(at, heights, width=width, color=colour, label=name)
    step = -(-len(months) // 12)
    axes.set_xticks(range(0, len(months), step), [m[2:].replace("-", "/") for m in months[::step]])
    if len(series) > 1:
        axes.legend(prop=_font(8), frameon=False, ncols=len(series), loc="lower left", bbox_to_anchor=(0, 1))
    axes.axhline(0, color="#444444", linewidth=0.6)
    return _finished(figure, axes, axes.yaxis, voice)


def _major(minor: int, voice: Voice) -> float:
    """Minor units as a length on the page; only drawn, never read back."""
    return float(minor / 10**voice.places)


def _finished(figure: Figure, axes: Any, amounts: Any, voice: Voice) -> bytes:
    """Fonts, grid and thousands; the PNG carries neither date nor program."""
    amounts.set_major_formatter(FuncFormatter(lambda v, _: voice.ticks(v)))
    amounts.grid(visible=True, color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(7.5))
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()
