"""What a browser makes of pictures and of a feed that somebody opens."""

import datetime

import pytest
from django.utils import timezone

from blog.models import RelatedPost, SiteSettings
from blog.pictures import make_variants
from blog.uploads import store_upload
from tests.browser.content import WORDS
from tests.factories import CategoryFactory, PostFactory
from tests.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Adds up how much of the page moved without anybody having done anything (web.dev/cls), from the first paint on.
WATCH_SHIFTS = """
window.shifted = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted.push(
    [entry.value, ...entry.sources.map(source => source.node?.className || source.node?.nodeName)]);
}).observe({type: "layout-shift", buffered: true});
"""
# How wide each picture is shown, how wide its `sizes` said it would be, and what was loaded of it.
MEASURE = """
[...document.images].filter(image => image.srcset || image.parentNode.nodeName == "PICTURE").map(image => {
  const told = (image.sizes || image.parentNode.querySelector("source").sizes)
    .split(/,(?![^(]*\\))/).map(entry => entry.trim());
  const said = told.map(entry => entry.match(/^(\\([^)]*\\))\\s+(.*)$/) || [null, null, entry])
    .find(([, media]) => !media || matchMedia(media).matches)[2];
  const ruler = document.createElement("div");
  ruler.style.width = said;
  ruler.style.position = "absolute";
  document.body.append(ruler);
  const width = ruler.getBoundingClientRect().width;
  ruler.remove();
  const box = image.getBoundingClientRect();
  // What is cut to another shape is as wide as its height asks for.
  const whole = Math.max(box.width, box.height * image.getAttribute("width") / image.getAttribute("height"));
  return {where: image.closest("[class]").className, shown: box.width, whole, said: width, loaded: image.currentSrc};
})
"""


@pytest.fixture
def blog(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    SiteSettings(title="Le Carnet").save()
    category = CategoryFactory(name="Villes")
    lead, inside, small = (
        store_upload(f"{width}.jpg", jpeg(width, height), alt="Une gravure")
        for width, height in ((1300, 860), (1000, 500), (300, 200))
    )
    for media in (lead, inside, small):
        make_variants(media)
    pictures = f"![Une gravure]({inside.file.url})\n\n{WORDS * 6}\n\n![Une vignette]({small.file.url})"
    posts = [
        PostFactory(
            title=f"Un fleuve {number}",
            body=f"{WORDS * 9}\n\n{pictures}\n\n{WORDS * 9}",
            lead_picture=lead,
            categories=[category],
            published_at=timezone.now() - datetime.timedelta(days=number),
        )
        for number in range(6)
    ]
    RelatedPost.objects.all().delete()
    RelatedPost.objects.bulk_create(RelatedPost(post=posts[0], related=post, likeness=1) for post in posts[1:5])
    return posts


def read_to_the_end(page):
    """Scroll as a reader does, and wait for every picture."""
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.body.scrollHeight; y += 300) {
            scrollTo(0, y);
            await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          }
        }"""
    )
    page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth)")


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_pictures_come_in(arrive, blog, width):
    page = arrive(width=width)
    page.add_init_script(WATCH_SHIFTS)
    for address in ("/", blog[0].get_absolute_url(), "/category/villes/", "/search/?q=fleuve"):
        page.goto(address)
        read_to_the_end(page)
        shifts = page.evaluate("shifted")
        assert sum(value for value, *_ in shifts) < 0.01, (address, shifts)


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_browser_is_told_how_wide_each_picture_is_and_loads_no_more(arrive, blog, width):
    page = arrive(width=width)
    for address in ("/", blog[0].get_absolute_url(), "/category/villes/"):
        page.goto(address)
        read_to_the_end(page)
        found = page.evaluate(MEASURE)
        assert len(found) >= 5
        for picture in found:
            assert picture["loaded"].endswith(".avif")
            assert picture["shown"] * 0.9 <= picture["said"] <= picture["shown"] * 1.5 + 8, (address, picture)


@pytest.mark.parametrize("width", [320, 390, 700, 960, 1100, 1184, 1440])
def test_on_the_front_page_a_browser_is_told_the_right_width_on_every_screen(arrive, blog, width):
    page = arrive(width=width)
    page.goto("/")
    read_to_the_end(page)
    found = page.evaluate(MEASURE)
    assert len(found) == 6
    for picture in found:
        assert picture["said"] == pytest.approx(picture["whole"], rel=0.05), picture


@pytest.mark.parametrize("ending", ["feed/", "feed/atom/"])
@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_who_opens_a_feed_reads_a_page(arrive, settings, live_server, ending, javascript):
    from playwright.sync_api import expect

    settings.SITE_URL = live_server.url  # where the links of a feed lead
    SiteSettings(title="Le Carnet").save()
    PostFactory(title="Un fleuve 0")
    page = arrive(javascript=javascript, width=390)
    page.goto(f"/{ending}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le Carnet")
    expect(page.get_by_text("give its address to a feed reader")).to_be_visible()
    link = page.get_by_role("link", name="Un fleuve 0")
    expect(link).to_be_visible()
    # Nothing of the feed itself stands beside it.
    assert page.evaluate("getComputedStyle(document.querySelector('item, entry')).display") == "none"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link.click()
    expect(page.locator("h1.p-name")).to_have_text("Un fleuve 0")
