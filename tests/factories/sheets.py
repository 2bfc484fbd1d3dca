"""Contact sheets of students, as their commands make them."""

from datetime import UTC, datetime

from accounts.models import SignedLink, User
from contratpro.models import ContactSheet, StudentFile
from contratpro.sheets.rules import FIELDS
from contratpro.sheets.services.inviting import invite_company, invite_home_school
from contratpro.sheets.services.locking import HOME_PURPOSE, PURPOSE, SheetWriter
from contratpro.sheets.services.writing import save_sheet, send_sheet
from notifications.models import Notification

COMPANY = "rh@batisseurs.exemple.fr"
HOME_SCHOOL = "relations@home.example.org"
INVITED = datetime(2025, 6, 2, 9, 0, tzinfo=UTC)
SAVED = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
SENT = datetime(2025, 6, 4, 9, 0, tzinfo=UTC)
ANSWERED = datetime(2025, 6, 5, 9, 0, tzinfo=UTC)
WHOLE = dict.fromkeys(FIELDS, "") | {
    "siret": "73282932000074",
    "company_name": "Bâtisseurs du Gard",
    "street": "1 rue de l’Exemple",
    "postcode": "30100",
    "city": "Alès",
    "country": "FR",
    "tutor_name": "Inès Martin",
    "tutor_function": "Ingénieure",
    "tutor_email": "ines@batisseurs.exemple.fr",
    "tutor_phone": "+33466000001",
    "signatory_name": "Paul Duval",
    "signatory_function": "Directeur",
    "signatory_email": "paul@batisseurs.exemple.fr",
    "signatory_phone": "+33466000002",
    "student_address": "2 rue de l’Exemple, 30100 Alès",
    "student_email": "eleve@exemple.fr",
    "student_phone": "+33612345678",
    "project_activities": "Suivi de la qualité des données.",
    "project_projects": "Un outil de suivi.",
}


def own(student: StudentFile) -> SheetWriter:
    """The student, signed in."""
    return SheetWriter(ref=student.ref, user=student.user)


def by_link(sheet: ContactSheet) -> SheetWriter:
    """Whoever has the last link."""
    return SheetWriter(link_id=link_of(sheet).pk)


def link_of(sheet: ContactSheet) -> SignedLink:
    return SignedLink.objects.filter(purpose=PURPOSE, subject_ref=sheet.ref).latest("pk")


def invited(student: StudentFile, *, email: str = COMPANY, at: datetime = INVITED) -> ContactSheet:
    user: User | None = student.user
    assert user
    return invite_company(ref=student.ref, email=email, actor=user, now=at)


def saved(writer: SheetWriter, at: datetime = SAVED, seen: str = "", **typed: str) -> ContactSheet:
    return save_sheet(writer=writer, content=WHOLE | typed, seen=seen, now=at)


def sent(writer: SheetWriter, at: datetime = SENT, seen: str = "", **typed: str) -> ContactSheet:
    return send_sheet(writer=writer, content=WHOLE | typed, seen=seen, now=at)


def asked_home(
    student: StudentFile, *, email: str = HOME_SCHOOL, at: datetime = SENT
) -> ContactSheet:
    """The home school of a double degree has a link to what was sent."""
    user: User | None = student.user
    assert user
    return invite_home_school(ref=student.ref, email=email, actor=user, now=at)


def home_link_of(sheet: ContactSheet) -> SignedLink:
    return SignedLink.objects.filter(purpose=HOME_PURPOSE, subject_ref=sheet.ref).latest("pk")


def address_of(sheet: ContactSheet, kind: str = "sheet_link") -> str:
    """Where the last mail with a link leads."""
    rows = Notification.objects.filter(kind=f"contratpro.{kind}", refs__sheet=sheet.ref)
    return f"/l/{rows.latest('pk').refs['token']}/"
