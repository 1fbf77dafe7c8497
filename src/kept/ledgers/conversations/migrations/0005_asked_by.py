from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0004_closing_at"),
    ]

    operations = [
        migrations.RemoveField(model_name="request", name="by_day"),
        migrations.AddField(model_name="request", name="by_at", field=models.DateTimeField(null=True)),
    ]
