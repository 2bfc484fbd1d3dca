"""The central service puts right what was submitted: each correction has its page, below that of the dossier."""

from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from accounts.services import identity_of
from admissions.checking.views import handled_dossier
from admissions.correcting import presentation
from admissions.correcting.forms import (
    IdentityCorrectionForm,
    ProgrammesCorrectionForm,
    StrikingForm,
    TitleCorrectionForm,
)
from admissions.correcting.services import (
    correct_identity,
    correct_programmes,
    correct_title,
    strike_title,
    supply_title,
)
from admissions.dossier.selectors.read_model import Dossier, name_of
from admissions.models import Title
from common.formats import localized
from common.rules import Verdict
from screens.acts import Act, Aim, Typed, perform

CORRECTED = gettext_lazy("It is corrected, and the candidate is told by e-mail.")
BUTTON = gettext_lazy("Correct and tell the candidate")


@dataclass(frozen=True, slots=True)
class TitleOfDossier:
    """A title that stands in a dossier."""

    dossier: Dossier
    title: Title


@require_http_methods(["GET", "POST"])
def title_act(
    request: PersonRequest, ref: str, title_ref: str, act: Act[TitleOfDossier]
) -> HttpResponseBase:
    dossier = handled_dossier(request, ref)
    title = next((row for row in dossier.titles if row.ref == title_ref), None)
    if title is None:
        raise Http404
    aim = Aim(
        thing=TitleOfDossier(dossier, title),
        named={"ref": ref, "title_ref": title_ref},
        about=dossier.application.full_name,
        back=reverse("work_dossier", kwargs={"ref": ref}),
        detail=localized(name_of(title)),
    )
    return perform(request, act, aim)


def _identity_form(dossier: Dossier, typed: Typed) -> IdentityCorrectionForm:
    today = dossier.now.astimezone(dossier.zone).date()
    return IdentityCorrectionForm(typed, stored=identity_of(dossier.application), today=today)


def _may_recompose(thing: TitleOfDossier) -> Verdict:
    return thing.dossier.acts.recompose


CORRECT = Act[Dossier](
    command=correct_identity,
    title=gettext_lazy("Correct who the candidate is"),
    button=BUTTON,
    done=CORRECTED,
    says=presentation.before_correcting,
    form=_identity_form,
    against=lambda dossier: dossier.acts.correct,
)
CORRECT_TITLE = Act[TitleOfDossier](
    command=correct_title,
    title=gettext_lazy("Correct a diploma or course"),
    button=BUTTON,
    done=CORRECTED,
    says=presentation.before_judging_again,
    form=lambda thing, typed: TitleCorrectionForm(typed, dossier=thing.dossier, title=thing.title),
    against=lambda thing: thing.dossier.acts.correct,
)
STRIKE_TITLE = Act[TitleOfDossier](
    command=strike_title,
    title=gettext_lazy("Take out a diploma or course"),
    button=gettext_lazy("Take it out and tell the candidate"),
    done=CORRECTED,
    says=presentation.before_striking,
    form=lambda thing, typed: StrikingForm(typed, title=thing.title),
    against=_may_recompose,
    danger=True,
)
SUPPLY_TITLE = Act[Dossier](
    command=supply_title,
    title=gettext_lazy("Add a diploma or course that was left out"),
    button=gettext_lazy("Add it and tell the candidate"),
    done=CORRECTED,
    says=presentation.before_judging_again,
    form=lambda dossier, typed: TitleCorrectionForm(typed, dossier=dossier, title=None),
    against=lambda dossier: dossier.acts.recompose,
)
CORRECT_PROGRAMMES = Act[Dossier](
    command=correct_programmes,
    title=gettext_lazy("Correct the programmes applied to"),
    button=BUTTON,
    done=CORRECTED,
    says=presentation.before_choosing,
    form=lambda dossier, typed: ProgrammesCorrectionForm(typed, dossier=dossier),
    against=lambda dossier: dossier.acts.recompose,
)
