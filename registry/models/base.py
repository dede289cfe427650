"""What the register's nouns share: version, publication, names and search words."""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from registry.models.change import Change
from registry.models.conditions import Conditioned
from registry.models.fields import one_of
from registry.models.words import FOLDED, MARKED, HasWords, marked, whole
from registry.vocabulary.change import Verb
from registry.vocabulary.publication import Publication
from registry.vocabulary.vietnamese import SearchText, SearchWord, search_text, sort_key

PUBLIC = Publication.PUBLISHED  # Python 3.11 takes longer to look up a member than to compare it


class NounQuerySet(models.QuerySet):
    """Questions that every noun answers.

    ``search_at`` is the path to the record whose search columns speak for this noun: its own, or its
    project's where it has no name.
    """

    search_at = ""

    def public(self):
        """The rows that the public and partners may see."""
        return self

    def matching(self, words: list[SearchWord]):
        """The rows in which every word occurs, as a word or as the beginning of one; all where there are no words."""
        return self.filter(HasWords(F(f"{self.search_at}{FOLDED}"), words)) if words else self

    def ranked(self, words: list[SearchWord]):
        """Annotate ``rank``: 0 where all words occur with their exact marks, 1 as whole words, 2 in part."""
        exact = HasWords(F(f"{self.search_at}{MARKED}"), words, marked)
        in_whole = HasWords(F(f"{self.search_at}{FOLDED}"), words, whole)
        return self.annotate(
            rank=Case(When(exact, then=Value(0)), When(in_whole, then=Value(1)), default=Value(2),
                      output_field=IntegerField())
        )

    def tallies(self, columns: Sequence[str]) -> list[dict[str | None, int]]:
        """For each of these columns how many rows each of its values has, as text; None: the rows without one. One
        query that reads the rows once, however many the columns."""
        if not columns:
            return []
        found: list[dict[str | None, int]] = [{} for _column in columns]
        connection = connections[self.db]
        try:
            rows, parameters = self.order_by().values_list(*columns).query.get_compiler(self.db).as_sql()
        except EmptyResultSet:
            return found
        names = [f"c{number}" for number in range(len(columns))]
        counts = " UNION ALL ".join(f"SELECT {number}, CAST({name} AS TEXT), COUNT(*) FROM narrow GROUP BY {name}"
                                    for number, name in enumerate(names))
        with connection.cursor() as cursor:
            cursor.execute(f"WITH narrow({', '.join(names)}) AS MATERIALIZED ({rows}) {counts}", parameters)
            for number, value, count in cursor.fetchall():
                found[number][value] = count
        return found


class Versioned(Conditioned):
    """A record that two officers may edit: the later save of an old version is refused in the UPDATE."""

    version = models.PositiveIntegerField(_("phiên bản"), default=1, editable=False)
    updated_at = models.DateTimeField(_("cập nhật lúc"), editable=False)

    objects = NounQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_public(self) -> bool:
        return True


class PublishedQuerySet(NounQuerySet):
    def public(self):
        return self.filter(publication=Publication.PUBLISHED)

    def drafts_of(self, user):
        """The drafts that this officer has begun."""
        begun = Change.objects.filter(kind=self.model.KIND, verb=Verb.CREATED, act__by=user)
        return self.filter(publication=Publication.DRAFT, code__in=begun.values("code"))

    def in_review(self):
        """What waits for a second person."""
        return self.filter(publication=Publication.IN_REVIEW)


class NamedQuerySet(PublishedQuerySet):
    def called(self, name: str):
        """The first record of this name, however it is spelled, that was not withdrawn; None where there is none. No
        QuerySet."""
        return self.filter(name_sort=sort_key(name)).exclude(publication=Publication.WITHDRAWN).order_by("pk").first()


class Publishable(Versioned):
    """A record that is drafted, reviewed and published before the public sees it."""

    publication = models.CharField(
        _("tình trạng công bố"), max_length=10, choices=Publication, default=Publication.DRAFT
    )
    withdrawn_reason = models.TextField(_("lý do gỡ"), blank=True, default="")

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_public(self) -> bool:
        return self.publication == PUBLIC


class Searchable(models.Model):
    """A record that search finds: its words, folded and with their marks, made by ``indexed``."""

    search_folded = models.TextField(editable=False, default="")
    search_marked = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def search_parts(self) -> list[str | None]:
        """The texts in which search looks. Never a natural person's name."""
        raise NotImplementedError

    def indexed(self, **given) -> SearchText:
        """Set the columns that are made from others; return the search text. Writers call it.

        What is ``given`` goes to ``search_parts``.
        """
        text = search_text(*self.search_parts(**given))
        self.search_folded, self.search_marked = text.folded, text.marked
        return text

    def without_words(self) -> None:
        """Let the search text go once it is written: thousands of new records need not hold it. The database gives it
        again to whoever asks."""
        del self.search_folded, self.search_marked


class Named(Searchable):
    """A record with a name in Vietnamese, and in English where there is one."""

    name = models.CharField(_("tên"), max_length=500)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=500, blank=True, default="")
    name_sort = models.BinaryField(editable=False, default=b"", max_length=400)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def search_parts(self) -> list[str | None]:
        return [self.code, self.name, self.name_en]

    def sorted_as(self) -> str:
        """The name by which lists order it."""
        return self.name

    def indexed(self, **given) -> SearchText:
        self.name_sort = sort_key(self.sorted_as())
        return super().indexed(**given)


def publication_known(noun: str) -> models.CheckConstraint:
    return one_of(noun, "publication", Publication)


def withdrawn_with_reason(noun: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{noun}_withdrawn_with_reason",
        condition=~Q(publication=Publication.WITHDRAWN) | ~Q(withdrawn_reason=""),
        violation_error_message=_("Bản ghi đã gỡ phải có lý do; hãy ghi lý do gỡ."),
    )
