"""Somebody writes, in the editor of the desk."""

import base64

import pytest
from playwright.sync_api import expect

from blog.models import Media, Post, Revision
from tests.browser.axe import faults
from tests.factories import PostFactory
from tests.people import administrator, member
from tests.pictures import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([types]) => {
  const transfer = new DataTransfer();
  for (const [type, words] of Object.entries(types)) transfer.setData(type, words);
  const event = new ClipboardEvent("paste", {clipboardData: transfer, bubbles: true, cancelable: true});
  document.getElementById("id_body").dispatchEvent(event);
}"""
DROP = """([name, type, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, {type}));
  const event = new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true});
  document.getElementById("id_body").dispatchEvent(event);
}"""


def open_editor(page, text="", address="/admin/blog/post/add/"):
    page.goto(address)
    field = page.get_by_label("Text:", exact=True)
    field.fill(text)
    return field


def choose(field, start, end):
    field.evaluate("(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }", [start, end])


def paste(page, **types):
    page.evaluate(PASTE, [{name.replace("_", "/"): words for name, words in types.items()}])


def test_shortcuts_and_buttons_mark_words_take_marks_away_and_can_be_undone(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page, "Du pain")
    choose(field, 3, 7)
    page.keyboard.press("Control+b")
    expect(field).to_have_value("Du **pain**")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("Du pain")
    page.get_by_role("button", name="Italic").click()
    expect(field).to_have_value("Du *pain*")
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(field).to_have_value("Du pain")
    page.get_by_role("button", name="Quotation").click()
    expect(field).to_have_value("> Du pain")
    page.get_by_role("button", name="Heading", exact=True).click()
    expect(field).to_have_value("## Du pain")


def test_the_toolbar_is_one_stop_and_arrows_move_in_it(arrive):
    page = arrive(person=member("Author"))
    open_editor(page, "mot")
    expect(page.locator(".editor-bar [tabindex='0']")).to_have_count(1)
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()


def test_return_goes_on_with_a_list_and_ends_it(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page)
    field.press_sequentially("1. un\ndeux\n\n- [ ] trois\nquatre")
    expect(field).to_have_value("1. un\n2. deux\n- [ ] trois\n- [ ] quatre")
    page.keyboard.press("Control+z")
    expect(field).not_to_have_value("1. un\n2. deux\n- [ ] trois\n- [ ] quatre")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>Titre</h2><p>Du <b>pain</b> et <i>du vin</i>.</p>", "## Titre\n\nDu **pain** et *du vin*."),
        ('<p><a href="https://example.org/a b">là</a> 2*3 [x]</p>', r"[là](https://example.org/a%20b) 2\*3 \[x\]"),
        ("<ul><li>un</li><li>deux<ol><li>a</li><li>b</li></ol></li></ul>", "- un\n- deux\n    1. a\n    2. b"),
        ("<blockquote><p>un</p><p>deux</p></blockquote>", "> un\n>\n> deux"),
        ('<b style="font-weight:normal"><p>un</p><p>deux</p></b>', "un\n\ndeux"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ('<pre><code class="language-python">x = 1\ny</code></pre>', "```python\nx = 1\ny\n```"),
        ('<p>a<script>alert(1)</script><a href="javascript:x()">b</a><strong>c</strong></p>', "ab**c**"),
    ],
)
def test_rich_text_is_pasted_as_markdown(arrive, html, markdown):
    page = arrive(person=member("Author"))
    field = open_editor(page)
    paste(page, text_html=html, text_plain="plain")
    expect(field).to_have_value(markdown)


def test_an_address_pasted_over_words_links_them(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page, "Du pain")
    choose(field, 3, 7)
    paste(page, text_plain="https://example.org/")
    expect(field).to_have_value("Du [pain](https://example.org/)")


def test_a_link_to_a_post_is_found_by_keyboard_alone(arrive):
    target = PostFactory(title="L’été au port")
    page = arrive(person=member("Author"))
    field = open_editor(page, "Voir ici")
    choose(field, 5, 8)
    page.keyboard.press("Control+k")
    page.keyboard.type("port")
    expect(page.get_by_role("option", name="L’été au port")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(f"Voir [ici]({target.get_absolute_url()})")
    expect(field).to_be_focused()


def drop(page, name, data, kind="image/jpeg"):
    page.evaluate(DROP, [name, kind, base64.b64encode(data).decode()])


def test_a_dropped_picture_is_sent_with_what_it_shows_and_stands_in_the_text(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page, "Avant.")
    choose(field, 6, 6)
    drop(page, "port.jpg", jpeg())
    page.get_by_label("What it shows").fill("Le port")
    page.get_by_label("Caption").fill("À l’aube")
    page.get_by_role("button", name="Insert").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field).to_have_value(f'Avant.\n\n![Le port]({Media.objects.get().file.url} "À l’aube")\n\n')


def test_the_preview_is_the_site_itself_and_scrolls_with_the_text(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page, "Du **pain**.\n\n" + "Un paragraphe.\n\n" * 200)
    page.get_by_role("button", name="Preview beside").click()
    preview = page.frame_locator(".editor-preview")
    expect(preview.locator("strong")).to_have_text("pain")
    field.evaluate("field => { field.scrollTop = field.scrollHeight; }")
    expect(preview.locator("p").last).to_be_in_viewport()
    field.fill("Autre **chose**.")
    expect(preview.locator("strong")).to_have_text("chose")
    page.keyboard.press("Escape")
    expect(page.locator(".editor-preview")).to_have_count(0)
    expect(page.locator(".desk-side")).to_be_visible()


def test_full_screen_and_focus_leave_the_text_and_a_way_to_save(arrive):
    page = arrive(person=member("Author"))
    open_editor(page, "mot")
    page.get_by_role("button", name="Full screen").click()
    expect(page.locator("#header")).to_be_hidden()
    expect(page.get_by_role("button", name="Publish")).to_be_in_viewport()
    page.get_by_role("button", name="Nothing but the text").click()
    expect(page.locator(".field-title")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#header")).to_be_visible()


def test_words_are_counted_and_spelled_in_the_language_of_the_post(arrive):
    page = arrive(person=member("Author"))
    field = open_editor(page, "L’été, du pain et 3 vins. " * 44)
    expect(page.locator(".editor-count")).to_have_text("264 words, 1 min")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Language:").select_option("fr")
    expect(field).to_have_attribute("lang", "fr")


def test_without_javascript_it_is_a_plain_field(arrive):
    page = arrive(person=member("Author"), javascript=False)
    page.goto("/admin/blog/post/add/")
    page.get_by_label("Title:").fill("Matin")
    page.get_by_label("Text:", exact=True).fill("Du pain.")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messagelist")).to_contain_text("Published.")


def test_axe_finds_nothing_where_one_writes_and_looks_back(arrive):
    person = administrator()
    post = PostFactory(author=person, body="Du pain. " * 200)
    page = arrive(person=person, bypass_csp=True)
    change = f"/admin/blog/post/{post.pk}/change/"
    open_editor(page, "Du bon pain. " * 200, change)
    page.get_by_label("What changed").fill("Meilleur")
    page.get_by_role("button", name="Update").click()
    page.locator(".messagelist").wait_for()
    found = []
    revision = Revision.objects.filter(kind="save").first()
    for address in (
        f"/admin/blog/post/{post.pk}/revisions/",
        f"/admin/blog/post/{post.pk}/revisions/{revision.pk}/",
        change,
    ):
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert page.evaluate("() => document.documentElement.scrollWidth") == width
            found += faults(page)
    page.get_by_role("button", name="Link", exact=True).click()
    page.locator("#editor-targets li").first.wait_for()
    found += faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Full screen").click()
    found += faults(page)
    assert found == []
    assert Post.objects.count() == 1
