"""The demo blog's files, as dataclasses. Pure: knows no database.

A text begins with its facts, one a line (`title: …`), between two lines of dashes. `date` is a moment in local time,
or `+40 08:00`: so many days after the demo is loaded. In the text, `(post:slug)` is the address of another post and
`(picture:name)` that of a picture of `drawings`.

In a file of comments, each begins with a line `## Name, 2026-11-08 11:20`; the number of # is its depth in the
conversation. `[pending]`, `[spam]` or `[trash]` may follow.
"""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parent
FACT = re.compile(r"(\w+): (.*)")
FIGURE = re.compile(r'!\[([^\]]+)\]\(picture:([\w-]+) "([^"]+)"\)')
REMARK = re.compile(r"^(#+) (.+), (\d{4}-\d\d-\d\d \d\d:\d\d)(?: \[(\w+)\])?\n", re.M)
MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Figure:
    """A picture, and what is said of it."""

    name: str
    alt: str
    caption: str


@dataclass(frozen=True)
class Remark:
    """A comment. `above` is its index among the remarks on the same post that it answers, or None."""

    name: str
    date: datetime.datetime  # local, without a time zone
    status: str
    body: str
    above: int | None


@dataclass(frozen=True)
class Entry:
    """A post or a page. `facts` are the lines above its text."""

    slug: str
    kind: str  # "post" or "page"
    facts: dict[str, str]
    body: str
    remarks: tuple[Remark, ...] = field(default=())

    @property
    def is_scheduled(self):
        return self.facts["date"].startswith("+")

    @property
    def days_ahead(self):
        """In how many days a scheduled post is published."""
        return int(self.facts["date"].split()[0])

    @property
    def date(self):
        """When it was published, in local time; of a scheduled post, at what hour it will be."""
        if self.is_scheduled:
            return datetime.datetime.strptime(self.facts["date"].split()[1], "%H:%M")
        return datetime.datetime.strptime(self.facts["date"], MOMENT)

    @cached_property
    def picture(self):
        """The lead picture, or None."""
        if "picture" not in self.facts:
            return None
        return Figure(self.facts["picture"], self.facts["alt"], self.facts["caption"])

    @cached_property
    def figures(self):
        """All its pictures: the lead, then those in the text."""
        inside = [Figure(name, alt, caption) for alt, name, caption in FIGURE.findall(self.body)]
        return [self.picture, *inside] if self.picture else inside

    def listed(self, fact):
        """Return a fact that is a list: `tags: pain, recette`."""
        return [item.strip() for item in self.facts.get(fact, "").split(",") if item.strip()]


def read_entries():
    """Return every post and page: pages after the page they stand below, posts from the oldest."""
    pages = [read_entry(path, "page") for path in (HERE / "pages").glob("*.md")]
    posts = [read_entry(path, "post") for path in (HERE / "posts").glob("*.md")]
    return [
        *sorted(pages, key=lambda page: ("parent" in page.facts, page.slug)),
        *sorted(posts, key=lambda post: (post.is_scheduled, post.date)),
    ]


def read_entry(path, kind):
    _, facts, body = path.read_text("utf-8").split("---\n", 2)
    answers = HERE / "comments" / f"{path.stem}.thread"
    return Entry(
        slug=path.stem,
        kind=kind,
        facts=dict(FACT.findall(facts)),
        body=body.strip() + "\n",
        remarks=tuple(read_remarks(answers.read_text("utf-8"))) if answers.exists() else (),
    )


def read_remarks(text):
    """Yield the comments of one file, each after the one it answers."""
    _, *pieces = REMARK.split(text)
    line = []  # the indices from the root down to the last
    for index, start in enumerate(range(0, len(pieces), 5)):
        marks, name, date, status, body = pieces[start : start + 5]
        del line[len(marks) - 1 :]
        yield Remark(
            name=name,
            date=datetime.datetime.strptime(date, MOMENT),
            status=status or "approved",
            body=body.strip(),
            above=line[-1] if line else None,
        )
        line.append(index)


def last_moment(entries):
    """Return when the last of all this was written, in local time."""
    published = [entry.date for entry in entries if not entry.is_scheduled]
    return max([*published, *(remark.date for entry in entries for remark in entry.remarks)])
