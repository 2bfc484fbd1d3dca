"""The file of 2022 with one mistake each: the edit, the line that must be named, and what must be said."""

from dataclasses import dataclass

from tests.factories.campaigns import ALES_2022

GOOD = ALES_2022.read_text("utf-8")


@dataclass(frozen=True)
class Broken:
    name: str
    old: str
    new: str
    at: str  # on the line that must be named
    says: str

    @property
    def text(self) -> str:
        assert GOOD.count(self.old) >= 1, f"{self.name}: nothing to edit"
        return GOOD.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        lines = self.text.splitlines()
        return next(number for number, line in enumerate(lines, 1) if self.at in line)


MKX_2 = "  mkx-2: {floor: 1, ceiling: 1, more_may_open: false}\n"
RESULTS = "  y1-results:\n    on: 2022-05-05\n"
LABEL = "{fr: Résultat de l’examen des dossiers, en: Results of the file review}"
NOT_A_DATE = (
    "not a date, expected YYYY-MM-DD, or YYYY-MM-DD HH:MM in the campaign's own zone (no offset)"
)

BROKEN = [
    Broken(
        "rule in a section that the page does not have",
        "    section: appeals",
        "    section: appeal",
        "section: appeal",
        "'appeal': expected 'places', 'calendar', 'who', 'application', 'documents', 'fees', 'selection', 'search', "
        "'admission', 'training', 'data' or 'appeals'",
    ),
    Broken(
        "rule for a programme that is not there",
        "    for: [MKX-1, MKX-2]",
        "    for: [MKX-1, MKX-4]",
        "MKX-4",
        "'MKX-4' is not among the programmes and selections, did you mean 'MKX-2'?",
    ),
    Broken(
        "rule without its words",
        "    title: {fr: Pas de remboursement, en: No refund}\n",
        "",
        "  fees-kept:",
        "key 'title' is missing, expected here in 'rules.fees-kept'",
    ),
    Broken(
        "misspelt key of a milestone",
        "    until: 2022-03-08",
        "    untill: 2022-03-08",
        "untill:",
        "did you mean 'until'?",
    ),
    Broken(
        "misspelt section",
        "pools:\n",
        "pool:\n",
        "pool:",
        "unknown key 'pool', did you mean 'pools'?",
    ),
    Broken(
        "misspelt key of a text",
        "en: Applications open}",
        "eng: Applications open}",
        "eng: App",
        "did you mean 'en'?",
    ),
    Broken(
        "key twice",
        MKX_2,
        MKX_2 + "  mkx-2: {floor: 2, ceiling: 2}\n",
        "{floor: 2,",
        "key 'mkx-2' is there twice, expected once",
    ),
    Broken(
        "programme twice",
        "  - code: BAT-2\n",
        "  - code: BAT-1 # again\n",
        "# again",
        "programme 'BAT-1' is there twice, expected once",
    ),
    Broken(
        "French text missing",
        LABEL,
        "{en: Results of the file review}",
        "{en: Results of the file review}",
        "key 'fr' is missing, expected here in 'calendar.file-results.title'",
    ),
    Broken(
        "empty French text",
        "fr: Ouverture des candidatures,",
        'fr: "",',
        'fr: "",',
        "'': expected some text",
    ),
    Broken(
        "unknown pool",
        "    pool: mkx-1",
        "    pool: mkx-l",
        "pool: mkx-l",
        "'mkx-l' is not among the pools, did you mean 'mkx-2'?",
    ),
    Broken(
        "unknown selection",
        "    selection: year-2",
        "    selection: year-3",
        "selection: year-3",
        "'year-3' is not among the selections, did you mean 'year-2'?",
    ),
    Broken(
        "unknown speciality",
        "    speciality: MKX",
        "    speciality: MXK",
        "speciality: MXK",
        "'MXK' is not among the specialities, did you mean 'MKX'?",
    ),
    Broken(
        "unknown school",
        "  organiser: imt-mines-ales",
        "  organiser: imt-mines-albi",
        "organiser:",
        "'imt-mines-albi' is not among the schools, did you mean 'imt-mines-ales'?",
    ),
    Broken(
        "unknown milestone of a stage",
        "        announce: y2-results",
        "        announce: y2-result",
        "announce: y2-result",
        "'y2-result' is not among the calendar, did you mean 'y2-results'?",
    ),
    Broken(
        "unknown milestone of a window",
        "            window: y2-tests",
        "            window: tests",
        "window: tests",
        "'tests' is not among the calendar, did you mean 'y2-tests'?",
    ),
    Broken(
        "unknown diploma",
        "{diploma: DUT-GIM,",
        "{diploma: DUT-GIMM,",
        "DUT-GIMM",
        "'DUT-GIMM' is not among the diplomas, did you mean 'DUT-GIM'?",
    ),
    Broken(
        "diploma listed twice",
        "{diploma: BTS-CPI,",
        "{diploma: BTS-ATI,",
        "BTS-ATI, printed: Conc",
        "diploma 'BTS-ATI' is there twice, expected once",
    ),
    Broken(
        "unknown diploma of a route",
        "diplomas: [CPGE-ATS]",
        "diplomas: [CPGE-AST]",
        "CPGE-AST",
        "'CPGE-AST' is not among the diplomas, did you mean 'CPGE-ATS'?",
    ),
    Broken(
        "unknown scope",
        "    for: [MKX-1, MKX-2]",
        "    for: [MKX-1, MKX-3]",
        "MKX-3",
        "'MKX-3' is not among the programmes and selections, did you mean 'MKX-2'?",
    ),
    Broken(
        "no such day",
        "    on: 2022-02-01",
        "    on: 2022-02-30",
        "2022-02-30",
        "'2022-02-30': there is no such day",
    ),
    Broken(
        "date with an offset",
        "    until: 2022-03-08",
        "    until: 2022-03-08T23:59:59+01:00",
        "T23:59",
        NOT_A_DATE,
    ),
    Broken(
        "milestone without a date",
        RESULTS,
        "  y1-results:\n",
        "y1-results:",
        "expected either 'on', or 'from' and/or 'until', or 'relative'",
    ),
    Broken(
        "milestone with two kinds of date",
        RESULTS,
        RESULTS + "    until: 2022-05-06\n",
        "y1-results:",
        "expected either 'on', or 'from' and/or 'until', or 'relative'",
    ),
    Broken(
        "window that ends before it starts",
        "    until: 2022-04-11",
        "    until: 2022-04-01",
        "y1-online-tests:",
        "'from' is not before 'until'; a single day is written 'on'",
    ),
    Broken(
        "one end with an hour",
        "    until: 2022-04-11",
        "    until: 2022-04-11 18:00",
        "y1-online-tests:",
        "one end has an hour and the other has none, expected both or neither",
    ),
    Broken(
        "hour skipped by the clock change",
        "    on: 2022-02-01",
        "    on: 2022-03-27 02:30",
        "2022-03-27",
        "02:30 is skipped that night by the clock change",
    ),
    Broken(
        "deadline before the opening",
        "    until: 2022-03-08",
        "    until: 2022-01-08",
        "deadline:",
        "is before the opening, expected after 2022-02-01",
    ),
    Broken(
        "no deadline",
        "  deadline:\n",
        "  deadlines:\n",
        "calendar:",
        "milestone 'deadline' is missing, expected it in every campaign",
    ),
    Broken(
        "deadline without an end",
        "    until: 2022-03-08",
        "    from: 2022-03-08",
        "deadline:",
        "has no end, expected 'until' or 'on'",
    ),
    Broken(
        "date that hangs on itself",
        RESULTS,
        "  y1-results:\n    relative: {to: y1-results, by: -48h}\n",
        "relative: {to: y1-results",
        "goes round in circles, expected a distance to a dated milestone",
    ),
    Broken(
        "distance without a unit",
        RESULTS,
        "  y1-results:\n    relative: {to: term, by: -7}\n",
        "relative: {to: term",
        "-7: not a distance in hours, expected for instance -48h",
    ),
    Broken(
        "term before the deadline",
        "    on: 2022-09-05",
        "    on: 2022-03-01",
        "term:",
        "is before the deadline, expected after 2022-03-08",
    ),
    Broken(
        "floor above ceiling",
        "  bat-1: {floor: 40, ceiling: 40}",
        "  bat-1: {floor: 44, ceiling: 40}",
        "bat-1:",
        "floor 44 is above ceiling 40, expected floor ≤ ceiling",
    ),
    Broken(
        "places as a text",
        "  bat-1: {floor: 40, ceiling: 40}",
        "  bat-1: {floor: forty, ceiling: 40}",
        "forty",
        "'forty': expected a whole number, without quotes",
    ),
    Broken(
        "pool that nobody uses",
        MKX_2,
        MKX_2 + "  mkx-3: {floor: 1, ceiling: 1}\n",
        "mkx-3:",
        "'mkx-3' is never used, expected it to be named by a programme or left out",
    ),
    Broken(
        "outcome that leads nowhere",
        "            kind: next\n            to: tests\n",
        "            kind: next\n",
        "standard:",
        "leads nowhere, expected 'to' with a stage of this selection",
    ),
    Broken(
        "outcome that leads to an unknown stage",
        "            to: tests\n",
        "            to: test\n",
        "to: test",
        "'test' is not a stage of this selection, did you mean 'tests'?",
    ),
    Broken(
        "outcome that leads on from an end",
        "            kind: next\n            to: tests\n",
        "            kind: accepted\n            to: tests\n",
        "to: tests",
        "leads on from an outcome of kind 'accepted', expected kind 'next'",
    ),
    Broken(
        "stage never reached",
        "            kind: next\n            to: tests\n",
        "            kind: accepted\n",
        "      tests:",
        "stage 'tests' is never reached, expected an outcome that leads to it",
    ),
    Broken(
        "unknown first stage",
        "    first: file\n",
        "    first: files\n",
        "first: files",
        "'files' is not a stage of this selection, did you mean 'file'?",
    ),
    Broken(
        "unknown kind of outcome",
        "            kind: rejected",
        "            kind: refused",
        "kind: refused",
        "'refused': expected 'next', 'accepted', 'rejected' or 'listed'",
    ),
    Broken(
        "ranked list, which is reserved",
        "            kind: rejected",
        "            kind: listed",
        "kind: listed",
        "'listed' is reserved, expected 'next', 'accepted' or 'rejected'",
    ),
    Broken(
        "test for all that nobody is led to",
        "        announce: file-results\n        outcomes:",
        "        announce: file-results\n        assessments:\n          quiz: {label: {fr: Quiz}, medium: online, "
        "who: all, window: y1-online-tests, called_with: file-results}\n        outcomes:",
        "quiz:",
        "is for all at the first stage, where no announcement calls anyone, expected 'who: jury', or a stage before it",
    ),
    Broken(
        "call before anyone is led to the stage",
        "    on: 2022-04-15",
        "    on: 2022-04-03",
        "called_with: y1-second-call",
        "'y1-second-call' is before anyone is led to this stage, expected from 2022-04-04 10:00 on",
    ),
    Broken(
        "reminder to some",
        "calendar:\n",
        "calendar:\n  reminder: {title: {fr: Rappel}, on: 2022-03-01, action: remind_drafts, for: [year-1]}\n",
        "reminder:",
        "is not heeded: all who have a draft are reminded, expected no 'for'",
    ),
    Broken(
        "announcement before its tests end",
        "    on: 2022-05-05",
        "    on: 2022-04-20",
        "announce: y1-results",
        "'y1-results' is before its tests end, expected after 2022-04-25",
    ),
    Broken(
        "announcement before the deadline",
        "    on: 2022-04-04",
        "    on: 2022-03-04",
        "announce: file-results",
        "'file-results' is before the deadline, expected after 2022-03-08",
    ),
    Broken(
        "tests called after they start",
        "    on: 2022-04-15",
        "    on: 2022-04-21",
        "called_with: y1-second-call",
        "'y1-second-call' is after the tests start, expected before",
    ),
    Broken(
        "window before the deadline",
        "    from: 2022-04-05\n    until: 2022-04-11",
        "    from: 2022-03-05\n    until: 2022-04-11",
        "window: y1-online-tests",
        "window 'y1-online-tests' is outside the campaign, expected after the deadline of 2022-03-08",
    ),
    Broken(
        "window after the start of term",
        "    until: 2022-05-25",
        "    until: 2022-09-25",
        "window: y2-tests",
        "window 'y2-tests' is outside the campaign, expected before the start of term, 2022-09-05",
    ),
    Broken(
        "stage announced by a date that announces nothing",
        "        announce: y1-results",
        "        announce: y1-search",
        "announce: y1-search",
        "milestone 'y1-search' announces nothing, expected 'action: announce'",
    ),
    Broken(
        "announcement that nothing points to",
        "    on: 2022-09-05\n",
        "    on: 2022-09-05\n    action: announce # term\n",
        "# term",
        "announces nothing, expected a stage to have it as 'announce', or an assessment as 'called_with'",
    ),
    Broken(
        "article without quotes",
        'article: "1.3"',
        "article: 1.3",
        "article: 1.3",
        "1.3 is not a text, expected it between quotes",
    ),
    Broken(
        "article of a speciality missing",
        "{BAT: 1.1.1, INFRES: 1.1.2, MKX: 1.1.3}",
        "{BAT: 1.1.1, INFRES: 1.1.2}",
        "INFRES: 1.1.2}",
        "no article for MKX, expected one per speciality",
    ),
    Broken(
        "fee with thousandths",
        "first: 77,",
        "first: 77.125,",
        "77.125",
        "77.125: not an amount in euros, expected for instance 77 or 77.50",
    ),
    Broken(
        "grants that lower the fees missing",
        """  grants:
    fr: bourse de l’État ou du CROUS, justificatif à joindre
    en: CROUS or French state grant, with its proof
""",
        "",
        "fees:",
        "key 'grants' is missing, expected here in 'fees'",
    ),
    Broken(
        "fee tier missing",
        "    grant_holder: {first: 22, further: 11}\n",
        "",
        "fees:",
        "tier missing, expected grant_holder",
    ),
    Broken(
        "unknown format of file",
        "formats: [jpg, png]\n",
        "formats: [jpg, gif]\n",
        "gif",
        "'gif': expected 'jpg', 'png' or 'pdf'",
    ),
    Broken(
        "unknown time zone",
        "  zone: Europe/Paris",
        "  zone: Europe/Ales",
        "Europe/Ales",
        "'Europe/Ales': unknown time zone, expected a name such as Europe/Paris",
    ),
    Broken(
        "academic year the wrong way round",
        "[2021-09-01, 2022-08-31]",
        "[2022-08-31, 2021-09-01]",
        "academic_year",
        "ends before it starts, expected [first day, last day]",
    ),
    Broken(
        "eliminatory mark above the scale",
        "            takes: 1\n",
        "            takes: 1\n            eliminates_at: 21\n",
        "recorded-interview:",
        "the eliminatory mark is above the scale of the marks",
    ),
    Broken(
        "choice among no selection",
        "selections:\n  year-1:\n",
        "choose:\n  year-one: {at_most: 1}\n\nselections:\n  year-1:\n",
        "year-one:",
        "'year-one' is not among the selections, did you mean 'year-2'?",
    ),
    Broken(
        "no rebooking of what nobody books",
        "            takes: 1\n",
        "            takes: 1\n            rebook: false\n",
        "rebook:",
        "is for a test that candidates book, expected 'booking: slot' or 'day'",
    ),
    Broken(
        "sat with a test that nobody books",
        "            takes: 1\n",
        "            takes: 1\n            with: english\n",
        "with: english",
        "'english' is not a test of this stage that candidates book, expected one with 'booking: slot' or 'day'",
    ),
    Broken(
        "unknown intake",
        "  - code: BAT-2\n",
        "  - code: BAT-2\n    intake: post\n",
        "intake: post",
        "expected 'online' or 'office'",
    ),
    Broken("not YAML", "pools:\n", "pools: [\n", "infres-sr-1: {", "not readable as YAML"),
]
