"""Consumers: Python's csv, DuckDB's read_csv, openpyxl and LibreOffice (headless), for CSV, the CSV for spreadsheets,
XLSX and the triples.

Each must read golden's fragments, labels, attributes and notes; in XLSX relations too. No cell may be a formula in
XLSX, nor in the CSV for spreadsheets when LibreOffice opens it with its most eager settings; there a leading
apostrophe may stand before what would have become one."""
import csv
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import openpyxl

import golden
import layout

run = golden.Checks()
by_all = [golden.whole(r) for r in run.golden]
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
csv.field_size_limit(1 << 30)


def compare(rows, relations=()):
    """Rows of one fragment each, and rows of relations if the format has them."""
    assert rows and layout.TEXT in rows[0], f"the columns are {list(rows[0]) if rows else []}"
    got, in_rows = [], layout.RELATIONS in rows[0]
    for name, tags in layout.tags(rows).items():
        annotations, ties = [], [r for r in relations if (r[layout.DOCUMENT], r[layout.ANNOTATOR]) == name]
        for id_, fragments in tags.items():
            first = fragments[0]
            annotations.append(dict(
                id=id_, label=first[layout.LABEL], note=first.get(layout.NOTE) or "",
                spans=[(int(r[layout.START]), int(r[layout.END])) for r in fragments],
                attributes=layout.attributes(first[layout.ATTRIBUTES])))
            ties += [dict(t, **{"from": id_}) for t in json.loads(first.get(layout.RELATIONS) or "[]")]
        one = golden.whole(dict(text=None, annotations=annotations, relations=ties))
        got.append(one if relations or in_rows else one | {"relations": None})
    golden.same(got, by_all)
    # The exact words: fragments do not say which text they are of, so all records together.
    golden.equal("words", [(r[layout.TEXT], int(r[layout.START])) for r in rows if r[layout.ANNOTATION]],
                 [(r["text"][s:e], s) for r in run.golden for a in r["annotations"] for s, e in a["spans"]])
    return f"{sum(1 for r in rows if r[layout.ANNOTATION])} fragments" + (f", {len(relations)} relations" if relations else "")


def read(file, encoding="utf-8"):
    with open(file, encoding=encoding, newline="") as f:
        return list(csv.DictReader(f))


def in_duckdb(file):
    table = duckdb.sql(f"select * from read_csv('{file}', all_varchar=true, header=true, null_padding=false)")
    return compare([dict(zip(table.columns, (v or "" for v in row))) for row in table.fetchall()])


def bare(rows):
    """Rows without the apostrophes that keep spreadsheets from calculating."""
    off = lambda v: v[1:] if isinstance(v, str) and v[:1] == "'" and v.lstrip("'").startswith(DANGEROUS) else v
    for row in rows:
        for value in row.values():
            assert not (isinstance(value, str) and value.startswith(DANGEROUS)), f"not defused: {value!r}"
    return [{n: off(v) for n, v in row.items()} for row in rows]


def sheets_of(tables):
    """The rows of fragments and of relations, among tables that are lists of rows with the header first."""
    dicts = [[dict(zip(t[0], [*row, *[""] * len(t[0])])) for row in t[1:] if any(c not in ("", None) for c in row)] for t in tables if t]
    headers = [t[0] for t in tables if t]
    fragments = [d for d, h in zip(dicts, headers) if layout.TEXT in h and layout.FRAGMENT in h]
    relations = [d for d, h in zip(dicts, headers) if all(c in h for c in layout.RELATION)]
    assert len(fragments) == 1, f"the sheets have the columns {headers}"
    return fragments[0], relations[0] if relations else []


def in_openpyxl(file):
    book = openpyxl.load_workbook(file)
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    formulas = [f"{c.coordinate} {c.value!r}" for c in cells if c.data_type == "f"]
    assert not formulas, f"formulas: {formulas}"
    fragments, relations = sheets_of([[list(r) for r in sheet.iter_rows(values_only=True)] for sheet in book])
    numbers = [r[layout.START] for r in fragments if not isinstance(r[layout.START], int)]
    assert not numbers, f"offsets that are no numbers: {numbers[:5]}"
    assert relations, "no sheet of relations"
    return compare(fragments, relations) + ", 0 formulas"


def in_libreoffice(file, *filters):
    """The sheets as LibreOffice sees them: formulas counted, cells as text."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile", *filters,
                        "--convert-to", "fods", "--outdir", folder, str(file)], capture_output=True, timeout=180)
        made = Path(folder, file.stem + ".fods")
        assert made.exists(), "LibreOffice could not open it"
        tree = ElementTree.parse(made)
    ns = {p: f"{{urn:oasis:names:tc:opendocument:xmlns:{p}:1.0}}" for p in ("table", "text")}
    formulas = [c.get(ns["table"] + "formula") for c in tree.iter(ns["table"] + "table-cell") if c.get(ns["table"] + "formula")]
    assert not formulas, f"{len(formulas)} live formulas: {formulas[:5]}"

    def words(element):
        tag = element.tag.removeprefix(ns["text"])
        own = {"s": " " * int(element.get(ns["text"] + "c", 1)), "tab": "\t", "line-break": "\n"}.get(tag, element.text or "")
        return own + "".join(words(child) + (child.tail or "") for child in element)

    tables = []
    for table in tree.iter(ns["table"] + "table"):
        rows = []
        for row in table.iter(ns["table"] + "table-row"):
            cells = []
            for cell in row.findall(ns["table"] + "table-cell"):
                times = int(cell.get(ns["table"] + "number-columns-repeated", 1))
                cells += ["\n".join(words(p) for p in cell.findall(ns["text"] + "p"))] * (times if times < 1000 else 1)
            rows.append(cells)
        tables.append(rows)
    return tables


def spreadsheet(file):
    # comma, quote, UTF-8, from line 1, no quoted-is-text, special numbers are looked for: what may go wrong, does
    fragments, _ = sheets_of(in_libreoffice(file, "--infilter=CSV:44,34,76,1,,0,false,true"))
    return compare(bare(fragments)) + ", 0 formulas"


def workbook(file):
    return compare(*sheets_of(in_libreoffice(file))) + ", 0 formulas"


def triples(file):
    """One row an attribution: golden's `attributed_to`, with the words at both ends."""
    rows, want = read(file), []
    for r in run.golden:
        by_id = {a["id"]: a for a in r["annotations"]}
        for tie in r["relations"]:
            if tie["kind"] == "attributed_to":
                source, content = by_id[tie["to"]], by_id[tie["from"]]
                want.append((*extent(source), *extent(content), content["label"]))
    missing = [c for c in layout.TRIPLE if not rows or c not in rows[0]]
    assert not missing, f"no column {missing} among {list(rows[0]) if rows else []}"
    golden.equal("attributions", [(*(int(row[c]) for c in layout.TRIPLE[:4]), row[layout.TRIPLE[4]]) for row in rows], want)
    return f"{len(rows)} attributions"


def extent(annotation):
    return annotation["spans"][0][0], annotation["spans"][-1][1]


office = shutil.which("soffice")
version = office and subprocess.run([office, "--version"], capture_output=True, text=True).stdout.split()[1] or "missing"
table, sheet, book = run.folder / "table.csv", run.folder / "sheet.csv", run.folder / "table.xlsx"
run.check("csv", "python csv", "3", lambda: compare(read(table)))
run.check("csv", "duckdb", duckdb.__version__, in_duckdb, table)
run.check("csv --spreadsheet", "python csv", "3", lambda: compare(bare(read(sheet, "utf-8-sig"))))
run.check("csv --spreadsheet", "libreoffice", version, spreadsheet, sheet)
run.check("xlsx", "openpyxl", openpyxl.__version__, in_openpyxl, book)
run.check("xlsx", "libreoffice", version, workbook, book)
run.check("triples", "python csv", "3", triples, run.folder / "triples.csv")
run.done()
