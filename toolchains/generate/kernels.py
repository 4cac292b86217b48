#!/usr/bin/env python3
"""The bytes of the compiled kernels, tests/kernels/bytes/: what the default archive holds, without compiling all of it.

A file a rule (spectral_NAME an estimate) has a line a selection, sizes:scalars, with the bytes of each instruction set's
object, by g++ 12 for x86-64: one line for what the default library has, one for what CI compiles of it. `./dev generate
kernels` compiles what is missing or differs and writes it down. Run alone, `check` adds up the default lines and holds a
build's objects against theirs, `linked` looks at a program. What `check` cannot see: an object that grows at the default
sizes alone, and not at those that are compiled where it runs."""

import argparse
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import commands  # noqa: E402
import listing  # noqa: E402
from files import read  # noqa: E402

FOLDER = "tests/kernels/bytes"
ISAS = ["avx512", "avx2", "sse2"]
LIMIT = 8192  # KiB
TOLERANCE = 0.01  # of an object: names of symbols leave a few bytes
SAMPLES = {"core": "2x2,3x2:float,double", "spectral": "3:float,double"}  # what CI compiles where that is not all
SCALARS = {"core": "float,double", "common": "double", "spectral": "float,double"}


def defaults(root):
    """{tier: selection} and the estimates of the default library."""
    lists = dict(re.findall(r'set\((\w+)_default "([^"]*)"\)', read(os.path.join(root, "kernels/CMakeLists.txt"))))
    estimates = lists.pop("estimates").split(";")
    return {tier: f"{sizes.replace(';', ',')}:{SCALARS[tier]}" for tier, sizes in lists.items()}, estimates


def entries(root):
    """{file name: tier} of what the default library has."""
    lines = re.findall(r"(?m)^SADDLE_DYNAMICS\(\s*\d+\s*,\s*(\w+)\s*,\s*(\w+)", read(os.path.join(root, "include/saddle/registry.def")))
    found = {name: tier for name, tier in lines if tier != "headers"}
    return found | {f"spectral_{name}": "spectral" for name in defaults(root)[1]}


def rows(root, name):
    """{selection: {isa: bytes}} of one file."""
    found = {}
    for line in (read(os.path.join(root, FOLDER, name + ".txt")) or "").splitlines():
        key, *numbers = line.split()
        found[key] = dict(zip(numbers[::2], map(int, numbers[1::2])))
    return found


def written(selections):
    return "".join(" ".join([key, *(f"{isa} {row[isa]}" for isa in ISAS)]) + "\n" for key, row in selections.items())


def objects(build, name):
    """{isa: bytes} of what is compiled of it in the folder of a build."""
    paths = {isa: os.path.join(build, f"kernels/saddle_kernels_{isa}_{name}.isolated.o") for isa in ISAS}
    return {isa: os.path.getsize(path) for isa, path in paths.items() if os.path.exists(path)}


def faults(root, build=None, built=()):
    """{name: sentence} of what has no line, and of what is not what its line says. `built` has the selection of each tier."""
    wrong, (default, _) = {}, defaults(root)
    for name, tier in entries(root).items():
        recorded = rows(root, name)
        for key in (default[tier], SAMPLES.get(tier, default[tier])):
            if set(recorded.get(key, {})) != set(ISAS):
                wrong[name] = f"{FOLDER}/{name}.txt has no bytes for {key}"
        now, key = objects(build, name) if build else {}, dict(built).get(tier)
        if name not in wrong and now and key in recorded:
            if any(abs(size - recorded[key][isa]) > TOLERANCE * size for isa, size in now.items()):
                wrong[name] = f"{FOLDER}/{name}.txt: {key} has {now} in the build, and not {recorded[key]}"
    return wrong


def total(root):
    """Bytes of the objects of the default library."""
    default, _ = defaults(root)
    return sum(sum(rows(root, name)[default[tier]].values()) for name, tier in entries(root).items())


def build(root, asked):
    """{path: text}: measures what has no line and, where this kind was asked for, what CI compiles and is not as written."""
    there = "build/host"
    wrong = faults(root)
    if asked:
        commands.run(root, ["cmake", "--preset", "full"])
        commands.run(root, ["cmake", "--build", "--preset", "full", "--target", "saddle_kernels"])
        wrong = faults(root, os.path.join(root, there), SAMPLES | {"common": defaults(root)[0]["common"]})
    wanted = {}
    for name in wrong:
        print(wrong[name], flush=True)
        tier = entries(root)[name]
        default, found = defaults(root)[0][tier], {}
        for key in dict.fromkeys((default, SAMPLES.get(tier, default))):
            scratch = f"{there}/kernel_bytes/{'default' if key == default else 'sample'}"
            sizes = key.split(":")[0].replace(",", ";")
            option = "SPECTRAL_SIZES" if tier == "spectral" else "DIMENSIONS" if tier == "core" else "COMMON_DIMENSIONS"
            without = [f"-DSADDLE_BUILD_{part}=OFF" for part in ("TESTS", "BENCH", "TOOLS", "EXAMPLES")]
            commands.run(root, ["cmake", "-S", ".", "-B", scratch, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                                "-DCMAKE_CXX_COMPILER=g++", "-DCMAKE_C_COMPILER=gcc", *without, f"-DSADDLE_KERNEL_{option}={sizes}"])
            commands.run(root, ["cmake", "--build", scratch, "--target",
                                *(f"saddle_kernels_{isa}_{name}_isolated" for isa in ISAS)])
            found[key] = objects(os.path.join(root, scratch), name)
        wanted[f"{FOLDER}/{name}.txt"] = written(found)
    return wanted


def table(root):
    """KiB of the default library."""
    lines = ["| KiB | " + " | ".join(ISAS) + " | all |", "|" + "-|" * (len(ISAS) + 2)]
    for name, tier in entries(root).items():
        row = rows(root, name).get(defaults(root)[0][tier])
        if row:
            numbers = [*(row[isa] for isa in ISAS), sum(row.values())]
            lines.append(f"| {name.removeprefix('spectral_')} | " + " | ".join(f"{n / 1024:.0f}" for n in numbers) + " |")
    return "\n".join([*lines, f"| together | {'| ' * len(ISAS)}{total(root) / 1024:.0f} |"])


BLOCKS = {"kernel_bytes": table}


def check(given):
    built = {"core": given.core, "common": given.common, "spectral": given.spectral}
    wrong = faults(given.root, given.build, built)
    if wrong:
        sys.exit("\n".join([*wrong.values(), "run ./dev generate kernels, and say in the commit why"]))
    seen = sum(len(objects(given.build, name)) for name in entries(given.root)) if given.build else 0
    kib = total(given.root) / 1024 + 64  # the interface, the dispatch and the archive's own tables: 22 KiB today
    print(f"{len(entries(given.root))} rules and estimates, {seen} objects compared: the default archive has {kib:.0f} KiB")
    if given.archive and built == defaults(given.root)[0]:
        kib = os.path.getsize(given.archive) / 1024
        print(f"it is built here, and has {kib:.0f} KiB")
    if kib > LIMIT:
        sys.exit(f"the default archive may have {LIMIT} KiB: give a rule a smaller tier in registry.def")


def linked(given):
    """Holds the code and constants that a program has of each kernel object, by the linker's map, to a limit."""
    sizes = {}
    for size, path in re.findall(r"(?m)^ \.(?:text|rodata)\S*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S+)$", read(given.map)):
        kernel = re.search(r"(\w+)\.isolated\.o", path)
        if kernel:
            sizes[kernel[1]] = sizes.get(kernel[1], 0) + int(size, 16)
    print("\n".join(f"{name}: {size} bytes" for name, size in sizes.items()))
    if len(sizes) != given.count or max(sizes.values()) > 1024 * given.limit:
        sys.exit(f"that has to be {given.count} objects, of {given.limit} KiB at most each")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(required=True)
    part = parts.add_parser("check", help="the default archive")
    part.set_defaults(run=check)
    part.add_argument("root")
    part.add_argument("--build", help="a build by g++ 12 for x86-64 whose objects are compared")
    for tier in SCALARS:
        part.add_argument(f"--{tier}", help="its selection")
    part.add_argument("--archive")
    part = parts.add_parser("linked", help="what a program has of each kernel object")
    part.set_defaults(run=linked)
    part.add_argument("map", help="of the linker")
    part.add_argument("limit", type=int, help="KiB")
    part.add_argument("count", type=int, help="objects that were linked")
    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
