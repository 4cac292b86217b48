"""Writes everything that is generated and kept in the tree. Called by ./dev generate [--check] [KIND...].

    text       registry headers, and the tables of README and docs from the registry and from data files; takes no compiler
    golden     the bits of trajectories, tests/golden/: builds and runs their writer for both classes of targets
    kernels    bytes of the compiled kernels, tests/kernels/bytes/: compiles those that are missing or, where it is named, differ
    footprint  bytes, stack and instructions on each core, docs/footprint/: takes the cross compiler and its emulator

Without a KIND: all of them, the footprint where its compiler is there. --check writes nothing, names what is not as text
would write it, and exits with 1 if there is such a file. The other kinds are held by tests, which compute before they compare.

A module of this folder takes part by what it has: files(root) -> {path: text, or None for a file that must not be}, or
BLOCKS = {name: function(root, argument...) -> text} for the parts of pages that blocks.py fills."""

import argparse
import importlib
import os
import shutil
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KINDS = ["text", "golden", "kernels", "footprint"]
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import blocks as pages  # noqa: E402
import commands  # noqa: E402
import files  # noqa: E402
import footprint  # noqa: E402
import golden  # noqa: E402
import kernels  # noqa: E402


def modules():
    """The modules of this folder, but for this one."""
    names = sorted(name.removesuffix(".py") for name in os.listdir(HERE) if name.endswith(".py"))
    return [importlib.import_module(name) for name in names if name != "__main__"]


def text(root):
    """{path: text} of all that is written from text alone."""
    parts, wanted = {}, {}
    for module in modules():
        parts.update(getattr(module, "BLOCKS", {}))
        if module not in (pages, golden):
            wanted.update(getattr(module, "files", lambda _: {})(root))
    wanted.update(pages.files(root, parts))
    return wanted


def registry(root, *options):
    """Writes the headers of the registry. CMake does it, because it has to read the list anyway."""
    commands.run(root, ["cmake", *options, "-P", "toolchains/write_registry.cmake"])


def check(root):
    registry(root, "-DCHECK=ON")
    stale = files.stale(root, text(root))
    for path in stale:
        print(f"{path} is not as it is generated")
    if stale:
        sys.exit("run ./dev generate text")


def write(root, kind, asked=True):
    """Writes one kind, which was asked for by name or not, and says what changed and how long that took."""
    start = time.monotonic()
    if kind == "text":
        registry(root)
        changed = files.write(root, text(root))
    elif kind == "golden":
        changed = files.write(root, golden.build(root))
    elif kind == "kernels":
        changed = files.write(root, kernels.build(root, asked))
    else:
        changed = footprint.build(root)
    for path in changed:
        print(f"  {path}")
    print(f"{kind}: {len(changed)} files changed, {time.monotonic() - start:.0f} seconds", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev generate", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("kinds", metavar="KIND", nargs="*", help="one of: " + ", ".join(KINDS))
    given = parser.parse_args()
    for kind in given.kinds:
        if kind not in KINDS:
            parser.error(f"there is no kind {kind}, only: {', '.join(KINDS)}")
    if given.check:
        if [kind for kind in given.kinds if kind != "text"]:
            parser.error("only text can be checked without building; tests hold the others")
        return check(ROOT)
    # What is built needs the headers of the registry.
    for kind in sorted(given.kinds or KINDS, key=KINDS.index):
        if kind == "footprint" and not given.kinds and not shutil.which(footprint.COMPILER):
            print(f"footprint: left out, there is no {footprint.COMPILER} (./dev generate footprint installs it)")
            continue
        write(ROOT, kind, bool(given.kinds))
    # The pages show what was measured.
    if {"kernels", "footprint"} & set(given.kinds or KINDS):
        write(ROOT, "text")


if __name__ == "__main__":
    main()
