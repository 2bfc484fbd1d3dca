"""The addresses of the product, and acts on something that only the tests know."""

from dataclasses import dataclass, field

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from common.refusals import DomainError, NotAllowedError
from common.rules import ALLOWED, Verdict, refused
from config.urls import urlpatterns as elsewhere
from screens.acts import Act, Agreed, Aim, ask_why, perform

BACK = "/"


@dataclass
class Kettle:
    """What is acted upon. `refusing`: what the command answers."""

    boiled: list[dict[str, object]] = field(default_factory=list)
    refusing: DomainError | None = None
    against: Verdict = ALLOWED
    first: Agreed | None = None


kettle = Kettle()


def boil(**asked: object) -> None:
    if kettle.refusing:
        raise kettle.refusing
    kettle.boiled.append(asked)


def refuse(code: str = "moved_meanwhile") -> None:
    """From now on, the command says no and the page knows nothing of it."""
    kettle.refusing = DomainError.of(code)


def forbid() -> None:
    kettle.refusing = NotAllowedError.of("moved_meanwhile")


def stand_against() -> None:
    """From now on, the page knows why not, and the command too."""
    kettle.against = refused("moved_meanwhile")
    refuse()


BOIL = Act[Kettle](
    command=boil,
    title="Boil the kettle",
    button="Boil",
    done="It boils.",
    says=lambda _kettle: ["The water gets hot."],
    counts=lambda _kettle, _now: [("Cups", 12)],
    against=lambda thing: thing.against,
    agreed=lambda thing: thing.first,
)
EXPLAIN = Act[Kettle](
    command=boil,
    title="Boil it again",
    button="Boil again",
    done="It boils again.",
    says=lambda _kettle: [],
    question=lambda _kettle: "Hot twice",
    form=ask_why(missing="Say why it boils.", length=20),
    danger=True,
)


def act_on_kettle(request, act, then=""):
    aim = Aim(
        thing=kettle,
        named={"ref": "k1"},
        about="The blue kettle",
        back=BACK,
        then=then,
        detail="Kitchen",
        layout="base.html",
    )
    return perform(request, act, aim)


kettle_acts = [
    path("boil/", act_on_kettle, {"act": BOIL}),
    path("away/", act_on_kettle, {"act": BOIL, "then": "/privacy/"}),
    path("again/", act_on_kettle, {"act": EXPLAIN}),
]
urlpatterns = [
    *i18n_patterns(path("kettle/", include(kettle_acts)), prefix_default_language=False),
    *elsewhere,
]
