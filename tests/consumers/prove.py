"""Holds that the checks can fail: spoils one offset, label or word in each export, in a copy, and runs its check.

`python3 prove.py EXPORTS GOLDEN LABEL_STUDIO_PYTHON DOCCANO_PYTHON`"""
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import golden
import layout

exports, record, label_studio, doccano = sys.argv[1:5]


def more(match):
    """The match with its last number raised by one."""
    return re.sub(r"\d+(?=\D*$)", lambda n: str(int(n[0]) + 1), match[0])


def first(pattern, change=more):
    """Changes the first match in the first file that has one."""
    def spoil(path):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            source = file.read_bytes().decode()
            spoiled, n = re.subn(pattern, change, source, count=1)
            if n and spoiled != source:
                file.write_bytes(spoiled.encode())
                return
        raise SystemExit(f"nothing to spoil in {path}: {pattern}")
    return spoil


def zipped(member, pattern):
    def spoil(path):
        with zipfile.ZipFile(path) as z:
            parts = {n: z.read(n) for n in z.namelist()}
        name = next(n for n in parts if re.search(member, n))
        spoiled = re.sub(pattern, more, parts[name].decode(), count=1)
        assert spoiled != parts[name].decode(), f"nothing to spoil in {name}"
        parts[name] = spoiled.encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
            for n, content in parts.items():
                z.writestr(n, content)
    return spoil


def parquet(path):
    import pyarrow
    import pyarrow.parquet
    file = path / "annotations.parquet" if path.is_dir() else path
    table = pyarrow.parquet.read_table(file)
    rows = table.to_pylist()
    if path.is_dir():
        rows[0][layout.START] += 1
    else:
        next(r for r in rows if r["annotations"])["annotations"][0]["label"] = "claim"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=table.schema), file)


def workbook(path):
    import openpyxl
    book = openpyxl.load_workbook(path)
    sheet, column = next((s, c.column) for s in book for c in s[1] if c.value == layout.END)
    sheet.cell(2, column).value += 1
    book.save(path)


def docbin(path):
    import spacy
    from spacy.tokens import DocBin
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    doc = next(d for d in docs if d.spans.get(layout.SPACY_KEY))
    spans = list(doc.spans[layout.SPACY_KEY])
    doc.spans[layout.SPACY_KEY] = [doc[spans[0].start:spans[0].end + 1], *spans[1:]]
    DocBin(docs=docs).to_disk(path)


B_TAG = first(r"B-(\w+)", lambda m: "B-claim" if m[1] != "claim" else "B-quote")
# name in layout.EXPORTS -> the script that must fail, and how the export is spoiled
WAYS = {
    "records.jsonl": ("datasets", first(r'"spans":\s*\[\[\d+')),
    "records.parquet": ("datasets", parquet),
    "parquet/": ("datasets", parquet),
    "table.csv": ("tables", first(r",\d+,\d+,(?=[^\d])")),
    "sheet.csv": ("tables", first(r",\d+,\d+,(?=[^\d])")),
    "table.xlsx": ("tables", workbook),
    "brat": ("brat", first(r"T1\t\w+ \d+")),
    "columns.conll": ("conll", B_TAG),
    "flat.conll": ("conll", B_TAG),
    "bilou.conll": ("conll", first(r"U-(\w+)", lambda m: "L-" + m[1])),
    "docs.spacy": ("spacy", docbin),
    "prodigy.jsonl": ("spacy", first(r'"token_start":\s*\d+')),
    "label-studio": ("label_studio", first(r'"end":\s*\d+')),
    "doccano.jsonl": ("doccano", first(r'"end_offset":\s*\d+')),
    "doccano-py.jsonl": ("potato", first(r'"end_offset":\s*\d+')),
    "w3c.jsonl": ("w3c", first(r'"end":\s*\d+')),
    "w3c-browser.jsonl": ("w3c", first(r'"end":\s*\d+')),
    "uima": ("uima", first(r'(?s)Span [^>]*?end="\d+|"end"\s*:\s*\d+')),
    "webanno": ("webanno", first(r"(quote|source)\[", lambda m: "denial[")),
    "project.qdpx": ("qdpx", zipped(r"project\.qde", r'startPosition="\d+')),
    "tei": ("tei", first(r"string-range\([^,]*,\s*\d+")),
    "claimreview.jsonl": ("claimreview", first(r'"claimReviewed":\s*"', lambda m: m[0] + "x")),
    "triples.csv": ("tables", first(r",\d+,\d+,(?=[^\d])")),
}
missed = 0
for name in layout.EXPORTS:
    script, spoil = WAYS[name]
    python = {"label_studio": label_studio, "doccano": doccano}.get(script, sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(exports, copy)
        spoil(copy / name)
        done = subprocess.run([python, "-W", "ignore", str(golden.HERE / f"check_{script}.py"), str(copy), record],
                              capture_output=True, text=True)
    caught = done.returncode != 0 and "FAILED" in done.stdout
    missed += not caught
    what = next((x for x in done.stdout.splitlines() if x.startswith("FAILED")), "NOT CAUGHT")
    print(f"spoiled {name}: {what[:150]}", flush=True)
sys.exit(1 if missed else 0)
