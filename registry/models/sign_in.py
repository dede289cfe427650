"""Tries to sign in, counted so that guessing becomes slow. No names and no addresses: digests of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInTries(models.Model):
    """Tries of one kind (``PACES``) against one account, browser or address since the last that succeeded.

    No record of the register: it is forgotten after a day.
    """

    key = models.CharField(_("khóa đếm"), max_length=80, primary_key=True)
    tries = models.PositiveIntegerField(_("số lần thử"), default=0)
    last_at = models.DateTimeField(_("lần thử cuối lúc"))

    class Meta:
        verbose_name = _("lần thử đăng nhập")
        verbose_name_plural = _("lần thử đăng nhập")
        indexes = [models.Index(name="sign_in_tries_last", fields=["last_at"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.tries}"
