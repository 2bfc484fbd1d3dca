from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0012_years_and_earlier_starts'),
    ]

    operations = [
        migrations.AddField(
            model_name='milestone',
            name='about',
            field=models.JSONField(blank=True, default=dict, help_text='the notice’s own words for an end', verbose_name='about'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='ours',
            field=models.BooleanField(default=False, help_text='set by the campaign, not printed in its notice', verbose_name='set by the campaign'),
        ),
        migrations.AddField(
            model_name='searchrule',
            name='seats_told_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='between two letters that tell the places left', null=True),
        ),
        migrations.AddField(
            model_name='searchrule',
            name='seats_told_ours',
            field=models.BooleanField(default=False, help_text='that rhythm is set by the campaign, not printed in its notice'),
        ),
    ]
