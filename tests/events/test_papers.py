"""Copies of one paper, cancelled originals and void papers count once or not at all; what contradicts is told."""

from dataclasses import replace

import numpy as np
import pytest

from recon.core.finding import Finding
from recon.core.words import tell
from recon.events.papers import Paper, in_order, sorted_out
from recon.reading.result import Reading, Receipt, Seen

PHOTO = {"total": Seen(1, 9, (0, 0, 1, 1), 0.97), "number": Seen(1, 2, (0, 0, 1, 1), 0.9)}


def invoice(total=88_00, number="25322000000123456789", seller="鑫源五金店", **more):
    """A document of 5 March."""
    day = np.datetime64(str(more.pop("day", "2025-03-05")))
    return Receipt(day, total, number=number, seller=seller, buyer="老张面馆", currency="CNY", **more)


def asides(*documents):
    """Why each is no event of its own, in the order given; and the findings' codes."""
    readings = [Reading(f"r{n}.jpg", "invoice", "proven", "x", receipts=(d,)) for n, d in enumerate(documents)]
    papers, found = sorted_out(readings)
    assert all(isinstance(paper, Paper) for paper in papers)
    assert all(tell("en", finding) and tell("zh-CN", finding) for finding in found)
    return [paper.aside for paper in papers], [finding.code for finding in found]


def test_a_photo_and_the_e_invoice_of_one_purchase_are_one_event_and_the_data_counts():
    photo = invoice(seen=PHOTO)
    assert asides(photo, invoice()) == (["copy", ""], ["document_copy"])


def test_a_photo_whose_number_was_not_read_is_still_the_same_paper():
    assert asides(invoice(), invoice(number="", seen=PHOTO)) == (["", "copy"], ["document_copy"])


def test_a_digit_misread_on_the_photo_makes_no_second_purchase_but_two_clean_numbers_are_two():
    near = "25322000000123456780"
    assert asides(invoice(), invoice(number=near, seen=PHOTO))[0] == ["", "copy"]
    assert asides(invoice(), invoice(number=near)) == (["", ""], [])


def test_one_number_with_two_totals_is_told_with_both():
    readings = [Reading(f"r{n}.xml", "invoice", "proven", "x", receipts=(d,)) for n, d in
                enumerate((invoice(), invoice(98_00)))]
    _, (found,) = sorted_out(readings)
    assert (found.code, found.severity) == ("document_number_twice", "serious")
    assert {found.params["total"], found.params["other_total"]} == {"88.00", "98.00"}


@pytest.mark.parametrize("other", [
    invoice(number="25322000000999999999"), invoice(number="0042", seller="海鲜行"), invoice(seller="海鲜行"),
])
def test_papers_that_differ_in_number_or_issuer_stay_two(other):
    assert asides(invoice(), other) == (["", ""], [])


def test_two_equal_slips_without_numbers_may_be_two_purchases():
    assert asides(invoice(number=""), invoice(number="")) == (["", ""], [])


def test_a_delivery_note_and_the_invoice_for_it_are_one_event():
    note = invoice(number="HD-2025-0042", kind="delivery_note", day="2025-03-01")
    assert asides(note, invoice(kind="vat_digital"))[0].count("copy") == 1
    assert asides(note, invoice(70_00, kind="vat_digital")) == (["", ""], [])


def test_a_credit_note_and_its_original_cancel_each_other_and_the_replacement_stays():
    original = invoice()
    credit = invoice(-88_00, "25322000000200000001", terms={"cancels": original.number})
    again = invoice(85_00, "25322000000200000002")
    assert asides(original, credit, again) == (["cancelled", "cancelled", ""], ["document_cancelled"])


def test_a_credit_note_that_names_no_original_finds_it_by_party_and_amount():
    assert asides(invoice(), invoice(-88_00, "25322000000200000001"))[0] == ["cancelled", "cancelled"]
    assert asides(invoice(), invoice(-88_00, "25322000000200000001", "海鲜行"))[1] == ["credit_without_original"]


def test_a_credit_note_for_a_part_leaves_both():
    credit = invoice(-8_00, "25322000000200000001", terms={"cancels": invoice().number})
    assert asides(invoice(), credit) == (["", ""], ["document_credited"])


def test_a_void_paper_does_not_count():
    assert asides(replace(invoice(), terms={"void": "yes"})) == (["void"], ["document_void"])


@pytest.mark.parametrize(("home", "day"), [("GBP", "2025-03-05"), ("USD", "2025-05-03")])
def test_a_day_that_the_countrys_habit_settles_is_asked_for_no_more(home, day):
    doubt = Finding("document_date_uncertain", "look", params={"date": "2025-03-05"})
    open_one = replace(invoice(uncertain=("date",)), currency="")
    reading = Reading("r.jpg", "invoice", "proven", "x", receipts=(open_one,), findings=(doubt,))
    settled, = in_order((reading,), home)
    assert (str(settled.receipts[0].date), settled.receipts[0].uncertain, settled.findings) == (day, (), ())
    late = replace(open_one, date=np.datetime64("2025-03-25"))  # in doubt for another reason
    kept, = in_order((replace(reading, receipts=(late,)),), home)
    assert (kept.receipts, kept.findings) == ((late,), (doubt,))
