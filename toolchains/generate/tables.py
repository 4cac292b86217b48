"""The tables of README and docs: what the header of each entry says of itself, and rows that entries have in files."""

import os
import re

import listing
from files import read


def cell(text):
    """Safe between the bars of a table."""
    return text.replace("|", "\\|")


def code(lines):
    return "<br>".join(f"`{cell(re.sub('  +', '  ', line))}`" for line in lines)


def without_citations(text):
    """A title says what it is; the source has a column of its own."""
    return re.sub(r"\s*\([^()]*\d{4}[^()]*\)|\s*\([A-Z]{2,}[^()]*\)", "", text).rstrip(".")


def dynamics(root):
    lines = ["| rule | what it is | a step | source |", "|-|-|-|-|"]
    for name in listing.names(root, "dynamics"):
        said = listing.comment(root, "dynamics", name)
        source = cell(listing.fact(root, name, "source"))
        lines.append(f"| `{name}` | {cell(without_citations(listing.title(said)))} | {code(listing.equation(said))} | {source} |")
    return "\n".join(lines)


def games(root):
    lines = ["| game | what it is |", "|-|-|"]
    for kind in ("game", "model"):
        for name in listing.names(root, kind):
            title = listing.title(listing.comment(root, kind, name)).rstrip(".")
            lines.append(f"| `{name}` | {cell(title)} |")
    return "\n".join(lines)


def estimates(root):
    lines = ["| `<saddle/spectral/….hpp>` | what it has |", "|-|-|"]
    for name in listing.names(root, "spectral"):
        title = listing.title(listing.comment(root, "spectral", name)).rstrip(".")
        lines.append(f"| `{name}` | {cell(title)} |")
    return "\n".join(lines)


def rows(root, page, kind):
    """The table of docs/<page>.md whose row, or rows, of each entry are docs/<page>/<entry>.md. docs/<page>/_head.md has
    its first lines, and _default.md, where there is one, the row of an entry without a file, with NAME for its name."""
    folder = os.path.join(root, "docs", page)
    default = read(os.path.join(folder, "_default.md"))
    parts = [read(os.path.join(folder, "_head.md"))]
    for name in listing.names(root, kind):
        row = read(os.path.join(folder, name + ".md"))
        if row is None and default is not None:
            row = default.replace("NAME", name)
        parts.append(row or "")
    return "".join(parts).rstrip("\n")


BLOCKS = {"dynamics": dynamics, "games": games, "estimates": estimates, "rows": rows}
