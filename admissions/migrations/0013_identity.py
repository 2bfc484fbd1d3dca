"""Who applies, as they were when they applied: a copy in each dossier of what its person says by now."""

import django_countries.fields
import phonenumber_field.modelfields
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower


FIELDS = (
    "birth_name",
    "born_on",
    "city",
    "country",
    "first_names",
    "french_mother_tongue",
    "ine",
    "nationality",
    "phone",
    "postcode",
    "search_text",
    "sort_key",
    "street",
    "usual_name",
)


def take_from_people(apps, schema_editor):
    person = apps.get_model("accounts", "Person").objects.filter(pk=OuterRef("person"))
    dossiers = apps.get_model("admissions", "Application").objects
    unknown = list(dossiers.filter(person__user=None).values_list("ref", flat=True)[:20])
    if unknown:
        raise ValueError(f"These dossiers belong to no account, so to no address: {', '.join(unknown)}")
    taken = {name: Subquery(person.values(name)[:1]) for name in FIELDS}
    taken["email"] = Lower(Subquery(person.values("user__email")[:1]))
    dossiers.update(**taken)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_contract_roles"),
        ("admissions", "0012_supplementary_list"),
    ]
    run_before = [("accounts", "0006_no_search_keys")]  # they are copied here

    operations = [
        migrations.AddField(
            model_name='application',
            name='birth_name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='application',
            name='born_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='city',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='application',
            name='country',
            field=django_countries.fields.CountryField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='application',
            name='email',
            field=models.EmailField(default='', help_text='where the dossier is written to', max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='application',
            name='first_names',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='application',
            name='french_mother_tongue',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='application',
            name='ine',
            field=models.CharField(blank=True, max_length=11),
        ),
        migrations.AddField(
            model_name='application',
            name='nationality',
            field=django_countries.fields.CountryField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name='application',
            name='phone',
            field=phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None),
        ),
        migrations.AddField(
            model_name='application',
            name='postcode',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='application',
            name='search_text',
            field=models.CharField(blank=True, editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='application',
            name='sort_key',
            field=models.CharField(blank=True, editable=False, max_length=170),
        ),
        migrations.AddField(
            model_name='application',
            name='street',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='application',
            name='usual_name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.RunPython(take_from_people, migrations.RunPython.noop),
    ]
