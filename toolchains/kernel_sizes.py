#!/usr/bin/env python3
"""The bytes of the compiled kernels: what the default archive holds, without compiling all of it.

A file of tests/kernels/bytes a rule (spectral_NAME an estimate) has a line a selection: sizes:scalars, then the bytes of
each instruction set's object, by g++ 12 for x86-64. `check` adds up the lines of the default selection and holds the
objects of a build against theirs. `measure` compiles what is missing or differs and writes it down.
"""
import argparse
import pathlib
import re
import subprocess
import sys

TOLERANCE = 0.01  # of an object: paths and versions of the assembler leave a few bytes


def read(folder, name):
    """{selection: {isa: bytes}} of one file."""
    path = folder / f"{name}.txt"
    rows = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        key, *numbers = line.split()
        rows[key] = dict(zip(numbers[::2], map(int, numbers[1::2])))
    return rows


def write(folder, name, rows):
    lines = (" ".join([key, *(f"{isa} {size}" for isa, size in row.items())]) for key, row in rows.items())
    (folder / f"{name}.txt").write_text("".join(line + "\n" for line in lines))


def plan(path):
    """{name: (default selection or '-', selection of the build or '-')}, written by tests/kernels/CMakeLists.txt."""
    return {name: (default, built) for name, default, built in map(str.split, path.read_text().splitlines())}


def objects_of(build, name, isas):
    found = {isa: build / f"saddle_kernels_{isa}_{name}.isolated.o" for isa in isas}
    return {isa: path.stat().st_size for isa, path in found.items() if path.exists()}


def differs(measured, recorded):
    return any(abs(size - recorded.get(isa, 0)) > TOLERANCE * size for isa, size in measured.items())


def faults(args):
    """The names whose lines are missing or wrong, each with the sentence that says so."""
    wrong = {}
    for name, (default, built) in plan(args.plan).items():
        rows = read(args.bytes, name)
        if default != "-" and set(rows.get(default, {})) != set(args.isas):
            wrong[name] = f"{name} has no measured bytes for {default}"
        # Other sizes than these are somebody's own business.
        elif built != "-" and args.compare and (built == default or built in args.sample):
            objects = objects_of(args.build, name, args.isas)
            if set(objects) != set(rows.get(built, {})):
                wrong[name] = f"{name} has no measured bytes for {built}"
            elif differs(objects, rows[built]):
                wrong[name] = f"{name} at {built} has {objects}, measured were {rows[built]}"
    return wrong


def check(args):
    wrong = faults(args)
    if wrong:
        sys.exit("\n".join([*wrong.values(), f"write down what they have now: {args.command}"]))
    names = plan(args.plan)
    compared = sum(len(objects_of(args.build, name, args.isas)) for name in names)
    total = sum(sum(read(args.bytes, name)[default].values()) for name, (default, _) in names.items() if default != "-")
    # The interface, the dispatch and the archive's own tables: what is in this build's archive beside its objects.
    total += args.archive.stat().st_size - sum(sum(objects_of(args.build, name, args.isas).values()) for name in names)
    print(f"{len(names)} rules and estimates, {compared} objects seen: the default archive has {total / 1024:.0f} KiB")
    if total > 1024 * args.limit:
        sys.exit(f"the default archive would have {total / 1024:.0f} KiB, and {args.limit} are allowed: "
                 "give a rule a smaller tier in registry.def")


def measure(args):
    wrong = faults(args)
    print("\n".join(wrong.values()) or "nothing differs")
    for sample in [None, *args.sample]:
        scratch = args.scratch / (re.sub("[:,]", "_", sample) if sample else "default")
        if not wrong:
            continue
        options = [f"-DSADDLE_BUILD_{part}=OFF" for part in ("TESTS", "BENCH", "TOOLS", "EXAMPLES")]
        if sample:
            sizes = sample.split(":")[0].replace(",", ";")
            options.append(f"-DSADDLE_KERNEL_{'DIMENSIONS' if 'x' in sizes else 'SPECTRAL_SIZES'}={sizes}")
        subprocess.run(["cmake", "-S", args.source, "-B", scratch, "-G", args.generator, "-DCMAKE_BUILD_TYPE=Release",
                        f"-DCMAKE_CXX_COMPILER={args.cxx}", *options], check=True, stdout=subprocess.DEVNULL)
        for name in wrong:
            default = plan(args.plan)[name][0]
            spectral = name.startswith("spectral_")
            if sample and (spectral == ("x" in sample) or default == "-" or default.endswith(":double")):
                continue
            targets = [f"saddle_kernels_{isa}_{name}_isolated" for isa in args.isas]
            subprocess.run(["cmake", "--build", scratch, "--target", *targets], check=True)
            rows = read(args.bytes, name)
            rows[sample or default] = objects_of(scratch / "kernels", name, args.isas)
            write(args.bytes, name, rows)


def linked(args):
    """Holds the code and constants that a program has of each kernel object, by the linker's map, to a limit."""
    sizes = {}
    for size, path in re.findall(r"^ \.(?:text|rodata)\S*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S+)$",
                                 args.map.read_text(), re.MULTILINE):
        kernel = re.search(r"(\w+)\.isolated\.o", path)
        if kernel:
            sizes[kernel[1]] = sizes.get(kernel[1], 0) + int(size, 16)
    print("\n".join(f"{name}: {size} bytes" for name, size in sizes.items()))
    if len(sizes) != args.count:
        sys.exit(f"the program has {len(sizes)} kernel objects, and {args.count} were linked")
    if max(sizes.values()) > 1024 * args.limit:
        sys.exit(f"more than {args.limit} KiB")


def table(args):
    """The table of docs/kernels.md: KiB of the objects of the default selection."""
    print("| KiB | " + " | ".join(args.isas) + " | all |\n|" + "-|" * (len(args.isas) + 2))
    for name, (default, _) in plan(args.plan).items():
        row = read(args.bytes, name).get(default, {})
        if row:
            numbers = [*(row[isa] for isa in args.isas), sum(row.values())]
            print(f"| {name.removeprefix('spectral_')} | " + " | ".join(f"{n / 1024:.0f}" for n in numbers) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for action in (check, measure, table):
        command = commands.add_parser(action.__name__)
        command.set_defaults(run=action)
        command.add_argument("--bytes", type=pathlib.Path, required=True)
        command.add_argument("--plan", type=pathlib.Path, required=True)
        command.add_argument("--isas", type=lambda text: text.split(";"), required=True)
        command.add_argument("--build", type=pathlib.Path, help="the folder of the objects")
        command.add_argument("--sample", action="append", default=[], help="a selection that CI compiles")
        command.add_argument("--compare", action="store_true", help="the build is g++ 12's, optimised")
        for name in ("archive", "scratch", "source"):
            command.add_argument(f"--{name}", type=pathlib.Path)
        for name in ("command", "generator", "cxx"):
            command.add_argument(f"--{name}")
        command.add_argument("--limit", type=int, help="KiB")
    command = commands.add_parser("linked")
    command.set_defaults(run=linked)
    command.add_argument("map", type=pathlib.Path)
    command.add_argument("limit", type=int, help="KiB")
    command.add_argument("count", type=int)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
