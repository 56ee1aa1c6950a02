"""Executes a notebook and writes it as a page and as a notebook, also when a cell fails.

The page shows each output in its richest form that needs no JavaScript: nbconvert takes SVG before
PNG, and knows nothing of Vega; formulas become MathML.
"""

import argparse
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from jupyter_client.kernelspec import NoSuchKernel
from nbconvert import HTMLExporter

from formulas import with_formulas

KERNEL = "tslearn2"


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("--html")
    parser.add_argument("--to")
    parser.add_argument("--timeout", type=float)
    parser.add_argument("--kernel")
    return parser.parse_args()


def show_progress(notebook):
    """Returns a hook that prints one line as each code cell begins."""
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]

    def begin(cell, cell_index):
        if cell.cell_type == "code":
            first = cell.source.strip().split("\n")[0][:60]
            print(f"cell {code.index(cell_index) + 1} of {len(code)}: {first}", flush=True)

    return begin


def execute(notebook, arguments):
    """Runs all cells; returns the error that stopped it, or None."""
    language = notebook.metadata.get("kernelspec", {}).get("name", KERNEL)
    client = NotebookClient(
        notebook,
        kernel_name=arguments.kernel or language,
        timeout=arguments.timeout,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(arguments.input))}},
        on_cell_start=show_progress(notebook),
    )
    try:
        client.execute()
    except NoSuchKernel as error:
        return f"{error}. Run `npm run setup`, or name a kernel with --kernel."
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return str(error)
    return None


def write(path, text):
    """Beside, then renamed: the old file or the new one."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    beside = f"{path}.{os.getpid()}.tmp"
    with open(beside, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(beside, path)
    print(f"wrote {path}")


def main():
    arguments = parse_arguments()
    try:
        notebook = nbformat.read(arguments.input, as_version=4)
    except Exception as error:
        sys.exit(f"tslearn2 notebook: {arguments.input} is not a notebook: {error}")
    problem = execute(notebook, arguments)
    if arguments.to:
        write(arguments.to, nbformat.writes(notebook))
    if arguments.html:
        name = os.path.splitext(os.path.basename(arguments.input))[0]
        drawn = with_formulas(notebook)
        page, _ = HTMLExporter().from_notebook_node(drawn, {"metadata": {"name": name}})
        write(arguments.html, page)
    if problem:
        sys.exit(f"tslearn2 notebook: a cell of {arguments.input} failed.\n{problem}")


main()
