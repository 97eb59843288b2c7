"""No word is lost: not with a tab, not with the server, not with the session, and not to somebody else."""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.project import serving
from tests.project.serving import Server, Site

pytestmark = pytest.mark.browser

PREPARE = """
from blog.models import User
from tests.factories import PostFactory
writer = User.objects.create_superuser("aude", "aude@example.org", "un long secret", display_name="Aude")
for name in ("tab", "server", "session", "two"):
    PostFactory(title=name, slug=name, body="Du pain.", author=writer)
"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("blog"))
    site.manage("migrate", "--verbosity", "0")
    site.manage("shell", "--verbosity", "0", "--command", PREPARE)
    with Server(site) as server:
        yield server


@pytest.fixture
def writer(chromium, blog):
    """A browser in which somebody is logged in. Failed requests are what is tested here, so nothing is watched."""
    context = chromium.new_context(base_url=f"http://127.0.0.1:{blog.port}", viewport={"width": 1280, "height": 900})
    log_in(context.new_page())
    yield context
    context.close()


def log_in(page):
    page.goto("/admin/login/")
    page.get_by_label("Username:").fill("aude")
    page.get_by_label("Password:").fill("un long secret")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Write a post").wait_for()
    return page


def open_post(context, name):
    page = context.new_page()
    page.goto(f"/admin/blog/post/?q={name}")
    page.locator("#result_list").get_by_role("link", name=name, exact=True).click()
    return page, page.get_by_label("Text:", exact=True)


def as_read(blog, name):
    address = re.search(rf'href="(?:http://[^/"]*)?(/[^"]*/{name}/)"', blog.get("/").content.decode())[1]
    return blog.get(address).content.decode()


def test_a_killed_tab(writer, blog):
    page, field = open_post(writer, "tab")
    field.fill("Du bon pain.")
    expect(page.locator(".desk-kept")).to_contain_text("Kept at")
    page.close()
    assert "Du pain." in as_read(blog, "tab")
    page, field = open_post(writer, "tab")
    expect(field).to_have_value("Du pain.")
    page.get_by_role("link", name="See the difference").click()
    expect(page.locator("ins")).to_contain_text("bon")
    page.get_by_role("link", name="Go on with those words").click()
    expect(field).to_have_value("Du bon pain.")
    page.get_by_role("button", name="Update").click()
    page.locator(".messagelist").wait_for()
    expect(page.locator(".desk-notice")).to_have_count(0)
    assert "Du bon pain." in as_read(blog, "tab")


def test_a_tab_that_is_killed_before_a_text_was_ever_saved(writer):
    page = writer.new_page()
    page.goto("/admin/blog/post/add/")
    page.get_by_label("Title:").fill("Jamais enregistré")
    expect(page.locator(".desk-kept")).to_contain_text("Kept at")
    page.close()
    page = writer.new_page()
    page.goto("/admin/blog/post/add/")
    page.get_by_role("link", name="Go on with those words").click()
    expect(page.get_by_label("Title:")).to_have_value("Jamais enregistré")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text("Your draft is saved.").wait_for()


def test_a_session_that_ended(writer, blog):
    page, field = open_post(writer, "session")
    writer.clear_cookies()
    field.fill("Du pain, toujours.")
    line = page.locator(".desk-kept")
    expect(line).to_contain_text("no longer logged in")
    page.get_by_role("button", name="Update").click()
    expect(field).to_have_value("Du pain, toujours.")
    with writer.expect_page() as opened:
        line.get_by_role("link").click()
    log_in(opened.value)
    page.bring_to_front()
    expect(line).to_contain_text("Kept at")
    page.get_by_role("button", name="Update").click()
    page.locator(".messagelist").wait_for()
    assert "Du pain, toujours." in as_read(blog, "session")


def test_two_tabs(writer, blog):
    first, first_field = open_post(writer, "two")
    second, second_field = open_post(writer, "two")
    first_field.fill("Du bon pain.")
    first.get_by_role("button", name="Update").click()
    first.locator(".messagelist").wait_for()
    second_field.fill("Du pain noir.")
    expect(second.locator(".desk-kept")).to_contain_text("elsewhere")
    second.get_by_role("button", name="Update").click()
    expect(second.locator("ins")).to_contain_text("noir")
    assert "Du bon pain." in as_read(blog, "two")
    second.get_by_role("button", name="Save mine in its place").click()
    second.locator(".messagelist").wait_for()
    assert "Du pain noir." in as_read(blog, "two")


def test_a_killed_server(writer, blog, monkeypatch):
    """The last one: the server that is left is another."""
    page, field = open_post(writer, "server")
    blog.stop(signal.SIGKILL)
    field.fill("Du pain sans serveur.")
    line = page.locator(".desk-kept")
    expect(line).to_contain_text("cannot be reached")
    page.get_by_role("button", name="Update").click()
    expect(line).to_contain_text("Nothing was sent")
    expect(field).to_have_value("Du pain sans serveur.")
    page.close()
    monkeypatch.setattr(serving, "free_port", lambda: blog.port)
    with Server(Site(blog.log.parent)) as again:
        page, field = open_post(writer, "server")
        expect(field).to_have_value("Du pain.")
        notice = page.locator(".desk-notice")
        notice.get_by_role("button", name="See the difference").click()
        expect(notice.locator("ins")).to_contain_text("sans serveur")
        notice.get_by_role("button", name="Take them up").click()
        expect(field).to_have_value("Du pain sans serveur.")
        expect(page.locator(".desk-kept")).to_contain_text("Kept at")
        page.get_by_role("button", name="Update").click()
        page.locator(".messagelist").wait_for()
        assert "Du pain sans serveur." in as_read(again, "server")
