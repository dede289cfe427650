"""Days as stated, in Korean and Chinese: made from their English words, which are few."""

import re

from .period import MONTHS, ORDINALS

MONTH = "|".join(MONTHS)
ONE = re.compile(
    rf"(?P<by>by )?(?P<around>around )?(?P<part>early |mid-|late )?(?:(?:(?P<day>[0-9]+) )?(?P<month>{MONTH}) "
    rf"|(?P<nth>{'|'.join(ORDINALS)}) (?P<of>quarter|half) of )?(?P<year>[0-9]{{4}})"
)
PARTS = {
    "ko": {"early ": "초", "mid-": "중순", "late ": "말"},
    "zh": {"early ": "初", "mid-": "中旬", "late ": "底"},
}
# In the middle of a year is said in other words than in the middle of a month.
MIDDLE_OF_YEAR = {"ko": "중반", "zh": "年中"}
BY = {"ko": "까지", "zh": "前"}
AROUND = {"ko": "경", "zh": "左右"}
TO = {"ko": "~", "zh": "至"}
HALVES = {"ko": ("상반기", "하반기"), "zh": ("上半年", "下半年")}
CHINESE_DIGITS = "一二三四"


def in_eastern(label_en: str, language: str) -> str:
    """``label_en`` of a VagueDay in "ko" or "zh": "2023년 10월 말", "2025年第一季度"; as it is where it is none."""
    ends = [ONE.fullmatch(end) for end in label_en.split(" to ")]
    if not all(ends):
        return label_en
    return TO[language].join(_told(end.groupdict(), language) for end in ends)


def _told(said: dict[str, str | None], language: str) -> str:
    year, part, unit = said["year"], said["part"], ("년", "월", "일") if language == "ko" else ("年", "月", "日")
    space = " " if language == "ko" else ""
    words = year + unit[0]
    if said["month"]:
        words += f"{space}{MONTHS.index(said['month']) + 1}{unit[1]}"
    if said["day"]:
        words += f"{space}{said['day']}{unit[2]}"
    if said["nth"]:
        words += space + _nth(ORDINALS.index(said["nth"]), said["of"], language)
    if part == "mid-" and not said["month"]:
        words = f"{year}{'년 ' if language == 'ko' else ''}{MIDDLE_OF_YEAR[language]}"
    elif part:
        words += space + PARTS[language][part]
    words += AROUND[language] if said["around"] else ""
    return words + BY[language] if said["by"] else words


def _nth(place: int, of: str, language: str) -> str:
    if of == "half":
        return HALVES[language][place]
    return f"{place + 1}분기" if language == "ko" else f"第{CHINESE_DIGITS[place]}季度"
