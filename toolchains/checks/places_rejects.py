#!/usr/bin/env python3
"""places.py names what is missing: places_rejects.py SCRATCH, on a copy of the sources with a rule that has only its header
and its line, an estimate without a test, and a file that belongs to nobody."""

import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
HEADER = """/// The rule of a test.
///
///     z⁺ = z
///
/// Cost: nothing.
struct fresh {
  static constexpr facts about{.symbol = "F", .source = "a test"};
};
"""
EXPECTED = [
    "fresh: tests/dynamics/fresh.cpp is missing: write what only this rule promises",
    "fresh: tests/dynamics/iteration/fresh.hpp is missing: write down the published one; a rule that is not linear says so",
    "fresh: tests/golden/fused/fresh.def is missing: run ./dev generate golden",
    "fresh: tests/golden/unfused/fresh.def is missing: run ./dev generate golden",
    "fresh: docs/footprint/cortex-m7/fresh.csv is missing: run ./dev generate footprint",
    "gershgorin: tests/spectral/gershgorin.cpp is missing: show its values, and that its error bound holds",
    "docs/games-format/nobody.md belongs to nothing that is registered",
]


def append(path, text):
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


def lines_of(scratch):
    result = subprocess.run([sys.executable, "-B", os.path.join(HERE, "places.py"), scratch], stdout=subprocess.PIPE, text=True)
    return result.returncode, result.stdout.splitlines()


def main():
    scratch = sys.argv[1]
    shutil.rmtree(scratch, ignore_errors=True)
    for folder in ("include", "tests", "docs", "bench", "tools", "toolchains"):
        shutil.copytree(os.path.join(ROOT, folder), os.path.join(scratch, folder))

    bad = []
    append(os.path.join(scratch, "include/saddle/dynamics/fresh.hpp"), HEADER)
    append(os.path.join(scratch, "include/saddle/registry.def"), "SADDLE_DYNAMICS(999, fresh, headers)\n")
    append(os.path.join(scratch, "docs/games-format/nobody.md"), "")
    os.remove(os.path.join(scratch, "tests/spectral/gershgorin.cpp"))
    code, lines = lines_of(scratch)
    bad += [f"not said: {line}" for line in EXPECTED if line not in lines]
    if code != 1:
        bad.append(f"exit code {code} where 1 was expected")
    if not any(re.match(r"fresh +yes +no +no +no +no +no", line) for line in lines):
        bad.append("no row of the table shows what fresh lacks")

    # A header that says less, and a test that says what is left out.
    append(os.path.join(scratch, "tests/dynamics/fresh.cpp"), "// No iteration matrix: it divides by a norm.\n")
    with open(os.path.join(scratch, "include/saddle/dynamics/fresh.hpp"), "w", encoding="utf-8") as file:
        file.write(HEADER.replace("Cost:", "It costs").replace('"a test"', '""').replace("///     z⁺ = z\n", ""))
    code, lines = lines_of(scratch)
    for what in ("an equation, indented by four", "a source, .source of its facts", "a line Cost:"):
        line = f"fresh: include/saddle/dynamics/fresh.hpp lacks {what}: write it"
        bad += [] if line in lines else [f"not said: {line}"]
    if any("fresh.hpp is missing" in line for line in lines):
        bad.append("what a test says is left out is not missing")

    for line in bad:
        print(line)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
