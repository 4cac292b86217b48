"""What kernels take on cores without an operating system: the data, docs/footprint/<core>/<rule>.csv and
docs/footprint/<core>/spectra/<estimate>.csv, and the tables of the pages that show it. bench/footprint/report measures."""

import csv
import io
import os

import commands
import listing
from files import read

FOLDER = "docs/footprint"
COMPILER = "arm-none-eabi-g++"
COLUMNS = ["number", "game", "size", "bytes", "stack", "least instructions", "most instructions", "plain bytes",
           "plain instructions"]


def cores(root):
    """Every core that has a toolchain file."""
    files = sorted(os.listdir(os.path.join(root, "toolchains")))
    return [file.removesuffix(".cmake") for file in files if file.startswith("cortex-") and file.endswith(".cmake")]


def path(name, game):
    """Where the rows of a rule or an estimate are, from the folder of a core. The game of an estimate is `matrix`."""
    return f"spectra/{name}.csv" if game == "matrix" else f"{name}.csv"


def text(rows):
    """The file with these rows, each {column: value}."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def rows(folder, name, game=""):
    """The rows of a file, or None where there is no such file."""
    content = read(os.path.join(folder, path(name, game)))
    return None if content is None else list(csv.DictReader(io.StringIO(content)))


def files_of(folder):
    """All data files of a core."""
    return sorted(os.path.join(place, file) for place, _, files in os.walk(folder) for file in files if file.endswith(".csv"))


def written(folder):
    """The same, as paths from that folder."""
    return [os.path.relpath(place, folder) for place in files_of(folder)]


def of_core(root, core, number):
    """[(name, row)] of one core and format: rules, then estimates, in the order of the registry."""
    folder = os.path.join(root, FOLDER, core)
    entries = [(name, "") for name in listing.names(root, "dynamics")]
    entries += [(name, "matrix") for name in listing.names(root, "spectral")]
    return [(name, row) for name, game in entries for row in rows(folder, name, game) or [] if row["number"] == number]


def table(root, core, number):
    """The table of one core and format."""
    heads = ["kernel", "bytes", "stack", "instructions", "plain bytes", "plain instructions", "ratio"]
    lines = ["| " + " | ".join(heads) + " |", "|-" + "|-:" * (len(heads) - 1) + "|"]
    for name, row in of_core(root, core, number):
        game = "" if row["game"] == "matrix" else row["game"] + " "
        least, most, plain = row["least instructions"], row["most instructions"], row["plain instructions"]
        instructions = most if least == most else f"{least} to {most}"
        ratio = f"{int(most) / int(plain):.2f}" if plain else ""
        cells = [f"{name} {game}{row['size']}", row["bytes"], row["stack"], instructions, row["plain bytes"], plain, ratio]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def range_of_steps(root, core, number, size):
    """What a step of any rule on any game of that size takes, in words."""
    steps = [row for _, row in of_core(root, core, number) if row["game"] != "matrix" and row["size"] == size]
    instructions = [int(row["most instructions"]) for row in steps]
    return f"{min(instructions)} to {max(instructions)} instructions and at most {max(int(r['bytes']) for r in steps)} bytes"


BLOCKS = {"footprint": table, "footprint_of_steps": range_of_steps}


def snapshot(root):
    return {place: read(place) for core in cores(root) for place in files_of(os.path.join(root, FOLDER, core))}


def build(root):
    """Measures every core; its target writes the data files. Returns those that changed."""
    before = snapshot(root)
    for core in cores(root):
        commands.run(root, ["cmake", "--preset", core])
        commands.run(root, ["cmake", "--build", "--preset", core, "--target", "footprint"])
    after = snapshot(root)
    return sorted(os.path.relpath(p, root) for p in {**before, **after} if before.get(p) != after.get(p))
