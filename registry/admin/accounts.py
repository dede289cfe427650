"""Accounts at the officers' door: for administrators only. An account is switched off, never deleted: acts keep
its name. What is done to it stands in its history, a list beside the register's chain."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.second_factor import remove
from registry.models.account import has_second_factor, may, roles_of
from registry.vocabulary.role import MAY, Deed, Role

from .asked_list import RemembersList


class RolesField(forms.ModelMultipleChoiceField):
    """The groups that are roles, each with what it may do."""

    def __init__(self):
        super().__init__(
            Group.objects.filter(name__in=Role.values).order_by("pk"), label=gettext_lazy("Vai trò"), required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("Không chọn vai trò nào: tài khoản chỉ được xem. Một người có thể giữ nhiều vai "
                                   "trò; quy tắc hai người vẫn giữ nguyên."),
        )

    def label_from_instance(self, group: Group) -> str:
        deeds = ", ".join(str(deed.label) for deed in Deed if deed in MAY[group.name] - {Deed.LOOK})
        may_do = deeds or _("chỉ xem")
        return f"{Role(group.name).label}: {may_do}"


class AccountForm(UserChangeForm):
    groups = RolesField()

    class Meta(UserChangeForm.Meta):
        labels = {"is_active": gettext_lazy("Đang dùng"), "is_staff": gettext_lazy("Được vào trang quản trị"),
                  "is_superuser": gettext_lazy("Quản trị gốc")}
        help_texts = {
            "is_active": gettext_lazy("Bỏ dấu thay cho việc xóa: tài khoản không vào được nữa, lịch sử giữ tên."),
            "is_staff": gettext_lazy("Không có dấu này thì vai trò nào cũng không vào được."),
            "is_superuser": gettext_lazy("Luôn có vai trò quản trị; ngoài ra không được làm gì hơn."),
        }


def in_words(roles) -> str:
    return ", ".join(str(role.label) for role in Role if role in roles) or _("không có vai trò")


class AccountAdmin(RemembersList, UserAdmin):
    form = AccountForm
    fieldsets = (
        (None, {"fields": ("username", "password", "last_name", "first_name", "email")}),
        (gettext_lazy("Được làm gì"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (gettext_lazy("Đăng nhập"), {"fields": ("second_factor",)}),
        (gettext_lazy("Ngày"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("second_factor", "last_login", "date_joined")
    filter_horizontal = ()
    list_display = ("username", "last_name", "first_name", "is_active", "is_staff", "roles", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")

    def has_module_permission(self, request):
        return may(request.user, Deed.ACCOUNTS)

    def _may(self, request, obj=None):
        return may(request.user, Deed.ACCOUNTS)

    has_view_permission = has_change_permission = has_add_permission = _may

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        stock = [url for url in super().get_urls() if not (url.name or "").endswith("_delete")]
        page = self.admin_site.admin_view(self.second_factor_view)
        return [path("<path:object_id>/second-factor/", page, name="auth_user_second_factor"), *stock]

    def second_factor_view(self, request, object_id):
        """Take the second factor off an account whose owner has lost phone and recovery codes; it is written down."""
        account = self.get_object(request, unquote(object_id))
        if not may(request.user, Deed.ACCOUNTS):
            raise PermissionDenied
        if account is None or not has_second_factor(account):
            raise Http404
        if request.method == "POST":
            remove(user=account)
            self.log_change(request, account, _("Gỡ xác thực hai lớp"))
            messages.success(request, _("Đã gỡ xác thực hai lớp của %(account)s.") % {"account": account})
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
        return TemplateResponse(request, "admin/registry/second_factor/remove.html", {
            **self.admin_site.each_context(request), "title": _("Gỡ xác thực hai lớp"), "account": account})

    @admin.display(description=gettext_lazy("Xác thực hai lớp"))
    def second_factor(self, account):
        if not has_second_factor(account):
            return _("chưa bật")
        return format_html('{}, <a href="{}">{}</a>', _("đang bật"),
                           reverse("admin:auth_user_second_factor", args=[account.pk]), _("gỡ"))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=gettext_lazy("Vai trò"))
    def roles(self, account):
        return in_words(roles_of(account))

    def construct_change_message(self, request, form, formsets, add=False):
        """What the account's history says: the roles before and after beside what else was changed."""
        message = super().construct_change_message(request, form, formsets, add)
        if "groups" not in form.changed_data:
            return message
        before, after = (in_words({group.name for group in groups})
                         for groups in (form.initial["groups"], form.cleaned_data["groups"]))
        others = [str(form.fields[name].label) for name in form.changed_data if name != "groups"]
        return "; ".join([_("Vai trò: %(before)s → %(after)s") % {"before": before, "after": after}, *others])
