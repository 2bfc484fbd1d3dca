"""A contrat pro from the information meeting to step 3: students on phones, the office, the head of a department."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.cast import Someone
from tests.browser.pages import look, opened, picture
from tests.browser.product import Product, made

pytestmark = pytest.mark.browser
SLUG = "essai-cp"
PASSWORD = "un long mot de passe"
SHEET = """Élèves de deuxième année;;;;

NOM;Prénom;Courriel;Département;Option
REYNAUD;Apolline;apolline.reynaud@example.org;Informatique et intelligence artificielle;IL
CASTANIER;Léo;leo.castanier@example.org;2IA;IASD
MALAFOSSE;Rose;rose.malafosse@example.org;Physique;
"""  # a title, an empty line, names in capitals, and a department that the year does not have
WINDOWS = "cp1252"
SEND = "main form button[type=submit]"
SAVE_SHEET, SEND_SHEET = (f"main form button{end}" for end in (".btn-secondary", "[formaction]"))
STUDENT_PART = {
    "student_address": "2 rue de l’Exemple, 30100 Alès",
    "student_email": "apolline.reynaud@example.org",
    "student_phone": "06 12 34 56 78",
    "project_activities": "Suivi de la qualité des données de production.",
    "project_projects": "Un tableau de bord des écarts.",
}
COMPANY_PART = {
    "siret": "732 829 320 00074",
    "company_name": "Ateliers Cévenols",
    "street": "1 rue de l’Exemple",
    "postcode": "30100",
    "city": "Alès",
    "tutor_name": "Inès Martin",
    "tutor_function": "Ingénieure",
    "tutor_email": "ines@ateliers.example.org",
    "tutor_phone": "04 65 71 00 01",
    "signatory_name": "Paul Duval",
    "signatory_function": "Directeur",
    "signatory_email": "paul@ateliers.example.org",
    "signatory_phone": "04 65 71 00 02",
}


@dataclass
class ContractPerson(Someone):
    def settles(self, button: str = "main form.confirm button[type=submit]") -> None:
        """Sends the form of this page, which is not given back."""
        here = self.page.url
        self.presses(button)
        expect(self.page).not_to_have_url(here)
        self.looks()


@dataclass
class ContractStudent(ContractPerson):
    """On a phone, with scripts or without."""

    scripts: bool = True
    name: str = ""
    born_on: str = ""

    def looks(self, name: str = "") -> None:
        look(self.page, scripts=self.scripts)
        if name and self.scripts:
            picture(self.page, f"contrat-pro-{name}-390")

    def opens_the_invitation(self) -> None:
        """The link leads to an account, and from there to the file."""
        link = re.search(r"http://\S+/accounts/signup/\S*", self.mail("contrat"))[0]
        self.goes_to(link)
        self.page.fill("[name=email]", self.email)
        self.page.fill("[name=password1]", PASSWORD)
        self.presses(SEND)
        code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", self.mail("code"), re.MULTILINE)
        self.page.fill("[name=code]", code[1])
        self.presses(SEND)
        self.page.wait_for_url(re.compile(r"/contrat-pro/\w+/identity/"))

    def confirms_who_they_are(self) -> None:
        self.looks("identity")
        expect(self.page.locator("[name=first_names]")).to_have_value(self.name.split()[0])
        self.page.fill("[name=born_on]", self.born_on)
        self.page.select_option("[name=nationality]", "FR")
        self.presses(SEND)
        self.looks("circumstances")
        self.page.check("[name=grant_holder][value=no]")
        self.page.check("[name=long_internship][value=no]")
        self.settles(SEND)
        self.reads("Dites votre intention", "réunion d’information")

    @property
    def file(self) -> str:
        return f"/contrat-pro/{self.ref}/"

    @property
    def ref(self) -> str:
        return re.search(r"/contrat-pro/(\w+)/", self.page.url)[1]

    def opens_the_file(self, *words: str, name: str = "") -> None:
        """As whoever comes back and signs in again does."""
        self.goes_to("/landing/", name)
        self.reads(*words)

    def takes_the_risk(self) -> None:
        self.presses("main a[href$='/risks/toeic/']")
        self.page.check("[name=sure]")
        self.looks("risk")
        self.settles()
        self.reads("À vos risques")

    def says_done(self, key: str) -> None:
        self.presses(f"main a[href$='/steps/{key}/']")
        self.looks(key)
        self.settles()

    def begins_the_sheet(self, company: "ContractCompany") -> None:
        """Types their part, saves it, and sends the company its link."""
        self.goes_to(f"{self.file}sheet/", "sheet")
        for name, text in STUDENT_PART.items():
            self.page.fill(f"main form [name={name}]", text)
        self.presses(SAVE_SHEET)
        self.reads("Enregistré")
        self.presses("main a[href$='/sheet/company/']")
        self.page.fill("[name=email]", company.email)
        self.settles()
        self.reads(company.email)


@dataclass
class ContractCompany(ContractPerson):
    """Without an account: comes twice by the same link."""

    link: str = ""

    def begins(self, student: ContractStudent) -> None:
        self.link = re.search(r"http://\S+/l/\S+/", self.mail("fiche contact à remplir"))[0]
        self.goes_to(self.link)
        self.reads(student.name)
        assert self.page.input_value("[name=project_projects]") == STUDENT_PART["project_projects"]
        self.page.fill("[name=tutor_name]", COMPANY_PART["tutor_name"])
        self.presses(SAVE_SHEET)
        self.reads("Enregistré")

    def completes_and_sends(self) -> None:
        self.goes_to(self.link)
        assert self.page.input_value("[name=tutor_name]") == COMPANY_PART["tutor_name"]
        self.presses(SEND_SHEET)
        self.reads("Manque dans la partie de l’entreprise")
        self.looks("contact-sheet-lacking")
        for name, text in COMPANY_PART.items():
            self.page.fill(f"main form [name={name}]", text)
        self.presses(SEND_SHEET)
        self.looks("contact-sheet-sent")
        self.reads("Envoyée le", "732 829 320 00074")


@dataclass
class ContractOffice(ContractPerson):
    """The contrat pro office, at a desk."""

    def imports(self, sheet: str) -> None:
        self.goes_to("/landing/")
        self.presses("main a[href$='/import/']")
        file = {"name": "élèves.csv", "mimeType": "text/csv", "buffer": sheet.encode(WINDOWS)}
        self.page.set_input_files("[name=file]", file)
        self.presses(SEND)
        self.looks("contrat-pro-import")
        self.reads("Ligne 6", "Physique", "Apolline Reynaud")
        self.settles()

    def invites_all(self) -> None:
        self.presses("main a[href$='/invite/']")
        self.looks()
        self.settles()

    def plans_a_meeting(self, day: date) -> str:
        self.goes_to(f"/admin/contrat-pro/{SLUG}/meetings/")
        self.presses("main a[href$='/new/']")
        typed = {
            "day": f"{day:%d/%m/%Y}",
            "starts": "17:00",
            "ends": "18:30",
            "place": "Amphithéâtre Pasteur",
        }
        for name, text in typed.items():
            self.page.fill(f"main form [name={name}]", text)
        self.looks()
        self.settles(SEND)
        self.goes_to(f"/admin/contrat-pro/{SLUG}/meetings/")
        self.presses("main a[href*='/admin/contrat-pro/meetings/']")
        return self.page.url

    def ticks(self, meeting: str, *students: ContractStudent) -> None:
        self.goes_to(meeting)
        for student in students:
            self.page.check(f"[name=present][value='{student.ref}']")
        self.presses(SEND)
        self.looks("contrat-pro-meeting")
        self.reads("2 présents")

    def says(self, student: ContractStudent, **conditions: str) -> None:
        """`held` or `not_held`, each on its own page."""
        for key, saying in conditions.items():
            at = f"/admin/contrat-pro/students/{student.ref}/conditions/"
            self.goes_to(f"{at}{key.replace('_', '-')}/{saying.replace('_', '-')}/")
            self.settles(SEND)

    def answers_feasible(self, student: ContractStudent) -> None:
        self.goes_to(f"/admin/contrat-pro/students/{student.ref}/", "contrat-pro-student")
        self.reads("Rien ne s’y oppose")
        self.presses("main a[href$='/feasible/']")
        self.looks()
        self.settles()

    def marks(self, key: str, points: int, *students: ContractStudent) -> None:
        """On the grid, all of them at once."""
        self.goes_to(f"/admin/contrat-pro/{SLUG}/steps/", "contrat-pro-grid")
        for student in students:
            self.page.check(f"[name=student][value='{student.ref}']")
        self.page.select_option("#step", key)
        self.presses("main button[formaction$='/mark/']")
        self.page.check(f"[name=points][value='{points}']")
        self.looks()
        self.settles()


@dataclass
class ContractHead(ContractPerson):
    """Of the department of both students."""

    def agrees(self, student: ContractStudent) -> None:
        at = f"/admin/contrat-pro/students/{student.ref}/conditions/department-head/held/"
        self.goes_to(at)
        self.settles(SEND)

    def approves(self, student: ContractStudent) -> None:
        """Reads the sheet that the mail leads to, and validates it."""
        self.mail("fiche contact à valider")
        self.goes_to(f"/admin/contrat-pro/students/{student.ref}/sheet/", "contrat-pro-sheet")
        self.reads(COMPANY_PART["company_name"], STUDENT_PART["project_projects"])
        self.presses("main a[href$='/sheet/validate/']")
        self.looks()
        self.settles()
        self.reads("validée")


@dataclass
class ContractCast:
    office: ContractOffice
    head: ContractHead
    company: ContractCompany
    apolline: ContractStudent
    leo: ContractStudent

    @property
    def students(self) -> tuple[ContractStudent, ContractStudent]:
        return self.apolline, self.leo


@pytest.fixture(scope="module")
def served(tmp_path_factory, shared) -> Iterator[tuple[Product, dict]]:
    folder = tmp_path_factory.mktemp("contracts")
    with made(folder, shared / "prepared", broker=13) as product:
        told = json.loads(product.told("browser.contracts", SLUG))
        with product.serving():
            yield product, told


@contextmanager
def cast_of(browser: Browser, product: Product, told: dict) -> Iterator[ContractCast]:
    with ExitStack() as stack:

        def visits(width: int, **kwargs):
            return stack.enter_context(opened(browser, product.address, width=width, **kwargs))

        yield ContractCast(
            office=ContractOffice(
                page=visits(1280, session=told["office"]["session"]), **told["office"]
            ),
            head=ContractHead(page=visits(1280, session=told["head"]["session"]), **told["head"]),
            company=ContractCompany(page=visits(390), email="rh@ateliers.example.org"),
            apolline=ContractStudent(
                page=visits(390),
                email="apolline.reynaud@example.org",
                name="Apolline Reynaud",
                born_on="08/03/2004",
            ),
            leo=ContractStudent(
                page=visits(390, scripts=False),
                email="leo.castanier@example.org",
                name="Léo Castanier",
                born_on="21/11/2003",
                scripts=False,
            ),
        )


def test_from_the_meeting_to_step_3(browser, served):
    """R-PRO-4, R-PRO-5, R-PRO-6, R-PRO-8: one student's sheet is filled in here, the other's is on paper."""
    with cast_of(browser, *served) as cast:
        office, head, apolline, leo = cast.office, cast.head, cast.apolline, cast.leo
        office.imports(SHEET)
        office.invites_all()
        meeting = office.plans_a_meeting(date.today() - timedelta(days=1))
        for student in cast.students:
            student.opens_the_invitation()
            student.confirms_who_they_are()
        office.ticks(meeting, *cast.students)
        office.says(
            apolline,
            core_resits="held",
            passage_resits="held",
            no_mobility="held",
            sio="held",
            toeic="not_held",
        )
        head.agrees(apolline)
        for student in cast.students:
            student.opens_the_file()
            student.takes_the_risk()
            student.says_done("intention")
            student.reads("doit répondre")
        office.answers_feasible(apolline)
        apolline.mail("faisable")
        leo.opens_the_file()
        leo.says_done("contact-sheet")
        apolline.opens_the_file()
        apolline.begins_the_sheet(cast.company)
        cast.company.begins(apolline)
        cast.company.completes_and_sends()
        head.approves(apolline)
        apolline.mail("fiche contact est validée")
        office.marks("contact-sheet", 2, *cast.students)
        office.marks("head-approval", 1, apolline)
        apolline.opens_the_file("3 points", name="cockpit")
        leo.opens_the_file("2 points")
