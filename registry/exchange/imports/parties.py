"""Investors as a table."""

from functools import cached_property

from registry.actions.plan import NEW_RECORD
from registry.models import Country, Investor
from registry.models.rows import in_chunks, relate
from registry.vocabulary.investor import InvestorKind

from .cells import Row
from .headings import comparable
from .matching import NoSuch, Several
from .setters import Ref, Setter, ref, text, word
from .table import RowTwice, Table


class Investors(Table):
    """A row without a code whose name the register has may be that investor or another: the officer chooses."""

    name = "investors"
    model = Investor
    required = ("name",)
    related = ("country", "parent", "parent_country")
    extra = {"stt": "STT"}
    also = {
        "name": ("nhà đầu tư", "tên nhà đầu tư", "investor", "investor name"),
        "country": ("quốc tịch", "quốc gia", "nationality"),
        "kind": ("loại nhà đầu tư",),
        "stt": ("TT", "số thứ tự", "No."),
    }

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        register = self.register

        def country(word_: str) -> Country:
            return register.countries.one(word_, Country._meta.verbose_name)

        return (
            word("kind", InvestorKind, InvestorKind.ORGANISATION.value), text("name"), text("name_en"),
            text("name_native"), Ref(("country",), "country", country),
            ref("parent", lambda word_: register.investors.one(word_, Investor._meta.verbose_name), "parent"),
            Ref(("parent_country",), "parent_country", country),
        )

    def find(self, rows: list[Row]) -> None:
        """By code, else by folded name and country."""
        super().find(rows)
        by_code = {target.pk: row for row in rows if (target := self.targets.get(row.index))}
        chosen: dict[int, Row] = {}
        new: dict[tuple, Row] = {}
        for row in rows:
            name = row.text("name")
            if row.value("code") is not None or not name:
                continue
            country = self._country(row)
            found = self._meant(row, name, country)
            if found is None:
                other = new.setdefault((comparable(name), country and country.pk), row)
            else:
                other = by_code.get(found.pk) or chosen.setdefault(found.pk, row)
            if other is not row:
                row.fail("name", RowTwice(text=name, row=other.number))
        for some in in_chunks(chosen):
            for investor in Investor.objects.filter(pk__in=some).select_related(*self.related):
                self._set_target(chosen[investor.pk], "name", investor, None)
                self.silent.add(chosen[investor.pk].index)

    def _country(self, row: Row) -> Country | None:
        """The country of a row; None where it cannot be told, which its setter will say."""
        word_ = row.text("country")
        try:
            return self.register.countries.one(word_, Country._meta.verbose_name) if word_ else None
        except (NoSuch, Several):
            return None

    def _meant(self, row: Row, name: str, country: Country | None) -> Investor | None:
        """The investor that the officer has chosen; None where there is none of this name, or none is chosen."""
        named = [each for each in self.register.investors.named(name)
                 if not (country and each.country_id and each.country_id != country.pk)]
        if not named:
            return None
        for each in named:
            relate(each, country=self.countries.get(each.country_id))
        picked = row.pick("investor", Several(name, named, of_row=True), may_be_new=True)
        return None if picked == NEW_RECORD else picked

    @cached_property
    def countries(self) -> dict[int, Country]:
        return {each.pk: each for each in self.register.countries.by_code.values()}
