"""A dossier in the words of the notice's rules."""

from collections.abc import Sequence
from datetime import date

from admissions.models import Application, Candidacy, Title
from campaigns.conditions.rules import documents, terms
from campaigns.vocabulary import DiplomaKind, TitleStatus


def candidate_facts(application: Application, titles: Sequence[Title]) -> terms.CandidateFacts:
    person = application.person
    return terms.CandidateFacts(
        titles=tuple(
            terms.StudiedTitle(
                diploma=title.diploma.code if title.diploma else None,
                kind=DiplomaKind(title.kind),
                country=title.country.code or None,
                ects=title.ects,
                status=TitleStatus(title.status),
                date=title.on,
            )
            for title in titles
        ),
        date_of_birth=person.born_on,
        technician_years=application.technician_years,
        employer_agrees=application.employer_agrees,
    )


def dossier_facts(
    application: Application, chosen: Sequence[Candidacy], titles: Sequence[Title], on: date
) -> documents.DossierFacts:
    """`on`: the day at which the age counts."""
    born = application.person.born_on
    return documents.DossierFacts(
        nationality=application.person.nationality.code or None,
        age=on.year - born.year - ((on.month, on.day) < (born.month, born.day)) if born else None,
        grant_holder=application.grant_holder,
        programmes=tuple(documents.Chosen(candidacy.programme.code, candidacy.ref) for candidacy in chosen),
        titles=tuple(
            documents.TitleInHand(
                key=title.ref,
                kind=DiplomaKind(title.kind),
                status=TitleStatus(title.status),
                country=title.country.code,
            )
            for title in titles
        ),
    )
