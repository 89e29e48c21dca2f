"""Two papers on one picture are two documents; the columns of one, or the slip of the card that paid it, are not."""

import numpy as np
import pytest

from recon.evidence.page import Page
from recon.reading.documents.document import read_pages
from recon.reading.scans.apart import cuts


def slip(shop, day, number, total, items=(("Bread", "2.00"), ("Milk", "1.10"), ("Coffee", "7.35"))):
    """The lines of a till slip."""
    return [(shop, ""), (f"Receipt no {number}", ""), (f"Date {day}", ""), *items, ("TOTAL", total), ("CASH", total),
            ("Thank you", "")]


def page(*slips):
    """A photographed page with each of *slips*, given as its lines, left and top."""
    words, boxes = [], []
    for lines, left, top in slips:
        for row, (name, price) in enumerate(lines):
            y = top + 16 * row
            x = left
            for word in name.split():
                words.append(word)
                boxes.append((x, y, x + 6 * len(word), y + 10))
                x += 6 * len(word) + 4
            if price:
                words.append(price)
                boxes.append((left + 200 - 6 * len(price), y, left + 200, y + 10))
    box = np.array(boxes, np.float32)
    return Page(1, 600, 800, words, box, confidence=np.full(len(words), 0.99, np.float32))


def totals(seen):
    return sorted(receipt.total for receipt in read_pages([seen], "a.jpg").receipts)


ONE, OTHER = slip("GREEN GROCER LTD", "03/02/2025", "4711", "10.45"), slip("CORNER CAFE", "17/03/2025", "0815", "22.80")
SAME_DAY = slip("CORNER CAFE", "03/02/2025", "0815", "22.80")


@pytest.mark.parametrize("other", [OTHER, SAME_DAY])
@pytest.mark.parametrize(("left", "top"), [(260, 0), (260, 40), (0, 240)])
def test_two_slips_on_one_picture_are_two_documents(other, left, top):
    assert totals(page((ONE, 0, 0), (other, left, top))) == [1045, 2280]


def test_four_slips_on_one_picture_are_four_documents():
    third, fourth = slip("BOOKS", "05/04/2025", "31", "31.00"), slip("STATIONER", "06/05/2025", "32", "4.20")
    seen = page((ONE, 0, 0), (OTHER, 260, 0), (third, 0, 240), (fourth, 260, 240))
    assert totals(seen) == [420, 1045, 2280, 3100]


def test_a_slip_alone_stays_one():
    assert totals(page((ONE, 0, 0))) == [1045]


@pytest.mark.parametrize("paid", ["10.45", "12.00"])
def test_a_bill_and_the_slip_of_the_card_that_paid_it_are_one_document(paid):
    card = [("CARD PAYMENT", ""), ("Date 03/02/2025", ""), ("Visa contactless approved", ""), ("TOTAL", paid)]
    assert len(totals(page((ONE, 0, 0), (card, 0, 240)))) == 1


def test_digital_pages_are_never_cut():
    seen = page((ONE, 0, 0), (OTHER, 260, 0))
    assert list(cuts(seen))
    assert not list(cuts(Page(1, 600, 800, seen.words, seen.box)))
