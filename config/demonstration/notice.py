"""The notice of the demonstration: that of a real session, moved by whole weeks so that one can apply now."""

from datetime import datetime, timedelta

from campaigns.document.schema import CampaignDocument
from campaigns.document.shift import shift
from campaigns.document.values import Text

SOURCE, SLUG = "ales-2022", "ales-demo"
SUFFIX: Text = {"fr": "(démonstration)", "en": "(demonstration)"}
DAYS_LEFT = 10  # at least, before the deadline; at most a week more
CONTACT = {"email": "apprentissage@example.org", "phone": "+33 4 65 71 00 00"}  # neither can be reached


def demonstration_notice(source: CampaignDocument, now: datetime) -> CampaignDocument:
    return moved_notice(source, weeks_between(source.last_second, now), SLUG, SUFFIX)


def moved_notice(source: CampaignDocument, weeks: int, slug: str, suffix: Text) -> CampaignDocument:
    """That session some weeks later, with nobody real to write to."""
    moved = shift(source, weeks=weeks, slug=slug, suffix=suffix)
    title = {
        language: words.replace(str(source.campaign.session), str(moved.campaign.session))
        for language, words in moved.campaign.title.items()
        if isinstance(words, str)
    }
    contact = moved.campaign.contact.model_copy(update=CONTACT)
    header = moved.campaign.model_copy(update={"title": title, "contact": contact})
    return moved.model_copy(update={"campaign": header})


def weeks_between(deadline: datetime, now: datetime) -> int:
    """By how many weeks to move a deadline for it to be some days after `now`."""
    days = (now.date() + timedelta(days=DAYS_LEFT) - deadline.date()).days
    return -(-days // 7)
