"""The library as one header, for programs that want a file to copy.

    single_header.py OUTPUT

It is not kept in the tree: a build writes it and an install ships it. Each header of include/saddle comes once, after
those that it includes. The ones that need vectors come last, and only for a program that defines SADDLE_WITH_XSIMD before
it includes the file."""

import os
import re
import sys

from files import read

HERE = os.path.dirname(os.path.abspath(__file__))
OWN = re.compile(r'\s*#\s*include\s+<(saddle/[^>]+)>')
OTHER = re.compile(r'\s*#\s*include\s+(<[^>]+>)')


class Header:
    """The lines of one header, and the library's headers that it includes."""

    def __init__(self, root, name):
        self.name = name
        self.lines = read(os.path.join(root, "include", name)).splitlines()
        self.includes = [found[1] for found in map(OWN.match, self.lines) if found]
        self.wants_xsimd = any("#include <xsimd/" in line for line in self.lines)


def headers(root):
    found = {}
    for place, _, files in os.walk(os.path.join(root, "include")):
        for file in files:
            if file.endswith(".hpp"):
                name = os.path.relpath(os.path.join(place, file), os.path.join(root, "include"))
                found[name] = Header(root, name)
    return found


def with_vectors(all_headers):
    """The headers that reach xsimd's, themselves or through others."""
    found = {name for name, header in all_headers.items() if header.wants_xsimd}
    while more := {n for n, h in all_headers.items() if n not in found and found.intersection(h.includes)}:
        found |= more
    return found


class Writer:
    """Puts headers one after the other. Standard headers are collected for the top of the file."""

    def __init__(self, all_headers):
        self.headers, self.lines = all_headers, []
        self.placed, self.standard = {}, set()  # placed: name -> whether under a condition

    def place(self, name, conditional=False):
        if name in self.placed:
            if self.placed[name] and not conditional:
                sys.exit(f"single_header: {name} is included under a condition, and elsewhere without one")
            return
        self.placed[name] = conditional
        header = self.headers[name]
        # What it includes comes first, so that no file begins inside another; an include under a condition stays there.
        for line, depth in depths(header.lines):
            if depth == 0 and (own := OWN.match(line)):
                self.place(own[1], conditional)
        self.lines += ["", f"// ---- {name}"]
        for line, depth in depths(header.lines):
            own, other = OWN.match(line), OTHER.match(line)
            if own and depth > 0:
                self.place(own[1], True)
            elif own or line.strip() == "#pragma once":
                continue
            elif other and depth == 0 and not conditional and not other[1].startswith("<xsimd/"):
                self.standard.add(other[1])
            elif line or self.lines[-1]:  # no two empty lines where includes were
                self.lines.append(line)


def depths(lines):
    """Each line with the number of #if that it is in."""
    depth = 0
    for line in lines:
        if re.match(r"\s*#\s*endif", line):
            depth -= 1
        yield line, depth
        if re.match(r"\s*#\s*if", line):
            depth += 1


def version(root):
    return re.search(r"project\(saddle VERSION ([0-9.]+)", read(os.path.join(root, "CMakeLists.txt")))[1]


def text(root):
    every = headers(root)
    vectors = with_vectors(every)
    writer = Writer(every)
    writer.place("saddle/saddle.hpp")
    for name in sorted(set(every) - vectors):
        writer.place(name)
    writer.lines += ["", "#if defined(SADDLE_WITH_XSIMD)"]
    for name in sorted(vectors, key=lambda name: (name == "saddle/lane/batch.hpp", name)):
        if name not in writer.placed:
            writer.place(name)
    writer.lines += ["", "#endif // SADDLE_WITH_XSIMD"]

    licence = [("// " + line).rstrip() for line in read(os.path.join(root, "LICENSE")).strip().splitlines()]
    banner = [
        f"/// saddle {version(root)}: kernels for saddle-point dynamics and the spectra of small matrices, as one header.",
        "///",
        "/// Define SADDLE_WITH_XSIMD before including it for batches of games, one a lane: that takes xsimd's headers.",
        "/// Compile with -ffp-contract=off: what is promised of bits needs it. C++20; no exceptions, no RTTI, no heap.",
        "//",
        "// Written from the headers of include/saddle: do not edit.",
        "//",
        *licence,
        "#pragma once",
        "",
        *(f"#include {name}" for name in sorted(writer.standard)),
    ]
    return "\n".join(banner + writer.lines) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(text(os.path.dirname(os.path.dirname(HERE))))
