"""Who sees which field of a record: the one table. What it does not name is staff's, and no document shows it.

It says which fields are told, not of which records: those are the published ones, for staff all of them, with their
state of publication. A natural person's name is masked where the document is built, for staff too but in the list of
investors; the reason of a withdrawal is told by the page that answers 410.
"""

from dataclasses import dataclass, field

from registry.vocabulary.visibility import Visibility

HEAD = "code url version updated_at"
# How the register keeps a record: no document tells it.
KEEPING = {"id", "number", "search_folded", "search_marked", "name_sort", "publication", "withdrawn_reason", "digest",
           "pepper"}


@dataclass(frozen=True)
class Seen:
    """The fields of a noun's document by who sees them, as words. ``staff`` are columns that no document has;
    ``told_as`` are columns that it has under another name, or as a part of it."""

    public: str
    partner: str = ""
    staff: str = ""
    told_as: dict[str, str] = field(default_factory=dict)

    def by(self, reader: str) -> frozenset[str]:
        """The fields that a reader sees."""
        shown = {Visibility.PUBLIC: self.public, Visibility.PARTNER: f"{self.public} {self.partner}",
                 Visibility.STAFF: f"{self.public} {self.partner} {self.staff}"}
        return frozenset(shown[reader].split())


VISIBLE: dict[str, Seen] = {
    "project": Seen(
        f"{HEAD} irc_code former_irc_codes name name_en objective objective_en address enterprise registrar investors "
        "zone place sector form status licensed_on expires_on ended_on land_area_ha planned_workers capital milestones "
        "sources",
        told_as={"source": "sources"}),
    "investor": Seen(f"{HEAD} kind name name_en name_native country parent parent_country"),
    "enterprise": Seen(f"{HEAD} name name_en tax_code activity"),
    "registrar": Seen(f"{HEAD} name name_en in_force_from in_force_until successor basis"),
    "zone": Seen(
        f"{HEAD} name name_en kind parent province former_province developer established_year area_ha leasable_ha "
        "communes communes_before position investment summary contact sources",
        told_as={"latitude": "position", "longitude": "position", "position_basis": "position"}),
    "zone-observation": Seen(
        f"{HEAD} zone place attribute value value_high unit qualifier date method source",
        told_as={"observed_on": "date"}),
    "sector": Seen(f"{HEAD} vsic_version level vsic_code section name name_en fia_label checked"),
    "country": Seen(f"{HEAD} name name_en printed aliases"),
    "place": Seen(
        f"{HEAD} official_code name name_en kind level parent successor in_force_from in_force_until former_province "
        "basis position",
        told_as={"latitude": "position", "longitude": "position"}),
    "certificate": Seen(
        f"{HEAD} project kind step outcome registrar received_on decided_on changes total_usd total_vnd "
        "rate_as_printed contributed_usd mobilised_usd contribute_by source",
        staff="asked_usd proposed_usd proposed_written proposed_currency proposed_irc_code proposed_changes"),
    "capital-entry": Seen(
        "code url updated_at project enterprise kind counts_as amount_usd expected_price_usd written rate_as_printed "
        "decided_on counts_on recorded_at confirmed confirmed_usd certificate source buyer reverses reversed_by "
        "statements",
        staff="note", told_as={"written_amount": "written", "written_currency": "written",
                               "confirmed_part_usd": "confirmed_usd"}),
    "milestone": Seen(f"{HEAD} project kind reality date words source", told_as={"happened_on": "date"}),
    "source": Seen(
        f"{HEAD} kind title title_en number publisher web_address published_on known_from",
        staff="reference text file_name file_sha256",
        told_as={"name": "title", "name_en": "title_en", "url": "web_address"}),
    "statement": Seen(
        f"id {HEAD} reference source locator subject attribute kind value unit qualifier date period_words reality "
        "review conflicts_with promoted_to",
        staff="amount_usd note recorded_at",
        told_as={"promoted_kind": "promoted_to", "promoted_code": "promoted_to", "subject_kind": "subject",
                 "subject_name": "subject", "project": "subject", "investor": "subject", "enterprise": "subject",
                 "zone": "subject", "place": "subject", "country": "subject", "policy": "subject",
                 "engagement": "subject"}),
    # Conflicts have no document: the two statements name each other, and pages tell why and with what outcome.
    "conflict": Seen("", staff="version updated_at first second report why found_by_rule state outcome"),
    # The public's page of a report tells what it is about, its state, its deadline and its outcome.
    "correction": Seen("", staff="code version updated_at about about_kind about_code words contact language "
                                 "received_at deadline state outcome"),
    "import-batch": Seen("", staff="code version updated_at table file_name sha256 state new changed unchanged"),
    "operating-report": Seen("", staff=(
        "code version updated_at project year quarter received_on contributed_domestic_usd contributed_foreign_usd "
        "contributions loans_domestic_usd loans_parent_usd loans_foreign_usd reinvested_usd realised_usd "
        "realised_foreign_usd realised_year_usd realised_since_usd revenue_usd export_usd import_usd "
        "workers_vietnamese workers_foreign electricity_kwh coal_tonnes oil_litres gas_m3 energy_other taxes_usd "
        "land_m2 difficulties state entry source")),
    # A partner reads of its own key at /api/key/; of no other.
    "partner": Seen("", staff="code version updated_at name contact plan"),
    "api-key": Seen("", staff="code version updated_at partner purpose scope expires_on addresses state replaces "
                              "overlap_until"),
    # All of it is public, at /publications/, in a shape of its own.
    "published-figure": Seen("", staff="code title title_en kind parameters table change checksum office frozen_at "
                                       "supersedes note"),
    "distinct-pair": Seen("", staff="code version updated_at kind one other stands"),
    "form-figure": Seen("", staff="code version updated_at year quarter registrar row column value"),
    "policy": Seen(f"{HEAD} name name_en number issuer issued_on summary summary_en reality source"),
    "engagement": Seen(f"{HEAD} kind name name_en held_on reality parties outcome project investor source"),
    "opportunity": Seen(
        f"{HEAD} kind name name_en objective expected_usd land_area_ha sector zone place investor source"),
}
