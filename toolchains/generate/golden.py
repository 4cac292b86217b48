"""The bits of trajectories, tests/golden/<class>/<rule>.def, from what golden_writer prints on this machine."""

import os
import platform
import re

import commands

FOLDER = "tests/golden"
ROUNDS = {"fused": "once", "unfused": "twice"}


def files(root, printed):
    """{path: text} of one class; None for the file of a rule that is no longer registered."""
    first, *lines = printed.splitlines()
    kind, steps = first.split()
    banner = f"// Iterate {steps} on every game, where fma rounds {ROUNDS[kind]}. Written by ./dev generate golden.\n"
    wanted = {f"{FOLDER}/{kind}/{name}": None for name in os.listdir(os.path.join(root, FOLDER, kind))}
    texts = {}
    for line in lines:
        rule = re.match(r"GOLDEN\((\w+),", line)[1]
        texts[rule] = texts.get(rule, banner) + line + "\n"
    wanted.update({f"{FOLDER}/{kind}/{rule}.def": text for rule, text in texts.items()})
    return wanted


def presets():
    """What computes here: this machine's class, and on x86-64 the other one."""
    return ["host", "x86-64-v1"] if platform.machine() in ("x86_64", "AMD64") else ["host"]


def build(root):
    """Builds and runs the writer in each preset; {path: text} of all classes that this machine has."""
    wanted = {}
    for preset in presets():
        commands.run(root, ["cmake", "--preset", preset])
        commands.run(root, ["cmake", "--build", "--preset", preset, "--target", "golden_writer"])
        wanted.update(files(root, commands.output(root, [f"build/{preset}/tests/golden/golden_writer"])))
    return wanted
