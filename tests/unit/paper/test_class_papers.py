"""The record of a class on paper: all that the law's file needs, at its longest, on both widths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import pytest

from kiosk.catalogue import Catalogue
from kiosk.domain.class_records import ClassMode
from kiosk.intake.courses import first_courses
from kiosk.messages.course_bodies import course_of
from kiosk.paper.class_papers import ClassPaper, ClassPoint, class_blocks
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering
from kiosk.paper.marks import Box, Picture, Run, Strokes
from kiosk.paper.raster import render
from kiosk.paper.text_form import TextGap, text_form

WIDTHS = (576, 384)
CLASSES = [body.hazard_class for body in first_courses()]
CROSS = (((40, 20), (210, 110)), ((210, 20), (40, 110)))


def paper(hazard_class: str = "site") -> ClassPaper:
    course = next(course_of(body) for body in first_courses() if body.hazard_class == hazard_class)
    pictures = [max(page.pictures, key=lambda picture: picture.is_right).name for page in course.pages]
    return ClassPaper(
        number="AJ-NZ-0918-01-0001",
        station="汽车南站零工驿站",
        name="测试甲",
        card_tail="0018",
        course_title=course.title.zh,
        course_version=1,
        points=tuple(
            ClassPoint(picture, page.text.zh) for picture, page in zip(pictures, course.pages, strict=True)
        ),
        held_at=datetime(2026, 9, 18, 5, 15),  # noqa: DTZ001 - the hall's own time, as it is printed
        spent_min=4,
        mode=ClassMode.ALONE,
        score_percent=80,
        tries=2,
        attendant="",
        valid_until=date(2027, 9, 18),
        sources=course.sources,
        strokes=CROSS,
    )


LONGEST = replace(
    paper("heat"),
    name="买买提吐尔逊·阿卜杜热合曼䶮",
    station="示例市北部客运中心劳动力集散零工驿站",
    course_title="有限空间与高处交叉作业安全警示教育课程",
    attendant="阿依古丽·买买提",
    mode=ClassMode.GROUP,
    score_percent=100,
    tries=99,
    spent_min=999,
)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


@pytest.mark.parametrize("width_dots", WIDTHS)
@pytest.mark.parametrize("whose", [*map(paper, CLASSES), LONGEST], ids=[*CLASSES, "longest"])
def test_nothing_leaves_the_paper_or_lies_on_something_else(
    whose: ClassPaper, width_dots: int, chinese: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(class_blocks(whose, chinese), width_dots, lettering)
    solid = [mark.box for mark in layout.marks if isinstance(mark, Run | Picture | Strokes)]
    for box in solid:
        assert box.left >= 0
        assert box.right <= width_dots
        assert box.top >= 0
        assert box.bottom <= layout.height_dots
    assert not [pair for pair in combinations(solid, 2) if overlap(*pair)]


@pytest.mark.parametrize("width_dots", WIDTHS)
def test_the_file_has_name_content_time_result_and_the_signature(
    width_dots: int, chinese: Catalogue, lettering: Lettering
) -> None:
    layout = document_layout(class_blocks(paper(), chinese), width_dots, lettering)
    said = "".join(mark.text for mark in layout.marks if isinstance(mark, Run))
    for word in (
        "安全教育记录",
        "AJ-NZ-0918-01-0001",
        "测试甲",
        "0018",
        "工地安全",
        "第 1 版",
        "2026年",
        "05:15",
    ):
        assert word in said
    for word in ("4 分钟", "80 分", "2 回", "2027年", "本机自学", "本人签名", "安全生产法", "本记录存档"):
        assert word in said
    assert sum(point.text in said for point in paper().points) >= 5
    assert [mark for mark in layout.marks if isinstance(mark, Strokes)]


def test_the_signature_is_ink_on_the_paper(chinese: Catalogue) -> None:
    with_mark = render(class_blocks(paper(), chinese), 576).image
    without = render(class_blocks(replace(paper(), strokes=(CROSS[0],)), chinese), 576).image
    assert with_mark.size == without.size
    assert with_mark.tobytes() != without.tobytes()


def test_whoever_was_taught_in_person_signs_on_a_line(chinese: Catalogue, lettering: Lettering) -> None:
    taught = replace(paper(), strokes=(), mode=ClassMode.TAUGHT, score_percent=None, points=())
    layout = document_layout(class_blocks(taught, chinese), 576, lettering)
    assert not [mark for mark in layout.marks if isinstance(mark, Strokes)]
    said = "".join(mark.text for mark in layout.marks if isinstance(mark, Run))
    assert "本人签名" in said
    assert "分，合格" not in said


def test_lines_of_text_leave_room_to_sign(chinese: Catalogue) -> None:
    items = text_form(class_blocks(paper(), chinese), 32)
    assert any(isinstance(item, TextGap) and item.dots >= 120 for item in items)
