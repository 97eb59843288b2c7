"""Random writes from several processes, and every public address compared with what is made freshly.

`python -m tests.blog.pagecache.freshness` is one process of a site: told in lines of JSON what to do (`work`, `check`),
it answers with a line each. `Site` runs several of them on one DATA_DIR, which write and read at the same time and
then, when all writes are answered, compare.
"""

import datetime
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
POSTS = 14


class Site:
    """Processes of one site in `folder`; `environment` may name a database and a cache."""

    def __init__(self, folder: Path, processes: int, seed: int, **environment):
        self.folder, self.count, self.chance = folder, processes, random.Random(seed)
        nobody = {"GRAVATAR_URL": "http://127.0.0.1:9/avatar/", "ENV_FILE": os.devnull}
        self.environment = {**os.environ, "DATA_DIR": str(folder / "data"), **nobody, **environment}
        self.environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        self.environment["TEMPLATES_FIRST"] = str(folder / "templates")
        self.templates = 0
        self.processes = []

    def __enter__(self):
        manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(manage, cwd=ROOT, env=self.environment, check=True)
        try:
            self.start()
            self.tell(0, "fill", self.chance.random())
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exception):
        self.stop()

    def start(self):
        command = [sys.executable, "-m", "tests.blog.pagecache.freshness"]
        for _ in range(self.count):
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, **pipes))
        for number in range(self.count):
            self.hear(number)

    def stop(self):
        for process in self.processes:
            process.stdin.close()
        for process in self.processes:
            process.wait()
            process.stdout.close()
        self.processes = []

    def change_templates(self):
        """An upgrade: other templates, and every process anew."""
        self.stop()
        self.templates += 1
        footer = self.folder / "templates" / "blog" / "_footer.html"
        footer.parent.mkdir(parents=True, exist_ok=True)
        footer.write_text(f"<footer>{self.templates} {{{{ site.title }}}}</footer>\n")
        self.start()

    def send(self, number, *message):
        self.processes[number].stdin.write(json.dumps(message) + "\n")
        self.processes[number].stdin.flush()

    def hear(self, number):
        line = self.processes[number].stdout.readline()
        if not line:
            raise AssertionError(f"Process {number} ended.")
        return json.loads(line)

    def tell(self, number, *message):
        self.send(number, *message)
        return self.hear(number)

    def round(self, writes: int, checks: int):
        """Have all processes write and read at once, then each compare `checks` addresses; return the differences."""
        for number in range(self.count):
            self.send(number, "work", self.chance.random(), writes)
        for number in range(self.count):
            self.hear(number)
        for number in range(self.count):
            self.send(number, "check", self.chance.random(), checks)
        return [difference for number in range(self.count) for difference in self.hear(number)]


# One process of the site -------------------------------------------------------------------------------------------


def setup():
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.conf import settings

    from comments import stamps

    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing has to be collected
    settings.STORAGES["staticfiles"] = {"BACKEND": plain}
    settings.TEMPLATES[0]["DIRS"].insert(0, os.environ["TEMPLATES_FIRST"])
    stamps.moment = lambda: 0  # the same form a second later is the same


def process():
    """Do what the lines say until there are no more."""
    setup()
    from django.conf import settings

    from tests.blog.pagecache.conftest import Reader

    (settings.DATA_DIR / "cache").mkdir(exist_ok=True)
    reader = Reader(settings.DATA_DIR / "cache")
    tell("ready")
    for line in sys.stdin:
        what, seed, *more = json.loads(line)
        chance = random.Random(seed)
        if what == "look":
            answer = reader.ask(seed).text
        else:
            answer = {"fill": fill, "work": work, "check": check}[what](reader, chance, *more)
        tell(answer)


def tell(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def fill(reader, chance):
    from blog.models import Category, Media, Tag
    from tests.factories import CategoryFactory, CommentFactory, PageFactory, PostFactory, UserFactory

    author = UserFactory(username="author")
    categories = [CategoryFactory(), CategoryFactory()]
    categories.append(CategoryFactory(parent=categories[0]))
    tags = [Tag.objects.create(name=f"Tag {number}") for number in range(3)]
    media = [Media.objects.create(file=f"{name}.png", width=800, height=600, content_type="image/png") for name in "ab"]
    for _ in range(POSTS):
        post = PostFactory(author=author, lead_picture=chance.choice([None, *media]), published_at=past(chance))
        post.categories.set([chance.choice(categories)])
        post.tags.set(chance.sample(tags, 2))
        for _ in range(3):
            CommentFactory(post=post)
    PageFactory(author=author)
    assert Category.objects.exists()


def past(chance):
    return datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=chance.randrange(1, 9000))


def work(reader, chance, writes):
    """Write `writes` times, and read in between what is about to change and what is not."""
    for _ in range(writes):
        reader.ask(chance.choice(addresses()))
        write(chance)
        reader.ask(chance.choice(addresses()))


def check(reader, chance, checks):
    """Return {address, kept, fresh} where the answer from the cache is another than the one that is made freshly."""
    from django.db.models import Q

    from blog.models import Post

    known, differences = addresses(), []
    while checks:
        address, began = chance.choice(known), time.time()
        answers = [reader.ask(address, fresh=fresh) for fresh in (False, True)]
        passed = [datetime.datetime.fromtimestamp(moment, datetime.UTC) for moment in (began, time.time())]
        if Post.objects.filter(Q(published_at__range=passed)).exists():
            continue  # a post appeared in between: of course they differ
        checks -= 1
        kept, fresh = (
            (answer.status, answer.headers.get("Content-Type"), answer.headers.get("Location"), answer.text)
            for answer in answers
        )
        if kept != fresh:
            differences.append({"address": address, "kept": kept, "fresh": fresh})
    return differences


def addresses():
    from blog.models import Category, Post, Tag, User

    found = ["/", "/page/2/", "/archive/", "/category/", "/tag/", "/feed/", "/feed/atom/", "/feed/json/"]
    found += ["/comments/feed/", "/sitemap.xml", "/sitemap-posts-1.xml", "/nothing/", "/privacy/", "/?p=1"]
    for post in Post.objects.all():
        address = post.get_absolute_url()
        found += [address, address, f"{address}feed/", f"{address}comment-page-2/", f"{address}?comments=newest"]
        found.append(f"/{post.published_at:%Y/%m}/" if post.published_at else "/2001/")
    for rows in (Category, Tag, User):
        found += [row.get_absolute_url() for row in rows.objects.all()]
    return [*found, "/former/"]


def write(chance):
    """Change one thing as somebody might: in one of the ways there are."""
    from django.db import IntegrityError

    try:
        chance.choice(WRITES)(chance, f"Word {chance.randrange(10**6)}")
    except IntegrityError:
        pass  # two had the same idea
    except IndexError:
        pass  # nothing left to change


def one(rows, chance):
    return chance.choice(list(rows))


def post_of(chance):
    from blog.models import Post

    return one(Post.objects.posts(), chance)


def save_post(chance, word):
    post = post_of(chance)
    post.title = post.body = word
    post.save()


def bulk_update(chance, word):
    from blog.models import Post

    Post.objects.filter(pk=post_of(chance).pk).update(title=word)


def new_post(chance, word):
    from blog.models import Post, User

    status = chance.choice(list(Post.Status))
    Post.objects.create(title=word, body=word, author=User.objects.first(), status=status, published_at=past(chance))


def schedule(chance, word):
    from blog.models import Post, User

    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=chance.random() * 3)
    Post.objects.create(title=word, author=User.objects.first(), status="published", published_at=moment)


def take_away_post(chance, word):
    from blog.models import Post

    if Post.objects.count() > POSTS:
        post_of(chance).delete()


def comment(chance, word):
    from comments.models import Comment

    post = post_of(chance)
    parent = chance.choice([None, *post.comments.approved()])
    status = chance.choice(["approved", "pending"])
    Comment.objects.create(post=post, parent=parent, name=word, email="a@example.org", body=word, status=status)


def decide(chance, word):
    from comments.decisions import decide
    from comments.models import Comment

    found = one(Comment.objects.all(), chance)
    decide(Comment.objects.filter(pk=found.pk), chance.choice(["approved", "trash", "spam"]))


def change_comment(chance, word):
    from comments.models import Comment

    found = one(Comment.objects.all(), chance)
    found.body = word
    found.save()


def rename(model, field, **more):
    def act(chance, word):
        from django.apps import apps

        row = one(apps.get_model("blog", model).objects.all(), chance)
        setattr(row, field, word)
        row.save()

    return act


def move_category(chance, word):
    from blog.models import Category

    category, parent = one(Category.objects.all(), chance), one(Category.objects.all(), chance)
    if category not in parent.lineage():
        category.parent = parent
        category.save()


def file_post(chance, word):
    from blog.models import Category, Tag

    post = post_of(chance)
    post.categories.set([one(Category.objects.all(), chance)])
    post.tags.add(Tag.objects.create(name=word))


def menu(chance, word):
    from blog.models import Page, User

    if Page.objects.count() < 4:
        Page.objects.create(title=word, author=User.objects.first(), status="published")
    else:
        page = one(Page.objects.all(), chance)
        page.title, page.menu_order = word, chance.randrange(9)
        page.save()


def settings_of_site(chance, word):
    from blog.models import SiteSettings

    site = SiteSettings.load()
    site.title, site.footer, site.posts_per_page = word, word, chance.randrange(3, 12)
    site.save()


def settings_of_discussion(chance, word):
    from comments.models import DiscussionSettings

    rules = DiscussionSettings.load()
    rules.per_page, rules.newest_first = chance.choice([5, 100]), chance.random() < 0.5
    rules.avatars = chance.choice(["local", "none", "direct"])
    rules.save()


def related(chance, word):
    from blog.models import RelatedChoice, RelatedPost

    post, other = post_of(chance), post_of(chance)
    if post != other and chance.random() < 0.5:
        RelatedPost.objects.update_or_create(post=post, related=other, defaults={"likeness": chance.random()})
    elif post != other:
        kind = chance.choice(list(RelatedChoice.Kind))
        RelatedChoice.objects.update_or_create(post=post, related=other, defaults={"kind": kind})


def former_address(chance, word):
    from blog.models import Redirect

    Redirect.objects.update_or_create(path="former", defaults={"post": post_of(chance)})


def second_thoughts(chance, word):
    """A transaction of which a part, or all, is taken back."""
    from django.db import transaction

    with transaction.atomic():
        savepoint = transaction.savepoint()
        save_post(chance, word)
        if chance.random() < 0.5:
            transaction.savepoint_rollback(savepoint)
        comment(chance, word)
        if chance.random() < 0.3:
            transaction.set_rollback(True)


WRITES = [
    *(save_post, bulk_update, new_post, schedule, take_away_post),
    *(comment, comment, comment, decide, change_comment),
    *(rename("Category", "name"), rename("Tag", "name"), rename("User", "display_name"), rename("Media", "alt")),
    *(move_category, file_post, menu, settings_of_site, settings_of_discussion, related, former_address),
    second_thoughts,
]

if __name__ == "__main__":
    process()
