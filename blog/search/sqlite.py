"""The index in SQLite: an FTS5 table (https://sqlite.org/fts5.html), whose rowid is the post's key.

The words come folded, so its tokenizer only has to leave them alone: `ascii` takes every other character for a letter.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext

from .entries import FIELDS, STEM, Entry
from .query import Clause, Compound, Phrase, Query, Word
from .words import stems

WEIGHTS = "10.0, 5.0, 2.0, 1.0"  # of FIELDS


def write(cursor, entries: Iterable[Entry]) -> None:
    """Put entries into the index, in the place of those of the same posts."""
    entries = list(entries)
    remove(cursor, [entry.pk for entry in entries])
    cursor.executemany(
        f"INSERT INTO blog_search (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
        [(entry.pk, *(" ".join((*field.words, *field.stems)) for field in entry.fields())) for entry in entries],
    )


def remove(cursor, pks: Iterable[int]) -> None:
    cursor.executemany("DELETE FROM blog_search WHERE rowid = %s", [(pk,) for pk in pks])


def indexed(cursor) -> set[int]:
    cursor.execute("SELECT rowid FROM blog_search")
    return {pk for (pk,) in cursor.fetchall()}


def tidy(cursor) -> None:
    """Merge what many writes left apart."""
    cursor.execute("INSERT INTO blog_search (blog_search) VALUES ('optimize')")


def asking():
    """Where queries are quick: anywhere."""
    return nullcontext()


def find(posts, query: Query):
    """Return those of `posts` (a queryset) that answer the query."""
    expression = both(query.wanted)
    if query.unwanted:
        expression = f"({expression}) NOT ({' OR '.join(map(expressed, query.unwanted))})"
    # The unary plus keeps SQLite from walking through the posts and asking the index about each.
    where = ["blog_search MATCH %s", "blog_post.id = +blog_search.rowid"]
    return posts.extra(tables=["blog_search"], where=where, params=[expression])  # noqa: S610


def holds(query: Query, fields: Sequence[str]) -> tuple[str, list[str]]:
    """Return the SQL condition that all that is wanted stands in these fields of the post."""
    sql = "blog_post.id IN (SELECT rowid FROM blog_search WHERE blog_search MATCH %s)"
    return sql, [f"{{{' '.join(fields)}}} : ({both(query.wanted)})"]


def score(query: Query) -> tuple[str, list[str]]:
    """Return the SQL expression by which the best match comes first."""
    return f"bm25(blog_search, {WEIGHTS})", []


def both(clauses: Iterable[Clause]) -> str:
    return " AND ".join(map(expressed, clauses))


def expressed(clause: Clause) -> str:
    """Return a clause in FTS5's query language. Words hold letters and digits only, and stand in its quotes."""
    match clause:
        case Word(word, beginning):
            forms = [f'"{word}"{" *" * beginning}', *(f'"{STEM}{stem}"' for stem in sorted(stems(word)))]
            return f"({' OR '.join(forms)})"
        case Phrase(words, beginning):
            return f'("{" ".join(words)}"{" *" * beginning})'
        case Compound(parts, whole):
            return f"(({both(parts)}) OR {expressed(whole)})"
