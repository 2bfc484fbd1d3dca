"""Every piece of the pages in all its states, for those who build and check them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

ZONE = "Europe/Paris"
NOW = datetime(2022, 3, 1, 9, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 3, 8, 22, 59, 59, tzinfo=UTC)
LONG_NAME = "Informatique et réseaux, parcours Développement logiciel – première année"


class SampleFilters(forms.Form):
    search = forms.CharField(label="Nom, prénom ou numéro", required=False)
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), ("submitted", "Déposé")]
    )


@dataclass(frozen=True, slots=True)
class SamplePiece:
    name: str
    states: tuple[dict[str, Any], ...]

    def shown(self, request: HttpRequest) -> list[SafeString]:
        return [
            render_to_string(f"pieces/{self.name}.html", state, request) for state in self.states
        ]


def chip(tone: str, icon: str, word: str, **more: str) -> dict[str, Any]:
    return {"tone": tone, "icon": icon, "word": word, **more}


def countdown(now: datetime, **more: datetime) -> dict[str, Any]:
    return {"last_second": DEADLINE, "now": now, "zone": ZONE, **more}


def entry(
    state: str, when: str, title: str, status: str = "firm", note: str = ""
) -> dict[str, Any]:
    return {"state": state, "when": when, "title": title, "status": status, "note": note, "at": NOW}


CHIPS = (
    chip("quiet", "circle", "facultative"),
    chip("action", "people", "le jury appréciera"),
    chip("due", "clock", "à fournir pour le", date="1er juillet 2022"),
    chip("done", "check-circle", "déposé", date="7 mars 2022"),
    chip("refused", "x-circle", "refusé"),
)
STEPS = {
    "label": "Étapes du dossier",
    "steps": [
        {"label": "Identité", "url": "#steps", "state": "done", "note": ""},
        {
            "label": "Études",
            "url": "#steps",
            "state": "incomplete",
            "note": "2 éléments à compléter",
        },
        {"label": "Formations", "url": "#steps", "state": "current", "note": ""},
        {"label": "Pièces à fournir", "url": "#steps", "state": "todo", "note": ""},
        {"label": "Relecture et dépôt", "url": "#steps", "state": "locked", "note": ""},
    ],
}
COUNTDOWNS = (
    countdown(NOW - timedelta(days=60), opens_at=NOW - timedelta(days=28)),
    countdown(NOW - timedelta(days=14)),
    countdown(NOW),
    countdown(DEADLINE - timedelta(hours=5)),
    countdown(DEADLINE - timedelta(minutes=41)),
    countdown(DEADLINE - timedelta(seconds=20)),
    countdown(DEADLINE + timedelta(seconds=1)),
)
TIMELINE = {
    "entries": [
        entry("past", "mardi 1er février 2022", "Ouverture des candidatures"),
        entry(
            "now",
            "du 5 au 25 avril 2022",
            "Épreuves à distance",
            note="Entretien enregistré pour toutes et tous",
        ),
        entry("next", "jeudi 5 mai 2022", "Résultats d’admissibilité", "provisional"),
        entry("later", "lundi 5 septembre 2022", "Rentrée", "assumed"),
    ]
}
VERDICTS: tuple[dict[str, Any], ...] = (
    {
        "title": "Bâtiment – première année",
        "verdict": "eligible",
        "route": "Diplôme de la liste",
        "article": "1.1.1",
    },
    {
        "title": LONG_NAME,
        "verdict": "jury",
        "body": "la commission d’admission",
        "article": "1.2",
        "reasons": ["La recevabilité de votre titre est appréciée par la commission d’admission."],
        "missing": ["Le nombre de crédits ECTS de votre diplôme."],
    },
    {
        "title": "Mécatronique – deuxième année",
        "verdict": "not_eligible",
        "reasons": ["Moins de 240 crédits ECTS."],
    },
)
FEES = (
    {"caption": "Tarif normal", "lines": [{"title": LONG_NAME, "cents": 7700}], "total": 7700},
    {
        "caption": "Tarif boursier",
        "lines": [
            {"title": "Bâtiment – première année", "cents": 2200},
            {"title": LONG_NAME, "cents": 1100},
            {"title": "Mécatronique – première année", "cents": 1100},
        ],
        "total": 4400,
        "note": "À régler plus tard. Les frais ne sont pas remboursés.",
    },
)
SAID = {
    "lines": [
        {
            "title": "Ce qui ne compte pas",
            "text": "Avoir trouvé une entreprise, ou non, n’entre dans aucune décision du jury.",
            "details": "Articles 5.1, 5.2",
        },
        {"title": "Réponses par e-mail", "text": "Et par e-mail seulement.", "details": ""},
    ],
}
STAGES = {
    "stages": [
        {
            "label": "Examen du dossier",
            "announced": "lundi 4 avril 2022",
            "assessments": [],
            "outcomes": [
                {"label": "Admissible – voie excellence académique", "kind": "accepted", "to": ""},
                {"label": "Pré-admissible – voie standard", "kind": "next", "to": "Épreuves"},
                {"label": "Candidature rejetée", "kind": "rejected", "to": ""},
            ],
        },
        {
            "label": "Épreuves",
            "announced": "",
            "assessments": [
                {"label": "Évaluation du niveau d’anglais", "detail": "35 min · en ligne"}
            ],
            "outcomes": [
                {"label": "Admissible", "kind": "accepted", "to": ""},
                {"label": "Liste complémentaire", "kind": "listed", "to": ""},
                {"label": "Non admissible", "kind": "rejected", "to": ""},
            ],
        },
    ]
}
CONFIRMATIONS = (
    {
        "title": "Déposer votre dossier pour 2 formations",
        "consequences": [
            "Le dossier est transmis au service central.",
            "Un accusé de réception vous est envoyé.",
        ],
        "action": "#confirm",
        "act": "Déposer mon dossier",
        "cancel_url": "#confirm",
    },
    {
        "title": "Retirer votre candidature à 1 formation",
        "consequences": ["Elle ne sera pas étudiée.", "Les frais ne sont pas remboursés."],
        "action": "#confirm",
        "act": "Retirer ma candidature",
        "cancel_url": "#confirm",
        "danger": True,
    },
)
EMPTIES = (
    {
        "icon": "inbox",
        "title": "Aucun dossier pour l’instant",
        "text": "Choisissez une campagne.",
        "url": "#",
        "act": "Voir",
    },
    {"icon": "calendar-event", "title": "Aucune campagne", "text": "La première apparaîtra ici."},
)
TOASTS = (
    {
        "tone": "quiet",
        "title": "Cette session est archivée",
        "text": "Sa page est conservée pour mémoire.",
    },
    {"tone": "action", "text": "Votre brouillon date du 2 mars 2022."},
    {"tone": "done", "text": "Enregistré."},
    {"tone": "due", "text": "Il reste une pièce à fournir."},
    {"tone": "refused", "text": "Ce fichier dépasse 2 Mo."},
)
GAUGES = (
    {"held": 0, "capacity": 40, "floor": 40, "left": 40, "queued": 0},
    {"held": 1, "capacity": 10, "floor": 5, "left": 9, "queued": 0},
    {"held": 22, "capacity": 22, "floor": 22, "left": 0, "queued": 3},
)
PIECES = (
    SamplePiece("chip", CHIPS),
    SamplePiece("steps", (STEPS,)),
    SamplePiece("countdown", COUNTDOWNS),
    SamplePiece("timeline", (TIMELINE,)),
    SamplePiece("verdict", VERDICTS),
    SamplePiece("fees", FEES),
    SamplePiece("stages", (STAGES,)),
    SamplePiece("said", (SAID,)),
    SamplePiece("gauge", GAUGES),
    SamplePiece("confirm", CONFIRMATIONS),
    SamplePiece("empty", EMPTIES),
    SamplePiece("filters", ({"form": SampleFilters(), "count": 12, "clear_url": "#filters"},)),
    SamplePiece("toast", TOASTS),
)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise Http404
    shown = [(piece.name, piece.shown(request)) for piece in PIECES]
    return render(request, "screens/styleguide.html", {"pieces": shown})
