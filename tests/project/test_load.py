"""Many people comment at once, on a real server. `make bench-load` does it with fifty, and two thousand comments."""

import pytest

from benchmarks.load import Crowd
from tests.project.conftest import fresh_site


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    with fresh_site(tmp_path_factory.mktemp("crowded"), "crowded") as site:
        yield site


@pytest.mark.parametrize("kill", [False, True], ids=["served", "killed"])
def test_every_comment_that_was_acknowledged_is_there_once(crowded, kill):
    result = Crowd(crowded, clients=8, comments=60, readers=2).run(kill=kill)
    assert (len(result.acknowledged), result.lost, result.doubled) == (60, set(), set())
    assert (result.server_errors, result.locked) == (0, 0)
