"""Consumers: seqeval and nervaluate, for the CoNLL exports: a column a label (IOB2, BILOU) and one flat column.

The tokens, put one after another, must be golden's text without white space and invisible signs. Tags must be valid under seqeval's
strict scheme. In a label's own column every fragment of golden must be there, cut where a sentence ends and widened
to whole tokens, unless it shares a token with another of the same label; and nothing that golden does not have.
nervaluate must call them all correct. In the flat column those must be there that share no token with any other.
What the format cannot hold: offsets, white space, relations, attributes, notes, which fragments belong together."""
from collections import Counter

from nervaluate import Evaluator
from seqeval.scheme import BILOU, IOB2, Entities

import golden

run = golden.Checks()
LABELS = sorted({a["label"] for r in run.golden for a in r["annotations"]})


def read(file):
    """Documents, each a list of sentences, each a list of rows. Split at tabs or single spaces only: `split()` would
    break a token at its no-break space. A line of comment is `# NAME = …`."""
    documents, sentence = [[]], []
    is_comment = lambda line: line.startswith("# ") and " = " in line
    for line in [*file.read_bytes().decode().split("\n"), ""]:
        row = line.split("\t" if "\t" in line else " ")
        if not line or row[0] == "-DOCSTART-" or is_comment(line):
            if sentence:
                documents[-1].append(sentence)
                sentence = []
            if row[0] == "-DOCSTART-" or line.startswith("# newdoc"):
                documents.append([])
        else:
            sentence.append(row)
    return [d for d in documents if d]


def columns(documents):
    """Which column has which label's tags, by what stands in them; the flat column has several."""
    found = {}
    for column in range(1, len(documents[0][0][0])):
        labels = {row[column][2:] for d in documents for s in d for row in s if row[column][:2] in ("B-", "I-", "L-", "U-")}
        if labels:
            found[column] = labels
    return found


def place(document):
    """The record that a document's tokens are the text of, and the tokens' offsets, sentence by sentence."""
    letters = golden.solid("".join(row[0] for s in document for row in s))
    records = [r for r in run.golden if golden.solid(r["text"]) == letters]
    assert records, f"tokens that are no text of golden: {letters[:60]!r}"
    text, at, sentences = records[0]["text"], 0, []
    for sentence in document:
        sentences.append([])
        for row in sentence:
            start = text.index(row[0], at)
            assert not golden.solid(text[at:start]), f"{text[at:start]!r} is in no token"
            at = start + len(row[0])
            sentences[-1].append((start, at))
    return records, sentences


def expected(record, sentences, label=None):
    """Golden's fragments as runs of tokens (sentence, first, last, label), and those of annotations that share a token
    with another: they are written whole or not at all."""
    pieces = []
    for annotation in record["annotations"]:
        if label not in (None, annotation["label"]):
            continue
        runs = []
        for s, e in annotation["spans"]:
            for number, tokens in enumerate(sentences):
                inside = [i for i, (a, b) in enumerate(tokens) if a < e and s < b]
                if inside:
                    runs.append((number, inside[0], inside[-1], annotation["label"]))
        pieces.append(runs)
    taken = Counter((p[0], i) for runs in pieces for p in runs for i in range(p[1], p[2] + 1))
    shares = lambda runs: any(taken[p[0], i] > 1 for p in runs for i in range(p[1], p[2] + 1))
    return [p for runs in pieces for p in runs], [p for runs in pieces if shares(runs) for p in runs]


def iob2(sentences, pieces):
    tags = [["O"] * len(tokens) for tokens in sentences]
    for number, first, last, label in pieces:
        tags[number][first:last + 1] = ["B-" + label] + ["I-" + label] * (last - first)
    return tags


def one_column(file, scheme, flat):
    documents = read(file)
    used = columns(documents)
    if flat:
        assert len(used) == 1, f"tags in the columns {used}"
    else:
        assert sorted(l for ls in used.values() for l in ls) == LABELS, f"labels by column: {used}"
    open_, held, shared = list(run.golden), 0, 0
    for document in documents:
        candidates, sentences = place(document)
        problems = []
        for record in [r for r in candidates if r in open_]:
            counts, problem = held_by(document, record, sentences, used, scheme, flat)
            if not problem:
                open_.remove(record)
                held, shared = held + counts[0], shared + counts[1]
                break
            problems.append(problem)
        else:
            raise AssertionError(min(problems, key=len, default="a document twice"))
    missing = [r["id"] for r in open_ if r["annotations"]]
    assert not missing, f"not exported: {missing}"
    return f"{len(documents)} documents, {held} runs of tokens, {shared} more that share tokens"


def held_by(document, record, sentences, used, scheme, flat):
    held = shared = 0
    for column, labels in used.items():
        rows = [[row[column] for row in s] for s in document]
        strict = {(e.sent_id, e.start, e.end - 1, e.tag) for s in Entities(rows, scheme).entities for e in s}
        covered = {(n, i) for n, first, last, _ in strict for i in range(first, last + 1)}
        outside = [(n, i, tag) for n, tags in enumerate(rows) for i, tag in enumerate(tags) if tag != "O" and (n, i) not in covered]
        if outside:
            return None, f"not valid {scheme.__name__}: {outside[:5]} (sentence, token, tag)"
        want, sharing = expected(record, sentences, None if flat else next(iter(labels)))
        must = [p for p in want if p not in sharing]
        lost, invented = [p for p in must if p not in strict], [p for p in strict if p not in want]
        if not flat:
            invented = [p for p in invented if not any(p[0] == q[0] and p[1] <= q[2] and q[1] <= p[2] for q in sharing)]
        if lost or invented:
            words = lambda ps: [(p[3], record["text"][sentences[p[0]][p[1]][0]:sentences[p[0]][p[2]][1]]) for p in ps[:5]]
            return None, f"lost {words(lost)}, invented {words(invented)}"
        held, shared = held + len(strict), shared + len(set(sharing) - strict)
        if scheme is IOB2 and must:
            contested = {(p[0], i) for p in sharing for i in range(p[1], p[2] + 1)}
            exported = [["O" if (n, i) in contested else tag for i, tag in enumerate(tags)] for n, tags in enumerate(rows)]
            result = Evaluator(iob2(sentences, must), exported, tags=sorted(labels), loader="list").evaluate()
            if result["overall"]["strict"].f1 != 1:
                return None, f"nervaluate gives {result['overall']['strict']}"
    return (held, shared), None


for name, scheme, flat in (("columns", IOB2, False), ("bilou", BILOU, False), ("flat", IOB2, True)):
    file = run.folder / f"{name}.conll"
    consumer, versions = "seqeval, nervaluate", f"{golden.version('seqeval')}, {golden.version('nervaluate')}"
    if scheme is BILOU:
        consumer, versions = "seqeval", golden.version("seqeval")
    run.check(f"conll {name}", consumer, versions, one_column, file, scheme, flat)
run.done()
