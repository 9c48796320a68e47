"""Prints what the checks printed as one table, with a column for each project, and then what failed in full.

`python3 table.py FOLDER`: FOLDER/PROJECT/SCRIPT.out is what a script printed, SCRIPT.code its exit status."""
import sys
from pathlib import Path

rows, details, passed, failed = {}, [], 0, 0
projects = sorted(p.name for p in Path(sys.argv[1]).iterdir() if p.is_dir())
for project in projects:
    for file in sorted(Path(sys.argv[1], project).glob("*.out")):
        lines = file.read_text("utf-8", "replace").split("\n")
        results = [line.split("\t", 4) for line in lines if line.startswith(("OK\t", "FAILED\t"))]
        code = file.with_suffix(".code").read_text().strip()
        if code != "0" and not any(r[0] == "FAILED" for r in results):
            results.append(["FAILED", file.stem, "it broke off", code, "\n".join(lines[-15:])])
        for result, format_, consumer, version, words in results:
            rows.setdefault((format_, consumer, version), {}).setdefault(project, []).append(result)
            passed, failed = passed + (result == "OK"), failed + (result != "OK")
        if any(r[0] == "FAILED" for r in results):
            details.append(f"{project}, {file.stem}:\n" + "\n".join(lines if len(lines) < 60 else lines[-60:]))

head = ("format", "consumer", "version", *projects)
cells = [head, *((*k, *("OK" if set(v.get(p, [])) == {"OK"} else "FAILED" if p in v else "–" for p in projects)) for k, v in rows.items())]
widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
for row in cells:
    print("  ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip())
for detail in details:
    print("\n" + detail)
print(f"\nconsumers: {passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
