"""Pictures and other uploads."""

import unicodedata
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blog import uploads
from blog.models import Media
from blog.models.media import original_of
from transfer.records import Attachment
from transfer.writer.dates import aware
from transfer.writer.numbers import Numbers

LONGEST_PATH = 250  # characters, which leaves room for a host's name


class Files:
    """The other blog's attachments, from `folder` (what was below wp-content/uploads) into the media folder.

    A file is known by its path there and its date. Where another blog's file already has that path, the new one
    stands below its host's name, where `Media.at_legacy_address` looks first.
    """

    def __init__(self, folder: Path | None, people, result, *, dry_run):
        self.folder, self.people, self.result, self.dry_run = folder, people, result, dry_run
        self.by_number, self.by_path = {}, {}
        self.new, self.stored = set(), []
        self.numbers = Numbers()

    def add(self, attachment: Attachment):
        if attachment.comments:
            which = f"{attachment.title or attachment.path}: {attachment.comments}"
            self.result.note(_("Left out: comments on a file's own page"), which)
        media = self.by_path.get(attachment.path) or self.find(attachment)
        if media:
            self.result.present["files"] += 1
        else:
            media = self.take_in(attachment)
        if media:
            self.by_path[attachment.path] = media
            self.by_number.setdefault(attachment.number, media)

    def find(self, attachment):
        plain_path, path_below_host = legacy_paths(attachment)
        rows = {
            media.legacy_path: media for media in Media.objects.filter(legacy_path__in=[plain_path, path_below_host])
        }
        at_plain_path = rows.get(plain_path)
        if at_plain_path and aware(attachment.date) in (None, at_plain_path.uploaded_at):
            return at_plain_path
        return rows.get(path_below_host)

    def take_in(self, attachment):
        """Return the new row of a file, or None when it cannot come in; the result says why."""
        try:
            data = self.read(attachment.path)
            prepared = uploads.prepare(attachment.path, data)
        except FileNotFoundError:
            about = _("Files that are not in the media folder") if self.folder else _("Files to bring with --media")
            self.result.note(about, attachment.path or attachment.title)
        except ValidationError as error:
            self.cannot_come_in(attachment, error.messages[0])
        except OSError as error:
            self.cannot_come_in(attachment, error.strerror or str(error))
        else:
            return self.store(attachment, prepared)
        return None

    def cannot_come_in(self, attachment, why):
        self.result.note(_("Files that cannot come in"), f"{attachment.path or attachment.title}: {why}")

    def read(self, path):
        """Return the first bytes of the file at `path` below the folder: no more than may come in, and one."""
        if self.folder is None:
            raise FileNotFoundError
        parts = PurePosixPath(path).parts
        if not parts or "\\" in path or len(path) > LONGEST_PATH or parts[0] == "/" or ".." in parts:
            raise ValidationError(_("this is no place in the media folder"))
        # A Mac stores é as two characters, WordPress writes it as one.
        for spelling in dict.fromkeys([path, *(unicodedata.normalize(form, path) for form in ("NFC", "NFD"))]):
            file = self.folder / spelling
            if not file.is_file():
                continue
            if not file.resolve().is_relative_to(self.folder.resolve()):
                raise ValidationError(_("it is a link that leads out of the media folder"))
            with file.open("rb") as opened:
                return opened.read(uploads.MOST_BYTES + 1)
        raise FileNotFoundError

    def store(self, attachment, prepared):
        plain_path, path_below_host = legacy_paths(attachment)
        taken = Media.objects.filter(legacy_path=plain_path).exists()
        date = aware(attachment.date)
        media = uploads.store(
            attachment.path,
            prepared,
            title=attachment.title or PurePosixPath(attachment.path).stem,
            alt=attachment.alt,
            caption=attachment.caption,
            legacy_path=path_below_host if taken else plain_path,
            wordpress_id=self.numbers.take(attachment.number),
            uploaded_by=self.people.of_login(attachment.author),
            dry_run=self.dry_run,
            **({"uploaded_at": date} if date else {}),
        )
        self.new.add(media)
        if not self.dry_run:
            self.stored.append(media)
        self.result.added["files"] += 1
        return media

    def has_number(self, number):
        """Return whether the file with that number there has it here too."""
        media = self.by_number.get(number)
        return media is not None and media.wordpress_id == number

    def keep(self):
        """Let nothing be taken back any more: the database has remembered it."""
        self.stored = []

    def take_back(self):
        """Delete what was stored: the database has forgotten it."""
        for media in self.stored:
            media.file.storage.delete(media.file.name)


def legacy_paths(attachment):
    """Return where a file is looked up: by its path, and where another blog's file has that, below its host's name.

    WordPress's `name-scaled.jpg` is looked up as `name.jpg`, from which its smaller copies have their names.
    """
    path = attachment.path
    if PurePosixPath(path).stem.endswith(("-scaled", "-rotated")):
        path = original_of(path)
    return path, f"{attachment.host or 'elsewhere'}/{path}"
