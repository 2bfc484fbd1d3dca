"""The students of a year, under /admin/contrat-pro/<year>/: listed, added, invited; who heads them."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from accounts.selectors import schools_of
from common.formats import localized
from common.forms import attempt
from contratpro.models import ContractYear, DepartmentHead
from contratpro.service.forms.students import HeadForm, NewStudentForm, StudentFilter
from contratpro.service.presentation import before_inviting, state_counts, student_rows
from contratpro.service.selectors import counts_by_state, listed, untutored
from contratpro.states import StudentState
from contratpro.students.permissions import (
    READERS,
    readable_years,
    said_of_reader,
)
from contratpro.students.requests import handled_year_or_404, year_or_404
from contratpro.students.selectors import heads_in
from contratpro.students.services.cohort import add_student
from contratpro.students.services.following import invite_students, name_head, remove_head
from contratpro.year.selectors import year_now
from screens.acts import Act, Aim, perform

PER_PAGE = 50


@require_safe
def contract_years(request: PersonRequest) -> HttpResponseBase:
    """To the newest year of which one works with students; before the first is loaded, how that is done."""
    year = readable_years(request.user).order_by("-begins_in", "slug").first()
    if year:
        return redirect("contract_students", year_slug=year.slug)
    if not schools_of(request.user, *READERS).exists():
        raise Http404
    return render(request, "contratpro/service/no_year.html")


@require_safe
def contract_students(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = year_or_404(request.user, year_slug)
    said = year_now(year)
    rows = listed(request.user, year)
    found = StudentFilter(request.GET, rows, said=said)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    counts = counts_by_state(request.user, year)
    context = {
        "year": year,
        "years": readable_years(request.user).order_by("-begins_in", "slug"),
        "found": found,
        "page": page,
        "rows": student_rows(page.object_list, said),
        "query": asked.urlencode(),
        "is_filtered": any(asked.values()),
        "counts": state_counts(counts),
        "untutored": untutored(rows).count(),
        "to_invite": counts.get(StudentState.LISTED, 0),
        **said_of_reader(request.user, year),
    }
    return render(request, "contratpro/service/students.html", context)


@require_http_methods(["GET", "POST"])
def contract_student_add(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    typed = request.POST if request.method == "POST" else None
    form = NewStudentForm(typed, said=year_now(year), now=request.received_at)
    if form.is_valid():
        adding = partial(
            add_student, slug=year.slug, email=form.cleaned_data["email"], said=form.typed
        )
        if attempt(form, partial(adding, actor=request.user, now=request.received_at)):
            messages.success(request, _("The student is in the list."))
            return redirect("contract_students", year_slug=year.slug)
    context = {"year": year, "form": form}
    status = 200 if typed is None else 422
    return render(request, "contratpro/service/student_add.html", context, status=status)


INVITE = Act[ContractYear](
    command=invite_students,
    title=gettext_lazy("Invite the students of the list"),
    button=gettext_lazy("Invite them"),
    done=gettext_lazy("Those who were not invited yet are written to."),
    says=before_inviting,
    counts=lambda year, _now: [
        (_("Students to be written to"), year.students.filter(state=StudentState.LISTED).count())
    ],
)


@require_http_methods(["GET", "POST"])
def contract_students_invite(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    return perform(request, INVITE, _of_year(year, {"slug": year.slug}))


@require_http_methods(["GET", "POST"])
def contract_heads(request: PersonRequest, year_slug: str) -> HttpResponseBase:
    """Who heads what, and one more named."""
    year = handled_year_or_404(request.user, year_slug)
    typed = request.POST if request.method == "POST" else None
    form = HeadForm(typed, said=year_now(year))
    if form.is_valid():
        naming = partial(name_head, slug=year.slug, **form.cleaned_data)
        if attempt(form, partial(naming, actor=request.user, now=request.received_at)):
            messages.success(request, _("They are named, and read the files of their students."))
            return redirect("contract_heads", year_slug=year.slug)
    context = {"year": year, "form": form, "heads": heads_in(year), "may_handle": True}
    status = 200 if typed is None else 422
    return render(request, "contratpro/service/heads.html", context, status=status)


REMOVE_HEAD = Act[DepartmentHead](
    command=remove_head,
    title=gettext_lazy("No longer the head"),
    button=gettext_lazy("Take them out"),
    done=gettext_lazy("They no longer read these files."),
    says=lambda head: [
        _("%(email)s no longer reads the files of %(heads)s.")
        % {"email": head.user.email, "heads": f"{head.department} {head.option}".strip()},
        _("What they said stays."),
    ],
    danger=True,
)


@require_http_methods(["GET", "POST"])
def contract_head_remove(request: PersonRequest, year_slug: str, head_id: int) -> HttpResponseBase:
    year = handled_year_or_404(request.user, year_slug)
    head = heads_in(year).filter(pk=head_id).first()
    if head is None:
        raise Http404
    aim = Aim(
        thing=head,
        named={"slug": year.slug, "head_id": head.pk},
        about=_("Heads"),
        back=reverse("contract_heads", kwargs={"year_slug": year.slug}),
    )
    return perform(request, REMOVE_HEAD, aim)


def _of_year(year: ContractYear, named: dict[str, object]) -> Aim[ContractYear]:
    return Aim(
        thing=year,
        named=named,
        about=_("Students"),
        detail=localized(year.title),
        back=reverse("contract_students", kwargs={"year_slug": year.slug}),
    )
