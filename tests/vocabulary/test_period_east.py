"""Days as stated, in Korean and Chinese."""

import pytest

from registry.vocabulary.period import read_day
from registry.vocabulary.period_east import in_eastern


@pytest.mark.parametrize("words, korean, chinese", [
    ("21/10/2023", "2023년 10월 21일", "2023年10月21日"),
    ("tháng 9/2023", "2023년 9월", "2023年9月"),
    ("đầu tháng 10/2023", "2023년 10월 초", "2023年10月初"),
    ("giữa tháng 10/2023", "2023년 10월 중순", "2023年10月中旬"),
    ("cuối tháng 10/2023", "2023년 10월 말", "2023年10月底"),
    ("quý III/2025", "2025년 3분기", "2025年第三季度"),
    ("6 tháng cuối năm 2023", "2023년 하반기", "2023年下半年"),
    ("năm 2011", "2011년", "2011年"),
    ("giữa năm 2022", "2022년 중반", "2022年中"),
    ("cuối năm 2022", "2022년 말", "2022年底"),
    ("đến tháng 9/2023", "2023년 9월까지", "2023年9月前"),
    ("khoảng năm 2022", "2022년경", "2022年左右"),
    ("từ 01/01/2015 đến 20/12/2015", "2015년 1월 1일~2015년 12월 20일", "2015年1月1日至2015年12月20日"),
])
def test_a_stated_day(words, korean, chinese):
    label = read_day(words).label_en
    assert (in_eastern(label, "ko"), in_eastern(label, "zh")) == (korean, chinese)


def test_other_words_stay():
    assert in_eastern("some day", "ko") == "some day"
