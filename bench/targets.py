"""docs/targets.json: what the project aims at, and what was measured. A row has

    what        in words
    row         the benchmark row that yields it, or null where it is filled in by hand; step/ours/… is the fastest of
                ours
    counter     the counter of that row, or null. times_best_peer of step/ours/… is made here: the time of the fastest
                peer over that of the fastest of ours
    aim         {"at_least": number} or {"at_most": number}
    measured    a number, or null where it has not been yet
    unit        of both
    limit       what binds, or null where nobody knows
    vectors     the widest ones that the benchmark was compiled for, or null where any will do
    processor, compiler, date, command
    before      optional: what it was when the aim was set, in words
"""
import json
import math
import re
from pathlib import Path

KEYS = ("what", "row", "counter", "aim", "measured", "unit", "limit", "vectors", "processor", "compiler", "date",
        "command")
ALONE = re.compile(r"step/(?P<contestant>[^/]+)/(?P<rest>.+/n=\d+/games=1/steps=\d+)$")


class malformed(ValueError):
    """The file is not as above; says which row."""


def is_number(x):
    return isinstance(x, (int, float)) and not isinstance(x, bool) and math.isfinite(x)


def problem_of(row):
    """What is wrong with a row, or None."""
    if not isinstance(row, dict):
        return "is no object"
    for key in KEYS:
        if key not in row:
            return f"has no {key}"
    for key in row:
        if key not in KEYS and key != "before":
            return f"has a {key}, which means nothing here"
    for key in ("what", "unit", "command"):
        if not isinstance(row[key], str) or not row[key]:
            return f"has a {key} that is no text"
    for key in ("row", "counter", "limit", "vectors", "processor", "compiler", "date"):
        if row[key] is not None and not isinstance(row[key], str):
            return f"has a {key} that is neither text nor null"
    aim = row["aim"]
    kinds = list(aim) if isinstance(aim, dict) else []
    if kinds not in (["at_least"], ["at_most"]) or not is_number(aim[kinds[0]]):
        return 'has an aim that is neither {"at_least": number} nor {"at_most": number}'
    if row["measured"] is not None and not is_number(row["measured"]):
        return "has a measured that is neither a number nor null"
    if (row["row"] is None) != (row["counter"] is None):
        return "has only one of row and counter"
    if row["date"] is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]):
        return "has a date that is not written 2026-01-31"
    return None


def load(path):
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise malformed(f"{path}: {problem}") from None
    try:
        rows = json.loads(text)
    except ValueError as problem:
        raise malformed(f"{path}: {problem}") from None
    if not isinstance(rows, list) or not rows:
        raise malformed(f"{path}: is no list of rows")
    seen = {}
    for place, row in enumerate(rows, 1):
        wrong = problem_of(row)
        name = row.get("what") if isinstance(row, dict) else None
        if wrong is None:
            key = (row["row"] or row["what"], row["counter"], row["vectors"])
            if key in seen:
                wrong = f"says again what row {seen[key]} says"
            seen[key] = place
        if wrong is not None:
            raise malformed(f"{path}: row {place}, '{name}', {wrong}")
    return rows


def save(path, rows):
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    Path(path).write_text("[\n  " + ",\n  ".join(lines) + "\n]\n", encoding="utf-8")


def values_of(report):
    """{(row, counter): number} of a run, the best of repetitions by time; rows with an error are left out."""
    best = {}
    for entry in report["benchmarks"]:
        if entry.get("run_type") == "aggregate" or entry.get("error_occurred"):
            continue
        name = re.split(r"/(?:min_time|repeats|manual_time)", entry["name"])[0]
        time = float(entry.get("ns_per_game_step", entry.get("ns_per_matrix", entry.get("real_time", 0))))
        if name not in best or time < best[name][0]:
            best[name] = (time, {k: float(v) for k, v in entry.items() if is_number(v)})
    values = {(name, counter): v for name, (_, counters) in best.items() for counter, v in counters.items()}
    games = {}
    for name, (time, _) in best.items():
        match = ALONE.match(name)
        if match:
            games.setdefault(match["rest"], []).append((match["contestant"].startswith("saddle"), time, name))
    for rest, played in games.items():
        ours, peers = [p for p in played if p[0]], [p for p in played if not p[0]]
        if not ours:
            continue
        fastest = min(ours, key=lambda p: p[1])
        for counter, v in best[fastest[2]][1].items():
            values[(f"step/ours/{rest}", counter)] = v
        if peers:
            values[(f"step/ours/{rest}", "times_best_peer")] = min(p[1] for p in peers) / fastest[1]
    return values


def fill(rows, report):
    """Writes what a run measured into the rows. Returns the rows filled, those of these vectors that the run lacks, and
    the run's own rows that no target asks for."""
    context = report["context"]
    for key in ("processor", "compiler", "vectors"):
        if key not in context:
            raise malformed(f"the run does not say its {key}: it is not one of `./dev bench --json`")
    values = values_of(report)
    filled, left = [], []
    for row in rows:
        if row["row"] is None or row["vectors"] not in (None, context["vectors"]):
            continue
        value = values.get((row["row"], row["counter"]))
        if value is None:
            left.append(row)
            continue
        row["measured"] = float(f"{value:.3g}")
        row["processor"], row["compiler"] = context["processor"], context["compiler"]
        row["date"] = context["date"][:10]
        filled.append(row)
    asked = {row["row"] for row in rows}
    unknown = sorted({name for name, _ in values if name not in asked and not name.startswith("step/ours/")})
    return filled, left, unknown


def status(row):
    (kind, aim), measured = next(iter(row["aim"].items())), row["measured"]
    if measured is None:
        return "not measured"
    short = aim - measured if kind == "at_least" else measured - aim
    if short <= 0:
        return "met"
    return f"short by {100 * short / aim:.2g} %"


def cells(row):
    kind, aim = next(iter(row["aim"].items()))
    measured = "" if row["measured"] is None else f"{row['measured']:g}"
    if row.get("before"):
        measured += f" ({row['before']} before)" if measured else f"{row['before']} before"
    return [row["what"], f"{'≥' if kind == 'at_least' else '≤'} {aim:g} {row['unit']}", measured, status(row),
            row["limit"] or "", ", ".join(x for x in (row["processor"], row["compiler"], row["date"]) if x),
            f"`{row['command']}`"]


def table(rows):
    yield "| what | aim | measured | | what binds | where, with what, when | command |"
    yield "|-|-|-|-|-|-|-|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells(row)) + " |"


def summary(rows):
    met = sum(status(r) == "met" for r in rows)
    unmeasured = sum(r["measured"] is None for r in rows)
    return f"{len(rows)} targets: {met} met, {len(rows) - met - unmeasured} short, {unmeasured} not measured."
