import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads like something else on the phone
REF_LENGTH = 12


def new_ref() -> str:
    """A random public reference of fixed length (59 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(REF_LENGTH))
