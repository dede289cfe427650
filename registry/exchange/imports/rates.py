"""Whether two sums of a row can be one: a slip between đồng, triệu and tỷ shows in the rate between them."""

from decimal import Decimal

from django.utils.translation import gettext as _

LEAST, MOST = 10_000, 40_000  # đồng for a dollar, wider than any year since 1992 has had


def doubt_of_rate(usd: Decimal, dong: Decimal) -> str:
    """What the officer should look at again; empty where the two sums agree, or one is nothing."""
    if not usd or not dong or LEAST <= dong / usd <= MOST:
        return ""
    rate = f"{dong / usd:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return _("Vốn bằng VND và bằng USD cho tỷ giá %(rate)s đồng một USD, ngoài khoảng 10.000–40.000: có thể nhầm đơn "
             "vị (đồng, triệu, tỷ). Hãy kiểm tra hai số; dòng vẫn nhập được.") % {"rate": rate}
