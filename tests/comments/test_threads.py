"""The order of a conversation."""

import datetime
import random
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from comments import threads

START = datetime.datetime(2011, 10, 27, 10, 30, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Spoken:
    id: int
    path: str
    created_at: datetime.datetime


def conversation(parents):
    """Return comments 1, 2, 3…: `parents[n]` is the id that comment n + 1 answers, 0 for none."""
    spoken = {}
    for number, parent in enumerate(parents, start=1):
        moment = START + datetime.timedelta(minutes=number)
        path = threads.path(spoken[parent].path if parent else "", number, moment)
        spoken[number] = Spoken(number, path, moment)
    return list(spoken.values())


def flat(nodes, depth=0):
    for node in nodes:
        yield depth, node
        yield from flat(node.replies, depth + 1)


def ids(nodes):
    return [(depth, node.id) for depth, node in flat(nodes)]


def test_replies_stand_below_what_they_answer_and_brothers_by_date():
    spoken = conversation([0, 1, 0, 1, 2])
    assert ids(threads.arrange(spoken)) == [(0, 1), (1, 2), (2, 5), (1, 4), (0, 3)]


def test_a_removed_comment_with_replies_leaves_a_tombstone_in_its_place():
    spoken = [comment for comment in conversation([0, 1, 2, 0]) if comment.id not in (1, 2)]
    nodes = threads.arrange(spoken)
    assert ids(nodes) == [(0, 1), (1, 2), (2, 3), (0, 4)]
    assert [node.comment is None for _, node in flat(nodes)] == [True, True, False, False]
    assert [node.size for _, node in flat(nodes)] == [2, 1, 0, 0]


def test_a_removed_comment_without_replies_leaves_nothing():
    spoken = [comment for comment in conversation([0, 1, 1]) if comment.id != 3]
    assert ids(threads.arrange(spoken)) == [(0, 1), (1, 2)]


@st.composite
def parent_lists(draw):
    return [draw(st.integers(0, number)) for number in range(draw(st.integers(1, 60)))]


@given(parent_lists(), st.randoms(use_true_random=False), st.sets(st.integers(1, 60)))
def test_any_conversation_in_any_order_shows_every_comment_once_below_its_parent(parents, chance, removed):
    spoken = [comment for comment in conversation(parents) if comment.id not in removed]
    chance.shuffle(spoken)
    placed = list(flat(threads.arrange(spoken)))
    assert sorted(node.id for _, node in placed if node.comment) == sorted(comment.id for comment in spoken)
    assert len({node.id for _, node in placed}) == len(placed)
    for _, node in placed:
        for reply in node.replies:
            if depth_of(parents, reply.id) < threads.LEVELS:
                assert parents[reply.id - 1] == node.id


def pages(spoken, length, *, newest_first=False):
    """Return what each page of a conversation shows: the ids that stand on it, tombstones negative."""
    spoken = sorted(spoken, key=lambda comment: comment.path)
    if newest_first:
        spoken.sort(key=lambda comment: comment.path[: threads.KEY_LENGTH], reverse=True)
    for start in range(0, len(spoken), length):
        after = spoken[start - 1].path if start else ""
        nodes = threads.arrange(spoken[start : start + length], after=after, newest_first=newest_first)
        yield [node.id if node.comment else -node.id for _, node in flat(nodes)]


def test_a_branch_that_goes_on_begins_the_next_page_at_the_root():
    spoken = conversation([0, 1, 2, 2, 1, 0])
    assert list(pages(spoken, 2)) == [[1, 2], [3, 4], [5, 6]]
    nodes = threads.arrange(spoken[2:4], after=spoken[1].path)
    assert ids(nodes) == [(0, 3), (0, 4)]


def test_a_tombstone_stands_on_the_page_of_its_first_reply_alone():
    spoken = [comment for comment in conversation([0, 1, 2, 2, 2]) if comment.id != 2]
    assert list(pages(spoken, 2)) == [[1, -2, 3], [4, 5]]
    assert list(pages(spoken, 1)) == [[1], [-2, 3], [4], [5]]


@given(parent_lists(), st.sets(st.integers(1, 60)), st.integers(1, 20), st.booleans())
def test_cut_into_pages_a_conversation_shows_the_same_places_in_the_same_order(parents, removed, length, newest_first):
    spoken = [comment for comment in conversation(parents) if comment.id not in removed]
    whole = list(pages(spoken, max(1, len(spoken)), newest_first=newest_first))
    cut = list(pages(spoken, length, newest_first=newest_first))
    assert [number for page in cut for number in page] == [number for page in whole for number in page]


def test_the_newest_conversation_comes_first_and_its_replies_in_order():
    spoken = conversation([0, 1, 0, 3, 1])
    assert ids(threads.arrange(spoken, newest_first=True)) == [(0, 3), (1, 4), (0, 1), (1, 2), (1, 5)]


def depth_of(parents, number):
    depth = 0
    while parents[number - 1]:
        number, depth = parents[number - 1], depth + 1
    return depth


def test_a_quarrel_deeper_than_the_index_can_hold_still_shows_everything_in_order():
    spoken = conversation(list(range(100)))
    random.Random(1).shuffle(spoken)
    assert [number for _, number in ids(threads.arrange(spoken))] == list(range(1, 101))
    assert max(len(comment.path) for comment in spoken) == threads.PATH_LENGTH
