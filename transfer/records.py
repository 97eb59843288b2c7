"""What an importer yields and the writer takes: another blog's things in this blog's words.

Texts hold nothing that a database or a page cannot; titles, names, captions and excerpts are plain, without markup.
Numbers are those of the other blog, None where it gave none. A date is aware, or naive where only the other blog's
local time is known, or None.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Site:
    title: str = ""
    tagline: str = ""
    address: str = ""


@dataclass(frozen=True)
class Author:
    login: str
    email: str = ""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Term:
    """A category, a tag, or of another kind that this blog does not have. `parent` is the slug of a category."""

    kind: str
    slug: str
    name: str
    description: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file. `path` is where it stood below the uploads folder, "" when that cannot be told."""

    number: int | None
    path: str
    host: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    author: str = ""  # a login
    date: datetime | None = None
    parent: int | None = None  # the number of the article it was uploaded for
    menu_order: int = 0
    comments: int = 0  # how many it had: a file has none here


@dataclass(frozen=True)
class Comment:
    """`kind` and `status` are those of `comments.models.Comment`; any other kind is the other blog's own word."""

    number: int | None
    name: str = ""
    email: str = ""
    url: str = ""
    ip: str = ""
    body: str = ""
    kind: str = "comment"
    status: str = "pending"
    parent: int | None = None
    user: int | None = None
    date: datetime | None = None


@dataclass(frozen=True)
class Article:
    """A post or a page. `kind` and `status` are those of `blog.models.Post`."""

    kind: str
    number: int | None
    guid: str  # "" when it has none
    title: str = ""
    slug: str = ""
    address: str = ""  # its permalink
    body: str = ""
    excerpt: str = ""
    status: str = "draft"
    hidden_by: str = ""  # why it is a draft here though it was not one there: "private", "pending", "password"…
    date: datetime | None = None
    changed: datetime | None = None
    author: str = ""  # a login
    terms: tuple[Term, ...] = ()
    parent: int | None = None
    menu_order: int = 0
    comments_open: bool = True
    lead: int | None = None  # the number of an attachment
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Something this blog has no place for: a draft in the trash, a menu, a product."""

    what: str


@dataclass(frozen=True)
class Mended:
    """How many characters that no XML may hold were dropped on the way."""

    characters: int


Record = Site | Author | Term | Attachment | Article | LeftOut | Mended
