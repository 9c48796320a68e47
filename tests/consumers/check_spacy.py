"""Consumer: spaCy, for the DocBin and the Prodigy JSONL.

The DocBin's texts must be golden's to the character, and doc.spans["sc"] golden's spans, widened to whole tokens where
a span ends inside one; fragments may be spans of their own or one span over all. `spacy debug data` must find no
error in it as training data for spancat. A Doc made of the Prodigy file's tokens must have the same text, a strict
char_span for every span with the tokens that the file gives, and the file's relations must be golden's.
What the formats cannot hold: which fragments belong together; in the DocBin relations, attributes and notes."""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

import golden
import layout

run = golden.Checks()
vocab = spacy.blank("xx").vocab


def compare(got, tokens_of):
    """Compares records, golden's spans widened to the tokens that their text has in the export."""
    want = [golden.widened(r, tokens_of[r["text"]]) if r["text"] in tokens_of else r for r in run.golden]
    without = {"attributes": None, "notes": None}
    golden.same_one_way(got, *[[w | without for w in way] for way in zip(*map(golden.in_one_piece, want))])
    return f"{len(got)} docs, {sum(sum(r['spans'].values()) for r in got)} spans"


def offsets(doc):
    return [(t.idx, t.idx + len(t)) for t in doc]


def docbin(file):
    docs = list(DocBin().from_disk(file).get_docs(vocab))
    got = [golden.seen(d.text, [(((s.start_char, s.end_char),), s.label_) for s in d.spans.get(layout.SPACY_KEY, ())]) for d in docs]
    return compare(got, {d.text: offsets(d) for d in docs})


def prodigy(file):
    got, tokens_of = [], {}
    for line in file.read_text("utf-8").splitlines():
        task = json.loads(line)
        doc = Doc(vocab, words=[t["text"] for t in task["tokens"]], spaces=[t["ws"] for t in task["tokens"]])
        assert doc.text == task["text"], f"the tokens make another text: {golden.short(doc.text)}"
        assert offsets(doc) == [(t["start"], t["end"]) for t in task["tokens"]], "the tokens' offsets are not theirs"
        assert [t["id"] for t in task["tokens"]] == list(range(len(doc))), "token ids"
        for s in task.get("spans", []):
            span = doc.char_span(s["start"], s["end"])
            assert span is not None, f"no whole tokens: {s} {doc.text[s['start']:s['end']]!r}"
            assert (span.start, span.end - 1) == (s["token_start"], s["token_end"]), f"other tokens: {s}"
        key = lambda s: (((s["start"], s["end"]),), s["label"])
        relations = []
        for r in task.get("relations", []):
            for end, side in (("head", "head_span"), ("child", "child_span")):
                assert r[side]["token_start"] <= r[end] <= r[side]["token_end"], f"{end} is outside {side}: {r}"
            relations.append((r["label"], key(r["head_span"]), key(r["child_span"])))
        got.append(golden.seen(doc.text, map(key, task.get("spans", [])), relations))
        tokens_of[doc.text] = offsets(doc)
    return compare(got, tokens_of)


def debug_data(file):
    docs = list(DocBin().from_disk(file).get_docs(vocab))
    with tempfile.TemporaryDirectory() as folder:
        # It calls fewer than a hundred texts an error, so the same ones come again.
        config, train = Path(folder, "config.cfg"), Path(folder, "train.spacy")
        DocBin(docs=docs * (200 // len(docs))).to_disk(train)
        for command in (["init", "config", str(config), "--lang", "xx", "--pipeline", "spancat"],
                        ["debug", "data", str(config), "--paths.train", str(train), "--paths.dev", str(train), "--no-format"]):
            done = subprocess.run([sys.executable, "-m", "spacy", *command], capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, f"spacy {command[0]} {command[1]}: {(done.stdout + done.stderr)[-1500:]}"
    labels = sorted({a["label"] for r in run.golden for a in r["annotations"]})
    unknown = [label for label in labels if label not in done.stdout]
    assert not unknown, f"it saw no {unknown}: {done.stdout[-800:]}"
    return "no error in it as training data"


run.check("spacy", "spacy", spacy.__version__, docbin, run.folder / "docs.spacy")
run.check("spacy", "spacy debug data", spacy.__version__, debug_data, run.folder / "docs.spacy")
run.check("prodigy", "spacy", spacy.__version__, prodigy, run.folder / "prodigy.jsonl")
run.done()
