"""A year of contrat pro that begins in two months, its office and a head. Run in the product's own settings."""

import json
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from contratpro.students.services.following import name_head
from contratpro.year.document.schema import FIRST_DAY, LAST_DAY
from contratpro.year.document.shift import shift_year
from contratpro.year.selectors import year_now
from tests.browser.people import account, apart
from tests.factories import accounts
from tests.factories import contratpro as contracts

PARIS = ZoneInfo("Europe/Paris")
SUFFIX = {"fr": "(essai)", "en": "(trial)"}
WEEKS_AHEAD = 9


def main(slug: str) -> None:
    apart()
    now = datetime.now(PARIS)
    source = contracts.firm(contracts.ales_2025_document())
    first = source.dates[FIRST_DAY].on
    weeks = (now.date() + timedelta(weeks=WEEKS_AHEAD) - first).days // 7
    year = contracts.load(shift_year(source, weeks=weeks, slug=slug, suffix=SUFFIX))
    office, head = accounts.contract_service(year.school), accounts.UserFactory()
    name_head(slug=slug, email=head.email, department="2IA", actor=office, now=now)
    social_service = accounts.social_service(year.school)
    people = {"office": office, "head": head, "social_service": social_service}
    said = year_now(year)
    days = {"starts_on": said.day(FIRST_DAY, "2IA"), "ends_on": said.day(LAST_DAY, "2IA")}
    told = {name: account(user) for name, user in people.items()}
    told |= {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    sys.stdout.write(json.dumps(told))
