"""docs/performance.md out of measured output: `python3 benches/page.py`, on a machine with nothing else to do. It takes some minutes.

Runs the benches, keeps what they print word for word, and draws time and memory against size. The words around the figures are in this file.
"""

import math
import platform
import re
import subprocess
from datetime import date
from pathlib import Path

PAGE = Path("docs/performance.md")
PLOT = Path("docs/performance.svg")


def bench(name, *words):
    """What a bench prints."""
    command = ["cargo", "bench", "--quiet", "--bench", name, "--", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def machine():
    said = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.+)", said)[1]
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{said.count('processor')} cores of {model}, {memory / 2**20:.0f} GB, {platform.system()}, {compiler}"


def plot(load, memory):
    """Both against the size of the text, on logarithmic axes."""
    times = re.findall(r"^(\d+mb) (\w+): ([\d.]+) MB.* load ([\d.]+) ms", load, re.M)
    peaks = {(size, form): float(times) for size, form, times in re.findall(r"^(\d+mb) (\w+): at most ([\d.]+)", memory, re.M)}
    points = [(form, float(mb), float(ms) / 1e3, float(mb) * peaks[size, form]) for size, form, mb, ms in times]
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300" font-family="sans-serif" font-size="12" role="img">',
        "<title>Seconds and memory of a load, against the size of the text</title>",
        '<rect width="720" height="300" fill="#fff"/>',
    ]
    for left, title, unit, low, high, value in [
        (60, "time of a load", "s", 0.01, 100, lambda point: point[2]),
        (420, "most memory of a load", "MB", 1, 10_000, lambda point: point[3]),
    ]:
        x = lambda mb: left + 240 * math.log10(mb / 0.5) / math.log10(400)
        y = lambda it: 250 - 200 * math.log10(it / low) / math.log10(high / low)
        out.append(f'<text x="{left}" y="24" font-size="14">{title}, {unit}</text>')
        for step in range(round(math.log10(high / low)) + 1):
            at = low * 10**step
            out.append(f'<path d="M{left} {y(at):.1f}h240" stroke="#ddd"/><text x="{left - 6}" y="{y(at) + 4:.1f}" text-anchor="end">{at:g}</text>')
        for mb in (1, 10, 100):
            out.append(f'<text x="{x(mb):.1f}" y="270" text-anchor="middle">{mb} MB</text>')
        for form, colour, dash in [("plain", "#1f5fa8", ""), ("contexts", "#a8451f", ' stroke-dasharray="5 3"')]:
            own = [(x(point[1]), y(value(point))) for point in points if point[0] == form]
            line = " ".join(f"{px:.1f},{py:.1f}" for px, py in own)
            out.append(f'<polyline points="{line}" fill="none" stroke="{colour}"{dash} stroke-width="2"/>')
            out += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in own]
            out.append(f'<text x="{own[-1][0] - 8:.1f}" y="{own[-1][1] + (34 if form == "plain" else -8):.1f}" text-anchor="end" fill="{colour}">{form}</text>')
    PLOT.write_text("\n".join([*out, "</svg>"]) + "\n")


def main():
    load, memory, query = bench("load"), bench("memory"), bench("query")
    plot(load, memory)
    PAGE.write_text(f"""# What it costs

Measured on {date.today()}, {machine()}. Everything below is what the benches printed, word for word; each puts what it measures beside
something known, in one run, since times alone say little. `python3 benches/page.py` measures all of it again and writes this page.

The model of every figure is the [workload](../benches/workload/mod.rs): *small* is a real document (30 tasks, 60 assignments), *medium*
has 2,000 tasks and 20,000 assignments, *large* 100,000 and a million, each *plain* and with *contexts*: three dimensions, a third
of the assignments with a condition, one in ten through a relation.

## Loading

From text to a policy that can be asked, with every diagnostic, beside the bare YAML parser's events on the same text, which are the limit: a load
cannot take less than reading.

```text
{load}
```

The most memory of a load, and what the policy keeps:

```text
{memory}
```

![Time and memory of a load against the size of the text](performance.svg)

Most of a load is the parser's. Of the rest, names are looked up in tables that no cache holds once a model is large, and the index is built.
While it loads, the tree of the text is the largest thing in memory; assignments are read out of it one by one, and what is read is forgotten.

## Asking

Who holds one letter of one cell in a full context, by handle, 100,000 questions drawn evenly. Beside it: a *grid* with every answer ready, which is one
read of memory and the limit where it fits (at *large* it would take 4 GB); a *hash map* that is walked up the trees of tasks and components; and
a *chain* of reads in a table as large as the index, each of which needs the one before: what one miss of every cache costs.

```text
{query}
```

A look-up reads one line of memory for the letter of the task, then the set of parties; with conditions a list of rules between the two. It allocates nothing.

## Held in check

`.ci/counts.py` counts the instructions of loading and of asking, for the shipped models and *medium*, and fails the build on more than 5 % more than
[those kept](../benches/counts.tsv).
""")


if __name__ == "__main__":
    main()
