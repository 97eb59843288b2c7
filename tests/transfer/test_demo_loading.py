"""`manage.py demo`: once, whole or not at all, and never over what somebody wrote."""

import datetime
import io
import re
import stat

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import default_task_backend

from blog.models import Category, Media, Post, RelatedPost, SiteSettings, User
from blog.related import index
from comments.models import Comment
from tests.factories import CategoryFactory, PostFactory
from tests.people import administrator
from tests.pictures import jpeg
from transfer.demo import drawings, login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    # What hangs on the walls is of no matter here, only that it hangs: small pictures do.
    monkeypatch.setattr(drawings, "jpeg", lambda name: jpeg(60, 40))
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path


def demo(**options):
    output = io.StringIO()
    call_command("demo", stdout=output, **options)
    return output.getvalue()


def everything():
    """Return every row of every table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def printed_login(output):
    return re.search(r"Log in as +(\S+)\n +Password +(\S+)\n", output).groups()


def test_it_says_where_the_blog_is_and_how_to_log_in(client, settings):
    output = demo()
    assert "20 posts" in output
    assert f"{settings.SITE_URL}/\n" in output
    assert f"{settings.SITE_URL}/admin/\n" in output
    username, password = printed_login(output)
    assert username == "admin"
    assert client.login(username=username, password=password)
    assert client.get("/admin/").status_code == 200


def test_each_blog_gets_its_own_password(folder):
    passwords = {login.new_password() for _ in range(20)}
    assert len(passwords) == 20
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", password) for password in passwords)


def test_the_password_is_kept_where_only_its_owner_reads_it(folder):
    demo()
    assert stat.S_IMODE((folder / "demo-login").stat().st_mode) == 0o600


def test_a_second_run_changes_nothing_and_tells_the_login_again(folder):
    first = printed_login(demo())
    rows, kept = everything(), files(folder)
    output = demo()
    assert "nothing was changed" in output
    assert printed_login(output) == first
    assert everything() == rows
    assert files(folder) == kept


def test_what_the_author_changed_since_stays_changed():
    demo()
    edited, hidden, deleted = Post.objects.published().posts()[:3]
    edited.title, edited.body = "Mon titre", "Mes mots."
    edited.save()
    hidden.status = Post.Status.DRAFT
    hidden.save()
    deleted.delete()
    Comment.objects.approved().first().delete()
    Category.objects.filter(parent=None).first().delete()
    rows = everything()
    demo()
    assert everything() == rows


def test_what_was_deleted_does_not_come_back_even_when_it_was_everything():
    demo()
    Post.objects.all().delete()
    Media.objects.all().delete()
    Category.objects.all().delete()
    rows = everything()
    demo()
    assert everything() == rows
    assert not Post.objects.exists()


def test_a_password_that_was_changed_is_not_printed():
    _, password = printed_login(demo())
    odile = User.objects.get(username="admin")
    odile.set_password("something of her own")
    odile.save()
    output = demo()
    assert password not in output
    assert "the one you chose" in output


def test_a_login_that_was_lost_or_belongs_to_nobody_is_no_error(folder):
    demo()
    (folder / "demo-login").write_bytes(b"\xff\xfe")
    assert "with your own account" in demo()
    (folder / "demo-login").write_text("nobody\nnothing\n")
    assert "with your own account" in demo()
    (folder / "demo-login").unlink()
    assert "with your own account" in demo()


@pytest.mark.parametrize("made_by", [PostFactory, CategoryFactory])
def test_it_leaves_a_blog_alone_that_somebody_began(folder, made_by):
    made_by()
    rows = everything()
    with pytest.raises(CommandError, match="an empty blog only") as refusal:
        demo()
    assert "\n" not in str(refusal.value)
    assert everything() == rows
    assert files(folder) == {}


def test_it_gives_nobody_elses_name_to_its_people(folder):
    User.objects.create_user("wilf", password="another Wilf's own")
    rows = everything()
    with pytest.raises(CommandError, match="called “wilf” already"):
        demo()
    assert everything() == rows
    assert files(folder) == {}


@pytest.mark.parametrize("trouble", [RuntimeError("no power"), KeyboardInterrupt()])
def test_where_it_fails_nothing_stays(folder, monkeypatch, trouble):
    rows = everything()

    def fail(progress):
        assert Media.objects.count() > 20
        raise trouble

    monkeypatch.setattr(index, "rebuild", fail)
    with pytest.raises(type(trouble)):
        demo()
    assert everything() == rows
    assert files(folder) == {}


def test_a_full_disk_is_told_in_one_line(folder, monkeypatch):
    def fail(username, password):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(login, "keep", fail)
    with pytest.raises(CommandError, match="No space left on device") as refusal:
        demo()
    assert "\n" not in str(refusal.value)
    assert not User.objects.exists()


def test_an_administrator_who_was_here_before_stays_the_only_one(folder):
    mine = administrator(username="admin")
    output = demo()
    assert "with your own account" in output
    assert not (folder / "demo-login").exists()
    assert list(User.objects.filter(is_superuser=True)) == [mine]
    odile = User.objects.get(username="odile")
    assert not odile.has_usable_password()
    assert set(odile.groups.values_list("name", flat=True)) == {"Editor", "Moderator"}
    assert odile.posts.exists()
    assert Comment.objects.filter(user=odile).count() >= 2


def test_settings_that_were_made_are_kept():
    SiteSettings(title="Mon carnet", posts_per_page=7).save()
    demo()
    site = SiteSettings.load()
    assert (site.title, site.posts_per_page, site.footer) == ("Mon carnet", 7, "")


def test_it_can_be_quiet(capfd):
    assert demo(verbosity=0) == ""
    assert capfd.readouterr() == ("", "")


def test_the_worker_is_asked_for_smaller_pictures(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        demo()
    asked = [result.args for result in default_task_backend.results if result.task.name == "make_variants"]
    assert sorted(asked) == sorted([pk] for pk in Media.objects.values_list("pk", flat=True))


def test_related_articles_are_there_at_once():
    demo()
    for post in Post.objects.published().posts():
        assert RelatedPost.objects.filter(post=post).count() >= 4


@pytest.mark.parametrize("today", ["2026-11-10", "2027-01-02", "2028-02-29", "2036-12-31", "2024-06-01"])
def test_the_demo_is_never_older_than_a_year_nor_still_to_come(today):
    with time_machine.travel(f"{today}T10:00:00+01:00", tick=False):
        demo()
        now = timezone.now()
        last = Comment.objects.latest("created_at").created_at
        assert now - datetime.timedelta(days=367) < last <= now
        scheduled = Post.objects.filter(published_at__gt=now)
        assert [post.slug for post in scheduled] == ["la-boite-a-boutons"]
        assert Post.objects.get(slug="ce-que-fait-un-jardin").published_at.month == 2
