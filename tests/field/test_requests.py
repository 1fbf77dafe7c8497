"""Requests judged in five folds on real business mail, and promises counted in a public list's archive."""

import time
from pathlib import Path

import pytest

from kept.doors.post.mbox import messages
from kept.doors.post.parsing import parse
from kept.measures.text import promises, requests, sentences
from kept.measures.text.letter import Letter

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.field,
    pytest.mark.slow,
    pytest.mark.skipif(not (DATA / "requests").exists(), reason="the real data does not lie beside this checkout"),
]
# Nobody reads through more of them than this; a reading of fifty is in docs/MEASURES.md.
MOST_FLAGS_IN_A_HUNDRED = 10


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    """What people wrote, machines left out."""
    every = (parse(raw) for raw in messages(DATA / "mail-archive" / "messages.mbox"))
    return [letter for letter in every if not letter.automatic.automatic]


def test_requests_are_told_in_five_folds_that_share_no_sentence() -> None:
    training = pytest.importorskip("bench.train_requests", reason="scikit-learn is there for training only")
    texts, labels = training.read(DATA / "requests" / "train.tsv")
    homes = training.groups(texts)
    assert all(not set(homes[known]) & set(homes[asked]) for known, asked in training.folds(labels, homes))
    verdict = training.judged(labels, training.out_of_fold(texts, labels, homes))
    assert verdict.f1 >= 0.81
    assert verdict.low >= 0.795
    assert verdict.precision_at_half >= 0.93


def test_the_shipped_numbers_are_those_the_script_makes(tmp_path: Path) -> None:
    training = pytest.importorskip("bench.train_requests", reason="scikit-learn is there for training only")
    texts, labels = training.read(DATA / "requests" / "train.tsv")
    training.write(training.matrix(texts), labels, tmp_path / "weights")
    ours, made = requests.WEIGHTS.read_bytes(), (tmp_path / "weights").read_bytes()
    body, fresh = ours.partition(b"\n")[2], made.partition(b"\n")[2]
    # the last bit of a sum differs between processors, and may tip a rounding
    assert len(body) == len(fresh)
    assert sum(abs(one - two) % 254 > 1 for one, two in zip(body, fresh, strict=True)) == 0


def test_promises_are_few_in_real_mail_and_quickly_found(letters: list[Letter]) -> None:
    began = time.process_time()
    flags = [
        each for letter in letters for each in promises.found(letter.visible, sent_at=letter.at, by=letter.sender.name)
    ]
    spent = time.process_time() - began
    count = sum(len(sentences.split(letter.visible)) for letter in letters)
    assert 0 < 100 * sum(not each.soft for each in flags) / len(letters) <= MOST_FLAGS_IN_A_HUNDRED
    assert spent / count < 0.0003 * 3  # 0.3 ms a sentence, on a machine that does other work beside


def test_requests_are_quickly_told(letters: list[Letter]) -> None:
    every = [sentence for letter in letters[:200] for sentence in sentences.split(letter.visible)]
    began = time.process_time()
    for sentence in every:
        requests.probability(sentence)
    assert (time.process_time() - began) / len(every) < 0.0003 * 3
