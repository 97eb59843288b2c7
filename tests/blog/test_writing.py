"""What the page one writes on asks for while somebody writes."""

import io
import zipfile
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog import refused
from blog.models import Media, Post, Revision
from blog.revisions import keeping
from tests.blog.desk import POSTS, at_desk, fields
from tests.factories import PageFactory, PostFactory
from tests.pages import parse, text_of, with_class
from tests.people import member
from tests.pictures import jpeg, png

pytestmark = pytest.mark.django_db

TAB = "0123456789abcdef"


@pytest.fixture
def author():
    return member("Author", display_name="Aude")


@pytest.fixture
def editor():
    return member("Editor", display_name="Édith")


@pytest.fixture
def post(author):
    return PostFactory(author=author, title="Le matin", body="Du pain.")


def version(desk, post):
    page = parse(desk.get(f"{POSTS}{post.pk}/change/"))
    return next(field.get("value") for field in page.iter("input") if field.get("name") == "version")


def offers(desk):
    return " ".join(map(text_of, with_class(parse(desk.get(f"{POSTS}add/")), "desk-notice")))


# Autosave


def test_what_is_typed_is_kept_and_the_published_text_stays(author, post):
    answer = at_desk(author).post(f"{POSTS}{post.pk}/autosave/", fields(body="Du bon pain.", tab=TAB))
    assert "saved" in answer.json()
    assert post.revisions.get().body == "Du bon pain."
    assert "Du pain." in Client().get(post.get_absolute_url()).content.decode()


def test_a_text_that_was_never_saved_is_kept_and_offered_until_it_is(author):
    desk = at_desk(author)
    desk.post(f"{POSTS}autosave/", fields(title="Sans lendemain", tab=TAB))
    assert "Sans lendemain" in offers(desk)
    assert offers(at_desk(member("Author"))) == ""
    kept = Revision.objects.get()
    page = desk.get(f"{POSTS}add/?from={kept.pk}").content.decode()
    assert 'value="Sans lendemain"' in page
    desk.post(f"{POSTS}add/", fields(title="Sans lendemain", **{"from": kept.pk, "tab": "f" * 16}))
    assert not Revision.objects.filter(kind="autosave").exists()
    assert offers(desk) == ""


def test_an_unsaved_text_is_offered_with_its_difference_taken_up_and_forgotten_when_saved(author, post):
    desk, change = at_desk(author), f"{POSTS}{post.pk}/change/"
    desk.post(f"{POSTS}{post.pk}/autosave/", fields(body="Du bon pain.", tab=TAB))
    kept = post.revisions.get()
    assert f"revisions/{kept.pk}/" in desk.get(change).content.decode()
    page = parse(desk.get(f"{POSTS}{post.pk}/revisions/{kept.pk}/"))
    assert [text_of(ins) for ins in page.iter("ins")] == ["[put in: bon]"]
    assert "Du bon pain." in desk.get(f"{change}?from={kept.pk}").content.decode()
    desk.post(change, fields(body="Du bon pain.", **{"from": kept.pk}))
    assert "did not save" not in desk.get(change).content.decode()
    assert [revision.body for revision in post.revisions.all()] == ["Du bon pain.", "Du pain."]


def test_after_a_save_the_words_that_were_taken_up_are_not_shown_in_place_of_those_saved(author, post):
    desk, change = at_desk(author), f"{POSTS}{post.pk}/change/"
    kept = keeping.keep(post, author=author)
    address = f"{change}?from={kept.pk}"
    page = parse(desk.get(address))
    form = next(form for form in page.iter("form") if form.get("id") == "post_form")
    sent = fields(body="Du bon pain.", _continue="1", **{"from": kept.pk})
    answer = desk.post(urljoin(address, form.get("action", "")), sent)
    assert "from=" not in answer["Location"]
    shown = parse(desk.get(answer["Location"]))
    assert "Du bon pain." in text_of(next(field for field in shown.iter("textarea") if field.get("name") == "body"))


def test_what_was_kept_is_thrown_away_by_its_writer_alone(author, editor, post):
    at_desk(author).post(f"{POSTS}{post.pk}/autosave/", fields(body="Du bon pain.", tab=TAB))
    drop = f"{POSTS}{post.pk}/revisions/{post.revisions.get().pk}/drop/"
    at_desk(editor).post(drop)
    assert post.revisions.exists()
    at_desk(author).post(drop)
    assert not post.revisions.exists()


def test_who_is_logged_out_or_may_not_is_told_in_json(client, post):
    for address in ("autosave/", f"{post.pk}/autosave/", "session/", "link-targets/", "picture/", "rendering/"):
        answer = client.post(f"{POSTS}{address}", fields(tab=TAB))
        assert answer.status_code == 401
        assert answer.json()["login"].startswith("/admin/login/")
    assert at_desk(member("Author")).post(f"{POSTS}{post.pk}/autosave/", fields(tab=TAB)).status_code == 404
    assert at_desk(member("Moderator")).post(f"{POSTS}autosave/", fields(tab=TAB)).status_code == 403
    assert not Revision.objects.exists()


def test_autosaves_keep_djangos_protection_and_a_page_may_ask_for_its_new_token(author, post):
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(author)
    autosave = f"{POSTS}{post.pk}/autosave/"
    assert desk.post(autosave, fields(tab=TAB)).status_code == 403
    session = desk.get(f"{POSTS}session/").json()
    assert session["person"] == author.pk
    assert desk.post(autosave, fields(tab=TAB, csrfmiddlewaretoken=session["token"])).status_code == 200


@pytest.mark.parametrize("changed", [{"body": "x" * 2_000_001}, {"tab": ""}, {"tab": "<script>"}])
def test_what_cannot_be_kept_is_refused_with_words(author, post, changed):
    answer = at_desk(author).post(f"{POSTS}{post.pk}/autosave/", fields(**{"tab": TAB, **changed}))
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_words_that_no_form_would_take_are_kept_all_the_same(author, post):
    odd = fields(title="T" * 1000, body="a\0b", body_format="nonsense", slug="!", tab=TAB)
    assert at_desk(author).post(f"{POSTS}{post.pk}/autosave/", odd).status_code == 200
    assert (len(post.revisions.get().title), post.revisions.get().body) == (1000, "ab")


# Two tabs, two people


def test_the_second_to_save_sees_both_texts_and_nothing_is_overwritten(author, editor, post):
    first, second, change = at_desk(author), at_desk(editor), f"{POSTS}{post.pk}/change/"
    seen = version(second, post)
    first.post(change, fields(body="Du bon pain.", version=version(first, post)))
    answer = second.post(change, fields(body="Du pain noir.", version=seen, author=author.pk, tab=TAB, _continue=""))
    assert answer.status_code == 409
    post.refresh_from_db()
    assert post.body == "Du bon pain."
    page = parse(answer)
    assert "Aude saved this text" in text_of(page)
    assert [text_of(piece) for piece in page.iter("ins")] == ["[put in: noir]"]
    assert post.revisions.get(kind="autosave").body == "Du pain noir."
    # “Save mine in its place” sends all that was typed once more, with the version that was seen.
    sent = [field for field in page.iter("input") if field.get("type") in ("hidden", "submit") and field.get("name")]
    second.post(change, {field.get("name"): field.get("value") for field in sent})
    post.refresh_from_db()
    assert post.body == "Du pain noir."
    assert [revision.body for revision in keeping.saves(post)] == ["Du pain noir.", "Du bon pain.", "Du pain."]


def test_who_writes_learns_while_writing_that_somebody_saved(author, editor, post):
    desk = at_desk(author)
    seen = version(desk, post)
    at_desk(editor).post(f"{POSTS}{post.pk}/change/", fields(body="Du bon pain.", author=author.pk))
    answer = desk.post(f"{POSTS}{post.pk}/autosave/", fields(body="Du vin.", tab=TAB, version=seen)).json()
    assert "Édith saved this text" in answer["changed"]
    assert desk.get(answer["compare"]).status_code == 200


def test_who_opens_a_post_learns_that_somebody_else_is_writing_in_it(author, editor, post):
    at_desk(author).post(f"{POSTS}{post.pk}/autosave/", fields(tab=TAB))
    assert "Aude was writing here" in text_of(parse(at_desk(editor).get(f"{POSTS}{post.pk}/change/")))


def test_a_refused_form_still_carries_the_version_it_started_from(author, post):
    desk = at_desk(author)
    seen = version(desk, post)
    page = parse(desk.post(f"{POSTS}{post.pk}/change/", fields(title="", version=seen, tab=TAB)))
    carried = {field.get("name"): field.get("value") for field in page.iter("input")}
    assert (carried["version"], carried["tab"]) == (seen, TAB)


def test_words_for_a_post_that_was_put_in_the_trash_meanwhile_are_kept(author, post):
    desk = at_desk(author)
    seen = version(desk, post)
    desk.post(f"{POSTS}{post.pk}/trash/")
    answer = desk.post(f"{POSTS}{post.pk}/autosave/", fields(body="Un.", tab=TAB, version=seen)).json()
    assert "trash" in answer["changed"]
    page = desk.post(f"{POSTS}{post.pk}/change/", fields(body="Deux.", tab=TAB, version=seen), follow=True)
    assert "kept among its revisions" in page.content.decode()
    assert post.revisions.get().body == "Deux."


# The editor's helpers


def test_the_preview_is_what_readers_will_see(author, post):
    typed = fields(title="L’été", body="Du **pain** ?\n\n<script>alert(1)</script>", language="fr")
    page = at_desk(author).post(f"{POSTS}{post.pk}/rendering/", typed).content.decode()
    assert "Du <strong>pain</strong>\u202f?" in page
    assert "causerie.css" in page
    assert "<script" not in page
    post.refresh_from_db()
    assert post.body == "Du pain."


@pytest.mark.parametrize(
    "body",
    [
        "mot " * 250_000,
        "[" * 20_000,
        "<div" * 20_000,
        "```\n" + "`" * 5_000,
        "<b>" * 20_000,
        "![](" * 5_000,
        "> " * 5_000,
    ],
    ids=["a megabyte", "brackets", "tags", "backquotes", "bold", "pictures", "quotations"],
)
def test_a_text_made_to_hurt_is_previewed_and_saved_with_nothing_lost(author, post, body):
    desk = at_desk(author)
    assert desk.post(f"{POSTS}{post.pk}/rendering/", fields(body=body)).status_code == 200
    assert desk.post(f"{POSTS}{post.pk}/change/", fields(body=body)).status_code == 302
    post.refresh_from_db()
    assert post.body.strip() == body.strip()


def test_links_are_found_by_words_of_titles_of_what_one_may_see(author, post):
    PostFactory(title="Un matin ailleurs")
    PostFactory(title="Le matin secret d’un autre", status="draft")
    PostFactory(title="Mon matin à venir", author=author, status="draft", published_at=None)
    PostFactory(title="Matin jeté", author=author, status="trash")
    PageFactory(title="Les matins", slug="matins")
    found = at_desk(author).get(f"{POSTS}link-targets/", {"q": "matin"}).json()["targets"]
    assert {(target["title"], target["state"]) for target in found} == {
        ("Le matin", ""),
        ("Un matin ailleurs", ""),
        ("Mon matin à venir", "draft"),
        ("Les matins", ""),
    }
    assert "/matins/" in [target["address"] for target in found]
    assert at_desk(author).get(f"{POSTS}link-targets/", {"q": "\0" + "é" * 10_000}).json() == {"targets": []}


def send_picture(person, name, data, **words):
    return at_desk(person).post(f"{POSTS}picture/", {"picture": SimpleUploadedFile(name, data), **words})


def test_a_dropped_picture_gets_in_with_its_words(author):
    answer = send_picture(author, "port.jpg", jpeg(), alt="Le port", caption="À l’aube").json()
    media = Media.objects.get()
    assert answer == {"address": media.file.url, "alt": "Le port", "caption": "À l’aube"}
    assert media.uploaded_by == author


def zipped():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("a.txt", "a" * 1000)
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", zipped()),
        ("a.zip", zipped()),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.jpg", b""),
        ("bombe.png", png(19_000, 19_000, compress_level=9)[:5000]),
        ("bombe.png", png(10_000, 9_000, mode="1")),
    ],
    ids=["zip named jpg", "zip", "svg", "empty", "cut bomb", "bomb"],
)
def test_what_is_no_picture_is_refused_in_words_and_nothing_is_kept(author, name, data):
    answer = send_picture(author, name, data)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not Media.objects.exists()


def test_a_picture_of_thirty_megapixels_gets_in(author):
    assert send_picture(author, "grande.jpg", jpeg(6708, 4472)).status_code == 200


# What is told about a text


def test_an_author_is_told_what_readers_will_not_get_and_the_source_stays(author, post):
    body = '<script>alert(1)</script>\n\n<p onclick="x()">Oui</p> <a href="javascript:x()">non</a>'
    page = at_desk(author).post(f"{POSTS}{post.pk}/change/", fields(body=body, _continue=""), follow=True)
    told = text_of(with_class(parse(page), "messagelist")[0])
    assert "<script>, onclick=, javascript:" in told
    post.refresh_from_db()
    assert post.body == body
    assert "script" not in post.html


@pytest.mark.parametrize(
    "body", ["Du `<script>` en code.", "```html\n<script>x</script>\n```", "1 < 2", "<b>gras</b>", "online=1", ""]
)
def test_nobody_is_told_of_what_readers_do_get(body):
    assert refused.taken_out(body, "markdown") == []


def test_half_a_character_never_becomes_a_sign_that_nobody_typed(author, post):
    """A browser sends U+FFFD for a lone surrogate, and Django reads it from bytes that are no UTF-8."""
    desk, change = at_desk(author), f"{POSTS}{post.pk}/change/"
    for body in ("Du pain\ufffd.", "Du pain."):
        response = desk.post(change, fields(body=body, title="Le \ufffdmatin"))
        assert "could not be read" in text_of(with_class(parse(response), "errorlist")[0])
    Post.objects.filter(pk=post.pk).update(body="Du pain\ufffd.")
    assert desk.post(change, fields(body="Du bon pain\ufffd.")).status_code == 302


def test_the_spelling_checked_is_that_of_the_posts_language(author, post):
    Post.objects.filter(pk=post.pk).update(language="fr")
    page = parse(at_desk(author).get(f"{POSTS}{post.pk}/change/"))
    (field,) = [field for field in page.iter("textarea") if field.get("name") == "body"]
    assert (field.get("lang"), field.get("spellcheck")) == ("fr", "true")
