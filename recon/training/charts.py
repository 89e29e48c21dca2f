"""Pictures for the lessons, drawn with the font that travels with the package; amounts in yuan."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import fill
from typing import Any

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FuncFormatter

from recon.core.knowledge import folder

BLUE, ORANGE, GREEN, RED, GREY, LIGHT = "#0b5394", "#c77700", "#00735c", "#a3360f", "#8c8c8c", "#9db4d6"
_SERIES = (BLUE, ORANGE, GREEN, GREY)
#: Letters of a column's name on one line.
_WRAP = 13
Amounts = Sequence[float]


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(folder("templates") / "fonts" / "recon-sans-sc.ttf"), size=size)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a notebook shows."""

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png


def yuan(minor: Any) -> float:
    """Minor units as a length on the page; only drawn, never read back."""
    return float(minor) / 100


def columns(labels: Sequence[str], series: Mapping[str, Amounts], title: str = "") -> Picture:
    """Columns side by side for each label."""
    figure, axes = _axes(title, 7.5, 2.8)
    width = 0.8 / len(series)
    for n, (name, amounts) in enumerate(series.items()):
        at = [i - 0.4 + width * (n + 0.5) for i in range(len(labels))]
        axes.bar(at, [float(a) for a in amounts], width=width, color=_SERIES[n % len(_SERIES)], label=name)
    axes.set_xticks(range(len(labels)), labels)
    return _finished(figure, axes, axes.yaxis, legend=len(series) > 1)


def line(x: Sequence[Any], series: Mapping[str, Amounts], title: str = "") -> Picture:
    """Lines that step from day to day, as balances do."""
    figure, axes = _axes(title, 7.5, 2.6)
    for n, (name, amounts) in enumerate(series.items()):
        colour = _SERIES[n % len(_SERIES)]
        axes.step(x, [float(a) for a in amounts], where="post", color=colour, label=name, linewidth=1.2)
    return _finished(figure, axes, axes.yaxis, legend=len(series) > 1)


def bars(labels: Sequence[str], amounts: Amounts, title: str = "", *, mark: float | None = None,
         picked: Sequence[str] = ()) -> Picture:
    """Bars with their figures, from the top down; *mark* draws a line to compare with, *picked* ones stand out."""
    figure, axes = _axes(title, 7.5, 0.7 + 0.32 * len(labels))
    shown = [float(a) for a in amounts]
    colours = [BLUE if not picked or name in picked else LIGHT for name in labels]
    axes.barh(range(len(labels)), shown, color=colours, height=0.62)
    axes.set_yticks(range(len(labels)), labels)
    axes.invert_yaxis()
    most = max([abs(a) for a in shown] + [1.0])
    for place, amount in enumerate(shown):
        axes.text(max(amount, 0) + most * 0.01, place, f"{amount:,.0f}", va="center", fontproperties=_font(8))
    if mark is not None:
        axes.axvline(float(mark), color=RED, linewidth=1.2, linestyle="--")
    axes.set_xlim(min(0.0, *shown) * 1.05, most * 1.18)
    return _finished(figure, axes, axes.xaxis, legend=False)


def steps(labels: Sequence[str], changes: Amounts, title: str = "") -> Picture:
    """From an opening by increases (green) and decreases (orange) to a closing; both ends stand on the ground."""
    figure, axes = _axes(title, 7.5, 2.9)
    reached, last = 0.0, len(labels) - 1
    for place, change in enumerate(float(c) for c in changes):
        ground = place in (0, last)
        axes.bar(place, change, bottom=0 if ground else reached, width=0.62,
                 color=BLUE if ground else GREEN if change >= 0 else ORANGE)
        top = change if ground else max(reached, reached + change)
        axes.text(place, top, f"{change:+,.0f}" if not ground else f"{change:,.0f}", ha="center", va="bottom",
                  fontproperties=_font(8))
        reached = change if ground else reached + change
    axes.set_xticks(range(len(labels)), [fill(label, _WRAP) for label in labels])
    axes.use_sticky_edges = False
    axes.margins(y=0.15)
    return _finished(figure, axes, axes.yaxis, legend=False)


def _axes(title: str, width: float, height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(width, height), dpi=110, layout="constrained")
    axes = figure.subplots()
    if title:
        axes.set_title(title, fontproperties=_font(10), loc="left")
    return figure, axes


def _finished(figure: Figure, axes: Any, amounts: Any, *, legend: bool) -> Picture:
    amounts.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    amounts.grid(visible=True, color="#dddddd", linewidth=0.5)
    axes.set_axisbelow(True)
    (axes.axhline if amounts is axes.yaxis else axes.axvline)(0, color="#444444", linewidth=0.6)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    if legend:
        axes.legend(prop=_font(8.5), frameon=False, loc="upper left")
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(8))
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return Picture(picture.getvalue())
