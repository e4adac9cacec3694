"""Fictitious cards, one of each kind and one without end, whose bytes were computed outside this program."""

from __future__ import annotations

from kiosk.devices.emulators.cards import card_from_values

CITIZEN = card_from_values(
    {
        "name": "测试甲",
        "sex": "2",
        "nation_code": "02",
        "birth_date": "1990-03-07",
        "address": "北京市东城区测试街道1号",
        "number": "11010119900307002X",
        "issuer": "北京市公安局东城分局",
        "valid_from": "2020-01-01",
        "valid_to": "2040-01-01",
    }
)
LONG_TERM = card_from_values(
    {
        "name": "测试乙",
        "sex": "1",
        "nation_code": "01",
        "birth_date": "1950-01-01",
        "address": "北京市东城区测试街道2号",
        "number": "110101195001010017",
        "issuer": "北京市公安局东城分局",
        "valid_from": "2011-01-01",
        "valid_to": "长期",
    }
)
HMT_RESIDENT = card_from_values(
    {
        "kind": "hmt_resident",
        "name": "测试丙",
        "sex": "1",
        "birth_date": "1990-01-01",
        "address": "广东省深圳市测试区测试路3号",
        "number": "810000199001010019",
        "issuer": "深圳市公安局测试分局",
        "valid_from": "2020-01-01",
        "valid_to": "2025-01-01",
        "travel_permit_no": "H00000001",
    }
)
FOREIGN_2017 = card_from_values(
    {
        "kind": "foreign_2017",
        "name": "测试丁",
        "latin_name": "TEST, PERSON A",
        "sex": "1",
        "birth_date": "1990-03-07",
        "number": "USA320190030716",
        "issuer": "1500",
        "valid_from": "2020-01-01",
        "valid_to": "2030-01-01",
        "country_code": "USA",
    }
)
FOREIGN_2023 = card_from_values(
    {
        "kind": "foreign_2023",
        "name": "测试丁",
        "latin_name": "TEST, PERSON A",
        "sex": "1",
        "birth_date": "1990-03-07",
        "number": "932840199003070019",
        "valid_from": "2024-01-01",
        "valid_to": "2034-01-01",
        "country_code": "USA",
        "previous_number": "USA320190030716",
    }
)
ALL = (CITIZEN, LONG_TERM, HMT_RESIDENT, FOREIGN_2017, FOREIGN_2023)
NEWEST_ADDRESS = "北京市东城区测试街道9号"
