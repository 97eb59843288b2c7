"""How good the spam filter is, on comments labelled by hand.

    python benchmarks/spam.py FOLDER

FOLDER holds .csv files with the columns author, date, content and is_spam (1 or 0), each the comments below one
video; the characters between the first “-” of a file's name and its ending are in that video's own address.

Three trials: learn from the first 70 % of each file and judge the rest (time split), learn from all files but one and
judge that one, and a learning curve. “Recall” is the share of spam that was recognised. It is given twice: at the
filter's own threshold, with the precision that came of it; and at the best threshold that keeps precision ≥ 0.99 on
what was judged, which tells how well the filter ranks.
"""

import csv
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from comments.spam.classifier import PRECISION, train
from comments.spam.features import features

LEARNED = 0.7
DECISIONS = (50, 200, 1000)


def read(path):
    """Return the samples of one file, the oldest first."""
    own = path.stem.split("-", 1)[-1].lower()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["date"])
    return [(features(row["author"], "", row["content"], own_host=own), row["is_spam"] == "1") for row in rows]


def measure(learn, judged):
    """Return (recall, precision) at the filter's own threshold, and its recall where PRECISION is just kept."""
    classifier = train(learn)
    scored = sorted(((classifier.score(found), spam) for found, spam in judged), reverse=True)
    all_spam = sum(spam for _, spam in scored)
    called = [spam for score, spam in scored if score >= classifier.threshold]
    best = hits = 0
    for position, (_, spam) in enumerate(scored, start=1):
        hits += spam
        if hits / position >= PRECISION:
            best = hits
    return sum(called) / all_spam, sum(called) / (len(called) or 1), best / all_spam


def row(words, figures):
    print(f"{words:<34}{figures[0]:>8.2f}{figures[1]:>11.2f}{figures[2]:>22.2f}")


def main(folder):
    files = {path.name: read(path) for path in sorted(Path(folder).glob("*.csv"))}
    if not files:
        sys.exit(f"no .csv files in {folder}")
    print(f"{'':<34}{'recall':>8}{'precision':>11}{'recall at p ≥ 0.99':>22}")
    cuts = {name: int(len(samples) * LEARNED) for name, samples in files.items()}
    for name, samples in files.items():
        row(f"time split, {name}", measure(samples[: cuts[name]], samples[cuts[name] :]))
    learn = [sample for name, samples in files.items() for sample in samples[: cuts[name]]]
    judged = [sample for name, samples in files.items() for sample in samples[cuts[name] :]]
    row("time split, all files", measure(learn, judged))
    for name, samples in files.items():
        others = [sample for other, those in files.items() if other != name for sample in those]
        row(f"without {name}", measure(others, samples))
    everything = [sample for samples in files.values() for sample in samples]
    random.Random(1).shuffle(everything)
    for count in DECISIONS:
        if count < len(everything):
            row(f"after {count} decisions", measure(everything[:count], everything[count:]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/spam.py FOLDER")
    main(sys.argv[1])
