from accounts.services.people import (
    Identity,
    create_account,
    create_person_for,
    grant_role,
    remove_second_factor,
    revoke_role,
    save_school,
    set_active,
    update_person,
)

__all__ = [
    "Identity",
    "create_account",
    "create_person_for",
    "grant_role",
    "remove_second_factor",
    "revoke_role",
    "save_school",
    "set_active",
    "update_person",
]
