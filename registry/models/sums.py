"""Sums of the ledger, kept beside it: by project, and by year, month and day for each key of each dimension; by year
and month also by the time of recording.

Nobody types them and no partner sees them; ``actions/sums.py`` writes them at the end of each act that touches what
they are made of, and ``check_register`` makes them anew and compares. Amounts are whole hundredths of a US dollar.
"""

from datetime import date

from django.db import models

from registry.models.base import NounQuerySet

# What a project stands under: in the table of months one row for each of these, in that of projects one column.
DIMENSIONS = ("form", "status", "registrar", "former_province", "zone", "sector", "place", "country", "parent_country")
# What of them is of the lead investor: a purchase stands under its buyer's, where one is recorded.
OF_INVESTOR = ("country", "parent_country")
# What a table by share adds to these: of projects that several hold each holder's part, less all of it under the lead.
BY_SHARE = {name: f"{name}_held" for name in OF_INVESTOR}

KIND_SUMS = ("opening_usd", "new_usd", "increase_usd", "decrease_usd")
MEASURE_SUMS = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd")
TIMES_OF_KIND = ("opening_times", "new_times", "increase_times", "decrease_times", "share_purchase_times")
# What adds up in a month.
ADDED = (*MEASURE_SUMS, *KIND_SUMS, *TIMES_OF_KIND, "entries", "projects")

YEAR, MONTH, DAY = "year", "month", "day"


class CapitalSumQuerySet(NounQuerySet):
    def of(self, projects: models.QuerySet | None):
        """Those of these projects; all, of purchases without a project too, where None."""
        if projects is None:
            return self
        if projects.among_sums is not None:
            return projects.among_sums
        return self.filter(owner__in=projects.order_by().values("pk"))

    def of_public_projects(self):
        return self.filter(owner__gt=0, is_public=True)

    def as_of(self, day: date):
        """Those that hold on ``day``: nothing counts later. Said as a negation, so that SQLite does not go by the index
        of last days, which has nearly all of them."""
        return self.exclude(last_on__gt=day)

    def not_as_of(self, day: date):
        """Those of which something counts later than ``day``, said so that SQLite reads them in the order of their
        keys."""
        return self.exclude(last_on__lte=day)

    def with_entries(self):
        """Those of which anything was ever entered."""
        return self.exclude(last_on=date.min)

    def later(self, day: date):
        """Those of which something counts later than ``day``: their sums then are the ledger's to tell."""
        return self.filter(last_on__gt=day)


class CapitalSum(models.Model):
    """The capital of one project over all its entries (tổng vốn), with all by which it is grouped today.

    ``owner`` is the key of the project; a purchase without a project has the key of its entry, negative. ``last_on`` is
    the day from which its last entry counts, 1 January of the year 1 where it has none: as of that day and later the
    sums are those of the project. ``begun`` counts its new and opening entries that stand, ``bought_usd`` is what in
    ``share_purchase_usd`` has a buyer.
    """

    owner = models.BigAutoField(primary_key=True)  # of this kind, so that on SQLite the table itself is in its order
    is_public = models.BooleanField()
    form = models.CharField(max_length=25, null=True)
    status = models.CharField(max_length=25, null=True)
    registrar = models.BigIntegerField(null=True)
    former_province = models.CharField(max_length=20, null=True)
    zone = models.BigIntegerField(null=True)
    sector = models.BigIntegerField(null=True)
    place = models.BigIntegerField(null=True)
    investor = models.BigIntegerField(null=True)
    country = models.BigIntegerField(null=True)
    parent_country = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True)
    last_on = models.DateField()
    begun = models.SmallIntegerField()
    registered_usd = models.BigIntegerField()
    confirmed_usd = models.BigIntegerField()
    realised_usd = models.BigIntegerField()
    share_purchase_usd = models.BigIntegerField()
    bought_usd = models.BigIntegerField()

    objects = CapitalSumQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="sums_by_last_day", fields=["last_on"]),
            models.Index(name="sums_by_country", fields=["country"]),
            models.Index(name="sums_by_parent", fields=["parent_country"]),
            models.Index(name="sums_by_lead", fields=["investor"]),  # of whom few projects are, unlike of a zone
            models.Index(name="sums_by_end", fields=["ended_on"], condition=models.Q(ended_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.owner)


class CapitalAdded(models.Model):
    """What was added to the months for one owner, so that it can be taken out again; apart from its sums, which are
    read by the hundred thousand."""

    owner = models.BigAutoField(primary_key=True)
    months = models.TextField()

    def __str__(self) -> str:
        return str(self.owner)


class Added(models.Model):
    """What adds up under a key in a month or a year: see ``CapitalMonth``."""

    dimension = models.CharField(max_length=20)
    key = models.CharField(max_length=25)  # of a record its key in the database; empty where it has none
    grain = models.CharField(max_length=5)
    period = models.CharField(max_length=10)
    is_dated = models.BooleanField()
    is_public = models.BooleanField()
    registered_usd = models.BigIntegerField()
    confirmed_usd = models.BigIntegerField()
    realised_usd = models.BigIntegerField()
    share_purchase_usd = models.BigIntegerField()
    opening_usd = models.BigIntegerField()
    new_usd = models.BigIntegerField()
    increase_usd = models.BigIntegerField()
    decrease_usd = models.BigIntegerField()
    opening_times = models.IntegerField()
    new_times = models.IntegerField()
    increase_times = models.IntegerField()
    decrease_times = models.IntegerField()
    share_purchase_times = models.IntegerField()
    entries = models.IntegerField()
    projects = models.IntegerField()

    class Meta:
        abstract = True


class CapitalMonth(Added):
    """What the ledger adds in one month, in one year, or on one day, to one key of one dimension (vốn theo tháng).

    ``period`` is ``2023-05``, ``2023`` or ``2023-05-06`` and holds what counts from a day in it; ``is_dated`` tells
    whether the documents state the days. ``…_times`` count the entries that no reversal has undone, ``entries`` all of
    them; ``projects`` is how many more are in force at its end than at its beginning.
    """

    class Meta:
        constraints = [models.UniqueConstraint(
            name="month_once", fields=["dimension", "key", "grain", "period", "is_dated", "is_public"])]
        indexes = [
            # What a table of capital reads, so that it takes no look into the table.
            models.Index(name="month_for_tables", fields=[
                "dimension", "grain", "period", "key", "entries", "projects", *MEASURE_SUMS,
            ]),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} {self.period}"


class CapitalKnown(Added):
    """The same by two times: what counts from a day in ``period`` and was recorded in ``known``, both years, or a month
    and the first day of a third of a month (1, 11 or 21). Over all of ``known`` it is ``CapitalMonth``.

    A reversal takes back in its own ``known`` one of the ``…_times`` of what it reverses. Of ``projects`` the sum over
    all that counts by a day and was recorded by another is how many were in force then, as known then.
    """

    known = models.CharField(max_length=10)

    class Meta:
        # By what was recorded in a year, whatever it counts from; and by what counts from a year, whenever recorded.
        constraints = [models.UniqueConstraint(
            name="known_once", fields=["dimension", "grain", "known", "period", "key", "is_dated", "is_public"])]
        indexes = [models.Index(name="known_by_period", fields=["dimension", "grain", "period", "known"])]

    def __str__(self) -> str:
        return f"{self.dimension} {self.key} {self.period} {self.known}"
