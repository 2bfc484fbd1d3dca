"""Companies make offers by link, the office reads them before students do, and they end (R-PRO-15)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.links.services import revoke_links
from accounts.models import SignedLink
from common.drafts.rules import QuickerError, seen_of
from common.journal import SYSTEM
from common.models import JournalEntry, StoredFile
from common.refusals import DomainError, NotAllowedError
from companies.models import Company, JobOffer
from companies.offers.rules import FIELDS
from companies.offers.selectors import content_of, open_offers, text_of
from companies.offers.services.deciding import change_offer, post_offer, publish_offer, refuse_offer
from companies.offers.services.ending import (
    close_by_link,
    close_offer,
    follow_offers,
    prolong_by_link,
    prolong_offer,
)
from companies.offers.services.inviting import send_link
from companies.offers.services.locking import PURPOSE, OfferFile
from companies.offers.services.writing import save_offer
from companies.states import OfferAudience, OfferEnding
from notifications.models import Notification
from tests.factories import accounts, files, offers

pytestmark = pytest.mark.servers
LATER = offers.READ + timedelta(days=1)


def refusal(act, *args, **said):
    with pytest.raises(DomainError) as caught:
        act(*args, **said)
    return [one.code for one in caught.value.refusals]


def told():
    rows = Notification.objects.filter(kind__startswith="companies.offer").order_by("pk")
    return [(row.kind.partition(".")[2], row.refs.get("what", ""), row.to) for row in rows]


def acts(offer):
    entries = JournalEntry.objects.filter(object_type="job_offer", object_ref=offer.ref)
    return list(entries.order_by("pk").values_list("actor_kind", "verb"))


def saved(offer, seen="", at=offers.SENT, file=None, **said):
    return save_offer(
        link_id=offers.link_of(offer).pk,
        content=offers.WHOLE | said,
        seen=seen,
        now=at,
        **({"file": file} if file else {}),
    )


def shown(school, today=date(2025, 6, 5), audience=OfferAudience.CONTRAT_PRO):
    return [one.ref for one in open_offers(school, audience, today)]


def pdf(name="offre.pdf"):
    return OfferFile(upload=files.upload(files.pdf(), name))


def test_a_company_is_asked_by_a_link_and_its_offer_is_read_before_students_read_it(school, office):
    """R-PRO-15: posted by a company through a link, moderated, dated."""
    colleague = accounts.contract_service(school)
    offer = offers.asked(school, office, email=" RH@Batisseurs.exemple.fr ")
    assert (offer.state, offer.company_email, offer.number) == ("draft", offers.COMPANY, 0)
    assert offers.link_of(offer).expires_at == offers.ASKED + timedelta(days=30)

    offers.sent(offer)
    offer.refresh_from_db()
    assert (offer.state, offer.company.name, offer.area) == ("proposed", "Bâtisseurs du Gard", "30")
    assert shown(school) == []

    publish_offer(ref=offer.ref, number=1, actor=office, now=offers.READ)
    publish_offer(ref=offer.ref, number=1, actor=office, now=offers.READ)
    assert shown(school) == [offer.ref]
    assert told() == [
        ("offer_link", "invited", offers.COMPANY),
        ("offer_work", "", office.email),
        ("offer_work", "", colleague.email),
        ("offer_link", "published", offers.COMPANY),
    ]
    assert acts(offer) == [("user", "ask"), ("link", "send"), ("user", "publish")]


def test_the_office_posts_an_offer_that_reached_it_otherwise(school, office):
    """R-PRO-15: posted by staff."""
    offer = offers.posted(school, office)
    assert (offer.state, offer.published_at, offer.company_email) == ("published", offers.READ, "")
    assert shown(school) == [offer.ref]
    assert told() == []
    assert refusal(offers.posted, school, office, title=" ") == ["offer_lacks"]
    assert JobOffer.objects.count() == 1


def test_each_contract_has_its_office(school, office):
    """R-PRO-15: the company office looks after offers of apprenticeship, and after no other."""
    companies = accounts.company_office(school)
    elsewhere = accounts.contract_service(accounts.other_school())
    apprenticeship = OfferAudience.APPRENTICESHIP
    theirs = offers.posted(school, companies, audience=apprenticeship)
    mine = offers.proposed(school, office)

    assert shown(school) == []
    assert shown(school, audience=apprenticeship) == [theirs.ref]
    for actor in (companies, elsewhere, accounts.school_admin(school), accounts.UserFactory()):
        for command in (publish_offer, refuse_offer):
            said = {"reason": "Non"} if command is refuse_offer else {}
            with pytest.raises(NotAllowedError):
                command(ref=mine.ref, number=1, actor=actor, now=offers.READ, **said)
        with pytest.raises(NotAllowedError):
            close_offer(ref=mine.ref, ending=OfferEnding.FILLED, actor=actor, now=offers.READ)
        with pytest.raises(NotAllowedError):
            offers.asked(school, actor)
    with pytest.raises(NotAllowedError):
        send_link(ref=theirs.ref, email=offers.COMPANY, actor=office, now=offers.READ)


def test_what_is_typed_is_kept_and_nobody_else_reads_it(school, office):
    offer = saved(offers.asked(school, office), title="", expires_on="fin juillet")
    offer.refresh_from_db()
    assert (offer.draft["expires_on"], offer.title, offer.state) == ("fin juillet", "", "draft")
    assert acts(offer)[1:] == [("link", "save_draft")]
    saved(offer, title="", expires_on="fin juillet", seen=seen_of(offer.draft, FIELDS))
    assert len(acts(offer)) == 2


def test_a_link_that_is_forwarded_writes_over_nothing_unseen(school, office):
    """Two people of the company by one link: the slower reads both texts."""
    offer = offers.asked(school, office)
    first = seen_of(text_of(offer), FIELDS)
    saved(offer, seen=first, title="Ingénieure données")
    with pytest.raises(QuickerError) as caught:
        saved(offer, seen=first, title="Ingénieur réseaux")
    assert caught.value.theirs["title"] == "Ingénieure données"


def test_a_link_that_is_replaced_writes_no_more(school, office):
    """R-PRO-15: the link before it leads nowhere."""
    offer = offers.asked(school, office)
    former = offers.link_of(offer)
    send_link(ref=offer.ref, email="dg@batisseurs.exemple.fr", actor=office, now=offers.SENT)
    with pytest.raises(DomainError, match="link_revoked"):
        save_offer(link_id=former.pk, content=offers.WHOLE, seen="", now=offers.SENT)
    assert offers.sent(offer).state == "proposed"
    assert told()[1] == ("offer_link", "invited", "dg@batisseurs.exemple.fr")


def test_a_revoked_or_foreign_link_closes_and_prolongs_nothing(school, office):
    offer = offers.published(school, office)
    link = offers.link_of(offer)
    revoke_links(purpose=PURPOSE, subject_ref=offer.ref, actor=SYSTEM, now=offers.READ)
    for act, said in (
        (close_by_link, {"ending": OfferEnding.FILLED}),
        (prolong_by_link, {"until": date(2025, 8, 31)}),
    ):
        with pytest.raises(NotAllowedError):
            act(link_id=link.pk, now=LATER, **said)
    type(link).objects.filter(pk=link.pk).update(purpose="contact_sheet", revoked_at=None)
    with pytest.raises(NotAllowedError, match="offer_of_another_link"):
        close_by_link(link_id=link.pk, ending=OfferEnding.FILLED, now=LATER)


def test_the_same_address_is_not_asked_twice_at_once(school, office):
    offers.asked(school, office)
    assert refusal(offers.asked, school, office, at=offers.ASKED + timedelta(minutes=4)) == [
        "offer_link_just_sent"
    ]
    offers.asked(school, office, at=offers.ASKED + timedelta(minutes=5))


def test_the_same_text_sent_twice_is_sent_once(school, office):
    offer = offers.proposed(school, office)
    assert offers.sent(offer, at=offers.READ).number == 1
    assert Company.objects.count() == 1


OTHERWISE = {"company_name": "Bâtisseurs & Cie", "street": "9 rue Neuve", "city": "Nîmes"}


def test_a_known_company_typed_otherwise_is_sent_once_and_stays_as_it_is_kept(school, office):
    """What is typed of a known company changes nothing: sent again, it is the same text, whatever its name."""
    offers.posted(school, office)
    offer = offers.proposed(school, office, **OTHERWISE)
    assert (offer.company.name, offer.company.street) == (
        "Bâtisseurs du Gard",
        "1 rue de l’Exemple",
    )
    saved(offer, at=offers.READ, **OTHERWISE)
    again = offers.sent(offer, at=offers.READ, **OTHERWISE)
    assert (again.number, again.draft_at, again.draft) == (1, None, {})
    assert [kind for kind, _, _ in told()] == ["offer_link", "offer_work"]
    assert acts(offer)[-2:] == [("link", "save_draft"), ("link", "drop_draft")]
    assert Company.objects.count() == 1


def test_the_office_changes_nothing_by_another_name_of_a_known_company(school, office):
    offer = offers.posted(school, office)
    changing = {"ref": offer.ref, "seen": "", "actor": office, "now": LATER}
    assert change_offer(content=offers.WHOLE | OTHERWISE, **changing).number == 1
    assert acts(offer) == [("user", "post")]
    change_offer(content=offers.WHOLE | OTHERWISE | {"title": "Qualité"}, **changing)
    entry = JournalEntry.objects.get(object_ref=offer.ref, verb="change")
    assert entry.data == {"fields": ["title"], "number": 2}


def test_a_company_abroad_keeps_the_address_of_the_version_before(school, office):
    abroad = {"siret": "", "postcode": "", "country": "BE", "city": "Liège"}
    offer = offers.posted(school, office, **abroad)
    changing = {"ref": offer.ref, "seen": "", "actor": office, "now": LATER}
    moved = offers.WHOLE | abroad | {"city": "Namur"}
    assert change_offer(content=moved, **changing).number == 1
    other = change_offer(content=moved | {"company_name": "Ponts de Meuse"}, **changing)
    assert (other.number, other.company.city) == (2, "Namur")


def test_an_incomplete_offer_is_not_sent(school, office):
    offer = offers.asked(school, office)
    assert refusal(offers.sent, offer, missions="") == ["offer_lacks"]
    assert refusal(offers.sent, offer, expires_on="01/06/2025") == ["offer_last_day_is_over"]
    assert refusal(offers.sent, offer, siret="73282932000075") == ["siret_is_wrong"]


def test_refused_it_comes_back_to_the_company_with_a_reason(school, office):
    """R-PRO-15: a refused offer is seen by no student."""
    offer = offers.refused(school, office)
    assert (offer.state, offer.reason) == ("refused", "Où se fait le travail ?")
    assert told()[-1] == ("offer_link", "refused", offers.COMPANY)
    assert shown(school) == []

    again = offers.sent(offer, at=LATER, seen=seen_of(text_of(offer), FIELDS), place="Alès")
    assert (again.state, again.reason, again.number) == ("proposed", "", 2)
    assert refusal(publish_offer, ref=offer.ref, number=1, actor=office, now=LATER) == [
        "moved_meanwhile"
    ]


def test_changed_by_its_company_a_published_offer_is_read_again(school, office):
    """R-PRO-15: what is typed meanwhile changes nothing of what students read."""
    offer = offers.published(school, office)
    saved(offer, seen=seen_of(text_of(offer), FIELDS), at=LATER, title="Cadre commercial")
    assert [row.title for row in open_offers(school, offers.PRO, LATER.date())] == [
        "Ingénieur qualité"
    ]
    offer.refresh_from_db()
    offers.sent(offer, at=LATER, seen=seen_of(text_of(offer), FIELDS), title="Cadre commercial")
    assert shown(school) == []
    assert JobOffer.objects.get().state == "proposed"


def test_changed_by_the_office_it_stays_where_it_is(school, office):
    """R-PRO-15."""
    offer = offers.published(school, office)
    seen = seen_of(content_of(offer), FIELDS)
    changing = {"ref": offer.ref, "actor": office, "now": LATER}
    changed = change_offer(content=offers.WHOLE | {"title": "Qualité"}, seen=seen, **changing)
    assert (changed.state, changed.title, changed.number) == ("published", "Qualité", 2)
    with pytest.raises(QuickerError):
        change_offer(content=offers.WHOLE, seen=seen, **changing)
    change_offer(content=content_of(changed), seen="", **changing)
    assert acts(offer)[-1] == ("user", "change")
    assert JobOffer.objects.get().number == 2


def test_a_file_goes_with_the_text_that_it_was_given_with(school, office):
    """What a company attaches to a published offer is read by the office before students do."""
    offer = offers.published(school, office)
    saved(offer, seen=seen_of(text_of(offer), FIELDS), at=LATER, file=pdf())
    offer.refresh_from_db()
    assert (offer.attachment, offer.draft_file.name) == (None, "offre.pdf")

    offers.sent(offer, at=LATER, seen=seen_of(text_of(offer), FIELDS))
    offer.refresh_from_db()
    assert (offer.state, offer.attachment.name, offer.draft_file) == ("proposed", "offre.pdf", None)

    saved(offer, at=LATER, file=OfferFile(remove=True))
    offer.refresh_from_db()
    assert StoredFile.objects.get().state == "kept"
    offers.sent(offer, at=LATER)
    assert JobOffer.objects.get().attachment is None
    assert StoredFile.objects.get().state == "dropped"


def test_what_is_no_pdf_is_refused_whatever_its_name(school, office):
    offer = offers.asked(school, office)
    picture = OfferFile(upload=files.upload(files.jpeg(), "offre.pdf"))
    assert refusal(saved, offer, file=picture) == ["file_wrong_type"]
    said = {"school": school, "audience": offers.PRO, "content": offers.WHOLE, "actor": office}
    assert refusal(post_offer, **said, now=offers.READ, file=picture) == ["file_wrong_type"]


def test_it_expires_on_the_day_after_its_last_one(school, office):
    """R-PRO-15: expiring; students lose it at midnight, whether or not a worker runs."""
    offer = offers.published(school, office)
    assert shown(school, today=offers.LAST) == [offer.ref]
    assert shown(school, today=date(2025, 8, 1)) == []

    follow_offers(datetime(2025, 7, 31, 21, 59, tzinfo=UTC))
    assert JobOffer.objects.get().state == "published"
    for _ in range(2):
        follow_offers(datetime(2025, 7, 31, 22, 0, tzinfo=UTC))  # midnight in Paris
    assert JobOffer.objects.get().state == "expired"
    assert acts(offer)[-1] == ("system", "expire")


def test_its_company_is_told_a_week_before_once_for_each_last_day(school, office):
    offers.posted(school, office)  # nobody to tell
    offer = offers.published(school, office)
    follow_offers(datetime(2025, 7, 23, 12, 0, tzinfo=UTC))
    assert told()[-1][1] == "published"
    for _ in range(2):
        follow_offers(datetime(2025, 7, 24, 12, 0, tzinfo=UTC))
    assert told()[-1] == ("offer_link", "expiring", offers.COMPANY)
    assert len(told()) == 4

    at = datetime(2025, 7, 24, 13, 0, tzinfo=UTC)
    prolong_by_link(link_id=offers.link_of(offer).pk, until=date(2025, 8, 4), now=at)
    follow_offers(datetime(2025, 7, 28, 12, 0, tzinfo=UTC))
    assert len(told()) == 5


def test_a_last_day_that_is_just_told_or_typed_is_not_told_again(school, office):
    """Published a few days before it, or prolonged until then by the company itself."""
    offer = offers.published(school, office, expires_on="09/06/2025")
    follow_offers(LATER)
    assert told()[-1][1] == "published"
    prolong_by_link(link_id=offers.link_of(offer).pk, until=date(2025, 6, 10), now=LATER)
    follow_offers(LATER)
    assert told()[-1][1] == "published"

    prolong_offer(ref=offer.ref, until=date(2025, 6, 11), actor=office, now=LATER)
    follow_offers(LATER)
    assert told()[-1][1] == "expiring"


def test_the_link_of_a_reminder_revokes_none(school, office):
    """The company has that of the offer's publication, and need not find which is the last."""
    offer = offers.published(school, office)
    first = offers.link_of(offer)
    near = datetime(2025, 7, 24, 12, 0, tzinfo=UTC)
    follow_offers(near)
    assert offers.link_of(offer) != first
    for link in (first, offers.link_of(offer)):
        prolong_by_link(link_id=link.pk, until=offers.LAST, now=near)
    send_link(ref=offer.ref, email="dg@batisseurs.exemple.fr", actor=office, now=near)
    for row in (first, SignedLink.objects.get(pk=link.pk)):
        row.refresh_from_db()
        assert row.revoked_at == near


def test_it_is_prolonged_by_its_company_or_by_the_office(school, office):
    offer = offers.published(school, office)
    prolong_by_link(link_id=offers.link_of(offer).pk, until=date(2025, 8, 31), now=LATER)
    assert shown(school, today=date(2025, 8, 31)) == [offer.ref]

    after = datetime(2025, 9, 1, 9, 0, tzinfo=UTC)
    follow_offers(after)
    again = prolong_offer(ref=offer.ref, until=date(2025, 9, 30), actor=office, now=after)
    assert (again.state, again.published_at) == ("published", offers.READ)
    assert refusal(
        prolong_offer, ref=offer.ref, until=date(2025, 9, 1), actor=office, now=after
    ) == ["offer_not_prolonged"]


def test_it_is_closed_by_its_company_once_it_is_filled(school, office):
    """R-PRO-15."""
    offer = offers.published(school, office)
    link = offers.link_of(offer)
    saved(offer, seen=seen_of(text_of(offer), FIELDS), at=LATER, title="Autre", file=pdf())
    for _ in range(2):
        close_by_link(link_id=link.pk, ending=OfferEnding.FILLED, now=LATER)
    offer.refresh_from_db()
    assert (offer.state, offer.ending, offer.draft, offer.draft_file) == (
        "closed",
        "filled",
        {},
        None,
    )
    assert StoredFile.objects.get().state == "dropped"
    assert shown(school) == []
    assert acts(offer)[-1] == ("link", "close")
    assert refusal(saved, offer, at=LATER) == ["offer_is_closed"]


def test_an_invitation_is_taken_back(school, office):
    offer = offers.asked(school, office)
    closed = close_offer(ref=offer.ref, ending=OfferEnding.TAKEN_BACK, actor=office, now=LATER)
    assert (closed.state, closed.number) == ("closed", 0)
    assert refusal(send_link, ref=offer.ref, email=offers.COMPANY, actor=office, now=LATER) == [
        "offer_is_closed"
    ]
