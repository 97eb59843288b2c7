"""The search index.

The index is made of what one database has and the other has not, so no model stands for it: `dumpdata` leaves it out,
and `rebuild_search` fills it. PostgreSQL gets no foreign key: `flush` could not empty the posts' table then.
"""

from django.db import migrations

INDEX = {
    "sqlite": [
        # The words come folded; `ascii` leaves them alone. The underscore marks stems. With beginnings of two and three
        # letters beside, results as one types cost a hundredth.
        """
        CREATE VIRTUAL TABLE blog_search
        USING fts5(title, headings, text, comments, tokenize = "ascii tokenchars '_'", prefix = '2 3')
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE blog_search (
            post_id bigint PRIMARY KEY,
            title text NOT NULL,
            headings text NOT NULL,
            text text NOT NULL,
            comments text NOT NULL,
            vector tsvector NOT NULL
        )
        """,
        # Without fastupdate: every search would read what was written lately one by one.
        "CREATE INDEX blog_search_vector ON blog_search USING gin (vector) WITH (fastupdate = off)",
    ],
}


def create_index(apps, schema_editor):
    for statement in INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE blog_search", params=None)


class Migration(migrations.Migration):
    dependencies = [("blog", "0001_initial")]

    operations = [
        migrations.RunPython(create_index, drop_index),
    ]
