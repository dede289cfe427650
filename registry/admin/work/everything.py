"""Which work is done on which noun, in the order of its buttons."""

from registry.models import (
    ApiKey,
    CapitalEntry,
    Certificate,
    Conflict,
    CorrectionRequest,
    DistinctPair,
    Engagement,
    Enterprise,
    ImportBatch,
    Investor,
    OperatingReport,
    Opportunity,
    Partner,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
)

from .batch import PublishBatch, UndoBatch
from .capital import EnterEntry, ReverseEntry
from .certificate import GrantCertificate, ReceiveDossier, RefuseDossier, ReviseCertificate, StateAsked
from .conflict import ConfirmConflict, ConfirmDifference, DismissConflict, DismissDifference, SettleConflict
from .correction import Conclude, TakeUp
from .discard import DiscardCertificate
from .distinct import ProposeAgain, TellApart
from .ending import UndoEnd
from .merge import Merge
from .milestone import MarkMilestone
from .page import Work
from .partner import ApproveKey, AskForKey, IssueKey, RefuseKey, ReplaceKey, RevokeKey
from .project import EndProject, SetStakes
from .publication import GiveBack, Publish, Submit, Withdraw, WithdrawProject
from .report import AcceptReport, ReturnReport, TakeBackReport, WithdrawReport
from .scan import AttachScan
from .stage import MoveOn
from .statement import AcceptStatement, ReviewStatement, StateFromSource

PUBLICATION = (Submit, Publish, GiveBack, Withdraw)

WORKS: dict[type, tuple[type[Work], ...]] = {
    Project: (GrantCertificate, ReceiveDossier, EnterEntry, MarkMilestone, SetStakes, MoveOn, EndProject, UndoEnd,
              Submit, Publish, GiveBack, WithdrawProject),
    Certificate: (ReviseCertificate, RefuseDossier, StateAsked, DiscardCertificate, *PUBLICATION),
    CapitalEntry: (ReverseEntry,),
    Source: (StateFromSource, AttachScan, *PUBLICATION),
    Statement: (AcceptStatement, ReviewStatement),
    Conflict: (ConfirmConflict, SettleConflict, DismissConflict, ConfirmDifference, DismissDifference),
    OperatingReport: (AcceptReport, ReturnReport, TakeBackReport, WithdrawReport),
    CorrectionRequest: (TakeUp, Conclude),
    ImportBatch: (PublishBatch, UndoBatch),
    **dict.fromkeys((Investor, Enterprise), (Merge, TellApart, *PUBLICATION)),
    DistinctPair: (ProposeAgain,),
    Partner: (AskForKey,),
    ApiKey: (ApproveKey, RefuseKey, IssueKey, ReplaceKey, RevokeKey),
    **dict.fromkeys((Zone, Policy, Engagement, Opportunity), PUBLICATION),
}


def works_of(model) -> tuple[type[Work], ...]:
    """The work that is done on a noun; none for a plain list of words."""
    return WORKS.get(model, ())
