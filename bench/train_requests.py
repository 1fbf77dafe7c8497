"""`python -m bench.train_requests [--write]`: trains the request model, judges it in five folds, ships its numbers."""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_recall_curve, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from kept.measures.text import request_features, requests

TRAIN = Path(__file__).resolve().parents[2] / "shared" / "data" / "requests" / "train.tsv"
STRENGTH = 20.0  # scikit-learn's C; 10, 20 and 40 differ by .003 of F1
SEEDS = (0, 1, 2)
NEAR_DUPLICATE = 0.5  # Jaccard of word triples from which two sentences are kept in one fold
BOOTSTRAPS = 1000

type Labels = NDArray[np.int64]
type Chances = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """At the threshold .5: F1 with its 95 % bootstrap interval, precision, recall; precision at recall .5; AUC."""

    f1: float
    low: float
    high: float
    precision: float
    recall: float
    precision_at_half: float
    auc: float


def read(path: Path = TRAIN) -> tuple[list[str], Labels]:
    """Sentences and whether each asks for something (1) or not (0)."""
    rows = [line.split("\t", 1) for line in path.read_text(encoding="utf-8").split("\n") if "\t" in line]
    return [sentence for _, sentence in rows], np.array([int(label == "Yes") for label, _ in rows])


def matrix(sentences: Sequence[str]) -> csr_matrix:
    """What the shipped model sees, a row a sentence."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for sentence in sentences:
        words, cues = request_features.of(sentence)
        columns += [*words, *cues]
        values += [1 / np.sqrt(len(words))] * len(words) + [request_features.CUE_VALUE] * len(cues)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(sentences), request_features.ROOMS))


def groups(sentences: Sequence[str]) -> Labels:
    """A number a sentence, equal for duplicates and near duplicates, so that no fold is asked what another told."""
    home = list(range(len(sentences)))
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    triples = [_triples(sentence) for sentence in sentences]

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    for at, own in enumerate(triples):
        shared = Counter(other for triple in own for other in seen[triple])
        for other, count in shared.items():
            if count / (len(own) + len(triples[other]) - count) >= NEAR_DUPLICATE:
                home[root(at)] = root(other)
        for triple in own:
            seen[triple].append(at)
    return np.array([root(at) for at in range(len(sentences))])


def _triples(sentence: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", request_features.normalised(sentence))
    return set(zip(words, words[1:], words[2:], strict=False)) or {tuple(words)}


def folds(labels: Labels, homes: Labels, seed: int = 0) -> Iterator[tuple[Labels, Labels]]:
    """Five folds, equal in their share of requests, that part no group."""
    yield from StratifiedGroupKFold(5, shuffle=True, random_state=seed).split(labels, labels, homes)


def fitted(rows: csr_matrix, labels: Labels) -> LogisticRegression:
    """The model on some sentences."""
    return LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=500, random_state=0).fit(rows, labels)


def out_of_fold(
    sentences: Sequence[str], labels: Labels, homes: Labels, *, seed: int = 0, exact: bool = False
) -> Chances:
    """Each sentence's probability by a model that has not seen it, rounded as it is shipped, with the shipped rules."""
    rows = matrix(sentences)
    chances = np.zeros(len(labels))
    for known, asked in folds(labels, homes, seed):
        weights, scale, intercept = quantised(fitted(rows[known], labels[known]), exact=exact)
        chances[asked] = 1 / (1 + np.exp(-(intercept + scale * (rows[asked] @ weights))))
    return np.array([requests.ruled(sentence, chance) for sentence, chance in zip(sentences, chances, strict=True)])


def quantised(model: LogisticRegression, *, exact: bool = False) -> tuple[Chances, float, float]:
    """Weights as whole numbers from -127 to 127, what one of them is worth, and the intercept."""
    weights = model.coef_[0]
    scale = 1.0 if exact else float(np.abs(weights).max() / 127)
    return weights if exact else np.rint(weights / scale), scale, float(model.intercept_[0])


def judged(labels: Labels, chances: Chances) -> Verdict:
    """How good the probabilities are; the interval resamples sentences with a fixed seed."""
    said = chances >= requests.LIKELY
    draw = np.random.default_rng(0)
    samples = (draw.integers(0, len(labels), len(labels)) for _ in range(BOOTSTRAPS))
    spread = [f1_score(labels[rows], said[rows]) for rows in samples]
    precision, recall, _ = precision_recall_curve(labels, chances)
    return Verdict(
        f1=f1_score(labels, said), low=float(np.percentile(spread, 2.5)), high=float(np.percentile(spread, 97.5)),
        precision=precision_score(labels, said), recall=recall_score(labels, said),
        precision_at_half=float(precision[recall >= 0.5].max()), auc=roc_auc_score(labels, chances),
    )  # fmt: skip


def full_model(sentences: Sequence[str], labels: Labels, homes: Labels, seed: int) -> Chances:
    """The same with every run of words kept by itself, weighed by rarity, unrounded: what hashing and bytes cost."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    def seen(sentence: str) -> list[str]:
        plain = request_features.normalised(sentence)
        tokens = ["<s>", *re.findall(r"\$?[a-z0-9']+|[?!.:,;]", plain), "</s>"]
        runs = [" ".join(tokens[at : at + many]) for many in (1, 2, 3) for at in range(len(tokens) - many + 1)]
        return runs + list(request_features._named(plain, len(tokens)))

    chances = np.zeros(len(labels))
    for known, asked in folds(labels, homes, seed):
        weigh = TfidfVectorizer(analyzer=seen, sublinear_tf=True)
        model = LogisticRegression(C=10, solver="liblinear", max_iter=500, random_state=0)
        model.fit(weigh.fit_transform([sentences[at] for at in known]), labels[known])
        chances[asked] = model.predict_proba(weigh.transform([sentences[at] for at in asked]))[:, 1]
    return chances


def write(rows: csr_matrix, labels: Labels, path: Path = requests.WEIGHTS) -> None:
    """Train on everything and ship the numbers."""
    weights, scale, intercept = quantised(fitted(rows, labels))
    head = json.dumps({"scale": round(scale, 9), "intercept": round(intercept, 9), "sentences": len(labels)})
    path.write_bytes(head.encode() + b"\n" + weights.astype(np.int8).tobytes())


def main() -> None:
    """Print the table; with --write, make the shipped file afresh."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--write", action="store_true")
    options = words.parse_args()
    sentences, labels = read()
    homes = groups(sentences)
    repeated = sum(count for count in Counter(homes.tolist()).values() if count > 1)
    print(f"{len(labels)} sentences, {labels.mean():.1%} requests; {repeated} stand with a near duplicate")
    for seed in SEEDS:
        show(f"shipped form, seed {seed}", judged(labels, out_of_fold(sentences, labels, homes, seed=seed)))
    show("unrounded, seed 0", judged(labels, out_of_fold(sentences, labels, homes, exact=True)))
    for seed in SEEDS:
        show(f"full model, seed {seed}", judged(labels, full_model(sentences, labels, homes, seed)))
    if options.write:
        write(matrix(sentences), labels)
        print(f"{requests.WEIGHTS.name}: {requests.WEIGHTS.stat().st_size:,} bytes")


def show(name: str, one: Verdict) -> None:
    print(
        f"{name:22} F1 {one.f1:.3f} ({one.low:.3f}-{one.high:.3f})  precision {one.precision:.3f} "
        f"recall {one.recall:.3f}  precision at recall .5: {one.precision_at_half:.3f}  AUC {one.auc:.3f}"
    )


if __name__ == "__main__":
    main()
