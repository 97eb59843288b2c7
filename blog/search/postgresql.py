"""The index in PostgreSQL: a tsvector for each post, and its words in their order for phrases.

The words come folded and stemmed, so the vectors and queries are written here, not by a text search configuration.
A vector counts no position beyond 16,383 and only 256 of a word (PostgreSQL § 12.11), which a long text exceeds:
phrases are therefore looked for in the words themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from .entries import FIELDS, STEM, Entry
from .query import Clause, Compound, Phrase, Query, Word
from .words import stems

LABELS = dict(zip(FIELDS, "ABCD", strict=True))
WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"  # of D, C, B, A
MOST_COUNTED = 30  # of one word in one field: more tell no more
MOST_BYTES = 1_000_000  # of a vector; PostgreSQL refuses 1,048,576


def write(cursor, entries: Iterable[Entry]) -> None:
    """Put entries into the index, in the place of those of the same posts."""
    columns = [*FIELDS, "vector"]
    cursor.executemany(
        f"INSERT INTO blog_search (post_id, {', '.join(columns)}) VALUES (%s, %s, %s, %s, %s, %s::tsvector) "  # noqa: S608
        f"ON CONFLICT (post_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns)}",
        [
            (entry.pk, *(f" {' '.join(field.words)} " for field in entry.fields()), vector(entry))
            for entry in sorted(entries, key=lambda entry: entry.pk)
        ],
    )


def vector(entry: Entry) -> str:
    """Return the entry as a tsvector literal: `'Aword':1A 'Cword':1C,2C`.

    The field stands in the lexeme too: that the word is in the title can then be told from the index alone. Positions
    only count how often the word stands there.
    """
    lexemes, size = [], 0
    for label, field in zip(LABELS.values(), entry.fields(), strict=True):
        for token, times in Counter((*field.words, *field.stems)).items():
            positions = [f"{number}{label}" for number in range(1, min(times, MOST_COUNTED) + 1)]
            size += len(token.encode()) + 2 * len(positions) + 9
            if size > MOST_BYTES:  # a book: what its last pages or its comments alone say is left out
                return " ".join(lexemes)
            lexemes.append(f"'{label}{token}':{','.join(positions)}")
    return " ".join(lexemes)


def remove(cursor, pks: Iterable[int]) -> None:
    cursor.execute("DELETE FROM blog_search WHERE post_id = ANY(%s)", [list(pks)])


def indexed(cursor) -> set[int]:
    cursor.execute("SELECT post_id FROM blog_search")
    return {pk for (pk,) in cursor.fetchall()}


def tidy(cursor) -> None:
    """Nothing: PostgreSQL's own autovacuum does it."""


@contextmanager
def asking():
    """Where queries are quick. The planner forgets what it costs to read a long vector from beside its table, and would
    rather read them all than use the index."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def find(posts, query: Query):
    """Return those of `posts` (a queryset) that answer the query."""
    words = joined(query.wanted, " & ", FIELDS)
    words += "".join(f" & !{expressed(clause, FIELDS)}" for clause in query.unwanted if not is_said(clause))
    conditions, params = ["vector @@ %s::tsquery"], [words]
    for clause in filter(is_said, (*query.wanted, *query.unwanted)):
        said, more = says(clause, FIELDS)
        conditions.append(said if clause in query.wanted else f"NOT {said}")
        params += more
    sql = f"SELECT post_id FROM blog_search WHERE {' AND '.join(conditions)}"  # noqa: S608
    # An array, which is made first: joined with the posts, the index would be asked about each of them.
    array = f"ARRAY ({sql})"
    if len(conditions) > 1:
        # The words themselves are read: once, and not again for the count, the page and the limits.
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            array, params = "%s::bigint[]", [[pk for (pk,) in cursor.fetchall()]]
    return posts.extra(where=[f"blog_post.id = ANY ({array})"], params=params)  # noqa: S610


def holds(query: Query, fields: Sequence[str]) -> tuple[str, list[str]]:
    """Return the SQL condition that all that is wanted stands in these fields of the post."""
    conditions = ["blog_post.id IN (SELECT post_id FROM blog_search WHERE vector @@ %s::tsquery)"]
    params = [joined(query.wanted, " & ", fields)]
    for clause in filter(is_said, query.wanted):
        said, more = says(clause, fields)
        # Of the one post: only those that have all the words are read.
        conditions.append(f"(SELECT {said} FROM blog_search WHERE post_id = blog_post.id)")  # noqa: S608
        params += more
    return " AND ".join(conditions), params


def is_said(clause: Clause) -> bool:
    """Whether the order of the words counts."""
    return isinstance(clause, Phrase) and len(clause.words) > 1


def says(phrase: Phrase, fields: Sequence[str]) -> tuple[str, list[str]]:
    """Return the SQL condition that one of these fields says the phrase."""
    # No wildcard can be among them: words are letters and digits.
    pattern = f"% {' '.join(phrase.words)}{'' if phrase.beginning else ' '}%"
    return "(" + " OR ".join(f"{name} LIKE %s" for name in fields) + ")", [pattern] * len(fields)


def score(query: Query) -> tuple[str, list[str]]:
    """Return the SQL expression by which the best match comes first."""
    # Any of the words: how near they stand to each other is nothing that these vectors know.
    rank = f"-ts_rank('{WEIGHTS}', vector, %s::tsquery, 1)"
    sql = f"(SELECT {rank} FROM blog_search WHERE post_id = blog_post.id)"  # noqa: S608
    return sql, [joined(query.wanted, " | ", FIELDS)]


def joined(clauses: Iterable[Clause], operator: str, fields: Sequence[str]) -> str:
    return operator.join(expressed(clause, fields) for clause in clauses)


def expressed(clause: Clause, fields: Sequence[str]) -> str:
    """Return a clause as a tsquery. Words hold letters and digits only, and stand in its quotes."""
    match clause:
        case Word(word, beginning):
            return anywhere([f"{word}'{':*' * beginning}", *(f"{STEM}{stem}'" for stem in sorted(stems(word)))], fields)
        case Phrase(words, beginning):
            last = len(words) - 1
            said = [anywhere([f"{word}'{':*' * (beginning and at == last)}"], fields) for at, word in enumerate(words)]
            return f"({' & '.join(said)})"
        case Compound(parts, whole):
            return f"(({joined(parts, ' & ', fields)}) | {expressed(whole, fields)})"


def anywhere(tokens: Sequence[str], fields: Sequence[str]) -> str:
    """Return that one of the tokens stands in one of the fields. A token carries its closing quote and its flags."""
    alternatives = [f"'{LABELS[name]}{token}" for token in tokens for name in fields]
    return f"({' | '.join(alternatives)})"
