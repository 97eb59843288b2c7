"""A reader, with a telephone, a keyboard, a screen reader, at night."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.content import make_blog
from tests.factories import CommentFactory, PostFactory
from tests.people import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = ["/", "/page/2/", "/category/villes/", "/archive/"]
PAGES = [*LISTS, "/a-propos/", "/privacy/", "/comments/my-data/", "/nowhere/"]


def theme_of(page):
    return page.evaluate("() => document.documentElement.dataset.theme")


def paper_of(page):
    return page.evaluate("() => getComputedStyle(document.body).backgroundColor")


def test_the_headings_of_a_text_are_seen(arrive):
    post = PostFactory(body="## A heading\n\nwords")
    page = arrive()
    page.goto(post.get_absolute_url())
    heading = page.get_by_role("link", name="A heading")
    assert heading.evaluate("link => getComputedStyle(link).opacity") == "1"
    assert heading.evaluate("link => getComputedStyle(link).color") == heading.locator("..").evaluate(
        "title => getComputedStyle(title).color"
    )


def send_nonsense(page, post):
    page.goto(post.get_absolute_url())
    page.locator("#id_email").fill("nonsense")
    page.locator(".comment-form").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Post the comment").click()
    page.locator(".form-errors").wait_for()


def test_axe_finds_nothing_on_any_page_or_state(arrive):
    post = make_blog()
    found = []
    page = arrive(bypass_csp=True)
    for address in [*PAGES, post.get_absolute_url()]:
        page.goto(address)
        found += faults(page)
    page.get_by_role("link", name="Reply to Voix 2", exact=True).click()
    found += faults(page)
    send_nonsense(page, post)
    found += faults(page)
    assert found == []


def overflowing(page):
    """Return the widths (CSS pixels) at which one has to push the page sideways, and that at twice the text size."""
    found = []
    for width, size in [(320, "100%"), (390, "100%"), (768, "100%"), (640, "200%")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("html").evaluate("(html, size) => { html.style.fontSize = size; }", size)
        if page.evaluate("() => document.documentElement.scrollWidth") > width:
            found.append((page.url, width, size))
    return found


def test_no_page_has_to_be_pushed_sideways(arrive):
    post = make_blog()
    page = arrive()
    found = []
    for address in [*PAGES, post.get_absolute_url(), f"{post.get_absolute_url()}?replytocom=3"]:
        page.goto(address)
        found += overflowing(page)
    send_nonsense(page, post)
    assert found + overflowing(page) == []


def test_nothing_is_cut_when_a_reader_spaces_the_text(arrive):
    """WCAG 2.2, 1.4.12."""
    post = make_blog()
    page = arrive(width=390, bypass_csp=True)
    page.goto(post.get_absolute_url())
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
        "p { margin-bottom: 2em !important; }"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_on_a_telephone_the_twelfth_answer_is_as_wide_as_the_third(arrive):
    post = make_blog()
    page = arrive(width=390)
    page.goto(post.get_absolute_url())
    widths = page.locator(".comment-body").evaluate_all("bodies => bodies.map((body) => body.clientWidth)")
    assert widths[11] == widths[2]
    assert widths[11] > 280


def test_the_chosen_theme_is_kept_and_is_there_before_anything_is_painted(arrive):
    PostFactory(slug="aube", title="Aube")
    page = arrive(theme="light")
    page.add_init_script(
        "new MutationObserver((_, observer) => { if (document.body) {"
        "  window.paintedFirst = document.documentElement.dataset.theme; observer.disconnect();"
        "} }).observe(document, { childList: true, subtree: true });"
    )
    page.goto("/")
    by_day = paper_of(page)
    switch = page.get_by_role("button", name="Theme: as the system")
    switch.click()
    assert (theme_of(page), paper_of(page)) == ("light", by_day)
    page.get_by_role("button", name="Theme: light").click()
    by_night = paper_of(page)
    assert theme_of(page) == "dark"
    assert by_night != by_day
    page.get_by_role("link", name="Aube").first.click()
    page.wait_for_url("**/aube/")
    assert page.evaluate("() => window.paintedFirst") == "dark"
    assert paper_of(page) == by_night
    page.get_by_role("button", name="Theme: dark").click()
    assert paper_of(page) == by_day


def test_the_theme_follows_the_system_and_without_javascript_nothing_is_offered_in_vain(arrive):
    PostFactory(slug="aube")
    day, night = arrive(javascript=False), arrive(javascript=False, theme="dark")
    for page in (day, night):
        page.goto("/")
        expect(page.locator("[data-theme-switch]")).to_be_hidden()
    background = "body => getComputedStyle(body).backgroundColor"
    assert day.locator("body").evaluate(background) != night.locator("body").evaluate(background)


def test_the_author_has_one_theme_for_the_site_and_the_desk(arrive):
    page = arrive(person=member("Author"))
    page.goto("/")
    page.get_by_role("button", name="Theme: as the system").click()
    page.goto("/admin/")
    assert theme_of(page) == "light"
    page.locator(".theme-toggle").click()
    page.goto("/")
    assert theme_of(page) == page.evaluate("() => localStorage.getItem('theme')")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(arrive):
    post = PostFactory(slug="aube", body="Un [lien](https://example.org/) et du code :\n\n    x = 1")
    CommentFactory(post=post, name="Anne")
    page = arrive()
    page.goto(post.get_absolute_url())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert skip.evaluate("link => link === document.activeElement && link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"

    reachable = "a[href], button, textarea, input:not([type=hidden]), [tabindex='0']"
    everything = page.locator(reachable).evaluate_all(
        "all => all.filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"
    )
    assert everything > 12
    page.reload()
    reached = set()
    for _ in range(everything):
        page.keyboard.press("Tab")
        number, outline = page.evaluate(
            """(reachable) => {
              const one = document.activeElement;
              return [[...document.querySelectorAll(reachable)].indexOf(one), getComputedStyle(one).outlineStyle];
            }""",
            reachable,
        )
        assert outline != "none"
        reached.add(number)
    assert len(reached) == everything


def test_the_post_is_light_and_asks_for_four_files_beside_its_pictures(arrive):
    post = make_blog()
    page = arrive()
    weights = {}

    def weigh(response):
        if not response.headers["content-type"].startswith("image/"):
            weights[response.url] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    assert len(weights) <= 4
    assert sum(weights.values()) < 30_000


def test_paper_gets_the_text_without_the_furniture(arrive):
    post = make_blog()
    page = arrive()
    page.goto(post.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.locator(".prose")).to_be_visible()
    expect(page.locator(".comment-body").first).to_be_visible()
    for furniture in (".masthead-nav", ".masthead-tools", "#respond", ".comment-actions >> nth=0"):
        expect(page.locator(furniture), furniture).to_be_hidden()
