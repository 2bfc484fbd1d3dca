"""People. A right is reached through the service that grants it."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from factory.django import DjangoModelFactory

from accounts import services
from accounts.enums import Role
from accounts.models import Person, School, User
from common.rules import fold

PASSWORD = "une longue phrase facile"
NOW = datetime(2022, 2, 1, 9, 0, tzinfo=UTC)
# First names, birth name, usual name, nationality, city.
PEOPLE = [
    ("Maëlys", "Le Guénédal", "", "FR", "Vannes"),
    ("Idriss", "Benkhaled", "", "FR", "Roubaix"),
    ("Nguyễn Thu Hà", "Trần", "", "VN", "Montpellier"),
    ("Élodie", "Cœur", "Cœur-Lebœuf", "FR", "Alès"),
    ("Mamadou", "N’Diaye", "", "SN", "Toulouse"),
    ("Tiago", "Ferreira da Silva", "", "PT", "Nîmes"),
    ("Anaïs", "Hoareau", "", "FR", "Saint-Denis"),
    ("Łukasz", "Wiśniewski", "", "PL", "Lens"),
    ("Jean-Baptiste", "d’Alembert", "", "FR", "Lyon"),
    ("Aïcha", "Ben Slimane", "", "TN", "Marseille"),
    ("Noé", "Garnier", "", "FR", "Limoges"),
    ("Priya", "Raman", "", "IN", "Grenoble"),
]
STREETS = [
    "rue des Lices",
    "avenue de Bretagne",
    "allée des Tilleuls",
    "impasse du Moulin",
    "cours Gambetta",
]


class SchoolFactory(DjangoModelFactory[School]):
    class Meta:
        model = School
        django_get_or_create = ("slug",)

    slug = "imt-mines-ales"
    name = "IMT Mines Alès"
    website = "https://www.imt-mines-ales.fr"


def other_school() -> School:
    return SchoolFactory(
        slug="imt-mines-albi", name="IMT Mines Albi", website="https://www.imt-mines-albi.fr"
    )


class UserFactory(DjangoModelFactory[User]):
    """An account with a proven address. Traits name what it may do."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(
            email="plateforme@exemple.fr", is_staff=True, is_superuser=True
        )

    email = factory.Sequence(lambda n: f"{_mailbox(*PEOPLE[n % len(PEOPLE)][:2])}{n}@exemple.fr")
    language = "fr"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **{"password": PASSWORD} | kwargs)

    @factory.post_generation
    def verified(self: User, create: bool, extracted: bool | None, **_: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class PersonFactory(DjangoModelFactory[Person]):
    """A candidate who filled in who they are."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        user: User = kwargs.pop("user")
        person = services.create_person_for(user=user, now=NOW)
        wanted = identity(person.pk, **kwargs)
        return services.update_person(person_id=person.pk, identity=wanted, actor=user, now=NOW)


def identity(number: int = 0, **changes: Any) -> services.IdentityInput:
    """A believable identity, another one for each number."""
    first_names, birth_name, usual_name, nationality, city = PEOPLE[number % len(PEOPLE)]
    believable = {
        "first_names": first_names,
        "birth_name": birth_name,
        "usual_name": usual_name,
        "born_on": date(2001, 1 + number % 12, 1 + number % 28),
        "nationality": nationality,
        "french_mother_tongue": changes.get("nationality", nationality) == "FR",
        "phone": f"+3361{number % 10_000_000:07}",
        "street": f"{1 + number % 90} {STREETS[number % len(STREETS)]}",
        "postcode": f"{30000 + number % 900}",
        "city": city,
        "country": "FR",
        "ine": "",
    }
    return services.IdentityInput(**believable | changes)


def candidate(**changes: Any) -> User:
    return PersonFactory(**changes).user


def clerk(school: School | None = None) -> User:
    return _member(Role.CLERK, school)


def juror(school: School | None = None) -> User:
    return _member(Role.JUROR, school)


def president(school: School | None = None) -> User:
    return _member(Role.PRESIDENT, school)


def programme_head(school: School | None = None) -> User:
    return _member(Role.PROGRAMME_HEAD, school)


def company_office(school: School | None = None) -> User:
    return _member(Role.COMPANY_OFFICE, school)


def contract_service(school: School | None = None) -> User:
    return _member(Role.CONTRACT_SERVICE, school)


def direction(school: School | None = None) -> User:
    return _member(Role.DIRECTION, school)


def social_service(school: School) -> User:
    return _member(Role.SOCIAL_SERVICE, school)


def school_admin(school: School | None = None) -> User:
    return _member(Role.SCHOOL_ADMIN, school)


def administrator() -> User:
    return User.objects.filter(is_superuser=True).first() or UserFactory(administrator=True)


def with_second_factor(user: User) -> User:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def _member(role: Role, school: School | None) -> User:
    user = UserFactory()
    services.grant_role(
        user_id=user.pk,
        school_id=(school or SchoolFactory()).pk,
        role=role,
        actor=administrator(),
        now=NOW,
    )
    user.refresh_from_db()
    return user


def _mailbox(first_names: str, birth_name: str) -> str:
    return f"{fold(first_names)}.{fold(birth_name)}".replace(" ", "-")
