import django.core.validators
from django.conf import settings
from django.db import migrations, models

from comments import people


def fill(apps, schema_editor):
    """Number what is published already, by date, and fold the names."""
    comment = apps.get_model("comments", "Comment")
    last, batch = {}, []
    for row in comment.objects.order_by("created_at", "pk").only("post_id", "name", "status").iterator(2000):
        row.folded_name = people.folded(row.name)
        if row.status == "approved":
            last[row.post_id] = row.number = last.get(row.post_id, 0) + 1
        batch.append(row)
        if len(batch) == 2000:
            comment.objects.bulk_update(batch, ["folded_name", "number"], 500)
            batch = []
    comment.objects.bulk_update(batch, ["folded_name", "number"], 500)


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='edited_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='comment',
            name='folded_name',
            field=models.CharField(blank=True, editable=False, max_length=245),
        ),
        migrations.AddField(
            model_name='comment',
            name='number',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='discussionsettings',
            name='akismet_key',
            field=models.CharField(blank=True, help_text='With a key, each comment and its writer’s IP address go to akismet.com, which says whether it is spam. Without, nothing leaves this site.', max_length=100, verbose_name='Akismet key'),
        ),
        migrations.AddField(
            model_name='discussionsettings',
            name='close_after_days',
            field=models.PositiveSmallIntegerField(default=0, help_text='After the publication of a post. 0: never. Pages stay open.', verbose_name='days until comments close'),
        ),
        migrations.AddField(
            model_name='discussionsettings',
            name='edit_minutes',
            field=models.PositiveSmallIntegerField(default=15, help_text='For whoever just wrote it, in the same browser. 0: only by the link in their mail.', validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minutes to change one’s comment'),
        ),
        migrations.AddField(
            model_name='discussionsettings',
            name='newest_first',
            field=models.BooleanField(default=False, verbose_name='newest conversations first'),
        ),
        migrations.AddField(
            model_name='discussionsettings',
            name='per_page',
            field=models.PositiveSmallIntegerField(default=100, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(500)], verbose_name='comments per page'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['post', 'folded_name'], name='comment_by_name'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.UniqueConstraint(fields=('post', 'number'), name='comment_numbered_once'),
        ),
    ]
