"""The manifest on paper: nobody is cut short, and its code tells the very hash that was frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
import zxingcpp

from kiosk.catalogue import load
from kiosk.domain.departures import Check
from kiosk.paper.headings import Heading
from kiosk.paper.manifests import Copy, ListedRider, ManifestPaper, manifest_blocks
from kiosk.paper.raster import render

AT = datetime(2026, 9, 18, 7, 20)  # noqa: DTZ001 - the hall's own time, as it is printed
DIGEST = "4F2A91C0" * 8


def paper() -> ManifestPaper:
    """Return the driver's paper of a coach with one who came, one who did not, and one nobody here knows."""
    came = ListedRider(
        seat=1,
        name="测试己",
        card_number="999999197001020012",
        phone_tail="0001",
        slip="PG-NZ-0918-01-0001",
        employer="测试果蔬种植专业合作社联合社",
        is_taught=True,
        boarded_at=time(7, 5),
    )
    absent = replace(came, seat=2, slip="PG-NZ-0918-01-0002", is_taught=False, boarded_at=None)
    unknown = ListedRider(0, "", "", "", "PG-NZ-0918-02-0003", "", None, time(7, 6))
    return ManifestPaper(
        number="CC-NZ-0918-A101",
        copy=Copy.DRIVER,
        heading=Heading("汽车南站零工驿站", "A", "周*敏", AT),
        trip="A101",
        day=date(2026, 9, 18),
        departs_at=time(7, 20),
        departed_at=time(7, 21),
        bay="6",
        destination="白杨镇",
        plate="示A·00006",
        kind="minibus",
        approved=6,
        crew=1,
        permit_no="示运000001",
        driver_name="测试庚",
        driver_licence="A1",
        qualification_no="000000000001",
        riders=(came, absent, unknown),
        checked=tuple((check.value, "测试己") for check in Check),
        short_code="4F2A-91C0",
        code=f"LGM:CC-NZ-0918-A101:{DIGEST}",
    )


@pytest.mark.parametrize("width_dots", [384, 576])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_its_code_tells_the_hash_on_every_width(width_dots: int, language: str) -> None:
    sheet = render(manifest_blocks(paper(), load(language)), width_dots)
    assert sheet.image.width == width_dots
    [found] = zxingcpp.read_barcodes(sheet.image.convert("L"))
    assert found.text == f"LGM:CC-NZ-0918-A101:{DIGEST}"


def test_the_document_says_who_came_and_who_did_not() -> None:
    tr = load("zh_CN")
    said = repr(manifest_blocks(paper(), tr))
    for word in ("上车 2 人", "名单 3，没上车 1", "没上车", "安全没学", "超员禁止发车", "见派工单", "无座号"):
        assert word in said, word


def test_a_line_in_a_log_names_nobody() -> None:
    assert "测试己" not in repr(paper().riders[0])
