"""Writing what is kept in the tree: only what differs, so that nothing is rebuilt for nothing."""

import os


def read(path):
    """The text of a file, or None where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def stale(root, wanted):
    """The paths in wanted, {path: text or None}, whose file has another text; None is for a file that must not be."""
    return [path for path, text in wanted.items() if read(os.path.join(root, path)) != text]


def write(root, wanted):
    """Makes the files as wanted and returns the paths of those that changed."""
    changed = stale(root, wanted)
    for path in changed:
        place = os.path.join(root, path)
        if wanted[path] is None:
            os.remove(place)
            continue
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write(wanted[path])
    return changed
