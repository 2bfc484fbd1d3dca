"""Those of a session: its teacher with a link, students on phones, the office at a desk."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.contract_cast import SEND, ContractPerson, OnPhone, scan

A_MINUTE = 60


@dataclass
class ClassOffice(ContractPerson):
    class_ref: str = ""

    @property
    def address(self) -> str:
        return f"/admin/contrat-pro/classes/{self.class_ref}/"

    def sends_the_link(self) -> None:
        self.goes_to(self.address, "contrat-pro-class")
        self.reads("3 élèves concernés")
        self.presses("main a[href$='/link/']")
        self.settles()

    def excuses(self, student: "ClassStudent") -> None:
        self.goes_to(self.address, "contrat-pro-class-signed")
        self.presses(f"main a[href$='/students/{student.ref}/excuse/']")
        self.looks()
        self.settles(SEND)
        self.reads("absence justifiée")


@dataclass
class ClassTeacher(OnPhone):
    """Without an account: the mail gives a link, and a code below it."""

    link: str = ""

    def follows_the_link(self, course: str, *names: str) -> None:
        """The address alone shows no name."""
        text = self.mail(course)
        self.link = re.search(r"http://\S+/l/\S+", text)[0]
        self.goes_to(self.link, "class-pin")
        self.never_reads(*names)
        self._types_pin("12")
        self.reads("Ce n’est pas le code que l’e-mail donne")
        self._types_pin(re.search(r"\b\d{3} \d{3}\b", text)[0])
        self.reads("Ouvrir la séance")

    def _types_pin(self, pin: str) -> None:
        self.page.fill("[name=pin]", pin)
        self.presses(SEND)
        self.looks()

    def opens_the_session(self) -> str:
        self.presses("main form[action$='/open/'] button")
        self.looks("class-code")
        return self.shows_the_code()

    def shows_the_code(self) -> str:
        """Another comes by itself within the minute."""
        answer = self.page.goto(f"{self.link}?code=1")
        assert answer, "the page is loaded anew"
        assert 0 < int(answer.headers["refresh"]) <= A_MINUTE + 1
        self.reads("Nouveau code dans")
        return self.page.locator(".room-code").inner_text()

    def calls_absent(self, student: "ClassStudent") -> None:
        self.goes_to(self.link, "class-roll")
        self.reads("Dans la salle : 2. Absences : 0. Pas encore pointés : 1.")
        self.page.check(f"[name='found-{student.ref}'][value=absent]")
        self.presses("main form[action$='/roll/'] button")
        self.looks()
        self.reads("1 élève pointé.", "Dans la salle : 2. Absences : 1. Pas encore pointés : 0.")

    def countersigns(self) -> None:
        self.presses("main form[action$='/countersign/'] button")
        self.looks("class-countersigned")
        self.reads("ses heures comptent", "Contresignée par Paul Martin")
        expect(self.page.locator("main form")).to_have_count(0)


@dataclass
class ClassStudent(OnPhone):
    ref: str = ""
    name: str = ""

    def opens_classes(self, name: str = "") -> None:
        self.goes_to(f"/contrat-pro/{self.ref}/classes/", name)

    def types_code(self, code: str) -> None:
        """On the page as it is open."""
        self.page.fill(".sign-form [name=code]", code)
        self.presses(".sign-form button")
        self.looks()

    def signs(self, code: str, found: str) -> None:
        self.opens_classes("class-sign")
        self.types_code(code)
        self.reads("Vous avez signé : Ingénierie logicielle", found)

    def types_for(self, session: str, code: str) -> None:
        """For a session that their page does not show."""
        self.opens_classes()
        action = f"/contrat-pro/{self.ref}/classes/{session}/sign/"
        form = self.page.locator(".sign-form")
        form.evaluate("(form, action) => form.setAttribute('action', action)", action)
        self.types_code(code)

    def is_refused(self, why: str) -> None:
        self.reads("Vous n’avez pas signé", why)

    def reads_the_booklet(self, *words: str, others: list[str]) -> None:
        """The month as a page, and as the PDF that is handed to an inspector."""
        self.opens_classes("booklet")
        self.reads(*words)
        self.never_reads(*others)
        link = self.page.locator("main a[href*='/booklet/']").get_attribute("href")
        assert link, "a month that has a session has its PDF"
        answer = self.page.request.get(link)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-")

    def gives_what_excuses(self) -> None:
        self.presses("main a[href$='/excuse/']")
        self.page.set_input_files("[type=file]", scan("justificatif"))
        self.looks("class-excuse")
        self.settles(SEND)
        self.reads("Le justificatif est remis au service")
