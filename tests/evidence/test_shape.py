"""A page seen askew, from one side or bent is laid flat by its words alone, and every place on it leads back."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recon.evidence.picture.clean import cleaned, tilt
from recon.evidence.picture.pages import flattened
from recon.evidence.picture.shape import Shape, shape_of

WIDTH, HEIGHT = 1600.0, 2200.0


def sheet(rows=25):
    """Corners (n, 4, 2) of a table's words: five columns, two of them flush right, words of changing length."""
    found = []
    for row in range(rows):
        y = 160 + 70 * row
        for left, right in ((100, 240), (300, 420 + 37 * (row % 5)), (760 + 11 * (row % 7), 900), (1000, 1140),
                            (1260 + 13 * (row % 4), 1420)):
            found.append([[left, y], [right, y], [right, y + 24], [left, y + 24]])
    return np.array(found, np.float32)


def level(corners):
    """How far tops of words of one line stand apart, and left edges of the first column, right ones of the third."""
    rows = corners.reshape(-1, 5, 4, 2)
    tops = np.ptp(rows[:, :, 0, 1], axis=1).max()
    return tops, np.ptp(rows[:, 0, 0, 0]), np.ptp(rows[:, 2, 1, 0])


def seen(corners, degrees=0.0, aside=0.0, above=0.0, bend=0.0):
    """The words in a picture: turned, seen from one *aside* or from *above* (perspective), and bent by some pixels."""
    x, y = corners[..., 0] - WIDTH / 2, corners[..., 1] - HEIGHT / 2
    y = y - bend * np.cos(np.pi * x / WIDTH)
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = c * x - s * y, s * x + c * y
    depth = 1 + aside * x / WIDTH + above * y / HEIGHT
    return np.stack([x / depth + WIDTH / 2, y / depth + HEIGHT / 2], axis=-1).astype(np.float32)


@settings(max_examples=8, deadline=None)
@given(degrees=st.floats(-6, 6), aside=st.floats(-0.08, 0.08), above=st.floats(-0.08, 0.08), bend=st.floats(-12, 12))
def test_lines_come_out_level_and_columns_upright(degrees, aside, above, bend):
    askew = seen(sheet(), degrees, aside, above, bend)
    tops, first, third = level(shape_of(askew, WIDTH, HEIGHT).flat(askew, WIDTH, HEIGHT))
    assert tops < 9  # well under half a line's height
    assert first < 24
    assert third < 24


@pytest.mark.parametrize("degrees", [-35, -22, 14, 35])
def test_columns_of_a_page_that_lies_turned_come_out_upright_too(degrees):
    askew = seen(sheet(), degrees, 0.03, -0.03, 4)
    tops, first, third = level(shape_of(askew, WIDTH, HEIGHT).flat(askew, WIDTH, HEIGHT))
    assert tops < 9
    assert max(first, third) < 24


@pytest.mark.parametrize("seed", range(6))
def test_figures_far_from_their_names_stay_in_their_rows_though_engines_level_boxes_and_place_them_by_the_pixel(seed):
    rng = np.random.default_rng(seed)
    head, rows = sheet(3)[np.arange(15).reshape(3, 5)[:, :3].ravel()], sheet(8).reshape(8, 5, 4, 2)
    boxes = np.concatenate([head, rows[4:, 0], rows[4:, 4]])
    boxes = seen(boxes, rng.uniform(-0.7, 0.7), *rng.uniform(-0.05, 0.05, 2))
    boxes[:, :2, 1], boxes[:, 2:, 1] = boxes[:, :2, 1].mean(axis=1)[:, None], boxes[:, 2:, 1].mean(axis=1)[:, None]
    boxes += rng.integers(-2, 3, (len(boxes), 1, 2)).astype(np.float32)
    flat = shape_of(boxes, WIDTH, HEIGHT).flat(boxes, WIDTH, HEIGHT)[9:, 0, 1]
    assert np.abs(flat[:4] - flat[4:]).max() < 11  # under half a line's height


def test_a_flat_page_stays_as_it_is():
    flat = sheet()
    moved = shape_of(flat, WIDTH, HEIGHT).flat(flat, WIDTH, HEIGHT) - flat
    assert np.abs(moved).max() < 1.5


@settings(max_examples=8, deadline=None)
@given(degrees=st.floats(-6, 6), aside=st.floats(-0.08, 0.08), bend=st.floats(-12, 12))
def test_every_place_leads_back_to_the_picture(degrees, aside, bend):
    askew = seen(sheet(), degrees, aside, 0.03, bend)
    shape = Shape.of(shape_of(askew, WIDTH, HEIGHT).numbers())
    back = shape.seen(shape.flat(askew, WIDTH, HEIGHT), WIDTH, HEIGHT)
    assert np.abs(back - askew).max() < 1.0


@pytest.mark.parametrize("count", [0, 1, 2, 11])
def test_few_words_are_no_trouble(count):
    words = sheet()[:count]
    flat = shape_of(words, WIDTH, HEIGHT).flat(words, WIDTH, HEIGHT)
    assert flat.shape == words.shape
    assert np.isfinite(flat).all()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 40), st.integers(0, 10**6))
def test_any_boxes_at_all_give_a_shape(count, seed):
    rng = np.random.default_rng(seed)
    words = rng.uniform(0, 2000, (count, 4, 2)).astype(np.float32)
    flat = shape_of(words, WIDTH, HEIGHT).flat(words, WIDTH, HEIGHT)
    assert np.isfinite(flat).all()


def lined(degrees):
    """A picture of lines of print under a shadow, between ruling lines, tilted."""
    import cv2  # noqa: PLC0415  the room that it belongs to

    image = np.full((600, 900, 3), 235, np.uint8)
    for row in range(9):
        cv2.putText(image, "1,234.50   PAYMENT 88", (60, 90 + 56 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30, 30, 30), 2)
        cv2.line(image, (30, 108 + 56 * row), (870, 108 + 56 * row), (90, 90, 90), 2)
    turn = cv2.getRotationMatrix2D((450, 300), -degrees, 1.0)
    tilted = cv2.warpAffine(image, turn, (900, 600), borderValue=(235, 235, 235))
    shade = np.linspace(1.0, 0.55, 900)[None, :, None]
    return (tilted * shade).astype(np.uint8)


@pytest.mark.parametrize("degrees", [-7.5, 0.0, 3.0])
def test_the_tilt_of_a_page_without_known_words_is_found_from_its_ink(degrees):
    assert tilt(lined(degrees)) == pytest.approx(degrees, abs=0.75)


def test_shadow_and_ruling_lines_go_and_print_stays():
    clean = cleaned(lined(0.0))
    rule = clean[108 + 56 * 4, 500:800]
    assert (rule > 200).mean() > 0.95  # between the letters, where a line was
    paper = clean[20:50, 40:860]
    assert np.ptp(paper.astype(int).mean(axis=0)) < 30  # the shadow had taken off a hundred
    assert (clean[90 - 20:90, 60:400] < 110).mean() > 0.05


def test_a_piece_of_a_turned_and_tilted_picture_is_cut_flat():
    image = lined(4.0)
    slope = math.tan(math.radians(4.0))
    lies = Shape(0, (slope,), -slope)
    piece = flattened(image, lies, (40.0, 60.0, 860.0, 100.0))
    rows = np.flatnonzero((piece.min(axis=2) < 90).sum(axis=1) > 10)
    assert piece.shape == (40, 820, 3)
    assert rows.max() - rows.min() < 34  # one line of print, though it fell by 57 pixels across
    upside = np.ascontiguousarray(np.rot90(image, 2))
    again = flattened(upside, Shape(2, (slope,), -slope), (40.0, 60.0, 860.0, 100.0))
    assert np.abs(again.astype(int) - piece).mean() < 2
