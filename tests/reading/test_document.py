"""Receipts and invoices of many countries, the arithmetic that proves them, and what must not be taken for one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from recon.evidence import picture
from recon.evidence.page import Page
from recon.reading.documents.amounts import amounts, currency, in_capitals, repaired
from recon.reading.documents.dates import dates
from recon.reading.documents.document import read_pages, read_picture
from recon.reading.documents.rows import rows
from recon.reading.documents.vocabulary import classes


def page(text, number=1, sure=None):
    """A page of one printed line per line of *text*, cells parted by ``|`` spread over the width."""
    words, box = [], []
    for i, line in enumerate(text.strip("\n").split("\n")):
        cells = [cell.strip() for cell in line.split("|")]
        for k, cell in enumerate(cells):
            width = 5 * sum(2 if ord(c) > 0x2E80 else 1 for c in cell)
            place = 600 * k / max(1, len(cells) - 1)
            left = place if k == 0 else place - width if k == len(cells) - 1 else place - width / 2
            if cell:
                words.append(cell)
                box.append([left, 20 * i, left + width, 20 * i + 10])
    confidence = None if sure is None else np.full(len(words), sure, np.float32)
    return Page(number, 600, 20 * len(words), words, np.array(box, np.float32).reshape(-1, 4), confidence=confidence)


def read(text, sure=None):
    return read_pages([page(text, sure=sure)], "a")


def only(text, sure=None):
    reading = read(text, sure)
    assert reading is not None
    assert len(reading.receipts) == 1
    return reading, reading.receipts[0]


DOCUMENTS = {
    "a German till slip with two rates": ("""
Feinkost Brandt GmbH
Hauptstr. 5
50667 Köln
EUR
BIO MILCH 3,8% | 1,19 B
BROT ROGGEN | 2,49 B
SPUELMITTEL | 1,95 A
SUMME | EUR 5,63
Geg. BAR | EUR 10,00
Rückgeld BAR | EUR 4,37
Steuer % | Netto | Steuer | Brutto
A= 19,0% | 1,64 | 0,31 | 1,95
B= 7,0% | 3,44 | 0,24 | 3,68
Gesamtbetrag | 5,08 | 0,55 | 5,63
12.03.2024 | 18:22 | Bon-Nr.:1234
""", ("receipt", "proven", "2024-03-12", 563, 55, "EUR", "Feinkost Brandt GmbH", "1234")),
    "a French ticket with the tax contained": ("""
BOULANGERIE DUPONT SARL
12 rue de la Paix 75002 PARIS
SIRET 123 456 789 00012
Ticket N° 004512 | 05/04/2023 12:14
2 BAGUETTE TRADITION | 2,60
1 TARTE CITRON | 4,50
TOTAL TTC | 7,10 €
CB | 7,10 €
dont TVA 5,5% | 0,37
Merci de votre visite
""", ("receipt", "proven", "2023-04-05", 710, 37, "EUR", "BOULANGERIE DUPONT SARL", "004512")),
    "a British slip with a saving": ("""
HIGHGATE STORES LTD
VAT No: 220 4302 31
MILK 2L | £1.45
BREAD | £1.10
Member savings | -£0.30
TOTAL TO PAY | £2.25
CARD | £2.25
CHANGE DUE | £0.00
14/02/24 09:31
Points earned | 2
""", ("receipt", "proven", "2024-02-14", 225, None, "GBP", "HIGHGATE STORES LTD", "")),
    "an English supplier's invoice with discount and VAT": ("""
ACME Tools Ltd | INVOICE
1 High Road, Leeds | Invoice No: INV-2023-0456
Invoice Date: 03 March 2023
Due Date: 02 April 2023
Bill To: Smith Builders
Description | Qty | Unit price | Amount
Hammer | 10 | 12.50 | 125.00
Nails 5kg | 4 | 8.75 | 35.00
Subtotal | 160.00
Discount 10% | -16.00
VAT 20% | 28.80
Total due | £172.80
Payment terms 30 days
""", ("invoice", "proven", "2023-03-03", 17280, 2880, "GBP", "ACME Tools Ltd", "INV-2023-0456")),
    "a German supplier's invoice": ("""
Müller Großhandel GmbH
Rechnung
Rechnungsnummer: RE-2024-118 | Rechnungsdatum: 15.01.2024
Lieferdatum: 12.01.2024 | Kunde: Gasthaus Adler
Pos | Bezeichnung | Menge | Einzelpreis | Gesamt
1 | Mehl Type 405 | 20 | 9,80 | 196,00
2 | Zucker | 10 | 7,50 | 75,00
Nettobetrag | 271,00
zzgl. 7% MwSt. | 18,97
Rechnungsbetrag | 289,97 EUR
Zahlbar bis 29.01.2024 ohne Abzug
""", ("invoice", "proven", "2024-01-15", 28997, 1897, "EUR", "Müller Großhandel GmbH", "RE-2024-118")),
    "a French supplier's invoice": ("""
Atelier Morel SARL
Facture n° F2024-031 du 9 février 2024
Date limite de paiement le 10 mars 2024
Désignation | Quantité | Prix unitaire | Montant
Menuiserie | 2 | 150,00 | 300,00
Pose | 1 | 200,00 | 200,00
Total HT | 500,00
TVA 20 % | 100,00
Net à payer | 600,00 €
""", ("invoice", "proven", "2024-02-09", 60000, 10000, "EUR", "Atelier Morel SARL", "F2024-031")),
    "an Italian slip with change": ("""
BAR ROMA S.R.L.
CAFFE | 1,20
CORNETTO | 1,50
SUBTOTALE | 2,70
TOTALE COMPLESSIVO | 2,70
di cui IVA | 0,25
Pagamento contante | 5,00
Resto | 2,30
23-10-2023 08:11 DOC N. 0123-0045
""", ("receipt", "proven", "2023-10-23", 270, 25, "EUR", "BAR ROMA S.R.L.", "0123-0045")),
    "a slip whose savings are larger than its total": ("""
SUPER MART
Date 25/06/2023 10:01 Receipt 4412
APPLES | RM3.00
PEARS | RM4.00
TOTAL SAVINGS | 9.00
TOTAL ITEMS 2
TOTAL | 7.00
DEBIT | 7.00
""", ("receipt", "proven", "2023-06-25", 700, None, "MYR", "SUPER MART", "4412")),
    "cash rounding: what was due is the rounded total": ("""
Kedai Buku Maju Sdn Bhd
12/07/2023 16:20
Buku | 10.49
Pen | 3.02
Total | 13.51
Rounding Adj | -0.01
Total Rounded | RM 13.50
Cash | 20.00
Change | 6.50
""", ("receipt", "proven", "2023-07-12", 1350, None, "MYR", "Kedai Buku Maju Sdn Bhd", "")),
    "a Chinese till slip with a discount": ("""
好又多便利店（南山店）
购物小票
单号：20250312000187 | 收银员：03
日期：2025-03-12 | 18:22:05
品名 | 数量 | 单价 | 金额
矿泉水550ml | 2 | 2.00 | 4.00
红烧牛肉面 | 1 | 5.50 | 5.50
牙膏 90g | 1 | 12.80 | 12.80
合计 | 22.30
优惠 | -2.30
应收 | 20.00
现金 | 50.00
找零 | 30.00
谢谢惠顾，欢迎再次光临
""", ("receipt", "proven", "2025-03-12", 2000, None, "CNY", "好又多便利店(南山店)", "20250312000187")),
    "a Chinese meal paid by wallet, prices in whole yuan": ("""
老王川菜馆
结账单
桌号：A08 | 人数：4
结账时间：2025/05/01 19:36
宫保鸡丁 | 1 | 38
水煮鱼 | 1 | 88
消费合计 | 186.00
会员优惠 | -18.60
抹零 | -0.40
实收金额 | 167.00
微信支付：167.00
""", ("receipt", "proven", "2025-05-01", 16700, None, "CNY", "老王川菜馆", "")),
    "a Chinese slip of whole numbers only": ("""
冰冰饮品店
2025-07-01 14:03:22
柠檬水 x2 | 8
冰淇淋 x1 | 3
合计 | 11
支付宝 | 11
""", ("receipt", "unprovable", "2025-07-01", 1100, None, "CNY", "冰冰饮品店", "")),
    "a fully digital Chinese invoice": ("""
电子发票（普通发票） | 发票号码：25442000000123456789
开票日期：2025年03月18日
名称：南山区张记面馆 | 名称：白云区粮油批发有限公司
统一社会信用代码：92440300MA5XXXXX1A | 统一社会信用代码：91440101MA9XXXXX2B
项目名称 | 数量 | 单价 | 金额 | 税率 | 税额
*谷物加工品*面粉 | 20 | 85.32110 | 1706.42 | 9% | 153.58
*植物油*大豆油 | 5 | 201.83486 | 1009.17 | 9% | 90.83
合 计 | ¥2715.59 | ¥244.41
价税合计（大写） | ⊗贰仟玖佰陆拾圆整 | （小写）¥2960.00
""", ("invoice", "proven", "2025-03-18", 296000, 24441, "CNY", "白云区粮油批发有限公司", "25442000000123456789")),
    "a hand receipt with its amount in capitals": ("""
收 款 收 据
2025 年 4 月 9 日 | No. 0012345
今收到：李建国
交 来：4月份房租
金额（大写）：叁仟伍佰元整 | ¥：3500.00
收款单位：鸿运物业管理处 | 收款人：陈红
""", ("receipt", "proven", "2025-04-09", 350000, None, "CNY", "鸿运物业管理处", "0012345")),
    "a Chinese delivery note": ("""
兴旺五金批发部 送货单
单号：XS20250311-02 | 日期：2025年3月11日
客户：利达装饰工程队
品名 | 规格 | 数量 | 单价 | 金额
角磨机 | 100mm | 3 | 185 | 555.00
切割片 | 105 | 50 | 2.2 | 110.00
合计金额（大写）：陆佰陆拾伍元整 | ￥665.00
""", ("receipt", "proven", "2025-03-11", 66500, None, "CNY", "兴旺五金批发部", "XS20250311-02")),
    "a Japanese slip in yen, which has no minor unit": ("""
スーパーやまと
2024年5月6日 18:05
牛乳 | ¥198
パン | ¥158
小計 | ¥356
消費税等 | ¥28
合計 | ¥384
お預り | ¥500
お釣り | ¥116
""", ("receipt", "proven", "2024-05-06", 384, 28, "JPY", "スーパーやまと", "")),
}


@pytest.mark.parametrize("what", DOCUMENTS)
def test_documents_of_many_countries_are_read_whole(what):
    text, (kind, outcome, day, total, tax, money, seller, number) = DOCUMENTS[what]
    reading, receipt = only(text)
    assert (reading.kind, reading.outcome, reading.reason) == (kind, outcome, f"document_{outcome}")
    assert (str(receipt.date), receipt.total, receipt.tax) == (day, total, tax)
    assert (receipt.currency, receipt.seller, receipt.number) == (money, seller, number)
    assert receipt.uncertain == ()


def test_buyers_are_told_from_sellers():
    assert only(DOCUMENTS["a fully digital Chinese invoice"][0])[1].buyer == "南山区张记面馆"
    assert only(DOCUMENTS["an English supplier's invoice with discount and VAT"][0])[1].buyer == "Smith Builders"
    assert only(DOCUMENTS["a Chinese delivery note"][0])[1].buyer == "利达装饰工程队"


NO_DOCUMENTS = {
    "a letter": "Dear Sir,\nWe met on 3 March 2023 at the office.\nYours",
    "a bank statement": """
中国某某银行账户交易明细
账号：6222 | 户名：张三
交易日期 | 摘要 | 收入 | 支出 | 余额
2025-01-02 | 转账 | 100.00 | | 1,100.00
2025-01-03 | 消费 | | 20.00 | 1,080.00
2025-01-05 | 消费 | | 30.00 | 1,050.00
合计 | 100.00 | 50.00
期末余额 1,050.00
""",
    "a valuation of investments": """
ACCOUNT STATEMENT
Statement Period | 1 MAY 2021 to 31 MAY 2021
Your opening account balance as at 1 MAY 2021 | $50,000.00
Your closing account balance as at 31 MAY 2021 | $123,084.85
Account value | 123,084.85 | 100.00
""",
    "a price list": """
2025年3月价格表
品名 | 规格 | 单价
水泥 | 50kg | 25.00
瓷砖 | 60cm | 60.00
""",
    "an empty page": " ",
}


@pytest.mark.parametrize("what", NO_DOCUMENTS)
def test_other_papers_are_not_taken_for_receipts(what):
    assert read(NO_DOCUMENTS[what]) is None


def test_a_digital_invoice_whose_capitals_differ_contradicts_itself():
    text = DOCUMENTS["a fully digital Chinese invoice"][0].replace("贰仟玖佰", "贰仟捌佰")
    reading, _ = only(text)
    assert reading.outcome == "inconsistent"
    found, = (finding for finding in reading.findings if finding.code == "document_contradiction")
    assert (found.params["total"], found.params["other"]) == ("2960.00", "2860")
    assert (found.source.page, found.source.line) == (1, 9)
    assert only(text, sure=0.95)[0].outcome == "doubtful"


def test_net_and_tax_that_miss_the_total_contradict_it():
    reading, _ = only("Invoice No: A-17\nDate: 3 May 2024\nNet amount | £100.00\nVAT | £20.00\nTotal due | £121.00")
    assert reading.outcome == "inconsistent"


def test_a_tip_that_was_paid_on_top_leaves_the_total_open():
    reading, receipt = only(
        "CORNER DINER LLC\n04/17/2024 1:05 PM\nBurger | $12.00\nFries | $4.50\nSubtotal | $16.50\nTax | $1.36\n"
        "Total | $17.86\nTip | $3.00\nAmount Paid | $20.86"
    )
    assert reading.outcome == "doubtful"
    assert receipt.uncertain == ("total",)


def test_a_poorly_read_picture_is_doubtful_whatever_its_sums_say():
    text = DOCUMENTS["a British slip with a saving"][0]
    assert only(text, sure=0.97)[0].outcome == "proven"
    assert only(text, sure=0.6)[0].outcome == "doubtful"


def test_missing_fields_are_findings():
    reading, receipt = only("RECEIPT\nGreen Grocer\nReceipt No: 5521\nVAT | 1.00", sure=0.95)
    assert (receipt.total, receipt.date) == (None, None)
    assert {finding.code for finding in reading.findings} == {"document_total_missing", "document_date_missing"}
    assert reading.outcome == "doubtful"


def test_day_and_month_that_could_change_places_are_uncertain():
    american = "CORNER DINER LLC\nReceipt 4412\n{} 1:05 PM\nTotal | $17.86"
    assert only(american.format("04/07/2024"))[1].uncertain == ("date",)
    certain = only(american.format("04/17/2024"))[1]
    assert (str(certain.date), certain.uncertain) == ("2024-04-17", ())


def test_one_file_of_several_invoices_gives_each_its_record():
    one, two = DOCUMENTS["a German supplier's invoice"][0], DOCUMENTS["a fully digital Chinese invoice"][0]
    reading = read_pages([page(one, 1), page(two, 2)], "a")
    assert [(receipt.total, receipt.page, receipt.number) for receipt in reading.receipts] == [
        (28997, 1, "RE-2024-118"), (296000, 2, "25442000000123456789"),
    ]


def test_an_invoice_over_two_pages_is_one():
    head, _, tail = DOCUMENTS["an English supplier's invoice with discount and VAT"][0].partition("Subtotal")
    reading = read_pages([page(head, 1), page("Subtotal" + tail, 2)], "a")
    receipt, = reading.receipts
    assert (receipt.total, receipt.number, receipt.page, reading.outcome) == (17280, "INV-2023-0456", 2, "proven")


CREDIT_NOTES = ["""
CREDIT NOTE
Acme Tools Ltd
Credit note no: CN-118
Date: 13 May 2024
Net amount | £100.00
VAT | £20.00
Total | £120.00
""", """
电子发票（红字） | 发票号码：25442000000123456789
开票日期：2024年05月13日
合 计 | ¥-100.00 | ¥-20.00
价税合计（大写） | （负数）壹佰贰拾圆整 | （小写）¥-120.00
"""]


@pytest.mark.parametrize("text", CREDIT_NOTES)
def test_what_takes_back_is_negative(text):
    reading, receipt = only(text)
    assert (reading.outcome, receipt.total, receipt.tax, receipt.net) == ("proven", -12000, -2000, -10000)


cents = st.integers(1, 99_999)


@st.composite
def slips(draw):
    """A till slip as text, its total in cents, and the printed total."""
    items = draw(st.lists(cents, min_size=2, max_size=8))
    discount = draw(st.sampled_from([0, 0, min(items) // 2]))
    total = sum(items) - discount
    given_money = total + draw(st.integers(1, 5000))
    print_ = "{}.{:02}".format
    rows_ = [f"GOODS {chr(65 + i)} | {print_(*divmod(item, 100))}" for i, item in enumerate(items)]
    if discount:
        rows_ += [f"SUBTOTAL | {print_(*divmod(sum(items), 100))}", f"DISCOUNT | -{print_(*divmod(discount, 100))}"]
    printed = print_(*divmod(total, 100))
    rows_ += [
        f"{draw(st.sampled_from(['TOTAL', 'Total Due', 'GRAND TOTAL', 'Total (incl. VAT)']))} | {printed}",
        f"CASH | {print_(*divmod(given_money, 100))}",
        f"CHANGE | {print_(*divmod(given_money - total, 100))}",
    ]
    return "\n".join(["GREEN GROCER LIMITED", "Receipt No: 77120", "Date: 21/03/2024 10:11", *rows_]), total, printed


@given(slips())
def test_the_total_of_any_slip_is_found_and_proven(slip):
    text, total, _ = slip
    reading, receipt = only(text)
    assert (receipt.total, reading.outcome, receipt.uncertain) == (total, "proven", ())


@given(slips(), st.data())
def test_a_misread_total_is_never_sold_as_certain(slip, data):
    text, total, printed = slip
    place = data.draw(st.sampled_from([i for i, c in enumerate(printed) if c.isdigit()]))
    wrong = printed[:place] + str((int(printed[place]) + data.draw(st.integers(1, 9))) % 10) + printed[place + 1 :]
    lines = text.split("\n")
    k = next(i for i, line in enumerate(lines) if line.lower().startswith(("total", "grand")))
    lines[k] = lines[k].replace(printed, wrong)
    _, receipt = only("\n".join(lines), sure=0.95)
    assert receipt.total == total or "total" in receipt.uncertain


anywhere = st.tuples(st.text(max_size=12), st.floats(0, 600), st.floats(0, 800), st.floats(0, 100), st.floats(0, 40))
KNOWN = ["TOTAL", "12.30", "合计", "¥5", "Date", "3/4/24", "Invoice", "No", "A-12", "Tax", "cash", "壹元", "1,2.3,4"]


@given(st.lists(anywhere, max_size=25))
def test_any_page_is_read_or_left_without_a_crash(words):
    box = np.array([[x, y, x + w, y + h] for _, x, y, w, h in words], np.float32).reshape(-1, 4)
    reading = read_pages([Page(1, 600, 800, [word for word, *_ in words], box)], "a")
    assert reading is None or reading.receipts


@given(st.lists(st.sampled_from(KNOWN), max_size=30))
def test_known_words_in_any_order_do_not_crash(words):
    corners = [(60 * (i % 6), 20 * (i // 6)) for i in range(len(words))]
    box = np.array([[left, top, left + 50, top + 12] for left, top in corners], np.float32)
    reading = read_pages([Page(1, 600, 800, words, box.reshape(-1, 4))], "a")
    assert reading is None or all(receipt.total is None or receipt.total > 0 for receipt in reading.receipts)


@pytest.mark.parametrize(("text", "expected"), [
    ("RM7.20 S", ["7.20"]), ("1.234,56 €", ["1234.56"]), ("1 234,56", ["1234.56"]), ("1'234.56", ["1234.56"]),
    ("(1,234.56)", ["-1234.56"]), ("0.02-", ["-0.02"]), ("-RM0.02", ["-0.02"]), ("¥35", ["35"]), ("35元", ["35"]),
    ("合计:22.30元", ["22.30"]), ("RM .00", ["0.00"]), ("1 100.00", ["100.00"]), ("Y123.45", ["123.45"]),
    ("12/02/2018", []), ("11:23", []), ("6%", []), ("14.50%", []), ("2.9000", []), ("3x10.49", []), ("2.50kg", []),
    ("127.0.0.1", []), ("03-4021 2008", []), ("1234567", []),
])
def test_amounts_are_told_from_other_numbers(text, expected):
    assert [str(amount.value) for amount in amounts(text)] == expected


@given(st.integers(0, 10**13 - 1), st.sampled_from(["{:,}.{:02}", "¥{:,}.{:02}", "{:,}.{:02}元", "{}.{:02}"]))
def test_every_printed_amount_comes_back_exactly(minor, shape):
    amount, = amounts(shape.format(*divmod(minor, 100)))
    assert amount.value * 100 == minor


@pytest.mark.parametrize(
    ("text", "value"), [("RMO.65S", "0.65"), ("106.1C", "106.10"), ("5O.0o", "50.00"), ("I2.8B", "12.88")]
)
def test_letters_among_digits_are_read_as_digits_and_marked(text, value):
    found, = repaired(text)
    assert (str(found.value), found.repaired) == (value, True)


@pytest.mark.parametrize(("text", "value"), [
    ("壹佰贰拾叁圆肆角伍分", "123.45"), ("人民币叁仟元整", "3000"),
    ("壹万零伍拾元整", "10050"), ("⊗贰仟玖佰陆拾圆整", "2960"),
    ("壹亿贰仟万元整", "120000000"), ("拾元整", "10"),
    ("壹拾元伍分", "10.05"), ("合计元", None), ("三元里", None),
])
def test_amounts_in_capitals(text, value):
    found = in_capitals(text)
    assert (None if found is None else str(found.normalize() if "." in str(found) else found)) == value


@pytest.mark.parametrize(("text", "money", "day", "sure"), [
    ("16-03-201812:07:10", "", "2018-03-16", True), ("26-05--201815:16:13", "", "2018-05-26", True),
    ("#19-18/03/201823:02:16", "", "2018-03-18", True), ("27/05/20188:07 PM", "", "2018-05-27", True),
    ("2025年3月12日", "", "2025-03-12", True), ("20250312", "", "2025-03-12", True),
    ("25-03-12", "CNY", "2025-03-12", True), ("03/04/24", "MYR", "2024-04-03", True),
    ("03/04/24", "USD", "2024-03-04", False), ("03/04/24", "", "2024-04-03", False),
    ("04 Jan 2017 01:15pm", "", "2017-01-04", True), ("August 3, 2014", "", "2014-08-03", True),
    ("DatedJun 20, 2025 13:38", "", "2025-06-20", True), ("December 3, 2024", "", "2024-12-03", True),
    ("3. März 2025", "", "2025-03-03", True), ("1er février 2024", "", "2024-02-01", True),
])
def test_dates_glued_to_times_and_in_any_order(text, money, day, sure):
    found, = dates(text, money)
    assert (found.day.isoformat(), found.sure) == (day, sure)


@pytest.mark.parametrize(
    "text", ["30/02/2024", "03-7832 6929,012-659 9829", "192.168.1.22", "20250312000187", "12.50 13.60"]
)
def test_what_is_no_date(text):
    assert dates(text) == []


@pytest.mark.parametrize(("text", "kinds"), [
    ("Totai", {"total"}), ("lnclusive", {"inclusive"}), ("TakeOutTotal", {"total"}), ("CASHRM", {"cash", "coins"}),
    ("合 计", {"total"}), ("CORNETTO", set()), ("价税合计", {"grand"}), ("Größe", set()),
])
def test_words_are_known_despite_slips_of_the_ocr(text, kinds):
    assert classes(text) == kinds


def test_yen_and_yuan_share_a_sign_and_are_told_apart():
    assert currency("合計 ¥384 円")[0] == "JPY"
    assert currency("合计 ¥384")[0] == "CNY"
    assert currency("Kedai Buku Sdn Bhd $5.00") == ("MYR", True)


def test_rows_follow_a_slip_that_curls():
    drop = [0, 3, 7, 12]
    corners = [(150 * k, 100 * i + drop[k]) for i in range(2) for k in range(4)]
    box = np.array([[left, top, left + 40, top + 16] for left, top in corners], np.float32)
    assert [row.text for row in rows([Page(1, 600, 300, list("abcdefgh"), box)])] == ["a  b  c  d", "e  f  g  h"]


@pytest.mark.slow
def test_a_photographed_slip_is_read_from_end_to_end_and_noise_is_refused(tmp_path):
    image = Image.new("RGB", (700, 620), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(size=28)
    head = ["GREEN GROCER LIMITED", "Receipt No 77120", "21/03/2024 10:11"]
    sums = ["APPLES|3.40", "PEARS|12.20", "TOTAL|15.60", "CASH|20.00", "CHANGE|4.40"]
    for i, line in enumerate(head + sums):
        for text, x in zip(line.split("|"), (40, 520), strict=False):
            pen.text((x, 40 + 70 * i), text, fill="black", font=font)
    image.rotate(3, fillcolor="grey").save(tmp_path / "slip.jpg")
    reading = read_picture(tmp_path / "slip.jpg", "receipts/slip.jpg")
    receipt, = reading.receipts
    assert (reading.outcome, receipt.total, str(receipt.date)) == ("proven", 1560, "2024-03-21")
    assert receipt.seller == "GREEN GROCER LIMITED"
    assert (len(reading.digest), reading.pages, reading.file) == (64, 1, "receipts/slip.jpg")
    noise = np.random.default_rng(0).integers(0, 255, (200, 300, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "holiday.png")
    refused = read_picture(tmp_path / "holiday.png", "holiday.png")
    assert (refused.outcome, refused.receipts) == ("refused", ())
    assert refused.reason in {"picture_without_words", "picture_no_document"}


def test_the_second_engine_fills_in_but_is_never_believed_alone(tmp_path, monkeypatch):
    seen = {"rapidocr": [], "tesseract": [page(DOCUMENTS["a British slip with a saving"][0], sure=0.95)]}
    blank = [Page(1, 9, 9, [], np.empty((0, 4), np.float32))]
    looks = lambda _path, _name, _password, engine="rapidocr", _like=(): seen[engine] or blank  # noqa: E731 a stand-in
    monkeypatch.setattr(picture, "look", looks)
    (tmp_path / "a.jpg").write_bytes(b"x")
    reading = read_picture(tmp_path / "a.jpg", "a.jpg")
    assert (reading.outcome, reading.receipts[0].total) == ("doubtful", 225)
    assert "total" in reading.receipts[0].uncertain
    assert "document_second_engine" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize(("words", "due", "stamp"), [
    ("Terms: net 30 days", "2025-02-09", ""), ("Payment terms | 45 days", "2025-02-24", ""),
    ("账期：60天", "2025-03-11", ""), ("UNPAID", None, "unpaid"), ("PAID IN FULL", None, "paid"),
    ("Terms: cash", None, ""), ("结算方式：每月25日", None, ""), ("Paid | 0.00", None, "")])
def test_days_of_credit_make_a_due_date_and_stamps_are_read(words, due, stamp):
    text = f"INVOICE\nInvoice no: A-20250110\nDate: 10 January 2025\n{words}\nTotal | 1,250.00"
    _, receipt = only(text)
    assert (str(receipt.due) if receipt.due else None) == due
    assert set(receipt.terms) & {"paid", "unpaid"} == ({stamp} if stamp else set())


def test_a_lender_named_before_its_role_is_not_sought_in_the_next_line():
    _, receipt = only("""
Loan Agreement
Contract number: 1524075
This agreement is made on 22 May 2025
between Robert Yardley (the Lender)
and Ely Quayside Building Supplies (the Borrower)
Loan amount: GBP 240,000.00
Interest rate: 6.00% per annum
""")
    assert (receipt.seller, receipt.buyer) == ("Robert Yardley", "Ely Quayside Building Supplies")


def test_a_shop_called_after_its_street_is_a_name_and_goods_are_none():
    _, receipt = only("""
Station Road News
RECEIPT
Bill no 2501016972
Dated 2025-01-01 17:50
Served by Fiona
Milk | 227.35
AMOUNT DUE | 227.35
""")
    assert receipt.seller == "Station Road News"
