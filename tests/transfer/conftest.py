import io

import pytest
from django.core.management import CommandError, call_command

from tests.transfer import wxr


@pytest.fixture
def media_folder(settings, tmp_path):
    """The site's own media folder, which a test may look into."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def uploads(tmp_path):
    """What was below wp-content/uploads."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    return folder


@pytest.fixture
def move_in(tmp_path, media_folder):
    """Import an export made of `things` (see `wxr`), or a whole text; return what the command said."""

    def move_in(*things, text=None, **options):
        site = {name: options.pop(name) for name in ("title", "tagline", "address", "authors") if name in options}
        content = wxr.export(*things, **site) if text is None else text
        file = tmp_path / "export.xml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        output = io.StringIO()
        call_command("import_wordpress", file, stdout=output, stderr=io.StringIO(), **options)
        return output.getvalue()

    return move_in


@pytest.fixture
def refusal(move_in):
    """Return why an import was refused: the one line that is printed."""

    def refusal(*things, **options):
        with pytest.raises(CommandError) as raised:
            move_in(*things, **options)
        assert "\n" not in str(raised.value)
        return str(raised.value)

    return refusal
