"""The hand that writes the report's page for phones: the outline of the Word template with sections that fold."""

from collections.abc import Sequence
from html import escape

from recon.report.columns import Column

#: Tables with more columns than this become cards on a narrow screen.
_NARROW = 3
_STYLE = """
:root{--ink:#1f2937;--head:#1f3864;--rule:#d5dce6;--shade:#eef2f8;--grey:#5b6472;color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:56rem;padding:1rem;color:var(--ink);background:#fff;line-height:1.6;
font-family:system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;
overflow-wrap:anywhere}
h1{font-size:1.35rem;color:var(--head);text-align:center;margin:.5rem 0}
h3{font-size:1rem;color:var(--head);margin:1.2rem 0 .4rem}
p{margin:.4rem 0}.c{text-align:center}.b{font-weight:600}
details{border-top:1px solid var(--rule);padding:.2rem 0}
summary{cursor:pointer;font-size:1.08rem;font-weight:600;color:var(--head);padding:.7rem 0}
ul,ol{padding-left:1.3rem;margin:.4rem 0}li{margin:.25rem 0}
table{border-collapse:collapse;width:100%;font-size:.86rem;margin:.4rem 0}
th,td{border:1px solid var(--rule);padding:.3rem .45rem;text-align:left;vertical-align:top}
th{background:var(--shade)}.r{text-align:right;font-variant-numeric:tabular-nums}td.c,th.c{text-align:center}
tr.total td{font-weight:600}
figure{margin:.8rem 0;text-align:center}figure img{max-width:100%;height:auto}
figcaption{font-size:.82rem;color:var(--grey)}
@media (max-width:40rem){body{padding:.7rem}
.wide thead{display:none}.wide,.wide tbody,.wide tr,.wide td{display:block;width:100%}
.wide tr{border:1px solid var(--rule);border-radius:.4rem;margin:.5rem 0;padding:.3rem .5rem}
.wide td{border:0;padding:.12rem 0;text-align:left;display:flex;gap:.8rem;justify-content:space-between}
.wide td.s{display:block}
.wide td::before{content:attr(data-label);color:var(--grey);flex:none;max-width:45%}
.wide td.s::before{display:block}}
@media print{details>*{display:block}}
"""


class Page:
    """An HTML page in the making, with the methods of :class:`recon.report.paper.Paper`; fields stay Jinja's."""

    def __init__(self, language: str, title: str) -> None:
        self.language, self.title_ = language, title
        self.parts: list[str] = []
        self.open = False

    @property
    def source(self) -> str:
        """The whole page as a Jinja template."""
        end = "</details>\n" if self.open else ""
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.title_)} {{{{ borrower }}}}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            + "\n".join(self.parts) + f"\n{end}</body>\n</html>\n"
        )

    def title(self, text: str) -> None:
        """The title in the middle."""
        self.parts.append(f"<h1>{escape(text)}</h1>")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading: level 1 begins a section that folds; the first stands open."""
        if level > 1:
            self.parts.append(f"<h3>{_kept(text)}</h3>")
            return
        begin = "" if self.open else " open"
        self.parts.append(("</details>\n" if self.open else "") + f"<details{begin}><summary>{_kept(text)}</summary>")
        self.open = True

    def text(
        self, text: str, style: str = "Normal", *, bold: bool = False, align: str = "l", together: bool = False
    ) -> None:
        """A paragraph; *together* matters on paper only."""
        del together
        names = " ".join(name for name, on in (("b", bold), ("c", align == "c")) if on)
        tag = "figcaption" if style == "Caption" else "p"
        self.parts.append(f'<{tag}{f" class={chr(34)}{names}{chr(34)}" if names else ""}>{_kept(text)}</{tag}>')

    def tag(self, code: str) -> None:
        """An instruction that leaves nothing in the page."""
        self.parts.append(f"{{%- {code} %}}")

    def each(self, name: str, style: str = "List Bullet") -> None:
        """A list of the sentences of *name*; nothing where there are none."""
        kind = "ol" if style == "List Number" else "ul"
        rows = f"{{% for sentence in {name} %}}<li>{{{{ sentence }}}}</li>{{% endfor %}}"
        self.parts.append(f"{{%- if {name} %}}<{kind}>{rows}</{kind}>{{% endif %}}")

    def table(self, rows: str, columns: Sequence[Column], *, strong: str = "") -> None:
        """A table with a row for each of *rows*; on a phone a wide one becomes cards."""
        heads = "".join(f'<th class="{c.align}">{escape(c.head)}</th>' for c in columns)
        cells = "".join(
            f'<td class="{c.align if c.align != "l" else _sort(c)}" data-label="{escape(c.head)}">{c.cell}</td>'
            for c in columns
        )
        row = f'<tr{{% if row.{strong} %}} class="total"{{% endif %}}>' if strong else "<tr>"
        kind = ' class="wide"' if len(columns) > _NARROW else ""
        self.parts.append(
            f"<table{kind}><thead><tr>{heads}</tr></thead><tbody>{{% for row in {rows} %}}{row}{cells}</tr>"
            "{% endfor %}</tbody></table>"
        )

    def chart(self, name: str) -> None:
        """A picture with its caption, where there is one."""
        self.parts.append(
            f'{{%- for chart in {name} %}}<figure><img src="{{{{ chart.picture }}}}" alt="{{{{ chart.caption }}}}">'
            "<figcaption>{{ chart.caption }}</figcaption></figure>{% endfor %}"
        )

    def grid(self, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A fixed table without headings."""
        del widths
        told = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
        self.parts.append(f"<table><tbody>{told}</tbody></table>")

    def header(self, text: str) -> None:
        """A screen has no running head."""

    def footer(self, before: str, between: str, after: str) -> None:
        """A screen has no pages to number."""

    def page(self) -> None:
        """A screen has no page to begin."""


def _sort(column: Column) -> str:
    """Sentences take a line of their own on a card."""
    return "s" if column.width > 4.5 else "l"  # noqa: PLR2004 - centimetres from which a column holds sentences


def _kept(text: str) -> str:
    """Text of ours, its Jinja fields left as they are."""
    return escape(text, quote=False)
