"""The whole register, brought into an empty one. The one writing that makes no act: it brings the acts, with their
hashes, as another database had them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from registry.models import Register
from registry.models.rows import insert_values
from registry.vocabulary.errors import RuleBroken

# Tables that have rows in a register that was only migrated.
MADE_BY_MIGRATIONS = (Register, Group)


class RegisterHasRows(RuleBroken):
    code = "register-has-rows"
    message = _("Cơ sở dữ liệu này đã có dữ liệu (%(table)s); gói chỉ nhập vào một sổ đăng ký trống. Hãy đặt "
                "DATABASE_URL trỏ tới một cơ sở dữ liệu mới, chạy manage.py migrate, rồi nhập lại; chưa có gì được "
                "ghi.")


@contextmanager
def bringing(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Inside, ``bring`` the rows of these tables; on leaving all of them are there, or none. Raises RegisterHasRows
    where a table has a row that no migration made."""
    tables = list(tables)
    with transaction.atomic():
        register = Register.objects.select_for_update().get(pk=1)
        if register.revision:
            raise RegisterHasRows(table=Register._meta.db_table)
        for model in tables:
            if model not in MADE_BY_MIGRATIONS and model._base_manager.exists():
                raise RegisterHasRows(table=model._meta.db_table)
        for model in MADE_BY_MIGRATIONS:
            model._base_manager.all()._raw_delete(using=connection.alias)
        yield
        _move_sequences(tables)


def bring(model: type[models.Model], fields: list[models.Field], rows: Iterable[list]) -> None:
    """Write rows of one table, each a value for each field as the database takes it."""
    insert_values(model, fields, rows)


def _move_sequences(tables: list[type[models.Model]]) -> None:
    """The next new row gets a number beyond those that were brought. SQLite sees to that by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
