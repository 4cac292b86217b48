#!/usr/bin/env python3
"""Gives the check of the default archive's size trees in which something is wrong: kernel_bytes_rejects.py SCRATCH."""

import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
SCRATCH = sys.argv[1]
REGISTRY, BYTES = "include/saddle/registry.def", "tests/kernels/bytes/optimistic.txt"


def tree():
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for path in (REGISTRY, "kernels/CMakeLists.txt"):
        os.makedirs(os.path.join(SCRATCH, os.path.dirname(path)), exist_ok=True)
        shutil.copy(os.path.join(ROOT, path), os.path.join(SCRATCH, path))
    shutil.copytree(os.path.join(ROOT, "tests/kernels/bytes"), os.path.join(SCRATCH, "tests/kernels/bytes"))


def change(path, pattern, text):
    path = os.path.join(SCRATCH, path)
    with open(path, encoding="utf-8") as file:
        old = file.read()
    new = re.sub(pattern, text, old, count=1)
    assert new != old, f"{path} has no {pattern}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(new)


def check(code, sentence, *options):
    ran = subprocess.run([sys.executable, os.path.join(ROOT, "toolchains/generate/kernels.py"), "check", SCRATCH, *options],
                         text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if (ran.returncode != 0) != code or sentence not in ran.stdout:
        sys.exit(f"exit code {ran.returncode}, and '{sentence}' has to be in:\n{ran.stdout}")


tree()
check(False, "the default archive has")
change(REGISTRY, r"(?m)^SADDLE_GAME", "SADDLE_DYNAMICS(900, newcomer, common)\nSADDLE_GAME")
check(True, "tests/kernels/bytes/newcomer.txt has no bytes for 2x2:double")
change(REGISTRY, "newcomer, common", "newcomer, headers")
check(False, "the default archive has")

tree()
change(BYTES, r"(?m)^(1x1\S* avx512) \d+", r"\1 9000000")
check(True, "the default archive may have 8192 KiB: give a rule a smaller tier in registry.def")

# One object that is not what its line says.
tree()
os.makedirs(os.path.join(SCRATCH, "build/kernels"))
with open(os.path.join(SCRATCH, "build/kernels/saddle_kernels_avx2_optimistic.isolated.o"), "wb") as file:
    file.write(bytes(1000))
check(True, "run ./dev generate kernels", "--build", os.path.join(SCRATCH, "build"), "--core", "2x2,3x2:float,double")
