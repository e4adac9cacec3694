"""Tables that come with the program, read from data/codes and data/sync into values."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from kiosk.domain.families import Family
from kiosk.domain.ids import STATION_SHAPE
from kiosk.domain.rest_days import ToldDay
from kiosk.domain.trades import Trade, Trades
from kiosk.resources import data


def load_trades() -> Trades:
    """Return the trades of data/codes/trades.toml; raises ValueError where the file contradicts itself."""
    tables = tomllib.loads(data("codes", "trades.toml").read_text(encoding="utf-8"))["trade"]
    return Trades.of(
        Trade(
            key=table["key"],
            family=Family(table["family"]),
            zh=table["zh"],
            en=table["en"],
            occupation_code=table["occupation_code"],
            aliases=tuple(table["aliases"]),
            pictogram=table["pictogram"],
        )
        for table in tables
    )


def load_dictionaries() -> dict[int, bytes]:
    """Return the dictionaries of data/sync that packed messages are compressed with, by their numbers."""
    return {int(path.stem): path.read_bytes() for path in data("sync").glob("*.zdict")}


def load_pictures() -> dict[str, tuple[str, str]]:
    """Return what a course may show: the Chinese and the English name of each picture, by its own name."""
    tables = tomllib.loads(data("codes", "pictures.toml").read_text(encoding="utf-8"))["picture"]
    return {table["name"]: (table["zh"], table["en"]) for table in tables}


def spoken_names(trades: Trades) -> dict[str, tuple[str, ...]]:
    """Return every name people say for each trade, by the trade's key, for the search."""
    return {key: (trade.zh, *trade.aliases) for key, trade in trades.by_key.items()}


def load_parameters() -> list[dict[str, Any]]:
    """Return every number of law and locality that comes with the program, field by field."""
    tables = tomllib.loads(data("sample", "parameters.toml").read_text(encoding="utf-8"))["parameter"]
    return list(tables)


def load_calendar() -> list[ToldDay]:
    """Return the holidays that come with the program, and the days that are worked for them."""
    years = tomllib.loads(data("sample", "calendar.toml").read_text(encoding="utf-8"))["year"]
    return [
        ToldDay(day, name == "rest", year["source"])
        for year in years
        for name in ("rest", "work")
        for day in year[name]
    ]


def load_parameter_units() -> dict[str, str]:
    """Return what each number of law and locality is counted in, by its key; a station in a key is `XX`."""
    return {any_station(table["key"]): table["unit"] for table in load_parameters()}


def any_station(key: str) -> str:
    """Return the key of a parameter with `XX` for each station it names."""
    return re.sub(rf"(?<=\.){STATION_SHAPE}(?=\.|$)", "XX", key)
