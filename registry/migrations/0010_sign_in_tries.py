from django.db import migrations, models


class Migration(migrations.Migration):
    """Tries to sign in are counted, so that guessing becomes slow."""

    dependencies = [("registry", "0009_parties_may_merge")]

    operations = [
        migrations.CreateModel(
            name="SignInTries",
            fields=[
                ("key", models.CharField("khóa đếm", max_length=80, primary_key=True, serialize=False)),
                ("tries", models.PositiveIntegerField("số lần thử", default=0)),
                ("last_at", models.DateTimeField("lần thử cuối lúc")),
            ],
            options={
                "verbose_name": "lần thử đăng nhập",
                "verbose_name_plural": "lần thử đăng nhập",
                "indexes": [models.Index(name="sign_in_tries_last", fields=["last_at"])],
            },
        ),
    ]
