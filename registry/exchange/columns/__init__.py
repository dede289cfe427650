"""Each noun as a table: one definition of the columns for its page, its files and its API."""

from .classification import COUNTRY, PLACE, SECTOR
from .ledger import CAPITAL_ENTRY, CERTIFICATE, MILESTONE
from .party import ENTERPRISE, INVESTOR, REGISTRAR
from .project import PROJECT
from .promotion import ENGAGEMENT, OPPORTUNITY, POLICY
from .shape import Fields
from .statement import SOURCE, STATEMENT
from .zone import ZONE, ZONE_OBSERVATION

__all__ = ["FIELDS", "Fields"]

FIELDS: dict[str, Fields] = {
    fields.name: fields
    for fields in (
        PROJECT, INVESTOR, ENTERPRISE, REGISTRAR, ZONE, ZONE_OBSERVATION, SECTOR, COUNTRY, PLACE, CERTIFICATE,
        CAPITAL_ENTRY, MILESTONE, SOURCE, STATEMENT, POLICY, ENGAGEMENT, OPPORTUNITY,
    )
}
