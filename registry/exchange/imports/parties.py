"""Investors as a table."""

from functools import cached_property

from registry.models import Country, Investor
from registry.vocabulary.investor import InvestorKind

from .setters import Ref, Setter, ref, text, word
from .table import Table


class Investors(Table):
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
