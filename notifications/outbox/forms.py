"""How staff narrow the outbox, and what they say of a mail that came back."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.mails import labels
from notifications.models import Notification
from notifications.outbox.presentation import BOUNCES, STATES
from notifications.states import Bounce


class OutboxFilter(django_filters.FilterSet):  # type: ignore[misc]
    q = django_filters.CharFilter(label=_("Recipient’s address"), method="having_words")
    state = django_filters.ChoiceFilter(
        label=_("State"),
        empty_label=pgettext_lazy("states and kinds", "All"),
        choices=[(state, word) for state, word in STATES.items()],
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of message"), empty_label=pgettext_lazy("states and kinds", "All")
    )

    class Meta:
        model = Notification
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, str(label)) for name, label in labels().items()]
        self.filters["kind"].extra["choices"] = sorted(
            named, key=lambda choice: choice[1].casefold()
        )

    def having_words(
        self, rows: QuerySet[Notification], _name: str, value: str
    ) -> QuerySet[Notification]:
        for word in value.split():
            rows = rows.filter(to__icontains=word)
        return rows


class BounceForm(forms.Form):
    bounce = forms.ChoiceField(
        label=_("What the mail that came back says"),
        choices=[("", "—"), *((bounce, word) for bounce, word in BOUNCES.items())],
    )

    def clean_bounce(self) -> Bounce:
        return Bounce(self.cleaned_data["bounce"])
