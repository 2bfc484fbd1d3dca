"""What the public pages are made from, without a database."""

from campaigns.document.schema import CampaignDocument
from campaigns.public.presentation import notice_page
from common.datafile.values import FILE
from tests.factories.campaigns import ales_2022_document


def test_articles_come_in_the_order_of_the_programmes():
    """PostgreSQL gives the keys of a stored object back in an order of its own."""
    data = ales_2022_document().model_dump(
        mode="json", by_alias=True, exclude_none=True, context=FILE
    )
    for key in ("a", "b", "c"):
        data["routes"][key]["article"] = {"BAT": "1.1.1", "MKX": "1.1.3", "INFRES": "1.1.2"}

    page = notice_page(CampaignDocument.model_validate(data), {}, None)

    assert [line.articles for line in page.years[0].routes] == [
        ("1.1.1", "1.1.2", "1.1.3"),
        ("1.1.1", "1.1.2", "1.1.3"),
        ("1.1.1", "1.1.2", "1.1.3"),
        ("1.2",),
        ("1.3",),
    ]
