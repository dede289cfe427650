"""What a refusal leaves behind: nothing."""

from contextlib import contextmanager

import pytest
from django.apps import apps


def everything() -> dict[str, list]:
    """Every row of the register, by table."""
    models = apps.get_app_config("registry").get_models(include_auto_created=True)
    return {model._meta.db_table: list(model.objects.order_by("pk").values_list()) for model in models}


@contextmanager
def refused(error: type[Exception]):
    """``with refused(StaleVersion) as refusal:``: the body raises it, and the register is as it was."""
    before = everything()
    with pytest.raises(error) as caught:
        yield caught
    assert everything() == before
