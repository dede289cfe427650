"""The one base error that every door knows how to tell."""


class RuleBroken(Exception):
    """A rule of the register that the caller has broken.

    ``message`` names the place and the way out, in Vietnamese; it is a lazy
    translation, so each door tells it in its reader's language. ``code`` is a
    stable word for programs. ``field`` is the name of the input at fault, or
    empty when the rule concerns the whole. ``params`` fill the message.

    A subclass stands beside the function that raises it and sets ``code`` and
    ``message``.
    """

    code = "rule-broken"
    message = ""

    def __init__(self, *, field: str = "", **params):
        self.field = field
        self.params = params
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)
