#!/usr/bin/env python3
"""Would a linear model over a sentence's words help the rules? Five folds over payers, rules and text apart and together.

usage: second_opinion.py GOLD_FOLDER DEV.jsonl FRESH.jsonl FINDINGS.jsonl

GOLD_FOLDER holds score.py. The model learns from DEV and FRESH without the fold's payers and is judged, like the rules,
on FRESH alone (`label_units.py join`): sentences that no rule was written from. Needs scikit-learn.
"""
import json, random, sys

sys.path.insert(0, sys.argv[1])
import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from score import GROUPS, fires_in, norm, predictions

dev, fresh = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in sys.argv[2:4])


def payer(unit):
    return unit["doc"].split("/")[0]


def wanted(unit):
    return {label for label in unit["labels"] if not label.endswith("~")}


def by_rules():
    found = predictions(sys.argv[4], sorted({unit["doc"] for unit in fresh}, key=len, reverse=True))
    return [{g for g, quote, match in found.get(u["doc"], []) if fires_in(norm(u["text"]), quote, match)} for u in fresh]


def learned(train, test):
    """group -> probability for each unit of `test`, from words and from the end of the words before."""
    words = TfidfVectorizer(ngram_range=(1, 3), min_df=2, sublinear_tf=True, token_pattern=r"\b\w+\b")
    before = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    x = hstack([words.fit_transform([u["text"] for u in train]), 0.5 * before.fit_transform([u["before"][-200:] for u in train])])
    z = hstack([words.transform([u["text"] for u in test]), 0.5 * before.transform([u["before"][-200:] for u in test])])
    out = {}
    for group in GROUPS:
        y = np.array([group in wanted(u) for u in train])
        if y.sum() >= 5:
            model = LogisticRegression(C=20, class_weight="balanced", solver="liblinear").fit(x.tocsr(), y)
            out[group] = model.predict_proba(z.tocsr())[:, 1]
    return out


def folds(payers, seed):
    payers = sorted(payers)
    random.Random(seed).shuffle(payers)
    return [set(payers[k::5]) for k in range(5)]


def scores(name, predicted):
    t = p = n = 0
    for unit, got in zip(fresh, predicted):
        want, got = wanted(unit), set(got)
        if "investigational" in want:  # one stance, as score.py has it
            want.discard("not-medically-necessary"), got.discard("not-medically-necessary")
        t, p, n = t + len(want & got), p + len(got - want), n + len(want - got)
    print("%-28s F1 %.3f  P %.3f  R %.3f" % (name, 2 * t / (2 * t + p + n), t / (t + p), t / (t + n)))


def stacked(rules, chance, seed):
    """A model over the rules' verdict and the text's, learned from the other folds' fresh sentences."""
    def terms(i, group):
        odds = np.log((chance[i][group] + 1e-4) / (1 - chance[i][group] + 1e-4))
        return [group in rules[i], odds, (group in rules[i]) * odds]

    out = [set(r - set(c)) for r, c in zip(rules, chance)]
    for fold in folds({payer(u) for u in fresh}, seed):
        rows = [(terms(i, g), g in wanted(u)) for i, u in enumerate(fresh) if payer(u) not in fold for g in chance[i]]
        model = LogisticRegression().fit(*zip(*rows))
        for i, unit in enumerate(fresh):
            if payer(unit) in fold:
                verdicts = model.predict([terms(i, g) for g in chance[i]])
                out[i] |= {g for g, yes in zip(chance[i], verdicts) if yes}
    return out


def main():
    rules, chance = by_rules(), [{} for _ in fresh]
    for fold in folds({payer(u) for u in dev + fresh}, 1):
        at = [i for i, unit in enumerate(fresh) if payer(unit) in fold]
        for group, chances in learned([u for u in dev + fresh if payer(u) not in fold], [fresh[i] for i in at]).items():
            for i, value in zip(at, chances):
                chance[i][group] = value
    scores("rules", rules)
    scores("text", [{g for g, v in c.items() if v > 0.3} for c in chance])
    for bar in (0.6, 0.8, 0.95):
        scores("rules, or text above %.2f" % bar, [r | {g for g, v in c.items() if v > bar} for r, c in zip(rules, chance)])
    for bar in (0.02, 0.05):
        scores("rules, unless text under %.2f" % bar, [{g for g in r if c.get(g, 1) >= bar} for r, c in zip(rules, chance)])
    for seed in (1, 2, 3):
        scores("both in one model, folds %d" % seed, stacked(rules, chance, seed))


main()
