"""What a notice says besides its dates, tests and pieces, section by section.

First the rules that it states and the product does not run (`rules:` of its file), then, of the company and of the
admission, what follows from the data that the product runs by.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.calendar.presentation.phrases import for_whom
from campaigns.document.schema import CampaignDocument, Programme, StatedRule, Supplementary
from campaigns.vocabulary import AdmissionWay, RuleSection
from common.formats import NO_BREAK, localized, short_day


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that the notice says. `of` tells for whom, unless it is for all."""

    title: str
    text: str
    of: str = ""
    articles: tuple[str, ...] = ()
    ours: bool = False

    @property
    def details(self) -> str:
        """For whom, where the notice says it, and whether it does."""
        articles = ngettext("article %(articles)s", "articles %(articles)s", len(self.articles))
        parts = (
            self.of,
            articles % {"articles": ", ".join(self.articles)} if self.articles else "",
            _("not printed in the notice") if self.ours else "",
        )
        words = f"{NO_BREAK}· ".join(part for part in parts if part)
        return words[:1].upper() + words[1:]


def said(notice: CampaignDocument) -> dict[RuleSection, tuple[Said, ...]]:
    """By section of the page; of some of them a notice says nothing."""
    return {section: tuple(_said_in(notice, section)) for section in RuleSection}


def said_to_jury(notice: CampaignDocument, programme: Programme) -> tuple[Said, ...]:
    """The rules of selection that concern one programme."""
    return tuple(_rule(notice, rule) for rule in notice.stated(RuleSection.SELECTION, programme))


def _said_in(notice: CampaignDocument, section: RuleSection) -> Iterator[Said]:
    yield from (_rule(notice, rule) for rule in notice.stated(section))
    if section is RuleSection.SEARCH:
        yield from _search(notice)
    if section is RuleSection.ADMISSION:
        yield from _admission(notice)


def _rule(notice: CampaignDocument, rule: StatedRule) -> Said:
    return Said(
        localized(rule.title),
        localized(rule.text),
        for_whom(notice, rule.scope),
        rule.articles,
        rule.ours,
    )


def _search(notice: CampaignDocument) -> Iterator[Said]:
    if notice.search.firm_commitment:
        yield Said(
            _("Firm commitment"),
            _(
                "Once the company, the school and you have all agreed to a job project, you are bound by it: the "
                "school takes no other one for you, unless the company defaults. To go back on it is to give up the "
                "course."
            ),
        )
    for day, codes in _last_days(notice).items():
        yield Said(
            _("End of the search"),
            _(
                "You have until the end of %(day)s to find your company. After that the list is final."
            )
            % {"day": day},
            for_whom(notice, codes),
        )


def _last_days(notice: CampaignDocument) -> dict[str, tuple[str, ...]]:
    """The last days to find a company, each with the codes of its programmes."""
    days: dict[str, tuple[str, ...]] = {}
    for programme in notice.programmes:
        on_results = notice.admission_of(programme) is AdmissionWay.RESULTS
        if not on_results and (last := notice.search_ends_on(programme)):
            day = short_day(last)
            days[day] = (*days.get(day, ()), programme.code)
    return days


def _admission(notice: CampaignDocument) -> Iterator[Said]:
    for way in AdmissionWay:
        codes = tuple(one.code for one in notice.programmes if notice.admission_of(one) is way)
        if codes:
            yield Said(_("What admits you"), _way(way), for_whom(notice, codes))
    if notice.search.supplementary:
        yield _supplementary(notice.search.supplementary)


def _way(way: AdmissionWay) -> str:
    return {
        AdmissionWay.CONTRACT: _(
            "A company offers you a job and the school approves it: you then hold a place. Places go in the order of "
            "approval, as long as there are any. You are admitted once the contract is signed and the documents due "
            "are accepted."
        ),
        AdmissionWay.AGREEMENT: _(
            "Your employer’s agreement stands for project and contract. You hold a place as soon as the school "
            "records it, as long as there are any; you are admitted once the documents due are accepted."
        ),
        AdmissionWay.RESULTS: _(
            "Whoever is accepted holds a place as the results are announced, and is admitted once the documents due "
            "are accepted."
        ),
    }[way]


def _supplementary(supplementary: Supplementary) -> Said:
    days, months = supplementary.days_before, supplementary.months_after
    if supplementary.only_if_short:
        when = _(
            "A list is drawn up if, %(days)s days before the start of term, places are left and more candidates "
            "still search for a company than there are places."
        )
    else:
        when = _(
            "A list is drawn up if, %(days)s days before the start of term, places are left. It is made among the "
            "candidates who still search for a company."
        )
    then = _(
        "Those on it begin the course as trainees, without a contract, and have %(months)s months from the start of "
        "term to sign one. After that, or as soon as the group is full, they leave."
    )
    return Said(
        _("Supplementary list"),
        f"{when % {'days': days}} {then % {'months': months}}",
        articles=(supplementary.article,) if supplementary.article else (),
    )
