"""Where a figure comes from: a place in a file, a named answer of the case form, or a named rule."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a person can go to.

    Attributes:
        file: path relative to the case folder, or the file's name.
        page: page or sheet, from 1; 0 where the file has none.
        line: line or row on that page, from 1; 0 for the whole page.
        box: left, top, right, bottom on the page in points; None where there is no picture to cut.
        field: the case form's key (``"closing.inventory"``) where the source is an answer.
    """

    file: str = ""
    page: int = 0
    line: int = 0
    box: tuple[float, float, float, float] | None = None
    field: str = ""

    def __str__(self) -> str:
        """``file p2 l14``, or the form's key."""
        if self.field:
            return f"{self.file}#{self.field}" if self.file else self.field
        place = f" p{self.page}" if self.page else ""
        return f"{self.file}{place}" + (f" l{self.line}" if self.line else "")
