"""A reader who lost the network."""

import pytest
from playwright.sync_api import expect

from blog.models import SiteSettings
from tests.factories import PostFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = """async () => {
  if (!(await caches.has("read"))) return [];
  return (await (await caches.open("read")).keys()).map((request) => new URL(request.url).pathname);
}"""
PATIENCE = 30_000  # milliseconds
IS_REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).length > 0"


def wait_until(page, condition):
    """Wait until the script `condition`, which may be async, says true."""
    page.evaluate(
        """async ([condition, patience]) => {
          const end = Date.now() + patience, asked = eval(`(${condition})`);
          while (!(await asked())) {
            if (Date.now() > end) throw new Error(`never: ${condition}`);
            await new Promise((on) => setTimeout(on, 50));
          }
        }""",
        [condition, PATIENCE],
    )


def is_kept(path):
    return f"async () => (await ({KEPT})()).includes('{path}')"


@pytest.fixture
def read_two(arrive):
    """Return a page of a reader who has read the two posts /…/aube/ and /…/brume/."""
    posts = [PostFactory(slug="aube", title="Aube"), PostFactory(slug="brume", title="Brume")]
    page = arrive(bypass_csp=True)  # for `wait_until`
    for post in posts:
        page.goto(post.get_absolute_url())
    for post in posts:
        wait_until(page, is_kept(post.get_absolute_url()))
    wait_until(page, "() => navigator.serviceWorker.controller !== null")
    return page, *(post.get_absolute_url() for post in posts)


def test_the_first_page_keeps_nothing_in_a_readers_browser(arrive):
    page = arrive()
    page.goto(PostFactory().get_absolute_url(), wait_until="networkidle")
    assert not page.evaluate(IS_REGISTERED)
    assert page.evaluate(KEPT) == []


def test_what_was_read_can_be_read_without_a_network_and_the_rest_is_told_in_words(read_two):
    page, first, second = read_two
    page.context.set_offline(True)
    for address, title in ((first, "Aube"), (f"{second}?utm_source=mail", "Brume")):
        page.goto(address)
        expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    assert page.locator("body").evaluate("body => getComputedStyle(body).margin") == "0px"  # it has its style
    page.goto("/archive/")
    expect(page.get_by_role("heading", name="There is no network here")).to_be_visible()
    page.get_by_role("link", name="Aube").click()
    expect(page.get_by_role("heading", name="Aube", level=1)).to_be_visible()
    page.context.set_offline(False)


def test_who_searches_without_a_network_is_told_so_in_words(read_two):
    page, _, _ = read_two
    page.context.set_offline(True)
    for address in ("/search/", "/search/?q=aube"):
        page.goto(address)
        expect(page.get_by_role("heading", name="There is no network here")).to_be_visible()
        expect(page.get_by_role("link", name="Aube")).to_be_visible()
    page.context.set_offline(False)


def test_with_a_network_nobody_reads_an_old_page(read_two):
    page, first, _ = read_two
    post = PostFactory._meta.model.objects.get(slug="aube")
    page.goto(first)
    post.title = "Aurore"
    post.save()
    page.goto(first)
    expect(page.get_by_role("heading", name="Aurore", level=1)).to_be_visible()


def test_what_the_author_took_back_is_gone_from_readers_browsers_too(read_two):
    page, first, _ = read_two
    PostFactory._meta.model.objects.filter(slug="aube").delete()
    page.goto(first)
    wait_until(page, f"async () => !(await ({is_kept(first)})())")


def test_what_is_somebodys_own_is_never_kept(read_two):
    page, _, second = read_two
    page.context.add_cookies(
        [{"name": "waiting", "value": "1", "url": page.evaluate("() => location.origin")}]
    )  # such a page is private
    page.goto(f"{second}?comments=newest")
    for address in ("/search/?q=aube", "/comments/my-data/", "/admin/login/"):
        page.goto(address)
    page.goto(PostFactory(slug="cendre").get_absolute_url())
    page.context.clear_cookies()
    last = PostFactory(slug="dune").get_absolute_url()
    page.goto(last)
    wait_until(page, is_kept(last))
    kept = [path for path in page.evaluate(KEPT) if path.endswith("/")]
    assert sorted(path.split("/")[-2] for path in kept) == ["aube", "brume", "dune"]


def test_an_author_who_turns_it_off_takes_it_out_of_every_browser(read_two):
    page, first, _ = read_two
    SiteSettings(kept_for_offline=False).save()
    page.goto(first)
    page.evaluate("async () => { for (const one of await navigator.serviceWorker.getRegistrations()) one.update(); }")
    wait_until(page, f"async () => !(await ({IS_REGISTERED})()) && !(await caches.has('read'))")
    page.goto(first, wait_until="networkidle")
    assert not page.evaluate(IS_REGISTERED)
