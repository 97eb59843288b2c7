"""A test that was left out is seen, where everything is required."""

import os
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"

LEFT_OUT = {
    "call": "import pytest\ndef test_it(): pytest.skip('no service')",
    "mark": "import pytest\n@pytest.mark.skip(reason='no service')\ndef test_it(): pass",
    "fixture": "import pytest\n@pytest.fixture\ndef it(): pytest.skip('no service')\ndef test_it(it): pass",
    "import": "import pytest\npytest.importorskip('no_such_service')\ndef test_it(): pass",
    "expected_failure": "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False",
    "unexpected_success": "import pytest\n@pytest.mark.xfail\ndef test_it(): pass",
}


def run(folder, required):
    """Run a suite of tests that are all left out, each in its way."""
    (folder / "conftest.py").write_text(CONFTEST.read_text())
    (folder / "pytest.ini").write_text("[pytest]\n")
    for way, source in LEFT_OUT.items():
        (folder / f"test_{way}.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:django", "-p", "no:cacheprovider", str(folder)]
    command.append("--continue-on-collection-errors")
    environment = {**os.environ, "CAUSERIE_REQUIRE_ALL": required, "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)


def test_whoever_requires_everything_hears_of_each_test_left_out(tmp_path):
    required = run(tmp_path, "1")
    summary = required.stdout.partition("short test summary")[2]
    assert required.returncode == 1
    assert [way for way in LEFT_OUT if f"test_{way}.py" not in summary] == []
    assert "lets nothing be left out" in summary
    assert "skipped" not in summary
    assert "xfailed" not in summary


def test_elsewhere_a_missing_service_is_no_failure(tmp_path):
    assert run(tmp_path, "").returncode == 0
