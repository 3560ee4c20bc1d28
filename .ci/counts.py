"""The instructions of loading and asking, counted by valgrind, against those kept in benches/counts.tsv.

More than 5 % more is a failure, unless the file says so in the same change: `python3 .ci/counts.py --accept PROGRAM` writes it anew.
Counts of another compiler are not compared.
"""

import re
import subprocess
import sys
from pathlib import Path

KEPT = Path("benches/counts.tsv")
MODELS = [
    "policies/anywherenow/operating-model-2.yaml",
    "policies/mydre/core-support-team.yaml",
    "medium-plain",
    "medium-contexts",
]
PARTS = ["counted_load", "counted_queries"]
GROWTH = 1.05


def compiler():
    return subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def count(program, model, part):
    """The instructions of one function, with all it calls."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--toggle-collect=counts::{part}", program, model]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = re.search(r"Collected : (\d+)", said)
    assert found and int(found[1]) > 0, f"nothing was counted of {part}:\n{said}"
    return int(found[1])


def main(arguments):
    accept = "--accept" in arguments
    program = next(word for word in arguments if not word.startswith("-"))
    counted = {(model, part): count(program, model, part) for model in MODELS for part in PARTS}
    if accept:
        rows = [f"{model}\t{part}\t{number}" for (model, part), number in counted.items()]
        KEPT.write_text("\n".join([f"# {compiler()}", *rows]) + "\n")
        return 0
    head, *rows = KEPT.read_text().splitlines()
    if head != f"# {compiler()}":
        print(f"counted with {head[2:]}, this is {compiler()}: not compared")
        return 0
    kept = {(model, part): int(number) for model, part, number in (row.split("\t") for row in rows)}
    assert kept.keys() == counted.keys(), "the kept counts are of other parts: accept them anew"
    failed = False
    for key, number in counted.items():
        ratio = number / kept[key]
        failed |= ratio > GROWTH
        print(f"{ratio:6.3f}  {number:>13,}  {' '.join(key)}{'  MORE THAN 5 % MORE' if ratio > GROWTH else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
