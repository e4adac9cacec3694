"""The table of trades and how people speak of them."""

from __future__ import annotations

import re

import pytest

from kiosk.codes import load_trades
from kiosk.domain.families import Family
from kiosk.domain.trades import Trade, Trades
from kiosk.resources import assets

TRADES = Trades.of(
    (
        Trade("masonry", Family.BUILD, "砌墙", "Bricklaying", "6-29-01-01", ("泥瓦工", "瓦工"), "build"),
        Trade("loading", Family.TRANSPORT, "装卸", "Loading", "4-02-05-01", ("搬运",), "transport"),
        Trade("moving", Family.TRANSPORT, "搬家", "House moving", "4-02-05-01", (), "transport"),
    )
)


def test_a_trade_is_found_by_the_word_people_use() -> None:
    assert [trade.key for trade in TRADES.spoken(" 泥瓦工 ")] == ["masonry"]


def test_a_whole_word_comes_before_a_part_of_one() -> None:
    assert [trade.key for trade in TRADES.spoken("搬")] == ["loading", "moving"]
    assert [trade.key for trade in TRADES.spoken("瓦工")] == ["masonry"]


@pytest.mark.parametrize("word", ["", "  ", "宇航员"])
def test_an_unknown_word_finds_nothing(word: str) -> None:
    assert TRADES.spoken(word) == ()


def test_one_word_never_means_two_trades() -> None:
    again = Trade("bricks", Family.BUILD, "码砖", "Bricks", "6-29-01-01", ("瓦工",), "build")
    with pytest.raises(ValueError, match="瓦工"):
        Trades.of((*TRADES.by_key.values(), again))
    with pytest.raises(ValueError, match="masonry"):
        Trades.of((*TRADES.by_key.values(), TRADES.by_key["masonry"]))


def test_the_hall_offers_at_least_forty_trades_and_some_in_every_family() -> None:
    trades = load_trades()
    assert len(trades.by_key) >= 40
    assert all(len(trades.of_family(family)) >= 5 for family in Family)


def test_every_trade_has_a_drawing_a_code_and_a_name_that_fits_its_tile() -> None:
    for trade in load_trades().by_key.values():
        assert assets("icons", "pictograms", f"{trade.pictogram}.svg").is_file(), trade.key
        assert re.fullmatch(r"[1-6]-\d\d-\d\d-\d\d", trade.occupation_code), trade.key
        assert 2 <= len(trade.zh) <= 4, trade.key
        assert trade.en
        assert len(trade.aliases) >= 3, trade.key


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("泥瓦工", "masonry"),
        ("砌筑工", "masonry"),
        ("掰苞谷", "corn_seed"),
        ("起洋芋", "vegetables"),
        ("打零工", "site_labour"),
        ("揪面片", "pastry"),
        ("伺候老人", "elder_care"),
        ("背包子", "loading"),
    ],
)
def test_what_people_here_say_finds_the_trade_first(said: str, meant: str) -> None:
    assert load_trades().spoken(said)[0].key == meant


@pytest.mark.parametrize("family", list(Family))
def test_no_two_trades_of_a_family_look_alike_to_whoever_cannot_read(family: Family) -> None:
    figures = [trade.pictogram for trade in load_trades().of_family(family)]
    assert len(figures) == len(set(figures)), sorted(figures)
