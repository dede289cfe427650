"""The officers' door to a plain noun: its form, its list, its history, on the stock admin's bones.

The stock admin saves what a form holds; here a form's data go to an action. So ``changeform_view`` is a flow of
its own: read the form, open the act, call one action, and tell every broken rule at its field.
"""

from functools import partial

from django.contrib import messages
from django.contrib.admin import ModelAdmin, ShowFacets, helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.actions.record import StaleVersion, amend, check_seen, create
from registry.actions.writing import DoneAlready, Writing, writing
from registry.models import Act
from registry.models.account import may
from registry.models.fields import vague_days
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.legal_term import LEGAL_TERM
from registry.vocabulary.role import Deed

from .address import made_address, public_address, record_made_by
from .asked_list import NEXT, RemembersList
from .chosen import WorksOnChosen
from .downloads import Downloads
from .form import ManyFound, RecordForm, day_field, record_field
from .history import HistoryViews
from .listing import RecordList, SearchesFolded
from .panel import Panel, buttons_of, open_to
from .read_only import as_read
from .stale import Comparison, compared
from .task import TaskFilter, tasks_of
from .work.everything import works_of
from .work.page import Work

CODE = "code"


def done_before(key: str) -> Act | None:
    """The act that came of a form with this key. Asked before the form is read: its code may be taken by now,
    by itself."""
    return Act.objects.filter(key=key).first() if key.isalnum() else None


class RecordAdmin(HistoryViews, Downloads, RemembersList, SearchesFolded, WorksOnChosen, ModelAdmin):
    """``asks_code``: the officer states the code of a new record, and it never changes later; any other noun gets
    its code from the register. ``settled`` are the fields that a new record states and no later change touches.
    ``writable`` is False for what only actions of its own write, ``addable`` where a new one begins on a page of
    work of another noun, ``popup_adds`` where it begins on one of its own: no other form opens that beside itself.
    The pages of work for a noun are those that ``work.everything`` names."""

    form = RecordForm
    asks_code = False
    settled: tuple[str, ...] = ()
    writable = True
    addable = True
    popup_adds = True
    has_print = False

    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    search_fields = (CODE,)
    change_form_template = "admin/registry/record.html"
    add_form_template = "admin/registry/record.html"

    @property
    def works(self) -> tuple[type[Work], ...]:
        return works_of(self.model)

    # Who may do what is the roles' to say; nothing is ever deleted.

    def has_module_permission(self, request):
        return may(request.user, Deed.LOOK)

    def has_view_permission(self, request, obj=None):
        return may(request.user, Deed.LOOK)

    def has_add_permission(self, request):
        return self.writable and self.addable and may(request.user, Deed.EDIT)

    def has_change_permission(self, request, obj=None):
        return self.writable and may(request.user, Deed.EDIT)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        info = (self.opts.app_label, self.opts.model_name)
        stock = [url for url in super().get_urls() if url.name != "{}_{}_delete".format(*info)]
        pages = [
            path(f"<path:object_id>/{work.name}/", self.admin_site.admin_view(partial(work.view, self)),
                 name="{}_{}_{}".format(*info, work.name))
            for work in (made() for made in self.works)
        ]
        return pages + self.history_urls() + self.download_urls() + self.chosen_urls() + stock

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {
            "title": capfirst(self.opts.verbose_name_plural), "together": self.together_on(request)})

    def get_changelist(self, request, **kwargs):
        return RecordList

    def get_list_filter(self, request):
        waits = [TaskFilter] if tasks_of(self.model) else []
        return [*waits, *super().get_list_filter(request)]

    # What the form asks for.

    def get_fieldsets(self, request, obj=None):
        hidden = set() if obj or self.asks_code else {CODE}
        shown = [
            (name, {**options, "fields": [field for field in options["fields"] if field not in hidden]})
            for name, options in self.fieldsets
        ]
        if self.has_change_permission(request, obj):
            shown.append((None, {"fields": ["reason"]}))
        return shown

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, *((CODE, *self.settled) if obj else ())]

    def get_autocomplete_fields(self, request):
        return [field.name for field in (*self.opts.fields, *self.opts.many_to_many) if field.is_relation]

    def get_form(self, request, obj=None, change=False, **kwargs):
        asked = set(flatten_fieldsets(self.get_fieldsets(request, obj))) - set(self.get_readonly_fields(request, obj))
        days = {
            name: day_field(name, day.verbose_name)
            for name, day in vague_days(self.model).items() if name in asked
        }
        made = type("Form", (self.form,), days) if self.has_change_permission(request, obj) else self.form
        return super().get_form(request, obj, change, **{"form": made} | kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        if not db_field.choices and (read := record_field(db_field)):
            return read
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.is_relation and not self.admin_site.get_model_admin(db_field.related_model).popup_adds:
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("widget", ManyFound(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # The flow of the form.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = None if object_id is None else self.get_object(request, unquote(object_id))
        self._check_may(request, record, add=object_id is None)
        if object_id is not None and record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form_class, comparison = self.get_form(request, record, change=record is not None), None
        if request.method == "POST":
            if done := done_before(request.POST.get("key", "")):
                return self._done_already(request, done)
            form = form_class(request.POST, instance=record)
            if form.is_valid():
                try:
                    return self._written(request, form, record)
                except DoneAlready as error:
                    return self._done_already(request, error.act)
                except StaleVersion:
                    comparison = self._compared(form)
                except RuleBroken as error:
                    form.tell(error)
        else:
            initial = {} if record else self.get_changeform_initial_data(request)
            form = form_class(instance=record, initial=initial)
        return self._shown(request, form, record, form_url, {"comparison": comparison, **(extra_context or {})})

    def _check_may(self, request: HttpRequest, record, *, add: bool) -> None:
        """Raises PermissionDenied, and DisallowedModelAdminToField for a popup that asks for another column."""
        may = self.has_change_permission if request.method == "POST" else self.has_view_permission
        if not (self.has_add_permission(request) if add else may(request, record)):
            raise PermissionDenied
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if to_field and not self.to_field_allowed(request, to_field):
            raise DisallowedModelAdminToField(f"The field {to_field} cannot be referenced.")

    def _written(self, request: HttpRequest, form: RecordForm, record) -> HttpResponse:
        """Write what the form says and lead on as the officer chose. Raises RuleBroken; nothing is written then."""
        to_next = record is not None and NEXT in request.POST
        # Before it is written: what was changed may take it out of the list.
        following = self.following(request, record) if to_next else None
        with writing(by=request.user, reason=form.why(), key=form.cleaned_data["key"]) as act:
            if record is None:
                made = self.create(act=act, form=form)
            else:
                made = self.model._default_manager.get(pk=record.pk)
                check_seen(record=made, version=form.cleaned_data["version"])
                made = self.amend(act=act, record=made, form=form)
        if to_next:
            return self.response_next(request, made, following)
        return self.response_add(request, made) if record is None else self.response_change(request, made)

    def create(self, *, act: Writing, form: RecordForm):
        """Write the new record; return it."""
        return create(act=act, record=form.instance, related=form.lists())

    def amend(self, *, act: Writing, record, form: RecordForm):
        """Write what the form says of the record; return it."""
        return amend(act=act, record=record, version=form.cleaned_data["version"], related=form.lists(),
                     **form.given())

    def _done_already(self, request: HttpRequest, act: Act) -> HttpResponse:
        """Lead to what the first of two clicks made."""
        record = record_made_by(act)
        if record and IS_POPUP_VAR in request.POST:
            return self.response_add(request, record)
        self.message_user(request, _("Việc này đã được ghi."), messages.INFO)
        return HttpResponseRedirect(made_address(act))

    def _compared(self, form: RecordForm) -> Comparison:
        """What stands against what was typed; the form moves on to the version that the officer now sees."""
        comparison = compared(form)
        form.data = comparison.typed
        form.add_error(None, comparison.told)
        return comparison

    # What the officer sees.

    def _shown(self, request: HttpRequest, form: RecordForm, record, form_url: str, extra: dict) -> HttpResponse:
        fieldsets = self.get_fieldsets(request, record)
        may_change = record is None or self.has_change_permission(request, record)
        readonly = self.get_readonly_fields(request, record) if may_change else flatten_fieldsets(fieldsets)
        if form.is_bound and record:  # it has put what was typed into its instance
            record = self.get_object(request, str(record.pk))
        sections, read = as_read(self.model, fieldsets, readonly)
        adminform = helpers.AdminForm(form, sections, {}, read, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": self.title_of(record) if record else _("Thêm %s") % self.opts.verbose_name,
            "adminform": adminform, "original": record, "object_id": record and str(record.pk),
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "media": self.media + adminform.media, "inline_admin_formsets": [],
            "errors": helpers.AdminErrorList(form, []), "preserved_filters": self.get_preserved_filters(request),
            "may_change": may_change, "legal_term": LEGAL_TERM.get(self.model.KIND),
            "has_print": self.has_print,
            **(self.about(record, request.user) if record else {}), **extra,
        }
        return self.render_change_form(request, context, add=record is None, change=record is not None, obj=record,
                                       form_url=form_url)

    def about(self, record, user) -> dict:
        """What stands round the form of a record: its last change, the works on offer, what belongs to it."""
        panels = [panel.for_user(user) for panel in self.panels(record)]
        below = [button for panel in panels for button in panel.works]
        works = open_to(user, buttons_of(self, record))
        return {
            "last": self.changes_of(record).first(), "panels": panels,
            "works": [button for button in works if button not in below],
        }

    def panels(self, record) -> list[Panel]:
        """What belongs to a record, to read and to go on from."""
        return []

    def title_of(self, record) -> str:
        return getattr(record, "name", "") or capfirst(str(record))

    def get_view_on_site_url(self, obj=None):
        return obj and public_address(obj)
