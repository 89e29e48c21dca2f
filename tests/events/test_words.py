"""Two printings of one party's name are known for one; firms that share a town, a trade and a legal form are not."""

import pytest

from recon.events.words import plain, same_party


@pytest.mark.parametrize(("one", "two"), [
    ("新源天成五金制品有限公司", "新源天成五金制"), ("新源天成五金制品有限公司", "支付宝-新源天成五金"),
    ("平阳鑫源建材门市部", "平阳森源建材门市部"), ("江州市老张粮油店", "老张粮油店"),
    ("刘记粮油店", "刘记粮油店（刘强）"),
    ("Oakham Iris Appliances Distribution Ltd", "OAKHAM IRIS APPLIANCES DIST"),
    ("Booker Limited", "SUMUP *BOOKER"), ("Diss Beacon Building Services Ltd", "Diss Beacon Bui1ding Services Ltd")])
def test_cut_prefixed_and_misread_names_are_one_partys(one, two):
    assert same_party(plain(one), plain(two))
    assert same_party(plain(two), plain(one))


@pytest.mark.parametrize(("one", "two"), [
    ("新源天成五金制品有限公司", "江州顺达物流有限公司"), ("新源天成五金制品有限公司", "临川锦程五金制品有限公司"),
    ("浙江省杭州市和顺粮油有限公司", "浙江省杭州市永丰粮油有限公司"), ("海鲜行", ""),
    ("Oakham Iris Appliances Distribution Ltd", "Brigg Westbrook Appliances Distribution Ltd"),
    ("Brigg Westbrook Foods Ltd", "Brigg Sunnyside Motors Ltd"), ("Harlow Dairy Limited", "Greenway Bakery Limited")])
def test_firms_of_one_trade_and_one_town_are_two_parties(one, two):
    assert not same_party(plain(one), plain(two))
    assert not same_party(plain(two), plain(one))
