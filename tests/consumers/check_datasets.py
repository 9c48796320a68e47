"""Consumers: Hugging Face `datasets` and PyArrow, DuckDB and polars, for the JSONL and Parquet exports.

Each must read the same text, fragments, labels, attributes, notes and relations as golden, and cut out of the text,
with its own string functions, exactly what the export says stands there (all four count code points)."""
import json
import os
import tempfile

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HOME=tempfile.mkdtemp(), HF_DATASETS_DISABLE_PROGRESS_BARS="1")
import datasets
import duckdb
import polars
import pyarrow.parquet

import golden
import layout

datasets.disable_progress_bars()
run = golden.Checks()
want = [golden.whole(r) for r in run.golden]


def records(rows):
    """Compares rows of whole records."""
    got = []
    for row in rows:
        annotations = []
        for a in row.get("annotations") or []:
            a = dict(a, spans=layout.spans(a.get("fragments") or a["spans"]), attributes=layout.attributes(a.get("attributes")), note=a.get("note") or "")
            there = [row["text"][s:e] for s, e in a["spans"]]
            assert there == list(a["text"]), f"{a['id']} says {a['text']}, its offsets say {there}"
            annotations.append(a)
        got.append(golden.whole(dict(text=row["text"], annotations=annotations, relations=row.get("relations") or [])))
    golden.same(got, want)
    return f"{len(got)} records, {sum(len(r['spans']) for r in got)} annotations"


def fragments(rows):
    """Compares rows of one fragment each."""
    got = []
    for tags in layout.tags(rows).values():
        annotations = [
            dict(id=id_, label=r[0]["label"], spans=[(x["start"], x["end"]) for x in r], note=r[0].get("note") or "",
                 attributes=layout.attributes(r[0][layout.ATTRIBUTES])) for id_, r in tags.items()]
        got.append(golden.whole(dict(text=None, annotations=annotations, relations=[])) | {"relations": None})
    golden.same(got, want)
    return f"{len(rows)} fragments"


def cut(rows):
    """What a database's own substring function gave, beside what the export says."""
    for said, there in rows:
        assert said == there, f"the export says {said!r}, the offsets give {there!r}"
    assert len(rows) == sum(sum(golden.pieces(r).values()) for r in run.golden), f"{len(rows)} fragments"
    return f"{len(rows)} fragments cut by its own substring"


def hugging_face(kind, file):
    table = datasets.load_dataset(kind, data_files=str(file), split="train", cache_dir=tempfile.mkdtemp())
    return records(table)


def in_duckdb(read, file):
    start, end = ("a.fragments[i].start", 'a.fragments[i]."end"') if read == "read_parquet" else ("a.spans[i][1]", "a.spans[i][2]")
    return cut(duckdb.sql(f"""
        select a.text[i], substring(text, {start} + 1, {end} - {start})
        from (select text, a, unnest(range(1, len(a.text) + 1)) i
            from (select text, unnest(annotations) a from {read}('{file}')))""").fetchall())


def in_polars(file):
    rows = polars.read_parquet(file) if file.suffix == ".parquet" else polars.read_ndjson(file, infer_schema_length=None)
    field = polars.col("annotations").struct.field
    rows = rows.select("text", "annotations").explode("annotations").drop_nulls("annotations")
    rows = rows.select("text", span=field("fragments" if file.suffix == ".parquet" else "spans"), said=field("text")).explode("span", "said")
    first, last = [polars.col("span").struct.field(f) if isinstance(rows.schema["span"], polars.Struct) else polars.col("span").list.get(i)
                   for i, f in enumerate(("start", "end"))]
    rows = rows.with_columns(there=polars.col("text").str.slice(first, last - first))
    return cut(list(rows.select("said", "there").iter_rows()))


jsonl, records_parquet = run.folder / "records.jsonl", run.folder / "records.parquet"
run.check("jsonl", "python json", "3", lambda: records([json.loads(x) for x in open(jsonl, encoding="utf-8")]))
run.check("jsonl", "str.splitlines", "3", lambda: records([json.loads(x) for x in jsonl.read_text("utf-8").splitlines()]))
run.check("jsonl", "datasets", datasets.__version__, hugging_face, "json", jsonl)
run.check("jsonl", "duckdb", duckdb.__version__, in_duckdb, "read_json", jsonl)
run.check("jsonl", "polars", polars.__version__, in_polars, jsonl)
for file in (records_parquet, run.folder / "parquet/records.parquet"):
    run.check("parquet", "pyarrow", pyarrow.__version__, lambda: records(pyarrow.parquet.read_table(file).to_pylist()))
    run.check("parquet", "datasets", datasets.__version__, hugging_face, "parquet", file)
    run.check("parquet", "duckdb", duckdb.__version__, in_duckdb, "read_parquet", file)
    run.check("parquet", "polars", polars.__version__, in_polars, file)
flat = run.folder / "parquet/annotations.parquet"
run.check("parquet, flat", "pyarrow", pyarrow.__version__, lambda: fragments(pyarrow.parquet.read_table(flat).to_pylist()))
run.done()
