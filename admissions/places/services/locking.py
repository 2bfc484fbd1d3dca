"""The first lines of every command on a place: the dossier is locked, then its candidacies."""

from collections.abc import Callable, Collection

from django.db.models import QuerySet

from accounts.models import User
from admissions.dossier.services.locking import lock_with_dossier
from admissions.models import Application, Candidacy
from common.refusals import DomainError, require
from common.rules import Verdict


def lock_candidacy(ref: str, may: Callable[[User, Candidacy], Verdict], actor: User) -> Candidacy:
    """Raises Candidacy.DoesNotExist, or NotAllowedError."""
    candidacy = lock_with_dossier(Candidacy.objects.select_related("application").get(ref=ref))
    require(may(actor, candidacy))
    return candidacy


def lock_candidacies(rows: QuerySet[Candidacy], keys: Collection[int]) -> list[Candidacy]:
    """Those of `rows` with these keys, each dossier locked before its candidacies; who is no longer one is left out."""
    lock_dossiers(Candidacy.objects.filter(pk__in=keys))
    related = ("application__campaign", "application__person__user", "programme")
    found = rows.filter(pk__in=keys).select_for_update(of=("self",)).select_related(*related)
    return list(found.order_by("pk"))


def lock_dossiers(rows: QuerySet[Candidacy]) -> None:
    owners = Application.objects.select_for_update(of=("self",)).filter(
        pk__in=rows.order_by().values("application")
    )
    list(owners.order_by("pk").values_list("pk", flat=True))


def typed_reason(reason: str) -> str:
    """Raises DomainError when nothing was typed."""
    if not reason.strip():
        raise DomainError.of("reason_is_missing")
    return reason.strip()
