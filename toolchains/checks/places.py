#!/usr/bin/env python3
"""Every place where something registered shows, and whether it does: places.py [ROOT].

Prints a table of the rules, games, models and estimates of registry.def: `yes`; `no`, which is somebody's to do; `left out`,
where the entry's own test says why in a line `// No <place>: reason`. Exit code 1 when a place that is required is missing,
each with what to do about it. A file that belongs to no entry is one too many, and an error as well."""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../generate"))
sys.dont_write_bytecode = True
import footprint  # noqa: E402
import listing  # noqa: E402
from files import read  # noqa: E402


class Place:
    """A place: its name in the table, what it is for an entry (paths, or words to look for in files), and what makes it."""

    def __init__(self, name, needed, files=(), words=(), found=None, remedy="write it"):
        self.name, self.needed, self.files, self.words, self.found, self.remedy = name, needed, files, words, found, remedy

    def missing(self, root, entry):
        """What is not there."""
        if self.found:
            return self.found(root, entry)
        absent = [path for path in (p.format(entry) for p in self.files) if not os.path.exists(os.path.join(root, path))]
        if self.words:
            pattern, *paths = [word.format(entry) for word in self.words]
            if not any(re.search(pattern, text) for text in texts(root, paths)):
                absent.append(" or ".join(paths))
        return absent


def texts(root, paths):
    for path in paths:
        place = os.path.join(root, path)
        names = [os.path.join(place, name) for name in sorted(os.listdir(place))] if os.path.isdir(place) else [place]
        yield from (read(name) for name in names if os.path.isfile(name))


def of_comment(kind, *wanted):
    """What the comment in the entry's header lacks."""

    def lacking(root, entry):
        said = listing.comment(root, kind, entry)
        there = {
            "a first sentence": bool(said and listing.title(said)),
            "an equation, indented by four": bool(listing.equation(said)),
            "a source, .source of its facts": kind != "dynamics" or bool(listing.fact(root, entry, "source")),
            "a line Cost:": bool(listing.said(said, "Cost")),
        }
        header = f"include/saddle/{listing.FOLDERS[kind]}/{entry}.hpp"
        return [f"{header} lacks {what}" for what in wanted if not there[what]]

    return lacking


def peers(root):
    """The folders of bench/step that have a file a rule."""
    folder = os.path.join(root, "bench/step")
    return sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))


TITLE, EQUATION, SOURCE, COST = "a first sentence", "an equation, indented by four", "a source, .source of its facts", "a line Cost:"
GOLDEN, FOOTPRINT = "run ./dev generate golden", "run ./dev generate footprint"


def places(root):
    """{kind: [Place]}"""
    cores = [f"docs/footprint/{core}/" for core in footprint.cores(root)]
    theory = r"\b{}(_|\b)", "include/saddle/stability/theory.hpp", "include/saddle/stability/theory"
    return {
        "dynamics": [
            Place("comment", True, found=of_comment("dynamics", TITLE, EQUATION, SOURCE, COST)),
            Place("test", True, files=["tests/dynamics/{}.cpp"], remedy="write what only this rule promises"),
            Place("iteration matrix", True, files=["tests/dynamics/iteration/{}.hpp"],
                  remedy="write down the published one; a rule that is not linear says so"),
            Place("golden", True, files=["tests/golden/fused/{}.def", "tests/golden/unfused/{}.def"], remedy=GOLDEN),
            Place("footprint", True, files=[core + "{}.csv" for core in cores], remedy=FOOTPRINT),
            Place("iterates", False, files=["tests/data/iterates/{}.json"]),
            Place("theorem", False, words=theory),
            Place("claim", False, words=[r"\b{}\b", "tests/claims"]),
            Place("step of the tool", False, words=['"{}"', "tools/saddle/step_choice.cpp"]),
            Place("its row", False, files=["docs/games-format/{}.md"]),
            Place("plain step", False, files=["bench/footprint/plain/{}.hpp"]),
            *(Place(peer, False, files=[f"bench/step/{peer}/{{}}.hpp"]) for peer in peers(root)),
        ],
        "game": [
            Place("comment", True, found=of_comment("game", TITLE, EQUATION)),
            Place("plain loop", False, words=[r"struct {} ", "bench/footprint/plain.hpp"]),
        ],
        "model": [
            Place("comment", True, found=of_comment("model", TITLE, EQUATION)),
            Place("sample", True, words=[r"\bgames::{}\b", "tests/games/models.cpp", "tests/games/{}.cpp"],
                  remedy="give it a sample there"),
            Place("claim", False, words=[r"\b{}\b", "tests/claims"]),
            Place("tool", False, words=['"{}"', "tools/saddle/catalogue.cpp"]),
        ],
        "spectral": [
            Place("comment", True, found=of_comment("spectral", TITLE)),
            Place("test", True, files=["tests/spectral/{}.cpp"], remedy="show its values, and that its error bound holds"),
            Place("batches", True, words=[r"struct {} ", "include/saddle/engine/spectra.hpp"]),
            Place("its row", True, files=["docs/spectra/{}.md"]),
            Place("footprint", False, files=[core + "spectra/{}.csv" for core in cores], remedy=FOOTPRINT),
        ],
    }


# Where an entry says what it leaves out.
TESTS = {"dynamics": "tests/dynamics/{}.cpp", "game": "tests/games/{}.cpp", "model": "tests/games/{}.cpp",
         "spectral": "tests/spectral/{}.cpp"}


def left_out(root, kind, entry, place):
    test = read(os.path.join(root, TESTS[kind].format(entry))) or ""
    return re.search(rf"(?m)^// No {re.escape(place)}: .+", test) is not None


def table(heads, rows):
    """Columns as wide as they need."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [heads, *rows])


def too_many(root, names):
    """Files of entries that are not registered."""
    for kind, folder, ending in (
        ("dynamics", "tests/dynamics/iteration", ".hpp"), ("dynamics", "tests/data/iterates", ".json"),
        ("dynamics", "docs/games-format", ".md"), ("dynamics", "bench/footprint/plain", ".hpp"),
        ("spectral", "docs/spectra", ".md"), *(("dynamics", f"bench/step/{peer}", ".hpp") for peer in peers(root)),
    ):
        for name in sorted(os.listdir(os.path.join(root, folder))):
            entry = name.removesuffix(ending)
            if not name.startswith("_") and (folder, entry) != ("tests/data/iterates", "games") and entry not in names[kind]:
                yield f"{folder}/{name} belongs to nothing that is registered"


def main():
    root = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "../.."))
    names, errors = {}, []
    for kind, of_kind in places(root).items():
        names[kind] = listing.names(root, kind)
        rows = []
        for entry in names[kind]:
            row = [entry]
            for place in of_kind:
                absent = place.missing(root, entry)
                told = bool(absent) and left_out(root, kind, entry, place.name)
                row.append("left out" if told else "no" if absent else "yes")
                if absent and place.needed and not told:
                    errors += [f"{entry}: {what}{'' if ' lacks ' in what else ' is missing'}: {place.remedy}" for what in absent]
            rows.append(row)
        print(table([kind, *(place.name + ("" if place.needed else " (may)") for place in of_kind)], rows) + "\n")
    errors += too_many(root, names)
    for error in errors:
        print(error)
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
