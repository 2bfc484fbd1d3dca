"""What staff type about a date. Parsing only: the calendar's services decide."""

from django import forms


class RevisionForm(forms.Form):
    """The revision that was shown: one that has moved since is refused."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)
