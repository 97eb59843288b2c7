"""The pictures and files of a blog that moves in."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from PIL import Image

from blog import uploads as blog_uploads
from blog.models import Media, Post
from tests.factories import PostFactory
from tests.pages import parse, with_class
from tests.pictures import encoded, jpeg
from tests.transfer import wxr

pytestmark = pytest.mark.django_db


def put(folder, path, content=None):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(jpeg(600, 400) if content is None else content)
    return file


def files_in(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def picture_of(path, **attributes):
    told = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<img src="http://merle.example/wp-content/uploads/{path}" {told}>'


def images(client, post):
    (prose,) = with_class(parse(client.get(post.get_absolute_url())), "prose")
    return [image.get("src") for image in prose.iter("img")]


def test_a_picture_keeps_its_place_its_words_and_its_address(client, move_in, uploads, media_folder):
    put(uploads, "2011/10/aube-bleue.jpg")
    file = wxr.attachment(
        9, "2011/10/aube-bleue.jpg", title="L’aube", excerpt="Un <em>matin</em>", date="2011-10-26 07:00:00",
        meta={"_wp_attachment_image_alt": "Un ciel bleu"},
    )  # fmt: skip
    caption = (
        f"[caption align='alignleft']{picture_of('2011/10/aube-bleue-300x200.jpg', width=300, alt='Ciel')} Là[/caption]"
    )
    move_in(file, wxr.item(7, content=caption, meta={"_thumbnail_id": 9}), media=uploads)
    media = Media.objects.get()
    assert (media.title, media.alt, media.caption) == ("L’aube", "Un ciel bleu", "Un matin")
    assert (media.width, media.height, media.uploaded_by.username) == (600, 400, "zoe")
    assert f"{media.uploaded_at:%d/%m/%Y}" == "26/10/2011"
    assert files_in(media_folder) == ["2011/10/aube-bleue.jpg"]
    post = Post.objects.get()
    assert post.lead_picture == media
    (figure,) = parse(client.get(post.get_absolute_url())).iter("figure")
    image = figure.find(".//img")
    assert (image.get("src"), image.get("alt")) == ("/media/2011/10/aube-bleue.jpg", "Ciel")
    assert (image.get("width"), image.get("height")) == ("300", "200")
    assert figure.find("figcaption").text == "Là"
    for address in ("/wp-content/uploads/2011/10/aube-bleue.jpg", "/wp-content/uploads/2011/10/aube-bleue-1024x683.jpg",
                    "/?attachment_id=9"):  # fmt: skip
        assert client.get(address)["Location"] == "/media/2011/10/aube-bleue.jpg"


def test_smaller_copies_are_made_once_it_is_certain(client, move_in, uploads, django_capture_on_commit_callbacks):
    put(uploads, "2011/10/aube.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        move_in(
            wxr.attachment(9, "2011/10/aube.jpg"), wxr.item(7, content=picture_of("2011/10/aube.jpg")), media=uploads
        )
    assert Media.objects.get().variants
    assert "image/avif" in client.get(Post.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize("size", ["2011/10/photo-300x200.jpg", "2011/10/photo-scaled.jpg", "2011/10/photo.jpg"])
def test_a_picture_that_wordpress_made_smaller_is_found_in_every_size(client, move_in, uploads, size):
    put(uploads, "2011/10/photo-scaled.jpg")
    move_in(wxr.attachment(9, "2011/10/photo-scaled.jpg"), wxr.item(7, content=picture_of(size)), media=uploads)
    assert images(client, Post.objects.get()) == ["/media/2011/10/photo-scaled.jpg"]
    assert client.get(f"/wp-content/uploads/{size}").status_code == 301


def test_a_gallery_shows_what_it_named_or_what_was_uploaded_for_its_post(client, move_in, uploads):
    for name in "abc":
        put(uploads, f"2011/10/{name}.jpg")
    put(uploads, "2011/10/d.pdf", b"%PDF-1.4")
    files = [wxr.attachment(9 + n, f"2011/10/{name}.jpg", post_parent=8, menu_order=-n) for n, name in enumerate("abc")]
    move_in(
        *files, wxr.attachment(19, "2011/10/d.pdf", post_parent=8), wxr.item(7, content='[gallery ids="11,9"]'),
        wxr.item(8, content="[gallery columns=2]"), wxr.item(20, content="Rien [gallery] ici."), media=uploads,
    )  # fmt: skip
    assert images(client, Post.objects.get(wordpress_id=7)) == ["/media/2011/10/c.jpg", "/media/2011/10/a.jpg"]
    own = images(client, Post.objects.get(wordpress_id=8))
    assert own == ["/media/2011/10/c.jpg", "/media/2011/10/b.jpg", "/media/2011/10/a.jpg"]
    assert "gallery" not in Post.objects.get(wordpress_id=20).html


def test_without_the_media_folder_the_words_come_in_and_the_pictures_later(client, move_in, uploads):
    things = [
        wxr.attachment(9, "2011/10/aube.jpg", post_parent=7),
        wxr.item(7, content=f"{picture_of('2011/10/aube.jpg')}\n\n[gallery]", meta={"_thumbnail_id": 9}),
    ]
    words = move_in(*things)
    assert "Files to bring with --media:\n  2011/10/aube.jpg" in words
    put(uploads, "2011/10/aube.jpg")
    changed = Post.objects.get().updated_at
    words = move_in(*things, media=uploads)
    assert "files       1 added" in words
    post = Post.objects.get()
    assert images(client, post) == ["/media/2011/10/aube.jpg"] * 2
    assert (post.lead_picture, post.updated_at) == (Media.objects.get(), changed)


def test_a_lead_picture_that_the_author_took_away_stays_away(move_in, uploads):
    put(uploads, "a.jpg")
    put(uploads, "b.jpg")
    things = [wxr.attachment(9, "a.jpg"), wxr.item(7, meta={"_thumbnail_id": 9})]
    move_in(*things, media=uploads)
    Post.objects.update(lead_picture=None)
    move_in(*things, wxr.attachment(10, "b.jpg"), media=uploads)
    assert Post.objects.get().lead_picture is None


def test_what_cannot_come_in_is_named_and_the_rest_comes_in(move_in, uploads, tmp_path, media_folder):
    (tmp_path / "secret.jpg").write_bytes(jpeg())
    put(uploads, "bonne.jpg")
    put(uploads, "texte.jpg", b"Bonjour.")
    put(uploads, "vide.jpg", b"")
    put(uploads, "large.png", encoded("PNG", 50_000, 1))
    put(uploads, "page.html", b"<script>alert(1)</script>")
    put(uploads, "dessin.svg", b"<svg onload='alert(1)'/>")
    (uploads / "dossier.jpg").mkdir()
    (uploads / "lien.jpg").symlink_to(tmp_path / "secret.jpg")
    (uploads / "dehors").symlink_to(tmp_path)
    bad = {
        "texte.jpg": "not a picture",
        "vide.jpg": "empty",
        "large.png": "50000",
        "page.html": "not a picture",
        "dessin.svg": "not a picture",
        "lien.jpg": "leads out",
        "dehors/secret.jpg": "leads out",
        "../secret.jpg": "no place",
        "..%2fsecret.jpg": "no place",
        "/etc/passwd": "no place",
        "a\\..\\b.jpg": "no place",
        "x" * 300 + ".jpg": "no place",
    }
    missing = ["2011/absente.jpg", "dossier.jpg", "secret%00.jpg"]
    things = [wxr.attachment(10 + n, path) for n, path in enumerate([*bad, *missing, "bonne.jpg"])]
    words = move_in(*things, wxr.item(7), media=uploads)
    told = [line for line in words.splitlines() if line.startswith("  ")]
    for path, why in bad.items():
        assert [line for line in told if line.startswith(f"  {path.replace('%2f', '/')}: ") and why in line], path
    assert "Files that are not in the media folder:\n  2011/absente.jpg\n  dossier.jpg\n  secret.jpg\n" in words
    assert files_in(media_folder) == ["bonne.jpg"]
    assert Post.objects.exists()


def test_a_link_that_stays_in_the_media_folder_is_followed(move_in, uploads):
    put(uploads, "2011/a.jpg")
    (uploads / "2012").symlink_to(uploads / "2011")
    move_in(wxr.attachment(9, "2012/a.jpg"), media=uploads)
    assert Media.objects.get().file.name == "2012/a.jpg"


def test_a_name_that_a_mac_spelled_in_its_way_is_found(move_in, uploads):
    put(uploads, "2011/e\u0301te\u0301.jpg")
    move_in(wxr.attachment(9, "2011/\u00e9t\u00e9.jpg"), media=uploads)
    assert Media.objects.get().legacy_path == "2011/été.jpg"


def test_the_same_file_twice_is_one_file(client, move_in, uploads):
    put(uploads, "a.jpg")
    things = [wxr.attachment(9, "a.jpg"), wxr.attachment(10, "a.jpg", date="2015-01-01 00:00:00")]
    things += [wxr.item(7, meta={"_thumbnail_id": 10})]
    for _ in range(2):
        move_in(*things, media=uploads)
        assert Post.objects.get().lead_picture == Media.objects.get()


def test_a_second_time_stores_no_file_again(move_in, uploads, media_folder):
    put(uploads, "2011/a.jpg")
    move_in(wxr.attachment(9, "2011/a.jpg"), media=uploads)
    Media.objects.update(title="À moi", alt="À moi")
    move_in(wxr.attachment(9, "2011/a.jpg"), media=uploads)
    assert Media.objects.get().title == "À moi"
    assert files_in(media_folder) == ["2011/a.jpg"]


def test_two_blogs_may_have_had_a_file_of_the_same_name_and_number(client, move_in, uploads, tmp_path):
    put(uploads, "2011/10/chat.jpg")
    others = tmp_path / "others"
    put(others, "2011/10/chat.jpg", jpeg(300, 300))
    here = [wxr.attachment(9, "2011/10/chat.jpg"), wxr.item(7, content=picture_of("2011/10/chat.jpg"))]
    host = "http://pinson.example"
    there = [
        wxr.attachment(9, "2011/10/chat.jpg", host=host, date="2012-01-02 03:04:05"),
        wxr.item(
            8, host=host, meta={"_thumbnail_id": 9},
            content=f'<img src="{host}/wp-content/uploads/2011/10/chat-150x150.jpg">\n\n[gallery ids="9"]',
        ),
    ]  # fmt: skip
    move_in(*here, media=uploads)
    for _ in range(2):
        move_in(*there, media=others, address=host)
    first, second = Media.objects.order_by("pk")
    assert images(client, Post.objects.get(wordpress_id=7)) == [first.file.url]
    assert images(client, Post.objects.get(wordpress_id=8)) == [second.file.url] * 2
    assert Post.objects.get(wordpress_id=8).lead_picture == second
    assert client.get("/wp-content/uploads/2011/10/chat.jpg")["Location"] == first.file.url
    assert client.get("/?attachment_id=9")["Location"] == first.file.url


def test_a_number_of_the_first_blog_never_leads_to_a_post_of_the_second(client, move_in, uploads):
    put(uploads, "a.jpg")
    move_in(wxr.attachment(9, "a.jpg"), media=uploads)
    move_in(wxr.item(9, host="http://pinson.example"), address="http://pinson.example")
    assert client.get("/?attachment_id=9")["Location"] == "/media/a.jpg"


def test_a_dry_run_looks_at_every_file_and_stores_none(move_in, uploads, media_folder):
    put(uploads, "a.jpg")
    put(uploads, "b.jpg", b"Bonjour.")
    words = move_in(
        wxr.attachment(9, "a.jpg"), wxr.attachment(10, "b.jpg"), wxr.item(7, content=picture_of("a.jpg")),
        media=uploads, dry_run=True,
    )  # fmt: skip
    assert "files       1 added" in words
    assert "b.jpg: “b.jpg” is not a picture" in words
    assert not media_folder.exists()
    assert not Media.objects.exists()


def test_comments_on_a_files_own_page_are_said_to_be_left_out(move_in, uploads):
    put(uploads, "a.jpg")
    words = move_in(wxr.attachment(9, "a.jpg", title="Chat", comments=[wxr.comment(1)]), media=uploads)
    assert "Chat: 1" in words


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_whatever_goes_wrong_leaves_the_database_and_the_media_folder_as_they_were(
    refusal, uploads, media_folder, monkeypatch, error
):
    PostFactory()
    put(media_folder, "2011/a.jpg")
    for name in ("a", "b", "c"):
        put(uploads, f"2011/{name}.jpg")
    store, stored = blog_uploads.store, []

    def fail_at_the_third(*args, **fields):
        if len(stored) == 2:
            raise error
        stored.append(store(*args, **fields))
        return stored[-1]

    monkeypatch.setattr(blog_uploads, "store", fail_at_the_third)
    things = [wxr.attachment(9 + n, f"2011/{name}.jpg") for n, name in enumerate("abc")]
    assert "Nothing was brought in" in refusal(*things, wxr.item(7), media=uploads)
    assert len(stored) == 2
    assert files_in(media_folder) == ["2011/a.jpg"]
    assert not Media.objects.exists()
    assert Post.objects.count() == 1


def test_a_file_whose_row_cannot_be_stored_leaves_nothing_behind(media_folder, monkeypatch):
    def refuse(self, *args, **fields):
        raise ValueError

    monkeypatch.setattr(Media, "save", refuse)
    with pytest.raises(ValueError):
        blog_uploads.store_upload("a.jpg", jpeg())
    assert files_in(media_folder) == []


def test_a_full_disk_leaves_no_half_of_a_file(media_folder, monkeypatch):
    save = FileSystemStorage._save

    def run_out_of_space(self, name, content):
        save(self, name, ContentFile(content.read(10)))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", run_out_of_space)
    with pytest.raises(OSError, match="No space left"):
        blog_uploads.store_upload("a.jpg", jpeg())
    assert files_in(media_folder) == []


@pytest.mark.django_db(transaction=True)
def test_ctrl_c_after_all_is_written_takes_no_file_back(move_in, uploads, media_folder, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("transfer.writer.tasks.ask_for_avatars", interrupt)
    put(uploads, "a.jpg")
    with pytest.raises(BaseException, match="interrupted"):
        move_in(wxr.attachment(9, "a.jpg"), media=uploads)
    assert Media.objects.exists()
    assert "a.jpg" in files_in(media_folder)


@pytest.mark.parametrize(
    "address", ["/wp-content/uploads/a%00.jpg", "/wp-content/uploads/../../etc/passwd", "/a%00b/", "/2011/10/a%00/"]
)
def test_an_address_that_never_was_one_is_a_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["http://x/wp-content/uploads/a%00.jpg", "/media/a%00.jpg", "http://[/uploads/x.jpg"]
)
def test_a_picture_whose_address_is_none_does_not_stop_a_post(move_in, address):
    move_in(wxr.item(7, content=f'<img src="{address}">Un mot <a href="{address}">là</a>.'))
    assert "Un mot" in Post.objects.get().text


def test_a_picture_that_is_too_large_is_told_so_and_a_broken_one_that_it_is_broken():
    buffer = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(buffer, "PNG")
    for data, words in ((buffer.getvalue(), "million pixels"), (jpeg(900, 600)[:2000], "is broken")):
        with pytest.raises(ValidationError, match=words):
            blog_uploads.prepare("a.jpg", data)


@pytest.mark.parametrize("slug", ["feed", "comment-7", "comment-page-2"])
def test_a_name_that_stands_below_every_text_gets_an_ending(client, move_in, slug):
    move_in(wxr.item(7, title="Le pain", post_name=slug))
    post = Post.objects.get()
    assert post.slug == f"{slug}-2"
    assert client.get(post.get_absolute_url()).status_code == 200
