from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "slug_is_of_another_year": _(
        "“%(slug)s” is the year that begins in %(begins_in)s: give this one another slug."
    ),
}
