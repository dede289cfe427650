"""Who stands behind a project in a file: its investors with their stakes, and its enterprise."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from registry.actions.bulk import check_columns
from registry.actions.plan import NEW_RECORD
from registry.actions.project import StakeGiven, check_shares
from registry.actions.record import InvalidRecord
from registry.models import Country, Enterprise, Investor
from registry.models.rows import blank, relate
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import InvestorKind, usual_kind
from registry.vocabulary.publication import Publication

from .cells import Invalid, Row, as_percent, as_yes
from .headings import comparable
from .matching import NoSuch, Register, Several
from .words import as_word

PARTED = re.compile(r"\s*[;\n]\s*")
COUNTRIES = re.compile(r"\s*[,/&+]\s*|\s+và\s+")
# "1. Công ty A", "2) Công ty B", "- Công ty C"; neither "1.5" nor "-5".
LISTED = re.compile(r"(?:[-–—•*+]|\(?[0-9]{1,2}[.)])(?:\s+|(?=[^\W\d]))")


class CountDiffers(RuleBroken):
    code = "count-differs"
    message = _("Có %(investors)s nhà đầu tư nhưng ô này có %(count)s giá trị. Hãy ghi mỗi nhà đầu tư một giá trị, "
                "ngăn bằng dấu chấm phẩy.")


@dataclass
class Parts:
    """``makes`` are the records among them that are new with this row."""

    stakes: tuple[StakeGiven, ...] = ()
    makes: tuple = ()

    @property
    def investors(self) -> list[Investor]:
        return [stake.investor for stake in self.stakes]


class Holders:
    """One run over a file; an investor or enterprise that several rows name is made once."""

    def __init__(self, register: Register):
        self.register = register
        self.new_investors: dict[tuple, Investor] = {}
        self.new_enterprises: dict[str, Enterprise] = {}

    def of(self, row: Row) -> Parts:
        """The investors of a row as stakes, the first the lead unless one is marked."""
        codes, names = parted(row, "investors.code"), parted(row, "investors.name")
        count = max(len(codes), len(names))
        columns = {name: self._each(row, name, count) for name in (
            "investors.code", "investors.name", "investors.country", "investors.share_percent", "investors.lead",
            "investor_kind")}
        given, makes = [], []
        for code, name, country, share, lead, kind in zip(*columns.values(), strict=True):
            investor, is_new = self._investor(row, code, name, country, kind)
            if investor is None:
                continue
            makes += [investor] if is_new else []
            share = _read(row, "investors.share_percent", share, as_percent, row.heading.plain)
            given.append(StakeGiven(investor, share, bool(_read(row, "investors.lead", lead, as_yes))))
        return Parts(_once_each(row, given), tuple(makes))

    def enterprise(self, row: Row) -> tuple[Enterprise | None, tuple]:
        """The enterprise that a row names, and the new ones that it makes."""
        code, tax_code, name = row.text("enterprise.code"), tax_code_of(row), row.text("enterprise.name")
        if code:
            found = self.register.enterprises.code(code)
            if not found:
                row.fail("enterprise.code", NoSuch(noun=Enterprise._meta.verbose_name, text=code))
            return found, ()
        if tax_code and (found := self.register.enterprises_by_tax_code.get(tax_code)):
            return found, ()
        if gone := self.register.withdrawn_by_tax_code.get(tax_code):
            row.fail("enterprise.tax_code", self.register.out_of_sight(gone))
        if not name:
            return None, ()
        found = [each for each in self.register.enterprises.named(name)
                 if not (tax_code and each.tax_code and each.tax_code != tax_code)]
        if len(found) > 1:
            picked = row.pick("enterprise", Several(name, found), may_be_new=True)
            found = [] if picked == NEW_RECORD else [picked or found[0]]
        if found:
            return found[0], ()
        return self._new_enterprise(row, name, tax_code)

    def _new_enterprise(self, row: Row, name: str, tax_code: str) -> tuple[Enterprise, tuple]:
        key = tax_code or comparable(name)
        if made := self.new_enterprises.get(key):
            return made, ()
        made = blank(Enterprise)
        made.name, made.tax_code, made.publication = name, tax_code or None, Publication.IN_REVIEW.value
        check(row, made, {"name": "enterprise.name", "tax_code": "enterprise.tax_code"})
        self.new_enterprises[key] = made
        return made, (made,)

    def _each(self, row: Row, name: str, count: int) -> list[str]:
        """One value for each investor; a single country or kind stands for all."""
        if not row.has(name):
            return [""] * count
        values = parted(row, name)
        if len(values) == 1 and name == "investors.country":
            values = self._countries(values[0], count)
        if len(values) == 1 and name in ("investors.country", "investor_kind"):
            values *= count
        if values and len(values) != count:
            row.fail(name, CountDiffers(investors=count, count=len(values)))
        return (values + [""] * count)[:count]

    def _investor(self, row: Row, code: str, name: str, country_text: str, kind: str) -> tuple[Investor | None, bool]:
        if code:
            found = self.register.investors.code(code)
            if not found:
                row.fail("investors.code", NoSuch(noun=Investor._meta.verbose_name, text=code))
            return found, False
        if not name:
            return None, False
        country = self._country(row, country_text)
        found = self.register.investors.named(name)
        fitting = [each for each in found if not (country and each.country_id and each.country_id != country.pk)]
        if len(fitting) > 1 or (found and not fitting):
            picked = row.pick(f"investor {name}", Several(name, fitting or found), may_be_new=True)
            fitting = [] if picked == NEW_RECORD else [picked or found[0]]
        if fitting:
            return fitting[0], False
        return self._new_investor(row, name, country, kind)

    def _countries(self, text: str, count: int) -> list[str]:
        """Several in the order of the investors, "Hàn Quốc, Nhật Bản", where the register has none of the whole name
        and knows each part, or, of as many as there are investors, what each may be."""
        known, parts = self.register.countries, COUNTRIES.split(text)
        several = not known.named(text) and all(
            known.code(part) or known.named(part) or (len(parts) == count and known.near(part)) for part in parts)
        return parts if several else [text]

    def _country(self, row: Row, text: str) -> Country | None:
        if not text:
            return None
        try:
            return self.register.countries.one(text, Country._meta.verbose_name)
        except NoSuch as error:
            row.fail("investors.country", error)
        except Several as several:
            return row.pick(f"country {text}", several)
        return None

    def _new_investor(self, row: Row, name: str, country: Country | None, kind: str) -> tuple[Investor, bool]:
        key = (comparable(name), country and country.pk)
        if made := self.new_investors.get(key):
            return made, False
        made = blank(Investor)
        relate(made, country=country)
        made.name, made.publication = name, Publication.IN_REVIEW.value
        made.kind = _read(row, "investor_kind", kind, as_word, InvestorKind) or usual_kind(name).value
        check(row, made, {"name": "investors.name"})
        self.new_investors[key] = made
        return made, True


NEARLY_ONE = Decimal("0.01")


class ShareAsFraction(RuleBroken):
    code = "share-as-fraction"
    message = _("Các tỷ lệ góp vốn cộng lại là 1 %%. Ô của Excel có lẽ ở dạng phần trăm: hãy đổi sang dạng số và ghi "
                "51 thay cho 0,51.")


class ShareOutside(RuleBroken):
    code = "share-outside"
    message = _("Tỷ lệ góp vốn %(share)s phải lớn hơn 0 và không quá 100 %%.")


def _once_each(row: Row, given: list[StakeGiven]) -> tuple[StakeGiven, ...]:
    """Each investor once, and one of them the lead. Tells the row what is wrong with the shares."""
    try:
        check_shares(given)
    except RuleBroken as error:
        row.fail(f"investors.{error.field}", error)
    shares = [each.share_percent for each in given]
    if shares and None not in shares and abs(sum(shares) - 1) < NEARLY_ONE:
        if len(shares) > 1:
            row.fail("investors.share_percent", ShareAsFraction())
        else:  # one alone may have so little
            row.notes.append(str(ShareAsFraction()))
    lead = next((each for each in given if each.lead), given[0] if given else None)
    first = {id(each.investor): each for each in reversed(given)}
    stakes = tuple(replace(each, lead=each is lead) for each in given if first[id(each.investor)] is each)
    for stake in stakes:
        if stake.share_percent is not None and not 0 < stake.share_percent <= Decimal(100):
            row.fail("investors.share_percent", ShareOutside(share=stake.share_percent))
    return stakes


def check(row: Row, record, columns: dict[str, str]) -> None:
    """Tell what a record's columns refuse at the columns of the file from which they come."""
    try:
        check_columns(record)
    except InvalidRecord as error:
        for name, messages in error.errors.items():
            row.fail(columns.get(name, name), Invalid(problem=" ".join(messages)))


def parted(row: Row, name: str) -> list[str]:
    text = row.text(name).strip(" ;\n")
    if ";" not in text and "\n" not in text:
        return [text] if text else []
    parts = PARTED.split(text)
    marks = [LISTED.match(part) for part in parts]
    return [part[mark.end():] for part, mark in zip(parts, marks, strict=True)] if all(marks) else parts


def tax_code_of(row: Row) -> str:
    """A tax code that was typed as a number has lost its first zero."""
    text = row.text("enterprise.tax_code").replace(" ", "")
    return text.zfill(10) if isinstance(row.value("enterprise.tax_code"), int) and len(text) == 9 else text


def _read(row: Row, name: str, text: str, reader, *more):
    if not text:
        return None
    try:
        return reader(text, *more)
    except RuleBroken as error:
        row.fail(name, error)
        return None
