"""How long an officer stays signed in: not beyond an hour without a click, nor beyond a working day.

Pages of the public know no session, so only the officers' door is looked at. That a session ends with its account,
or with a new password, Django sees to.
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.utils.translation import gettext as _

OFFICERS_DOOR = "/admin/"
BEGUN, SEEN = "begun", "seen"

# So often at most is it written that an officer is at work.
NOTED_EVERY_SECONDS = 60


def begin_session(request) -> None:
    """Count from now: somebody has just signed in."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())


class SessionLimits:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(OFFICERS_DOOR) and settings.SESSION_COOKIE_NAME in request.COOKIES:
            self.check(request)
        return self.get_response(request)

    def check(self, request) -> None:
        """End a session that is too old, or note that it is in use."""
        session, now = request.session, int(time.time())
        if SESSION_KEY not in session:
            return
        if BEGUN not in session:
            begin_session(request)
        elif now - session[SEEN] > settings.SESSION_IDLE_MINUTES * 60:
            self.end(request, _("Bạn đã lâu không làm việc ở đây, nên phiên đăng nhập đã kết thúc."))
        elif now - session[BEGUN] > settings.SESSION_HOURS * 3600:
            self.end(request, _("Phiên đăng nhập đã dài một ngày làm việc, nên đã kết thúc."))
        elif now - session[SEEN] > NOTED_EVERY_SECONDS:
            session[SEEN] = now

    def end(self, request, why: str) -> None:
        logout(request)
        messages.info(request, why)
