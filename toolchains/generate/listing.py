"""What is registered, and what the header of each entry says of itself."""

import os
import re

from files import read

FOLDERS = {"dynamics": "dynamics", "game": "games", "model": "games", "spectral": "spectral"}


def names(root, kind):
    """The names of one kind of entry ("dynamics", "game", "model", "spectral") in the order of the list."""
    text = read(os.path.join(root, "include/saddle/registry.def"))
    return re.findall(rf"(?m)^SADDLE_{kind.upper()}\(\s*\d+\s*,\s*([a-z][a-z0-9_]*)\s*[,)]", text)


def header(root, kind, name):
    return read(os.path.join(root, "include/saddle", FOLDERS[kind], name + ".hpp"))


def comment(root, kind, name):
    """The lines of the comment that documents an entry, without their slashes: above its struct, or, for an estimate,
    which may be several functions, at the head of the file."""
    text = header(root, kind, name)
    if kind == "spectral":
        block = re.match(r"(?:///.*\n)+", text)
    else:
        block = re.search(rf"((?:///.*\n)+)(?:template <.*>\n?|template <(?:.*\n)*?.*>\s*)?struct {name}\b", text)
    return [line[3:].removeprefix(" ") for line in block[block.lastindex or 0].splitlines()] if block else []


def title(lines):
    """The first sentence."""
    end = next((i for i, line in enumerate(lines) if not line or line.startswith("    ")), len(lines))
    paragraph = " ".join(lines[:end])
    # A point after "al" ends no sentence, nor one between an initial and a name.
    end = re.search(r"(?<!\bal)\.(?=\s+[Α-Ωα-ω]|$)|(?<!\bal)(?<!\b[A-Z])\.(?=\s+[A-Z])", paragraph)
    return paragraph[: end.end()] if end else paragraph


def equation(lines):
    """The first indented lines."""
    start = next((i for i, line in enumerate(lines) if line.startswith("    ")), len(lines))
    end = next((i for i in range(start, len(lines)) if not lines[i].startswith("    ")), len(lines))
    return [line.strip() for line in lines[start:end]]


def said(lines, word):
    """What follows `word:` at the head of a line, up to the next empty line or the next such word."""
    for i, line in enumerate(lines):
        if line.startswith(word + ":"):
            rest = [line[len(word) + 1 :].strip()]
            for more in lines[i + 1 :]:
                if not more or more.startswith("    ") or re.match(r"[A-Z][a-z]+:", more):
                    break
                rest.append(more)
            return " ".join(rest)
    return ""


def fact(root, name, which):
    """A text among the facts of a rule, such as its source."""
    found = re.search(rf"\.{which}\s*=\s*((?:\"[^\"]*\"\s*)+)", header(root, "dynamics", name))
    return "".join(re.findall(r'"([^"]*)"', found[1])) if found else ""
