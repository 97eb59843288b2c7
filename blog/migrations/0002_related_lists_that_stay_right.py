from django.db import migrations, models

CASCADE = models.CASCADE


def keep_pins(apps, schema_editor):
    """What authors pinned moves; what was found is found anew by the next update or `rebuild_related`."""
    choices = apps.get_model("blog", "RelatedChoice")
    for row in apps.get_model("blog", "RelatedPost").objects.filter(pinned=True):
        choices.objects.create(post_id=row.post_id, related_id=row.related_id, kind="always", order=row.rank)


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RelatedChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("always", "always show"), ("never", "never show")], default="always", max_length=10, verbose_name="choice")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("post", models.ForeignKey(on_delete=CASCADE, related_name="related_choices", to="blog.post")),
                ("related", models.ForeignKey(on_delete=CASCADE, related_name="+", to="blog.post", verbose_name="article")),
            ],
            options={
                "verbose_name": "related article",
                "verbose_name_plural": "related articles",
                "ordering": ["kind", "order", "pk"],
                "constraints": [models.UniqueConstraint(fields=("post", "related"), name="chosen_once")],
            },
        ),
        migrations.RunPython(keep_pins, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="PostTerm"),
        migrations.DeleteModel(name="Term"),
        migrations.DeleteModel(name="RelatedPost"),
        migrations.CreateModel(
            name="RelatedPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("likeness", models.FloatField()),
                ("words", models.JSONField(default=list)),
                ("post", models.ForeignKey(on_delete=CASCADE, related_name="found_related", to="blog.post")),
                ("related", models.ForeignKey(on_delete=CASCADE, related_name="found_in", to="blog.post")),
            ],
            options={
                "ordering": ["-likeness", "related_id"],
                "indexes": [models.Index(fields=["post", "likeness"], name="related_in_order")],
                "constraints": [models.UniqueConstraint(fields=("post", "related"), name="related_once")],
            },
        ),
        migrations.CreateModel(
            name="PostTerms",
            fields=[
                ("post", models.OneToOneField(on_delete=CASCADE, primary_key=True, related_name="terms", serialize=False, to="blog.post")),
                ("moment", models.FloatField(db_index=True)),
                ("digest", models.CharField(max_length=32)),
                ("numbers", models.BinaryField()),
                ("weights", models.BinaryField()),
                ("words", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Lexicon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(default=0)),
                ("posts", models.PositiveIntegerField(default=0)),
                ("changes", models.PositiveIntegerField(default=0)),
                ("numbers", models.BinaryField(default=bytes)),
                ("holders", models.BinaryField(default=bytes)),
            ],
        ),
    ]
