"""The contact sheets of the students: filled in with a company, sent, signed, answered."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from accounts.models import SignedLink
from contratpro.models import ContactSheet
from contratpro.sheets.rules import FIELDS
from contratpro.sheets.services.deciding import return_sheet, validate_sheet
from contratpro.sheets.services.inviting import invite_company, invite_home_school
from contratpro.sheets.services.locking import HOME_PURPOSE, SheetWriter
from contratpro.sheets.services.signing import HomeSigner, sign_by_link
from contratpro.sheets.services.writing import save_sheet, send_sheet
from contratpro.steps.rules import CONTACT_SHEET, HEAD_APPROVAL, HOME_APPROVAL
from rehearsal.campaign.behaviour import NAMES, PEOPLE, sheet_of, siret
from rehearsal.people.someone import chance, phone
from rehearsal.year.stage import LATE, ContractStage, YearAct, does, first_day
from rehearsal.year.students import CohortStudent, Turn

# How many days before the first one. The company is invited, the draft saved some days before it is sent.
SENT, HOME_ASKED, HOME_SIGNED, VALIDATED, RETURNED, BEGUN = 40, 37, 35, 33, 30, 24
INVITED_BEFORE, SAVED_BEFORE = 4, 2
COMPANIES = NAMES[:7]  # fewer than students: some have several
INVITING, SAVING = "Companies invited to the contact sheet", "Contact sheets begun"
COMPANY_PARTS = ("tutor", "signatory")
ADDRESSES = {"tutor": "tuteur", "signatory": "direction"}
WORKS = (
    (
        "Suivi de la qualité des données de production, dans une équipe de quatre, avec Python et PostgreSQL.",
        "Un tableau de bord des écarts de production, livré aux trois ateliers avant la fin du semestre 9.",
    ),
    (
        "Préparation des études de prix et suivi des chantiers, avec le conducteur de travaux.",
        "La méthode de chiffrage des réhabilitations énergétiques, éprouvée sur deux chantiers.",
    ),
    (
        "Essais de caractérisation des matériaux recyclés, rédaction des rapports, suivi des fournisseurs.",
        "Une fiche de contrôle à la réception des lots, et la formation de ceux qui s’en servent.",
    ),
)
REMARKS = (
    "Précisez les activités de la première période en entreprise : outils, équipe, part d’encadrement. "
    "Le tuteur doit être joignable par téléphone."
)
SIGNERS = {
    "Politecnico ligure": HomeSigner(name="Giulia Ferraris", function="Prorettrice alla didattica"),
    "Escola Politécnica de Campinas": HomeSigner(
        name="Renato Siqueira", function="Coordenador de relações internacionais"
    ),
}


def sheet_acts(stage: ContractStage, one: CohortStudent) -> Iterator[YearAct]:
    """What student, company, home school and head do with a contact sheet."""

    def act(before: int, title: str, play: Callable[..., None]) -> YearAct:
        return YearAct(stage.days.at(before, one.email), title, partial(play, stage, one))

    if Turn.SHEET_BEGUN in one.turns:
        yield act(BEGUN, INVITING, _invite)
        yield act(BEGUN - SAVED_BEFORE, SAVING, _save)
    if not does(one, CONTACT_SHEET):
        return
    sent = LATE[CONTACT_SHEET] if CONTACT_SHEET in one.late else SENT
    yield act(sent + INVITED_BEFORE, INVITING, _invite)
    yield act(sent + SAVED_BEFORE, SAVING, _save)
    yield act(sent, "Contact sheets sent", _send)
    if Turn.SHEET_RETURNED in one.turns:
        yield act(RETURNED, "Contact sheets sent back", _return)
    if does(one, HOME_APPROVAL):
        yield act(HOME_ASKED, "Home schools asked", _ask_home)
        yield act(HOME_SIGNED, "Contact sheets signed by home schools", _sign_home)
    if does(one, HEAD_APPROVAL):
        late = HEAD_APPROVAL in one.late
        validated = LATE[HEAD_APPROVAL] if late else VALIDATED
        yield act(validated, "Contact sheets approved", _validate)


def content_of(stage: ContractStage, one: CohortStudent) -> dict[str, str]:
    """A sheet that lacks nothing but what may wait."""
    draw = chance("contact sheet", one.email)
    company = draw.choice(COMPANIES)
    place = sheet_of(chance("company", company), first_day(stage.said))
    activities, projects = draw.choice(WORKS)
    told = place | {
        "siret": siret(company),
        "company_name": company,
        "student_address": f"{draw.randint(1, 40)} rue des Mûriers, 30100 Alès",
        "student_email": one.email,
        "student_phone": phone(one.full_name),
        "project_activities": activities,
        "project_projects": projects,
    }
    for part, function in zip(COMPANY_PARTS, ("Ingénieur d’études", "Directrice"), strict=True):
        told |= {
            f"{part}_name": draw.choice(PEOPLE),
            f"{part}_function": function,
            f"{part}_email": f"{ADDRESSES[part]}.{draw.randrange(10**4)}@example.org",
            f"{part}_phone": phone(f"{part} {one.full_name}"),
        }
    return {name: told.get(name, "") for name in FIELDS}


def _writer(stage: ContractStage, one: CohortStudent) -> SheetWriter:
    return SheetWriter(ref=stage.row(one).ref, user=stage.accounts[one.email])


def _sheet(stage: ContractStage, one: CohortStudent) -> ContactSheet:
    return ContactSheet.objects.get(student=stage.row(one))


def _invite(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    address = f"rh.{chance('address', one.email).randrange(10**5)}@example.org"
    ref, actor = stage.row(one).ref, stage.accounts[one.email]
    invite_company(ref=ref, email=address, actor=actor, now=now)


def _save(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    """The student's part; the company has not said who signs."""
    said = content_of(stage, one)
    draft = {name: "" if name.startswith(COMPANY_PARTS) else text for name, text in said.items()}
    save_sheet(writer=_writer(stage, one), content=draft, seen="", now=now)


def _send(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    said = content_of(stage, one)
    send_sheet(writer=_writer(stage, one), content=said, seen="", now=now)


def _ask_home(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    address = f"relations.{chance('home', one.home_school).randrange(10**4)}@example.org"
    ref, actor = stage.row(one).ref, stage.accounts[one.email]
    invite_home_school(ref=ref, email=address, actor=actor, now=now)


def _sign_home(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    ref = _sheet(stage, one).ref
    link = SignedLink.objects.get(purpose=HOME_PURPOSE, subject_ref=ref)
    sign_by_link(link_id=link.pk, version=1, signer=SIGNERS[one.home_school], now=now)


def _validate(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    ref, head = _sheet(stage, one).ref, stage.heads[one.department]
    validate_sheet(ref=ref, version=1, actor=head, now=now)


def _return(stage: ContractStage, one: CohortStudent, *, now: datetime) -> None:
    ref, head = _sheet(stage, one).ref, stage.heads[one.department]
    return_sheet(ref=ref, version=1, reason=REMARKS, actor=head, now=now)
