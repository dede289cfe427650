"""Which work is done on which noun, in the order of its buttons."""

from registry.models import (
    CapitalEntry,
    Certificate,
    Conflict,
    CorrectionRequest,
    DistinctPair,
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
from .certificate import GrantCertificate, ReviseCertificate
from .conflict import ConfirmConflict, DismissConflict
from .correction import Conclude, TakeUp
from .distinct import ProposeAgain, TellApart
from .merge import Merge
from .milestone import MarkMilestone
from .page import Work
from .project import EndProject, SetStakes
from .publication import GiveBack, Publish, Submit, Withdraw, WithdrawProject
from .statement import AcceptStatement, ReviewStatement, StateFromSource

PUBLICATION = (Submit, Publish, GiveBack, Withdraw)

WORKS: dict[type, tuple[type[Work], ...]] = {
    Project: (GrantCertificate, EnterEntry, MarkMilestone, SetStakes, EndProject, Submit, Publish, GiveBack,
              WithdrawProject),
    Certificate: (ReviseCertificate, *PUBLICATION),
    CapitalEntry: (ReverseEntry,),
    Source: (StateFromSource, *PUBLICATION),
    Statement: (AcceptStatement, ReviewStatement),
    Conflict: (ConfirmConflict, DismissConflict),
    CorrectionRequest: (TakeUp, Conclude),
    ImportBatch: (PublishBatch, UndoBatch),
    **dict.fromkeys((Investor, Enterprise), (Merge, TellApart, *PUBLICATION)),
    DistinctPair: (ProposeAgain,),
    **dict.fromkeys((Zone, Policy, Engagement, Opportunity), PUBLICATION),
}


def works_of(model) -> tuple[type[Work], ...]:
    """The work that is done on a noun; none for a plain list of words."""
    return WORKS.get(model, ())
