"""QR codes on pictures and pages, as the text that they hold."""

from pathlib import Path

import numpy as np

from recon.evidence.disk import holds_pdf

#: The longer side in pixels at which a page is looked at: a code of 25 millimetres then has 250 pixels.
_SIDE = 2000


def read(path: Path) -> tuple[str, ...]:
    """The texts of all QR codes on a picture or on the first page of a PDF; none where it cannot be opened.

    Nobody hands in a code alone: whatever is wrong with the file, its reader has said so.
    """
    import zxingcpp  # noqa: PLC0415  wanted only here
    from PIL import Image  # noqa: PLC0415  heavy, wanted only here

    try:
        if holds_pdf(path):
            picture = _page(path)
        else:
            with Image.open(path) as image:
                image.draft("L", (_SIDE, _SIDE))
                grey = image.convert("L")
                grey.thumbnail((_SIDE, _SIDE))
                picture = np.asarray(grey)
        found = zxingcpp.read_barcodes(picture)
    except Exception:  # noqa: BLE001  decoders raise whatever they stumble over
        return ()
    return tuple(code.text for code in found if code.text)


def _page(path: Path) -> np.ndarray:
    """The first page of a PDF in grey."""
    import pypdfium2  # noqa: PLC0415  heavy, wanted only here

    with pypdfium2.PdfDocument(path) as pdf:
        leaf = pdf[0]
        bitmap = leaf.render(scale=_SIDE / max(*leaf.get_size(), 1.0), grayscale=True)
        picture: np.ndarray = np.asarray(bitmap.to_numpy()).squeeze().copy()
        bitmap.close()
        leaf.close()
    return picture
