"""What the product says by e-mail, kind by kind."""

from notifications.mails import labels


def test_every_kind_has_words_for_the_outbox():
    assert [
        name
        for name, label in labels().items()
        if str(label) == name and not name.startswith("tests.")
    ] == []
