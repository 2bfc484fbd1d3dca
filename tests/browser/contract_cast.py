"""The people of a contrat pro, each at their own screen."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import expect

from tests.browser.cast import Someone
from tests.browser.pages import look, picture
from tests.factories.contracts import EMPLOYEE, EMPLOYER, NIR
from tests.factories.files import pdf

SLUG = "essai-cp"
TODAY = f"{date.today():%d/%m/%Y}"
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
SAVE_CONTRACT = "main form[action$='/save/'] button[type=submit]"
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

    def types(self, said: dict[str, str]) -> None:
        """In boxes of words, of choices, of yes or no."""
        for name, text in said.items():
            box = self.page.locator(f"main form [name={name}]").first
            if box.get_attribute("type") == "radio":
                self.page.check(f"main form [name={name}][value={text}]")
            elif box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(text)
            else:
                box.fill(text)


@dataclass
class OnPhone(ContractPerson):
    """With scripts or without."""

    scripts: bool = True

    def looks(self, name: str = "") -> None:
        look(self.page, scripts=self.scripts)
        if name and self.scripts:
            picture(self.page, f"contrat-pro-{name}-390")


@dataclass
class ContractStudent(OnPhone):
    name: str = ""
    born_on: str = ""

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

    def fills_in_the_contract(self, company: "ContractCompany") -> None:
        """Their boxes, the number that no page shows again, and a link to the company."""
        self.goes_to(f"{self.file}contract/", "contract")
        self.types(EMPLOYEE)
        self.presses(SAVE_CONTRACT)
        self.page.fill("[name=nir]", NIR)
        self.presses("main form[action$='/nir/'] button[type=submit]")
        self.reads("Le numéro de sécurité sociale est conservé")
        self.never_reads(NIR)
        self.presses("main a[href$='/contract/company/']")
        self.page.fill("[name=email]", company.email)
        self.settles()

    def hands_in_the_agreement(self) -> None:
        self.mail("convention de formation est à signer")
        self.goes_to(f"{self.file}agreement/", "agreement")
        for name in ("student_on", "company_on"):
            self.page.fill(f"[name={name}]", TODAY)
        self.page.set_input_files("[name=scan]", scan("convention"))
        self.presses(SEND)
        self.looks("agreement-handed-in")
        self.reads("remise au service")

    def has_the_signed_copy(self) -> None:
        self.mail("signée de tous")
        self.goes_to(f"{self.file}agreement/")
        self.reads("Signée de tous", "Votre exemplaire signé")


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

    def fills_in_the_contract(self, starts_on: str, ends_on: str) -> None:
        link = re.search(r"http://\S+/l/\S+/", self.mail("contrat de travail"))[0]
        self.goes_to(link, "contract-by-link")
        days = {"starts_on": starts_on, "ends_on": ends_on, "concluded_on": TODAY}
        self.types(EMPLOYER | days | {"trial_days": "28"})  # a month, whichever it begins in
        self.page.fill("[name=gross_pay]", "1 300")
        self.presses(SAVE_CONTRACT)
        self.looks("contract-too-low")
        self.reads("L6325-8")
        self.page.fill("[name=gross_pay]", "1 900")
        self.presses(SAVE_CONTRACT)
        self.looks()

    def has_the_agreement(self, student: "ContractStudent") -> None:
        link = re.search(r"http://\S+/l/\S+/", self.mail("signée de tous"))[0]
        self.goes_to(link, "agreement-by-link")
        self.reads(student.name, "Ouvrir la convention signée")


@dataclass
class ContractOffice(ContractPerson):
    """The contrat pro office, at a desk."""

    def imports(self, sheet: str) -> None:
        self.goes_to(f"/admin/contrat-pro/{SLUG}/")
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

    def finds_the_contract_complete(self, student: ContractStudent) -> None:
        at = f"/admin/contrat-pro/students/{student.ref}/contract/"
        self.goes_to(at, "contrat-pro-contract")
        self.never_reads(NIR)
        self.presses("main a[href*='/complete/']")
        self.presses("main form.confirm button[type=submit]")
        self.goes_to(f"{at}copy/")
        for name in ("signed_on", "received_on"):
            self.page.fill(f"[name={name}]", TODAY)
        self.page.check("[name=channel][value=scan]")
        self.page.set_input_files("[name=scan]", scan("contrat"))
        self.settles(SEND)

    def prepares_the_agreement(self, student: ContractStudent) -> None:
        self.goes_to(f"{_agreement(student)}prepare/", "contrat-pro-agreement-prepare")
        self.settles()
        self.reads("à signer")

    def receives_it_and_signs(self, student: ContractStudent) -> None:
        """Out of order it is refused, with what to do; then in order."""
        at = _agreement(student)
        self.confirms(f"{at}1/receive/")
        self.goes_to(f"{at}1/sign/")
        self.page.fill("[name=signed_by]", "Direction des études")
        self.page.fill("[name=signed_on]", TODAY)
        self.page.set_input_files("[name=scan]", scan("signee"))
        self.settles(SEND)
        self.reads("signée de tous")

    def sends_both(self, student: ContractStudent, company: ContractCompany) -> None:
        at = _agreement(student)
        self.confirms(f"{at}1/company/", email=company.email)
        self.confirms(f"{at}1/social-service/")
        self.goes_to(at, "contrat-pro-agreement")
        self.reads(company.email, "Au service social")


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
class ContractSocialService(ContractPerson):
    def finds(self, student: ContractStudent) -> None:
        self.mail("contrat et convention reçus")
        self.goes_to(f"/admin/contrat-pro/social-service/{SLUG}/", "contrat-pro-social-service")
        self.reads(student.name, COMPANY_PART["company_name"])


def scan(name: str) -> dict[str, object]:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf(name)}


def _agreement(student: ContractStudent) -> str:
    return f"/admin/contrat-pro/students/{student.ref}/agreement/"
