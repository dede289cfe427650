from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Sổ đăng ký dự án FDI")
    default_auto_field = "django.db.models.BigAutoField"
