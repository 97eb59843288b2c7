import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('blog', '0003_contents'),
    ]

    operations = [
        migrations.RenameModel('FormerAddress', 'Redirect'),
        migrations.CreateModel(
            name='MissingAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500, unique=True, verbose_name='address')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='times')),
                ('referrer', models.CharField(blank=True, max_length=500, verbose_name='linked from')),
                ('first_met_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first met')),
                ('last_met_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='last met')),
            ],
            options={
                'verbose_name': 'missing address',
                'verbose_name_plural': 'missing addresses',
                'ordering': ['-last_met_at'],
            },
        ),
        migrations.AlterModelOptions(
            name='redirect',
            options={'ordering': ['-created_at', '-pk'], 'verbose_name': 'redirect', 'verbose_name_plural': 'redirects'},
        ),
        migrations.AddField(
            model_name='redirect',
            name='address',
            field=models.CharField(blank=True, help_text='/an/address/ of this site, or a whole one that begins with https://', max_length=2000, verbose_name='another address'),
        ),
        migrations.AddField(
            model_name='redirect',
            name='by_hand',
            field=models.BooleanField(default=False, editable=False, verbose_name='made by hand'),
        ),
        migrations.AddField(
            model_name='redirect',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='blog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='redirect',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made'),
        ),
        migrations.AddField(
            model_name='redirect',
            name='tag',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='blog.tag', verbose_name='tag'),
        ),
        migrations.AlterField(
            model_name='redirect',
            name='path',
            field=models.CharField(help_text='What stands after the site’s name: /2011/10/old-name/', max_length=500, unique=True, verbose_name='address'),
        ),
        migrations.AlterField(
            model_name='redirect',
            name='post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='former_addresses', to='blog.post', verbose_name='post or page'),
        ),
    ]
