"""What an error page or a report of an error does not show."""

from django.views.debug import SafeExceptionReporterFilter


class HideSecrets(SafeExceptionReporterFilter):
    """Django's filter, under DEBUG too, where by itself it shows what was posted and what functions held."""

    def is_active(self, request) -> bool:
        return True
