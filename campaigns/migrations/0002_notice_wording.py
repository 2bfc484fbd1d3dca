from django.db import migrations, models
import common.models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [
        migrations.RemoveField("agerule", "article"),
        migrations.AddField("agerule", "source", common.models.LocalizedTextField(default=dict)),
        migrations.RemoveField("assessment", "about"),
        migrations.AddField(
            "assessment",
            "precision",
            models.CharField(
                max_length=10,
                choices=[("exact", "exact"), ("about", "about"), ("at_most", "at_most")],
                default="exact",
            ),
        ),
        migrations.AddField("searchrule", "supplementary_article", models.CharField(max_length=20, blank=True)),
    ]
