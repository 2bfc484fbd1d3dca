"""Countries by their ISO 3166-1 alpha-2 code, as far as the notices tell them apart."""

from campaigns.vocabulary import Origin

# Where a French diploma may have been awarded: France and the territories that have a code of their own.
FRANCE = frozenset({"FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"})

EEA_AND_SWITZERLAND = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


def origin_of(country: str) -> Origin:
    return Origin.FRENCH if country in FRANCE else Origin.FOREIGN


def outside_eea(nationality: str) -> bool:
    """Whether a national of that country needs a visa to study here."""
    return nationality not in EEA_AND_SWITZERLAND
