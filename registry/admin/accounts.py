"""Accounts at the officers' door: for administrators only. An account is switched off, never deleted: acts keep
its name."""

from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.utils.translation import gettext_lazy as _

from .form import ManyFound


class ForAdministrators:
    """Mix into the admin of an account."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def _may(self, request, obj=None):
        return self.has_module_permission(request)

    has_view_permission = has_change_permission = has_add_permission = _may

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        return [url for url in super().get_urls() if not (url.name or "").endswith("_delete")]


class AccountAdmin(ForAdministrators, UserAdmin):
    fieldsets = (
        (None, {"fields": ("username", "password", "last_name", "first_name", "email")}),
        (_("Được làm gì"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Ngày"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    autocomplete_fields = ("groups",)
    list_display = ("username", "last_name", "first_name", "is_active", "is_staff", "is_superuser", "last_login")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", ManyFound(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class GroupsAdmin(ForAdministrators, GroupAdmin):
    filter_horizontal = ()
