"""A picture made ready for an engine that wants black on white: level, shadows evened out, ruling lines taken away."""

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

#: Degrees by which a page may be tilted, and the steps in which its tilt is sought.
_TILT, _STEP = 12.0, 0.5
#: Longer side of the small copy on which the tilt is sought.
_SMALL = 700
#: Shares of the picture's sides from which a straight stroke is a ruling line and no letter's.
_ACROSS, _DOWN = 0.08, 0.06


def cleaned(picture: Pixels) -> Pixels:
    """Grey paper as white, without shadows and without ruling lines; *picture* is height, width, 3."""
    import cv2  # noqa: PLC0415  heavy, wanted only here

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    side = max(15, max(grey.shape) // 50) | 1
    light = cv2.medianBlur(cv2.dilate(grey, np.ones((7, 7), np.uint8)), min(side, 99))
    even = 255 - cv2.absdiff(grey, light)
    even = cv2.normalize(even, np.empty_like(even), 0, 255, cv2.NORM_MINMAX)
    ink = cv2.adaptiveThreshold(even, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, side, 12)
    for wide, high in ((int(grey.shape[1] * _ACROSS), 1), (1, int(grey.shape[0] * _DOWN))):
        if max(wide, high) < 2 * side:
            continue  # on a piece of a page, strokes of letters are as long
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((high, max(1, wide)), np.uint8))
        even[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    return np.asarray(even, np.uint8)


def tilt(picture: Pixels) -> float:
    """Degrees by which lines of text fall to the right: the turn under which rows of ink stand apart most sharply."""
    import cv2  # noqa: PLC0415  heavy, wanted only here

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _SMALL / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    middle = (small.shape[1] / 2, small.shape[0] / 2)

    def sharp(degrees: float) -> float:
        turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
        rows = cv2.warpAffine(ink, turn, small.shape[::-1]).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    tries = [step * _STEP for step in range(round(-_TILT / _STEP), round(_TILT / _STEP) + 1)]
    return max(tries, key=lambda degrees: (sharp(degrees), -abs(degrees)))
