"""Whole pages, kept until something they show changes.

Which tables a page was made of is read off its queries, and which tables a write touches off its statements, so that
nothing has to be declared for a page to be right. What is declared (`reading`, `writing`) only makes it finer: a
comment on one article leaves the pages of all others alone.

- `dependencies`: what a page read, what a transaction wrote
- `versions`: a number for each table, shared by all processes, raised by every write
- `store`: the pages, in memory and on disk, bounded
- `schedule`: when the next post appears by itself
- `parts`: parts of pages, kept in memory for pages that have to be made
- `layer`: the WSGI application around Django that answers from the store
"""

from .dependencies import expires, reading, skip, writing
from .parts import kept

__all__ = ["expires", "kept", "reading", "skip", "writing"]
