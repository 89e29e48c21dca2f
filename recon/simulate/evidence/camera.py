"""A sheet of paper seen by a telephone: askew, unevenly lit, out of focus and compressed, in three qualities."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

#: Colours of the table that the paper lies on.
TABLES = ((112, 84, 60), (92, 96, 100), (128, 116, 98))
#: The longer side of the pictures for which the qualities' pixels are meant.
_SIDE = 1160
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Quality:
    """How badly a picture was taken.

    Attributes:
        askew: pixels by which each corner of the paper may be off, for a picture 1,160 pixels long.
        blur: least radius of the blur in pixels, and by how much it may be larger.
        noise: standard deviation of the sensor's noise, of 255 levels.
        shadow: how much darker the shadow is that falls across the paper, as a share.
        jpeg: quality of the compression, from and to.
        bend: pixels by which the paper's middle stands higher than its edges, for a picture 1,160 pixels long.
    """

    askew: float
    blur: tuple[float, float]
    noise: float
    shadow: float
    jpeg: tuple[int, int]
    bend: float = 0.0


CLEAR = Quality(8, (0.2, 0.2), 1.5, 0.05, (82, 92))
USUAL = Quality(34, (0.6, 0.5), 4.0, 0.18, (58, 72))
HARD = Quality(52, (1.0, 0.5), 7.0, 0.38, (38, 52), bend=7.0)
QUALITIES = {"clear": CLEAR, "usual": USUAL, "hard": HARD}


def photograph(paper: Image.Image, rng: Random, size: tuple[int, int], quality: Quality = USUAL) -> bytes:
    """The paper on a table as a JPEG of *size* pixels, seen askew, under uneven light, slightly out of focus."""
    noise = np.random.default_rng(rng.getrandbits(32))
    table = Image.new("RGB", size, rng.choice(TABLES))
    larger = max(size) / _SIDE
    corners = _corners(paper.size, size, rng, quality.askew * larger)
    coefficients = _perspective(corners, paper.size)
    warped = paper.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    mask = Image.new("L", paper.size, 255).transform(size, Image.Transform.PERSPECTIVE, coefficients)
    table.paste(warped, (0, 0), mask)
    blurred = table.filter(ImageFilter.GaussianBlur(quality.blur[0] + rng.random() * quality.blur[1]))
    pixels = np.asarray(blurred, dtype=np.float64)
    if quality.bend:
        pixels = _bent(pixels, quality.bend * larger)
    shaded = pixels * _light(size, rng, quality.shadow)[..., None] + noise.normal(0, quality.noise, pixels.shape)
    out = io.BytesIO()
    Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=rng.randint(*quality.jpeg))
    return out.getvalue()


def _light(size: tuple[int, int], rng: Random, shadow: float) -> npt.NDArray[np.float64]:
    """Brightness by pixel: falling off to one side, with the edge of a shadow across."""
    across, down = np.meshgrid(np.linspace(0, 1, size[0]), np.linspace(0, 1, size[1]))
    tilt = rng.uniform(-0.5, 0.5)
    light: npt.NDArray[np.float64] = 0.80 + 0.22 * (across * tilt + down * (0.5 - abs(tilt)) + 0.4)
    edge = (across + down * rng.uniform(0.2, 0.7) - rng.uniform(0.95, 1.25)) * rng.uniform(6, 25)
    light *= 1 - shadow * np.clip(edge + 0.5, 0, 1)
    return light


def _bent(pixels: npt.NDArray[np.float64], height: float) -> npt.NDArray[np.float64]:
    """The picture of a page that does not lie flat: columns moved up, most in the middle."""
    wide = pixels.shape[1]
    rise = np.rint(height * np.sin(np.pi * np.arange(wide) / wide)).astype(int)
    rows = np.clip(np.arange(pixels.shape[0])[:, None] + rise, 0, pixels.shape[0] - 1)
    bent: npt.NDArray[np.float64] = pixels[rows, np.arange(wide)]
    return bent


def _corners(paper: tuple[int, int], scene: tuple[int, int], rng: Random, askew: float) -> Points:
    """Where the paper's corners lie in the scene: near its middle, each moved a little."""
    left, top = (scene[0] - paper[0]) / 2, (scene[1] - paper[1]) / 2
    square = ((left, top), (left + paper[0], top), (left + paper[0], top + paper[1]), (left, top + paper[1]))
    return [(x + rng.uniform(-askew, askew), y + rng.uniform(-askew, askew)) for x, y in square]


def _perspective(corners: Points, paper: tuple[int, int]) -> tuple[float, ...]:
    """Coefficients that map the scene's points back onto the paper (eight equations, eight unknowns)."""
    matrix, wanted = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (paper[0], 0), paper, (0, paper[1])), strict=True):
        matrix += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    solved = np.linalg.solve(np.array(matrix, dtype=np.float64), np.array(wanted, dtype=np.float64))
    return tuple(float(c) for c in solved)
