"""A paper of any kind, as PDF or as a photograph of one of three qualities, with the truth of what it says."""

from collections.abc import Callable
from random import Random

from recon.simulate.evidence.camera import QUALITIES, photograph
from recon.simulate.evidence.papers import form, special
from recon.simulate.evidence.papers.marks import Sheet, pdf, picture
from recon.simulate.evidence.papers.said import Said, say

_DRAWN: dict[str, Callable[[Said, Random], Sheet]] = {
    "vat_special": special.vat_invoice, "vat_normal": special.vat_invoice, "vat_electronic": special.vat_invoice,
    "vat_digital": special.vat_invoice, "till_receipt": special.till_slip, "hand_receipt": special.hand_receipt,
    "loan_contract": special.contract,
}
#: Pixels a point of narrow slips and small forms, and of whole pages.
_SMALL, _PAGE, _NARROW = 3.0, 2.1, 500
#: How much larger than the paper the picture is.
_ROOM = 1.2


def paper(
    kind: str, locale: str, seed: int, spoil: Callable[[Said], None] = lambda _: None,
) -> tuple[Said, Sheet]:
    """A paper of *kind* with what it says; the same for the same seed. *spoil* may have it contradict itself."""
    rng = Random(f"{kind}/{locale}/{seed}")  # noqa: S311  repeatable draws, not secrecy
    said = say(kind, locale, rng)
    spoil(said)
    return said, _DRAWN.get(kind, form.draw)(said, rng)


def as_pdf(sheet: Sheet) -> bytes:
    """The paper as a digital PDF."""
    return pdf([sheet], "document")


def as_photo(sheet: Sheet, quality: str, seed: int) -> bytes:
    """The paper photographed, as JPEG; *quality* is one of :data:`recon.simulate.evidence.camera.QUALITIES`."""
    image = picture(sheet, _SMALL if sheet.width < _NARROW else _PAGE)
    rng = Random(f"{quality}/{seed}")  # noqa: S311  repeatable draws, not secrecy
    scene = (round(image.width * _ROOM), round(image.height * _ROOM))
    return photograph(image, rng, scene, QUALITIES[quality])
