"""What must be true before the blog can work, told in one line each when it starts."""

from django.core.checks import Error, Tags, register
from django.db import connections


@register(Tags.database)
def database_can_search(app_configs, databases, **kwargs):
    """Every usual build of Python has a SQLite with FTS5; without it the index cannot be made."""
    errors = []
    for connection in (connections[alias] for alias in databases or []):
        if connection.vendor not in ("sqlite", "postgresql"):
            errors.append(Error("Search needs SQLite or PostgreSQL: set DATABASE_URL.", id="blog.E001"))
        elif connection.vendor == "sqlite" and not has_fts5(connection):
            hint = "Use another build of Python, or PostgreSQL (DATABASE_URL)."
            errors.append(Error("This SQLite was built without FTS5, which search needs.", hint=hint, id="blog.E002"))
    return errors


def has_fts5(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
        return cursor.fetchone() is not None
