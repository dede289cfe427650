"""Which tables and columns the whole register is, and each column's type in the words of Frictionless.

Every table of the register is in it but those named here. Of accounts, who acted has to stay known: the hashes of the
log have their numbers. Passwords, second factors, sessions and the log of accounts stay where they are: whoever brings
a register to another place gives the accounts new passwords.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models

from registry.models import SignInTries
from registry.models.fields import HundredthsField

TABLES_LEFT_OUT = {SignInTries}
COLUMNS_LEFT_OUT = {("auth_user", "password"), ("auth_user", "last_login")}
NOT_IN_IT = ("auth_user.password", "auth_user.last_login", "otp_totp_totpdevice", "otp_static_staticdevice",
             "otp_static_statictoken", "django_session", "django_admin_log", "registry_signintries")

# The first that fits.
TYPES = (
    (models.BooleanField, "boolean"), (models.JSONField, "any"), (models.BinaryField, "string"),
    (models.DateTimeField, "datetime"), (models.DateField, "date"),
    (HundredthsField, "number"), (models.DecimalField, "number"), (models.FloatField, "number"),
    (models.IntegerField, "integer"), (models.CharField, "string"), (models.TextField, "string"),
)


@dataclass(frozen=True)
class PackedTable:
    """One table of the database as one file."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def fields(self) -> list[models.Field]:
        return [field for field in self.model._meta.concrete_fields
                if (self.name, field.column) not in COLUMNS_LEFT_OUT]

    def schema(self) -> dict:
        """The table's schema: fields, the key, and where its columns lead."""
        leads = [
            {"fields": [field.column], "reference": {
                "resource": field.related_model._meta.db_table, "fields": [field.target_field.column]}}
            for field in self.fields if field.remote_field
        ]
        return {
            "fields": [_described(field) for field in self.fields], "primaryKey": [self.model._meta.pk.column],
            "missingValues": ["\\N"], **({"foreignKeys": leads} if leads else {}),
        }


def packed_tables() -> list[PackedTable]:
    """Accounts and their roles, then every table of the register."""
    user = get_user_model()
    own = apps.get_app_config("registry").get_models(include_auto_created=True)
    return [PackedTable(model) for model in (Group, user, user.groups.through, *own) if model not in TABLES_LEFT_OUT]


def type_of(field: models.Field) -> str:
    kind = concrete(field)
    return next(word for model_field, word in TYPES if isinstance(kind, model_field))


def concrete(field: models.Field) -> models.Field:
    """The field itself, or of a relation the key to which it leads."""
    return concrete(field.target_field) if field.remote_field else field


def _described(field: models.Field) -> dict:
    told = {"name": field.column, "type": type_of(field), "title": str(field.verbose_name)}
    if isinstance(field, models.BinaryField):
        told["format"] = "binary"
    if not field.null:
        told["constraints"] = {"required": True}
    return told
