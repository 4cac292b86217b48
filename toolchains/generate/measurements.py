"""Tables of docs/ that come from a run: <!-- generated: measurement NAME --> is what docs/measurements/NAME.json holds,
and <!-- generated: targets --> what docs/targets.json does.

A file has what was measured, processor, compiler, date, command and conditions of the run, null where nobody wrote them
down; `columns`, a heading each; and `rows`, a list each: its name, or several, and then a number or a list of numbers a
cell. `form` says how a cell's numbers are written, one for all cells or one a column; a row that has another is an object
with `form` and `cells`. A range is a text. Numbers are written with the digits that the file has. `names` is how many of a
row's first cells are names: one that repeats the name above it is left empty.
"""
import importlib.util
import json
from decimal import Decimal
from pathlib import Path

KEYS = ("what", "processor", "compiler", "date", "command", "conditions", "columns", "rows")


def load(root, name):
    path = Path(root) / "docs" / "measurements" / f"{name}.json"
    # Decimal keeps the digits: 1.80 is measured to one more than 1.8.
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    missing = [key for key in KEYS if key not in data]
    if missing:
        raise SystemExit(f"{path} has no {', '.join(missing)}")
    return data


def written(cell, form):
    """The numbers of a cell in its form, '{} ({} %)'; without one, or with another count of them, between commas."""
    if cell is None:
        return ""
    numbers = [str(x) for x in (cell if isinstance(cell, list) else [cell])]
    if form is None or form.count("{}") != len(numbers):
        return ", ".join(numbers)
    return form.format(*numbers)


def table(root, name):
    data = load(root, name)
    columns, names = data["columns"], data.get("names", 1)
    rule = ["-"] * names + [data.get("align", "-")] * (len(columns) - names)
    lines = ["| " + " | ".join(columns) + " |", "|" + "|".join(rule) + "|"]
    above = None
    for row in data["rows"]:
        form = data.get("form")
        if isinstance(row, dict):
            form, row = row.get("form"), row["cells"]
        if len(row) != len(columns):
            raise SystemExit(f"docs/measurements/{name}.json: {row} has not the {len(columns)} cells of its columns")
        forms = form if isinstance(form, list) else [form] * (len(columns) - names)
        head = [str(x) for x in row[:names]]
        if names > 1 and above == head[0]:
            shown = ["", *head[1:]]
        else:
            shown = head
        above = head[0]
        cells = shown + [written(c, f) for c, f in zip(row[names:], forms)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines).replace("|  |", "| |")


def targets(root):
    """docs/targets.json as a table."""
    spec = importlib.util.spec_from_file_location("targets", Path(root) / "bench" / "targets.py")
    aims = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(aims)
    try:
        rows = aims.load(Path(root) / "docs" / "targets.json")
    except aims.malformed as problem:
        raise SystemExit(f"generate: {problem}") from None
    return "\n".join([*aims.table(rows), "", aims.summary(rows)])


BLOCKS = {"measurement": table, "targets": targets}
