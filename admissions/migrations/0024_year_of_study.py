from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('admissions', '0023_entered_by_staff'),
        ('campaigns', '0012_years_and_earlier_starts'),
    ]

    operations = [
        migrations.AddField(
            model_name='title',
            name='year',
            field=models.PositiveSmallIntegerField(blank=True, help_text='of its course, validated or under way when it was said', null=True),
        ),
        migrations.AddConstraint(
            model_name='title',
            constraint=models.CheckConstraint(condition=models.Q(('year__isnull', True), models.Q(('year__gte', 1), ('year__lte', 6)), _connector='OR'), name='title_year_believable'),
        ),
    ]
