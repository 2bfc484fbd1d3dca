"""Those of the end of a contrat pro: the student, the company tutor, the school tutor, the head, the office."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.cast import PATIENCE
from tests.browser.contract_cast import SEND, ContractPerson, OnPhone, scan

WRITTEN, SENT = (f"main form button{end}" for end in (".btn-secondary", "[formaction$='/send/']"))
CRITERIA = ("integration", "conduct", "initiative", "method", "technical", "communication")
WORDS = (
    "Un travail suivi, une bonne place dans l’équipe.\n\nIl reste à dire plus tôt ce qui bloque."
)
SHEET = {
    "title": "Conception d’un suivi de la production par capteurs",
    "context": "L’atelier relève ses arrêts sur papier.",
    "purpose": "Savoir chaque jour pourquoi une ligne s’arrête.",
    "aims": "Un relevé automatique sur trois lignes.",
    "plan": "Capteurs en mars, tableau de bord en mai, essais en juin.",
}
ILLNESS = "Arrêt de travail"
NEED = "Mise en service d’une ligne chez un client."
JURY = "Claire Noguier, présidente\nRachid Amrani"


@dataclass
class EndStudent(OnPhone):
    ref: str = ""
    name: str = ""

    @property
    def file(self) -> str:
        return f"/contrat-pro/{self.ref}/"

    def deposits_the_report(self) -> None:
        """Each part is ticked, or the report is not taken."""
        self.goes_to(f"{self.file}project/", "project")
        self.reads("Encore attendu", "Votre rapport n’est pas déposé")
        self._hands_in("report")
        self.reads("Rien n’est encore déposé", "Rédigez cette partie")
        for box in self.page.locator("main form [type=checkbox]").all():
            box.check()
        self._hands_in("report")
        self.reads("Votre rapport est déposé.")
        self.never_reads("Votre rapport n’est pas déposé")

    def _hands_in(self, name: str) -> None:
        self.page.set_input_files(f"[name={name}]", scan("rapport"))
        self.presses(SEND)
        self.looks()

    def reads_no_mark(self, *marks: str) -> None:
        for page in ("", "project/", "pfe/"):
            self.goes_to(f"{self.file}{page}")
            self.never_reads(*marks)

    def reads_the_mark(self, *marks: str) -> None:
        self.mail("note de votre projet d’entreprise est publiée")
        self.goes_to(f"{self.file}project/", "project-published")
        self.reads(*marks)

    def finds_nothing_at(self, other: "EndStudent") -> None:
        """The pages of another student do not exist."""
        for page in ("", "project/", "pfe/", "incidents/", "classes/"):
            answer = self.page.request.get(f"/contrat-pro/{other.ref}/{page}")
            assert answer.status == 404, page

    def sends_the_sheet(self) -> None:
        """In two sittings: what is typed is kept."""
        self.goes_to(f"{self.file}pfe/", "pfe")
        self.page.fill("[name=title]", SHEET["title"])
        self.presses(WRITTEN)
        self.reads("Enregistré.")
        self.types(SHEET)
        self.presses(SENT)
        self.looks("pfe-sent")
        self.reads("La fiche est envoyée à votre tuteur école.", SHEET["purpose"])

    def reports_an_illness(self, since: str) -> None:
        self.goes_to(f"{self.file}incidents/report/", "incident")
        self.page.check("[name=kind][value=sick_leave]")
        self.page.fill("[name=starts_on]", since)
        self.page.set_input_files("[name=document]", scan("avis"))
        self.settles(SEND)
        self.reads("L’incident est signalé", ILLNESS)

    def asks_for_a_day(self, day: str, made_up_on: str) -> None:
        """On the same day it is made up on no day: refused in words, nothing typed again but the day."""
        self.goes_to(f"{self.file}incidents/")
        self.presses("main a[href$='/absence/']")
        self.types({"day": day, "made_up_on": day, "reason": NEED})
        self.presses(SEND)
        self.looks("absence-refused")
        self.reads("Rien n’a été fait")
        self.page.fill("[name=made_up_on]", made_up_on)
        self.settles(SEND)
        self.reads("La demande est transmise au responsable du département.", NEED)

    def reads_the_answer(self) -> None:
        self.mail("est accordée")
        self.goes_to(f"{self.file}incidents/", "incidents")
        self.reads("accordée", NEED)

    def reads_of_the_defence(self, *words: str, name: str = "") -> None:
        self.goes_to(f"{self.file}pfe/", name)
        self.reads(*words)


@dataclass
class CompanyTutor(OnPhone):
    """Without an account; comes twice by the same link."""

    link: str = ""

    def begins(self, name: str) -> None:
        self.link = re.search(r"http://\S+/l/\S+/", self.mail(f"Évaluation de {name}"))[0]
        self.goes_to(self.link, "evaluation")
        self.reads(name)
        self.page.check("[name=criterion_integration][value=very-good]")
        self.page.fill("[name=mark]", "seize")
        self.page.fill("[name=words]", WORDS)
        self.presses(WRITTEN)
        self.reads("Enregistré.")

    def completes_and_sends(self) -> None:
        self.goes_to(self.link)
        self._finds_what_was_typed("seize")
        self.presses(SENT)
        self.looks("evaluation-lacking")
        self.reads("Ce que vous avez saisi est enregistré, mais pas encore envoyé")
        self._finds_what_was_typed("seize")
        for key in (*CRITERIA, "results"):
            self.page.check(f"[name=criterion_{key}][value=good]")
        self.page.fill("[name=mark]", "16")
        self.presses(SENT)
        self.looks("evaluation-sent")
        self.reads("Votre évaluation est envoyée à l’école. Merci.", "16,00", "Bien")
        expect(self.page.locator("main form")).to_have_count(0)

    def _finds_what_was_typed(self, mark: str) -> None:
        expect(self.page.locator("[name=criterion_integration][value=very-good]")).to_be_checked()
        expect(self.page.locator("[name=mark]")).to_have_value(mark)
        expect(self.page.locator("[name=words]")).to_have_value(WORDS)


@dataclass
class SchoolTutor(ContractPerson):
    def asks_the_company_tutor(self, student: EndStudent) -> None:
        self.mail(f"Rapport à noter\N{NO-BREAK SPACE}: {student.name}")
        self.goes_to(f"{_work(student)}project/", "contrat-pro-project")
        self.presses("main a[href$='/evaluation/']")
        self.looks()
        self.settles()
        self.reads("Le lien est envoyé au tuteur en entreprise.")

    def marks_the_report(self, student: EndStudent, mark: str) -> None:
        self.mail("Évaluation.*reçue")
        self.confirms(f"{_work(student)}project/mark/", hundredths=mark)
        self.looks("contrat-pro-project-marked")
        self.reads("La note du rapport est enregistrée.", "L’élève ne lit aucune de ces notes")

    def passes_on(self, student: EndStudent, day: str) -> None:
        self.goes_to(f"{_work(student)}project/registrar/", "contrat-pro-project-passed")
        self.types({"day": day, "channel": "mail"})
        self.settles(SEND)
        self.reads("La transmission des deux documents est enregistrée.")
        self.never_reads("en retard")

    def approves_the_sheet(self, student: EndStudent) -> None:
        self.mail("à approuver")
        self.goes_to(f"{_work(student)}pfe/", "contrat-pro-pfe")
        self.reads(SHEET["plan"])
        self.presses("main a[href$='/approve/']")
        self.settles()
        self.reads("La fiche est approuvée.")


@dataclass
class EndHead(ContractPerson):
    def grants_the_day(self, student: EndStudent) -> None:
        """Of an illness they read that it is excused, and no more."""
        self.mail(f"{student.name} demande une journée")
        self.goes_to(f"{_work(student)}incidents/", "contrat-pro-incidents")
        self.reads("Absence excusée", NEED)
        self.never_reads(ILLNESS)
        self.presses("main a[href$='/grant/']")
        self.looks()
        self.settles()
        self.reads("La journée est accordée")

    def organises_the_defence(self, student: EndStudent, day: str) -> None:
        self.goes_to(f"{_work(student)}pfe/defence/", "contrat-pro-defence")
        said = {"day": day, "starts": "14:00", "place": "Salle du conseil", "jury": JURY}
        self.types(said)
        self.settles(SEND)
        self.reads("La soutenance est fixée", "Salle du conseil")

    def gives_no_mark_yet(self, student: EndStudent) -> None:
        self.goes_to(f"{_work(student)}pfe/defence/mark/")
        self.types({"hundredths": "15", "words": WORDS})
        self.presses(SEND)
        self.looks()
        self.reads("La soutenance est encore à venir.")

    def gives_the_mark(self, student: EndStudent, mark: str) -> None:
        self.goes_to(f"{_work(student)}pfe/defence/mark/")
        self.types({"hundredths": mark, "words": WORDS})
        self.settles(SEND)
        self.looks("contrat-pro-defence-marked")
        self.reads("La note est enregistrée", SHEET["title"])
        answer = self.page.request.get(f"{_work(student)}pfe/defence/minutes/")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-")


@dataclass
class EndOffice(ContractPerson):
    slug: str = field(kw_only=True)

    @property
    def year(self) -> str:
        return f"/admin/contrat-pro/{self.slug}/"

    def sees_who_is_late(self, late: EndStudent, in_time: EndStudent) -> None:
        self.goes_to(f"{self.year}overview/", "contrat-pro-overview")
        self.goes_to(f"{self.year}steps/?phase=overdue&step=report", "contrat-pro-late")
        self.reads(late.name)
        self.never_reads(in_time.name)

    def gives_points(self, student: EndStudent, key: str, points: int) -> None:
        self.goes_to(f"{self.year}steps/")
        self.page.check(f"[name=student][value='{student.ref}']")
        self.page.select_option("#step", key)
        self.presses("main button[formaction$='/mark/']")
        self.page.check(f"[name=points][value='{points}']")
        self.settles()

    def makes_the_certificates(self, count: int) -> None:
        """In the background: the page follows by itself."""
        self.goes_to(f"{self.year}certificates/", "contrat-pro-certificates")
        self.presses("main a[href$='/s9/order/']")
        self.looks()
        self.types({"signatory": "Hélène Durand", "post": "directrice", "town": "Alès"})
        self.settles(SEND)
        self.reads("Les certificats sont en cours : cette page les suit.")
        done = f"{count} certificats établis."
        expect(self.page.locator("main")).to_contain_text(done, timeout=PATIENCE)
        self.looks("contrat-pro-certificates-made")
        link = self.page.locator("main td a").first.get_attribute("href")
        assert self.page.request.get(str(link)).body().startswith(b"%PDF-")

    def publishes(self, student: EndStudent, *marks: str) -> None:
        self.confirms(f"{_work(student)}project/publish/")
        self.looks("contrat-pro-project-published")
        self.reads("La note est publiée", *marks)

    def cannot_publish(self, student: EndStudent) -> None:
        self.goes_to(f"{_work(student)}project/", "contrat-pro-project-lacking")
        self.reads("Avant la publication de la note", "L’élève n’a pas déposé le rapport.")
        expect(self.page.locator("main a[href$='/publish/']")).to_have_count(0)

    def reads_the_illness(self, student: EndStudent) -> None:
        self.goes_to(f"{_work(student)}incidents/")
        self.reads(ILLNESS)


def _work(student: EndStudent) -> str:
    return f"/admin/contrat-pro/students/{student.ref}/"
