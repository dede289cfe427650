"""The nouns of the register, one file each; ``NOUNS`` finds a model by its kind word."""

from registry.models.a_iv_1 import FormFigure
from registry.models.as_known import ProjectAsKnown
from registry.models.batch import ImportBatch, ImportRow, RowProblem
from registry.models.capital import CapitalEntry
from registry.models.certificate import Certificate
from registry.models.change import Act, Change, CodeCounter, Register
from registry.models.correction import CorrectionRequest
from registry.models.country import Country
from registry.models.distinct import DistinctPair
from registry.models.enterprise import Enterprise
from registry.models.investor import Investor
from registry.models.milestone import Milestone
from registry.models.partner import ApiKey, Partner
from registry.models.place import AdministrativeUnit
from registry.models.project import Project, Stake
from registry.models.promotion import Engagement, Opportunity, Policy
from registry.models.published import PublishedFigure
from registry.models.registrar import Registrar
from registry.models.report import OperatingReport
from registry.models.sector import Sector
from registry.models.sign_in import SignInTries
from registry.models.source import Source
from registry.models.statement import Conflict, Statement
from registry.models.sums import CapitalAdded, CapitalKnown, CapitalMonth, CapitalSum
from registry.models.zone import Zone, ZoneObservation

__all__ = [
    "Act", "AdministrativeUnit", "ApiKey", "CapitalAdded", "CapitalEntry", "CapitalKnown", "CapitalMonth", "CapitalSum",
    "Certificate", "Change", "CodeCounter", "Conflict", "CorrectionRequest", "Country", "DistinctPair",
    "Engagement", "Enterprise", "FormFigure", "ImportBatch", "ImportRow", "Investor", "Milestone", "NOUNS",
    "OperatingReport", "Opportunity", "Partner", "Policy", "Project", "ProjectAsKnown", "PublishedFigure", "Register",
    "Registrar", "RowProblem",
    "Sector", "SignInTries", "Source", "Stake", "Statement", "Zone", "ZoneObservation",
]

NOUNS = {
    model.KIND: model
    for model in (
        Project, Investor, Enterprise, Registrar, Zone, ZoneObservation, Sector, Country, AdministrativeUnit,
        Certificate, CapitalEntry, Milestone, Source, Statement, Conflict, Policy, Engagement, Opportunity,
        CorrectionRequest, ImportBatch, OperatingReport, DistinctPair, FormFigure,
        Partner, ApiKey, PublishedFigure,
    )
}
