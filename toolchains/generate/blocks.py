"""Generated parts of pages. A page has

    <!-- generated: NAME argument... -->
    <!-- end generated -->

and what NAME of some module's BLOCKS returns for (root, argument...) stands in between: on lines of its own, or, where the
first marker is followed by text on its line, in the line."""

import os
import re

from files import read

# Between backquotes a page speaks of a marker.
BEGIN = r"(?<!`)<!-- generated: "
MARKED = re.compile(BEGIN + r"([^>]*?) -->(\n?).*?<!-- end generated -->", re.S)


def pages(root):
    """Every page of the project: those at the top, and those of docs/."""
    for folder in ("", "docs"):
        for name in sorted(os.listdir(os.path.join(root, folder))):
            if name.endswith(".md"):
                yield os.path.join(folder, name)


def filled(root, page, text, blocks):
    """The page with all its blocks written anew."""

    def fill(found):
        name, *arguments = found[1].split()
        if name not in blocks:
            raise SystemExit(f"generate: {page} asks for '{name}', there is only: {', '.join(sorted(blocks))}")
        body = blocks[name](root, *arguments)
        if found[2]:
            body = f"\n\n{body}\n\n"
        return f"<!-- generated: {found[1]} -->{body}<!-- end generated -->"

    if len(re.findall(BEGIN, text)) != len(MARKED.findall(text)):
        raise SystemExit(f"generate: {page} has a '<!-- generated: -->' without its '<!-- end generated -->'")
    return MARKED.sub(fill, text)


def files(root, blocks):
    """{path: text} of the pages that have blocks."""
    texts = {page: read(os.path.join(root, page)) for page in pages(root)}
    return {page: filled(root, page, text, blocks) for page, text in texts.items() if re.search(BEGIN, text)}
