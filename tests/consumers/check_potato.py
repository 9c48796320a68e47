"""Consumer: potato-annotation, whose importers read brat, CoNLL, doccano, Prodigy, REFI-QDA and TEI.

Each must give golden's texts and spans: brat all fragments, REFI-QDA a span a fragment, doccano and Prodigy one way or
the other. Where potato makes a text anew from tokens or from paragraphs (CoNLL, TEI),
the words of the spans are compared, white space aside. It refuses relations of brat with a warning; no other warning
may come, but for REFI-QDA's about ends that are exclusive."""
import json
import logging

from potato.importers.text.brat_importer import BratImporter
from potato.importers.text.conll_importer import CoNLLImporter
from potato.importers.text.doccano_importer import DoccanoImporter
from potato.importers.text.prodigy_importer import ProdigyImporter
from potato.importers.text.qdpx_importer import QDPXImporter
from potato.importers.text.tei import TEIImporter

import golden

logging.disable(logging.CRITICAL)
run = golden.Checks()


def imported(importer, path, options=None, expected_warning=None):
    """The documents, with no warning but those of the kind that is expected."""
    result = importer.parse_path(path, options)
    surprising = [w for w in result.warnings if expected_warning is None or expected_warning not in w]
    assert not surprising, f"warnings: {surprising[:4]}"
    problems = [p for d in result.documents for p in d.verify_offsets()]
    assert not problems, f"{problems[:4]}"
    return result.documents


def spans(document):
    for s in document.spans:
        rest = [(p["start"], p["end"]) for p in s.additional_parts]
        yield tuple(sorted([(s.start, s.end), *rest])), s.label


def compare(documents, *ways):
    """Compares spans only."""
    got = [golden.seen(d.text, spans(d)) for d in documents]
    golden.same_one_way(got, *ways)
    return f"{len(got)} documents, {sum(len(d.spans) for d in documents)} spans"


def either():
    return list(zip(*map(golden.in_one_piece, run.golden)))


def qdpx(file):
    """It takes the values of attributes, which are codes, too, for labels: those are set aside."""
    labels = {a["label"] for r in run.golden for a in r["annotations"]}
    documents = imported(QDPXImporter(), file, expected_warning="EXCLUSIVELY")
    for d in documents:
        d.spans = [s for s in d.spans if s.label in labels]
    by_text = {}
    for d in documents:  # a text that several people worked on is one source
        by_text.setdefault(d.text, []).extend(spans(d))
    want = {r["text"]: [] for r in run.golden}
    for r in run.golden:
        want[r["text"]] += golden.single(r)["spans"].elements()
    for text in want:
        golden.equal(golden.short(text), by_text.get(text, ()), want[text])
    return f"{len(documents)} documents, {sum(len(d.spans) for d in documents)} spans"


def prodigy(file):
    """Golden's spans are first widened to the tokens in the file, as Prodigy wants them."""
    tasks = map(json.loads, file.read_text("utf-8").splitlines())
    tokens = {t["text"]: [(x["start"], x["end"]) for x in t["tokens"]] for t in tasks}
    want = [golden.widened(r, tokens[r["text"]]) if r["text"] in tokens else r for r in run.golden]
    return compare(imported(ProdigyImporter(), file), *zip(*map(golden.in_one_piece, want)))


def words(text):
    return "".join(text.split())


def by_words(documents):
    """Compares the words of fragments, in texts that were made anew. A text that several annotators worked on is
    read as several documents."""
    got = [(s.label, words(d.text[s.start:s.end])) for d in documents for s in d.spans]
    text = sorted(words(r["text"]) for r in run.golden if r["annotations"])
    want = [(a["label"], words(r["text"][s:e])) for r in run.golden for a in r["annotations"] for s, e in a["spans"]]
    return got, want, text


def conll(file):
    """The flat column: nothing that golden does not have, and every text."""
    documents = imported(CoNLLImporter(), file, {"conll_document_unit": "file"})
    got, want, texts = by_words(documents)
    read = words("".join(d.text for d in documents))
    missing = [golden.short(t) for t in texts if t not in read]
    assert not missing, f"texts it did not read: {missing}"
    whole = [w for _, w in want]
    cut = [g for g in got if not any(g[1] in w or w in g[1] for w in whole)]
    assert not cut, f"spans that golden does not have: {cut[:5]}"
    return f"{len(got)} spans, all of golden's words"


def tei(folder):
    """It takes the first range of each annotation, and its label from a note if there is one: so the words alone,
    and of a fragment over a line's end, which is two ranges, those of the first line."""
    documents = imported(TEIImporter(), folder)
    got = [w for _, w in by_words(documents)[0]]
    for record in run.golden:
        for a in record["annotations"]:
            whole = words(record["text"][slice(*a["spans"][0])])
            match = max((g for g in got if whole.startswith(g)), key=len, default=None)
            assert match, f"it did not read {whole!r}"
            got.remove(match)
    assert not got, f"spans that golden does not have: {got[:5]}"
    return f"{len(documents)} paragraphs"


run.check("brat", "potato", golden.version("potato-annotation"), lambda: compare(
    imported(BratImporter(), run.folder / "brat", expected_warning="relation"),
    [golden.reduced(r, golden.lines) for r in run.golden]))
run.check("conll flat", "potato", golden.version("potato-annotation"), conll, run.folder / "flat.conll")
run.check("doccano-py", "potato", golden.version("potato-annotation"), lambda: compare(
    imported(DoccanoImporter(), run.folder / "doccano-py.jsonl"), *either()))
run.check("prodigy", "potato", golden.version("potato-annotation"), prodigy, run.folder / "prodigy.jsonl")
run.check("qdpx", "potato", golden.version("potato-annotation"), qdpx, run.folder / "project.qdpx")
run.check("tei", "potato", golden.version("potato-annotation"), tei, run.folder / "tei")
run.done()
