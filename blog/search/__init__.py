"""Search: one index for posts and pages, the same on SQLite and PostgreSQL.

`words` folds a text into the words that are compared, `stemming` takes their endings off, `query` understands what a
visitor typed, `extracts` shows where it was found, `spelling` tells which words look or sound alike: all pure.
`sqlite` and `postgresql` keep the index behind the same functions; `index` writes it, `finding` asks it,
`suggestions` offers another spelling. `sources` is where other apps add what readers wrote below a post.
"""
