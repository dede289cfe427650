"""Documents: each noun as nested plain data, for the API, the files, the feed and the package."""

from .classification import COUNTRY, PLACE, SECTOR
from .ledger import CAPITAL_ENTRY, CERTIFICATE, MILESTONE
from .party import ENTERPRISE, INVESTOR, REGISTRAR
from .project import PROJECT
from .promotion import ENGAGEMENT, OPPORTUNITY, POLICY
from .shape import Context, Document
from .statement import SOURCE, STATEMENT
from .zone import ZONE, ZONE_OBSERVATION

__all__ = ["DOCUMENTS", "Context", "Document"]

DOCUMENTS: dict[str, Document] = {
    document.kind: document
    for document in (
        PROJECT, INVESTOR, ENTERPRISE, REGISTRAR, ZONE, ZONE_OBSERVATION, SECTOR, COUNTRY, PLACE, CERTIFICATE,
        CAPITAL_ENTRY, MILESTONE, SOURCE, STATEMENT, POLICY, ENGAGEMENT, OPPORTUNITY,
    )
}
