"""Which work is done on which noun, in the order of its buttons."""

from registry.models import (
    CapitalEntry,
    Certificate,
    Conflict,
    Engagement,
    Enterprise,
    ImportBatch,
    Investor,
    Opportunity,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
)

from .batch import PublishBatch, UndoBatch
from .capital import EnterEntry, ReverseEntry
from .certificate import GrantCertificate
from .conflict import ConfirmConflict, DismissConflict
from .milestone import MarkMilestone
from .page import Work
from .project import EndProject, SetStakes
from .publication import Publish, Withdraw
from .statement import AcceptStatement, ReviewStatement, StateFromSource

PUBLICATION = (Publish, Withdraw)

WORKS: dict[type, tuple[type[Work], ...]] = {
    Project: (GrantCertificate, EnterEntry, MarkMilestone, SetStakes, EndProject, *PUBLICATION),
    Certificate: PUBLICATION,
    CapitalEntry: (ReverseEntry,),
    Source: (StateFromSource, *PUBLICATION),
    Statement: (AcceptStatement, ReviewStatement),
    Conflict: (ConfirmConflict, DismissConflict),
    ImportBatch: (PublishBatch, UndoBatch),
    **dict.fromkeys((Investor, Enterprise, Zone, Policy, Engagement, Opportunity), PUBLICATION),
}


def works_of(model) -> tuple[type[Work], ...]:
    """The work that is done on a noun; none for a plain list of words."""
    return WORKS.get(model, ())
