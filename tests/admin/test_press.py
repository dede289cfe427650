"""The press facts at the officers' door: every page of every noun opens, and saving what is there changes nothing."""

import pytest
from django.urls import reverse

from registry.admin.site import GROUPS
from registry.models import (
    ApiKey,
    Country,
    Enterprise,
    Investor,
    Milestone,
    Partner,
    Project,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from tests.unchanged import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

NOUNS = [model for _name, nouns in GROUPS for model in nouns
         if model._meta.app_label == "registry" and model not in (Partner, ApiKey)]  # which only administrators see


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_page_of_every_noun_opens(clerk, model):
    name = model._meta.model_name
    assert clerk.client.get(reverse(f"admin:registry_{name}_changelist")).status_code == 200
    assert clerk.client.get(reverse(f"admin:registry_{name}_changelist"), {"q": "yen phong"}).status_code == 200
    for record in model.objects.order_by("pk")[:3]:
        for page in ("change", "history"):
            assert clerk.client.get(reverse(f"admin:registry_{name}_{page}", args=[record.pk])).status_code == 200


@pytest.mark.parametrize(
    "model", [Country, Enterprise, Investor, Milestone, Project, Source, Statement, Zone, ZoneObservation],
    ids=lambda model: model.__name__,
)
def test_saving_what_is_there_leaves_no_trace(clerk, model):
    for record in model.objects.order_by("pk")[:: max(1, model.objects.count() // 8)]:
        before = everything()
        answer = clerk.saves(record)
        assert answer.status_code == 302, answer.context["errors"]
        assert everything() == before, record
