"""Running other programs, shown with a leading + as ./dev does."""

import shlex
import subprocess
import sys


def show(command):
    print("+ " + " ".join(shlex.quote(word) for word in command), file=sys.stderr, flush=True)


def run(root, command):
    """Runs it with its own output on stderr, and ends this program where it fails."""
    show(command)
    code = subprocess.run(command, cwd=root, stdout=sys.stderr).returncode
    if code != 0:
        sys.exit(f"generate: exit code {code} of {shlex.join(command)}")


def output(root, command):
    """What it prints."""
    show(command)
    result = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"generate: exit code {result.returncode} of {shlex.join(command)}")
    return result.stdout
