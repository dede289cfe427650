import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.vocabulary.vietnamese import (
    SearchText,
    SearchWord,
    TooManyWords,
    fold,
    search_text,
    search_words,
    sort_key,
)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def matches(query, text):
    """Whether every word of the query occurs in the text, by the rule that SearchWord states."""
    folded = search_text(text).folded
    return all(
        any((f" {token} " if token.startswith("#") else f" {token}") in folded for token in word.alternatives)
        for word in search_words(query)
    )


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Điện tử", "dien tu"),
        (nfd("Điện tử"), "dien tu"),
        ("Ðà Nẵng", "da nang"),
        ("HÒA", "hoa"),
        ("Hoà", "hoa"),
        ("  Quế \u00a0 Võ\n III ", "que vo iii"),
        ("삼성전자", "삼성전자"),
        (nfd("삼성전자"), "삼성전자"),
        ("立訊精密", "立訊精密"),
        ("ガラス", "ガラス"),
        ("Công\x00ty", "cong\x00ty"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Điện tử", " dien tu "),
        ("Quế Võ III", " que vo iii #3 "),
        ("lô 3", " lo 3 #3 "),
        ("lô 03", " lo 03 #3 "),
        ("VI", " vi #6 "),
        ("vi mạch", " vi mach "),
        ("Vi mạch", " vi mach "),
        ("số 31", " so 31 "),
        ("XXX XXXI", " xxx xxxi #30 "),
        ("II-C", " ii c iic #2 #2c "),
        ("II‑C", " ii c iic #2 #2c "),
        ("IIC", " iic #2 #2c "),
        ("2C", " 2c #2 #2c "),
        ("2-c", " 2 c 2c #2 #2c "),
        ("I-C", " i c ic #1 #1c "),
        ("IC, IT, VN", " ic it vn "),
        ("II-CN", " ii cn #2 "),
        ("vii-c", " vii c viic "),
        ("Bắc-Ninh", " bac ninh "),
        ("a_b%c", " a b c "),
        ("KCN Quế Võ", " kcn que vo khu cong nghiep "),
        ("Khu công nghiệp Quế Võ", " khu cong nghiep que vo kcn "),
        ("KCN (khu công nghiệp)", " kcn khu cong nghiep "),
        ("cụm công nghiệp", " cum cong nghiep ccn "),
        ("CCN", " ccn cum cong nghiep "),
        ("삼성 电子", " 삼성 电子 "),
        ("", ""),
        ("–", ""),
    ],
)
def test_folded_words(text, folded):
    assert search_text(text).folded == folded


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Điện Tử", " điên\u0323 tư\u0309 "),
        ("Hoà", " hoa\u0300 "),
        ("Hòa", " hoa\u0300 "),
        (nfd("Hoà"), " hoa\u0300 "),
        ("Thuỵ thụy", " thuy\u0323 thuy\u0323 "),
        ("ăâêôơư", " ăâêôơư "),
        ("KCN II-C", " kcn ii c iic "),
        ("삼성", " 삼성 "),
        ("", ""),
    ],
)
def test_marked_words(text, marked):
    assert search_text(text).marked == marked


def test_the_parts_of_a_record_are_one_text():
    assert search_text("Amkor", None, "", "Yên Phong") == SearchText(
        folded=" amkor yen phong ", marked=" amkor yên phong "
    )


@pytest.mark.parametrize(
    ("query", "alternatives"),
    [
        ("6", [("6", "#6")]),
        ("06", [("06", "#6")]),
        ("31", [("31",)]),
        ("VI", [("vi", "#6")]),
        ("vi", [("vi",)]),
        ("Vi", [("vi",)]),
        ("i v x xi", [("i",), ("v",), ("x",), ("xi",)]),
        ("ii iii iv vii", [("ii", "#2"), ("iii", "#3"), ("iv", "#4"), ("vii", "#7")]),
        ("viii ix Xii", [("viii", "#8"), ("ix", "#9"), ("xii", "#12")]),
        ("II-C", [("iic", "#2c")]),
        ("ii-c", [("iic", "#2c")]),
        ("IIC", [("iic", "#2c")]),
        ("iic", [("iic", "#2c")]),
        ("2C", [("2c", "#2c")]),
        ("2-c", [("2c", "#2c")]),
        ("V-A", [("va", "#5a")]),
        ("v-a", [("v",), ("a",)]),
        ("via VN", [("via",), ("vn",)]),
        ("bac-ninh", [("bac",), ("ninh",)]),
        ("quế võ III", [("que",), ("vo",), ("iii", "#3")]),
        ("KCN kcn", [("kcn",)]),
        ("삼성", [("삼성",)]),
        ("% _ \x00", []),
        ("", []),
    ],
)
def test_words_of_a_query(query, alternatives):
    assert [word.alternatives for word in search_words(query)] == alternatives


def test_a_query_word_keeps_its_marks_to_tell_exact_finds():
    assert search_words("hoà Hòa II-C") == [
        SearchWord("hoa\u0300", ("hoa",)),
        SearchWord("iic", ("iic", "#2c")),
    ]


def test_twenty_words_at_most():
    words = [f"a{n}" for n in range(21)]
    assert len(search_words(" ".join(words[:20] * 2))) == 20
    with pytest.raises(TooManyWords, match="21 từ khác nhau, nhiều nhất là 20"):
        search_words(" ".join(words))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("dien tu", "Linh kiện Điện tử"),
        ("ĐIỆN TỬ", nfd("điện tử")),
        (nfd("điện tử"), "Điện tử"),
        ("tu dien", "Điện tử"),
        ("điên", "Điện tử"),
        ("die", "Điện tử"),
        ("hoà phú", "KCN Hòa Phú"),
        ("hòa", "Hoà Yên"),
        ("thuỵ", "thụy"),
        ("thụy", nfd("Thuỵ")),
        ("kcn que vo", "Khu công nghiệp Quế Võ"),
        ("khu công nghiệp quế võ", "KCN Quế Võ"),
        ("ccn", "Cụm Công nghiệp Mả Ông"),
        ("cum cong nghiep", "CCN Mả Ông"),
        ("III", "Khu 3"),
        ("iii", "Khu 3"),
        ("3", "Quế Võ III"),
        ("Quế Võ 6", "Quế Võ VI"),
        ("Quế Võ VI", "Quế Võ 6"),
        ("vi mach", "Vi mạch bán dẫn"),
        ("yên phong II", "Yên Phong 2C"),
        ("yên phong 2", "Yên Phong II-C"),
        *((query, text) for query in ("II-C", "IIC", "2C", "2c", "2-C", "iic")
          for text in ("Yên Phong II-C", "Yên Phong IIC", "Yên Phong 2C", "Yên Phong 2-C")),
        ("삼성", "삼성전자"),
        ("BN-000123", "BN-000123"),
        ("", "Điện tử"),
    ],
)  # fmt: skip
def test_found(query, text):
    assert matches(query, text)


@given(st.text(st.sampled_from("iIvVxXcC29 -–Vịđ́감ガ"), max_size=12) | st.text(max_size=12))
def test_a_text_is_found_by_itself_in_any_writing(text):
    assert matches(text, text)
    assert matches(nfd(text), text)
    assert search_text(nfd(text)) == search_text(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("II-C", "KCN Yên Phong II-A"),
        ("2C", "KCN Yên Phong II-A"),
        ("6 mach", "vi mạch"),
        ("vi mach", "6 mạch"),
        ("III", "Khu 13"),
        ("1", "Khu X"),
        ("tử", "điện"),
        ("iện", "Điện"),
        ("kcn", "Công nghiệp"),
    ],
)
def test_not_found(query, text):
    assert not matches(query, text)


IN_ORDER = [
    "2 Tháng 9",
    "10 Tháng 3",
    "An",
    "An Bình",
    "Án",
    "Anh",
    "Ăn",
    "Ân",
    "Ba",
    "Ba 2",
    "Ba 10",
    "Ba Lan",
    "Bà",
    "Bà An",
    "Bả",
    "Bã",
    "Bá",
    "Bạ",
    "Bac",
    "Bắc Giang",
    "Bắc Ninh",
    "Cẩm",
    "Dũng",
    "Đại",
    "Đình Trám",
    "Em",
    "Êm",
    "Hòa Phú",
    "Hòa Yên",
    "Hoàng",
    "Lý",
    "Ô",
    "Ơ",
    "Quế Võ",
    "Quế Võ I",
    "Quế Võ II",
    "Quế Võ III",
    "Tư",
    "Từ Sơn",
    "Vân",
    "Yên Phong",
    "Zamil",
    "日本電産",
    "삼성전자",
]


def test_dictionary_order():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BẮC NINH", "bắc ninh"),
        ("Hoà", "Hòa"),
        ("Hòa", nfd("Hòa")),
        ("Song Khê – Nội Hoàng", "Song Khê, Nội (Hoàng)"),
        ("Lô 02", "Lô 2"),
        ("Ðại", "Đại"),
        ("Müller", "Muller"),
    ],
    ids=["case", "tone's place", "NFD", "punctuation", "leading zero", "eth", "foreign mark"],
)
def test_what_does_not_count_in_the_order(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("–", 0), ("0", 2), ("a" * 1000, 400), ("9" * 1000, 400)]
)
def test_the_length_of_a_sort_key(text, length):
    assert len(sort_key(text)) == length
