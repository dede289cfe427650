"""A broken rule as a form tells it: at the field that it names, else on top."""

from registry.actions.record import InvalidRecord
from registry.vocabulary.errors import RuleBroken

ENDS_OF_COLUMNS = ("_earliest", "_latest", "_words", "_id")


class TellsRules:
    """Mix into a form whose data go to an action."""

    def tell(self, error: RuleBroken) -> None:
        """Say a broken rule where the officer can mend it."""
        if isinstance(error, InvalidRecord):
            for name, messages in error.errors.items():
                for message in messages:
                    self.tell_at(name, message)
        else:
            self.tell_at(error.field, str(error))

    def tell_at(self, name: str, message: str) -> None:
        field = self.field_of(name)
        if field is None and name:
            message = f"{name}: {message}"
        self.add_error(field, message)

    def field_of(self, name: str) -> str | None:
        """The input for a column: that of its name, or of the vague day or the record of which it is a part."""
        if name in self.fields:
            return name
        for end in ENDS_OF_COLUMNS:
            stem = name.removesuffix(end)
            for candidate in (stem, f"{stem}_on"):
                if stem != name and candidate in self.fields:
                    return candidate
        return None
