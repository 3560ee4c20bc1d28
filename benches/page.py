"""docs/performance.md out of measured output: `python3 benches/page.py`, on a machine with nothing else to do. It takes some minutes.

Runs the benches, keeps what they print in target/performance, and makes tables and drawings of it. `--only query,cells` runs only those and
takes the rest as it was kept; `--only none` runs nothing. The words around the figures are in this file.
"""

import math
import platform
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

PAGE = Path("docs/performance.md")
PLOT = Path("docs/performance.svg")
KEPT = Path("target/performance")
BENCHES = ["load", "memory", "lints", "query", "cells", "threads", "peers"]
SIZES = ["small", "medium", "large"]
FORMS = ["plain", "contexts"]


def command(name):
    if name == "peers":
        return ["cargo", "run", "--quiet", "--release", "--manifest-path", "benches/peers/Cargo.toml", "--target-dir", "target/peers"]
    return ["cargo", "bench", "--quiet", "--features", "live,parallel", "--bench", name]


def printed(name, again):
    """What a bench prints, now or when it was last run; and when and where that was."""
    kept = KEPT / f"{name}.txt"
    if again:
        KEPT.mkdir(parents=True, exist_ok=True)
        out = subprocess.run(command(name), stdout=subprocess.PIPE, text=True, check=True).stdout
        kept.write_text(f"{date.today()}, {machine()}\n{out}")
    where, _, out = kept.read_text().partition("\n")
    return where, out


def machine():
    said = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.+)", said)[1]
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"{said.count('processor')} cores of {model}, {memory / 2**20:.0f} GB, {platform.system()}, {compiler}"


def table(head, rows):
    lines = [head, ["---"] + ["--:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(field) for field in line) + " |" for line in lines)


def short(ns):
    """A time in the unit that suits it."""
    for unit, size in [("s", 1e9), ("ms", 1e6), ("µs", 1e3)]:
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


def many(times):
    return f"{times:.1f}" if times < 10 else f"{times:,.0f}"


def text_name(name):
    """`1mb plain` as one would say it."""
    return re.sub(r"^(\d+)mb", r"\1 MB", name)


def sections(out):
    """Blocks of lines, each under the size and form that its first line begins with."""
    blocks = re.split(r"^(?=\w)", out, flags=re.M)
    return {re.match(r"[\w ]+", block)[0]: block for block in blocks if block.strip()}


class Asked:
    """The rows of the table of what was asked for; `limit` is what a yardstick takes in the place of what is measured, where there is one."""

    def __init__(self):
        self.rows = []

    def add(self, what, measured, asked, reached, limit="-", allows=True):
        self.rows.append([what, measured, asked, limit, "yes" if reached else "**no**" if allows else "**no**, nor is it there"])

    def at_most(self, what, value, asked, unit=" times", limit=None):
        least = f"{limit:.2f}{unit}" if limit else "-"
        self.add(what, f"{value:.2f}{unit}", f"at most {asked:g}", round(value, 2) <= asked, least, not limit or round(limit, 2) <= asked)

    def at_least(self, what, value, asked, unit=" times", limit=None):
        most = f"{many(limit)}{unit}" if limit else "-"
        self.add(what, f"{many(value)}{unit}", f"at least {asked:g}", value >= asked, most, not limit or limit >= asked)


def loading(out, asked):
    rows = []
    pattern = r"^(.+): ([\d.]+) MB, parser ([\d.]+) ms, load on one thread ([\d.]+) ms, .+, on all cores ([\d.]+) ms, .+ times, (\d+) ns"
    found = {name: tuple(map(float, rest)) for name, *rest in re.findall(pattern, out, re.M)}
    each = lambda name, way: found[name][way] / found[name][0]
    for name, (size, parser, alone, load, ns) in found.items():
        times = [f"{ms / parser:.2f}" for ms in (alone, load)]
        rows.append([text_name(name), f"{size:.2f} MB", *[short(ms * 1e6) for ms in (parser, alone, load)], *times, f"{ns:.0f} ns"])
    for way, how in [(3, "all cores"), (2, "one thread")]:
        for name, times in found.items():
            if "/" in name:
                asked.add(f"load of `{name}`, {how}", short(times[way] * 1e6), "under 1 ms", times[way] < 1)
            else:
                asked.at_most(f"load of {text_name(name)} beside the bare parser, {how}", times[way] / times[1], 1.5, limit=1 if way == 2 else None)
        for form in FORMS:
            what = f"time for each byte, {form}, {how}: 100 MB beside 1 MB"
            asked.at_most(what, each(f"100mb {form}", way) / each(f"1mb {form}", way), 1.3)
    head = ["text", "size", "parser alone", "load, one thread", "load, all cores", "times the parser, one thread", "all cores", "for each byte"]
    return table(head, rows), found


def remembering(out, asked):
    rows, found = [], {}
    pattern = r"^(.+): at most ([\d.]+) times the text, kept ([\d.]+) times; without the text (\d+) bytes .* of them (\d+) for"
    for name, *rest in re.findall(pattern, out, re.M):
        most, kept, each, index = found[name] = tuple(map(float, rest))
        rows.append([text_name(name), f"{most:.1f}", f"{kept:.1f}", f"{each:.0f} bytes", f"{index:.0f} bytes"])
        asked.at_most(f"most memory while {text_name(name)} is loaded, beside its text", most, 6)
        if not name.startswith("1mb"):
            asked.add(f"memory for each assignment of {text_name(name)}, without the text", f"{each:.0f} bytes", "under 150", each < 150)
    head = ["text", "most while loading, times the text", "kept, times the text", "kept for each assignment, without the text", "of them the index"]
    return table(head, rows), found


def linting(out, asked):
    rows = []
    pattern = r"^(\w+ \w+)\s+[\d.]+\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+(\d+)"
    for name, load, alone, lint, ratio, mend, findings in re.findall(pattern, out, re.M):
        times = [short(float(seconds) * 1e9) for seconds in (load, alone, lint)]
        rows.append([name, *times, ratio, f"{int(findings):,}", short(float(mend) * 1e9)])
        if name.startswith("large"):
            asked.at_most(f"all lints of {name}, beside its load", float(ratio), 3)
    return table(["model", "load", "lints, one thread", "lints, all cores", "times the load", "findings", "their mends"], rows)


def asking(out, asked):
    cells = {}
    for name, block in sections(out).items():
        rows = re.findall(r"^  (.+?)\s+([\d.]+) ns\s+([\d.]+) least", block, re.M)
        cells[name] = {row: (float(median), float(least)) for row, median, least in rows}
    of = lambda name, one, other: cells[name][one][0] / cells[name][other][0]
    limit = lambda name, one, other: of(name, one, other) if one in cells[name] else None
    for size in ["small", "medium"]:
        asked.at_most(f"who, {size} plain, beside the grid", of(f"{size} plain", "who", "grid"), 2, limit=1)
    read = of("large plain", "chain of reads", "hash map, walked")
    asked.at_most("who, large plain, beside the hash map", of("large plain", "who", "hash map, walked"), 0.6, limit=read)
    asked.at_most("who, large plain, in dependent reads", of("large plain", "who", "chain of reads"), 1, " reads", limit=1)
    for size in SIZES:
        own = cells[f"{size} contexts"]["who"][0] / cells[f"{size} plain"]["who"][0]
        asked.at_most(f"who, {size}, with contexts beside plain", own, 2)
    for form in FORMS:
        asked.at_most(f"many at once, large {form}, beside one by one", of(f"large {form}", "who, many at once", "who"), 0.5)
    for name in cells:
        asked.at_most(f"holds (named), {name}, beside who", of(name, "holds (named)", "who"), 1.5)
    for what, yardstick in [("the whole cell", "grid, the whole cell"), ("the whole cell, one letter", "grid")]:
        for name in cells:
            asked.at_most(f"{what}, {name}, beside who", of(name, what, "who"), 1.5, limit=limit(name, yardstick, "who"))
    for name in cells:
        by_name, least = of(name, "who, by name", "names looked up"), limit(name, "names, then the grid", "names looked up")
        if name.startswith("large"):
            least = 1 + of(name, "chain of reads", "names looked up")
        asked.at_most(f"who by name, {name}, beside the names alone", by_name, 1.5 if name.startswith("large") else 1.7, limit=least)
    names = dict.fromkeys(row for own in cells.values() for row in own)
    value = lambda own, row: f"{own[row][0]:.1f} ({own[row][1]:.1f})" if row in own else "-"
    rows = [[row, *(value(own, row) for own in cells.values())] for row in names]
    return table(["ns, median (least)", *cells], rows), cells


def streaming(out, asked):
    rows = []
    for name, block in sections(out).items():
        rates = {}
        for row, ms, rate in re.findall(r"^  (.+?)\s+([\d.]+) ms\s+([\d.]+) million", block, re.M):
            rates[row] = float(rate)
            rows.append([name, row, short(float(ms) * 1e6), f"{float(rate):.2f} million"])
        if name.startswith("medium"):
            asked.at_least(f"cells of {name} a second, one core", rates["in memory"], 20, " million")
            asked.at_least(f"cells of {name}, two cores beside one", rates["in memory, 2 threads"] / rates["in memory, 1 thread"], 1.7)
    return table(["model", "how", "all cells", "a second"], rows)


def sharing(out, asked):
    rows = []
    for name, block in sections(out).items():
        found = re.findall(r"^  (.+?)\s+1 thread\s+([\d.]+) million a second, 2 threads\s+([\d.]+), ([\d.]+) times", block, re.M)
        rows += [[name, *row] for row in found]
        asked.at_least(f"questions to {name}, two threads beside one", float(found[0][3]), 1.7)
    return table(["model", "policy", "1 thread, million a second", "2 threads", "times as many"], rows)


def beside(out, asked, queries):
    least = lambda size: queries[f"{size} plain"]["chain of reads" if size == "large" else "grid"][0]
    found, peers = {}, {}
    for size, block in sections(out).items():
        pattern = r"^  (who|holds)\s+(.+?)\s+by (\w+)\s+loaded\s+([\d.]+) ms\s+(\d+) equal\s+(\d+) asked\s+([\d.]+) ns\s+([\d.]+) of rasci by handle\s+([\d.]+) by name"
        for kind, peer, way, load, equal, count, ns, handle, name in re.findall(pattern, block, re.M):
            found[kind, peer, way, size] = (float(ns), float(handle), float(name), float(load), int(equal), int(count))
            peers[peer, way] = None
    tables = []
    for kind, title in [("who", "Who holds the letter"), ("holds", "Does this party hold it")]:
        rows = []
        for peer, way in peers:
            row = [peer, way]
            for size in SIZES:
                one = found.get((kind, peer, way, size))
                row.append(f"{short(one[0])}: {many(one[1])} / {many(one[2])}" if one else "-")
                if one and peer != "rasci" and kind == "who":
                    most = one[0] / least(size) if way == "handle" else None
                    asked.at_least(f"ahead of {peer}, who, {size}, by {way}", one[1] if way == "handle" else one[2], 50, limit=most)
            rows.append(row)
        tables.append(f"{title}; each time, and how many times that of rasci by handle / by name it is:\n\n" + table(["", "asked by", *SIZES], rows))
    rows = []
    for peer, way in peers:
        ones = [found.get(("who", peer, way, size)) for size in SIZES]
        rows.append([peer, way, *(f"{short(one[3] * 1e6)}; {one[4]:,}" if one else "-" for one in ones)])
    loads = "Loading, and how many answers to who were compared, all equal:\n\n" + table(["", "asked by", *SIZES], rows)
    return "\n\n".join([*tables, loads])


def panel(left, title, low, high, ticks, series):
    """One drawing, both axes logarithmic: `series` are (name, colour, dash, [(x, y)])."""
    first, last = ticks[0][0] / 2, ticks[-1][0] * 2
    x = lambda at: left + 200 * math.log(at / first) / math.log(last / first)
    y = lambda at: 250 - 200 * math.log(at / low) / math.log(high / low)
    out = [f'<text x="{left - 30}" y="24" font-size="14">{title}</text>']
    for step in range(round(math.log10(high / low)) + 1):
        at = low * 10**step
        out.append(f'<path d="M{left} {y(at):.1f}h200" stroke="#ddd"/><text x="{left - 6}" y="{y(at) + 4:.1f}" text-anchor="end">{at:,g}</text>')
    out += [f'<text x="{x(at):.1f}" y="270" text-anchor="middle">{name}</text>' for at, name in ticks]
    for nth, (name, colour, dash, points) in enumerate(series):
        line = " ".join(f"{x(px):.1f},{y(py):.1f}" for px, py in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-dasharray="{dash}" stroke-width="2"/>')
        out += [f'<circle cx="{x(px):.1f}" cy="{y(py):.1f}" r="3" fill="{colour}"/>' for px, py in points]
        row = 292 + 18 * nth
        out.append(f'<path d="M{left} {row - 4}h24" stroke="{colour}" stroke-dasharray="{dash}" stroke-width="2"/><text x="{left + 30}" y="{row}">{name}</text>')
    return out


def plot(load, memory, query):
    texts = [f"{size} {form}" for form in FORMS for size in ["1mb", "10mb", "100mb"]]
    blue, red, grey, green = "#1f5fa8", "#a8451f", "#666", "#2b7a3f"
    lines = lambda value: [(form, colour, dash, [(load[text][0], value(text)) for text in texts if form in text])
                           for form, colour, dash in [("plain", blue, "none"), ("contexts", red, "5 3")]]
    bytes_of = [(1, "1 MB"), (10, "10 MB"), (100, "100 MB")]
    sizes = [(60, "60"), (20_000, "20,000"), (1_000_000, "a million")]
    line = lambda form, row: [(count, query[f"{size} {form}"][row][0]) for size, (count, _) in zip(SIZES, sizes) if row in query[f"{size} {form}"]]
    asked = [("who, plain", blue, "none", line("plain", "who")), ("who, contexts", red, "5 3", line("contexts", "who")),
             ("hash map, plain", grey, "2 2", line("plain", "hash map, walked")), ("grid, plain", green, "1 3", line("plain", "grid"))]
    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 870 360" font-family="sans-serif" font-size="12" role="img">',
        "<title>Seconds and memory of a load against the size of the text; time of a question against the number of assignments</title>",
        '<rect width="870" height="360" fill="#fff"/>',
        *panel(60, "a load on all cores, seconds", 0.01, 100, bytes_of, lines(lambda text: load[text][3] / 1e3)),
        *panel(350, "most memory of a load, MB", 1, 10_000, bytes_of, lines(lambda text: load[text][0] * memory[text][0])),
        *panel(640, "a question, ns, by assignments", 1, 1_000, sizes, asked),
    ]
    PLOT.write_text("\n".join([*out, "</svg>"]) + "\n")


def main(arguments):
    only = arguments[arguments.index("--only") + 1].split(",") if "--only" in arguments else BENCHES
    said = {name: printed(name, name in only) for name in BENCHES}
    asked, out = Asked(), {name: text for name, (_, text) in said.items()}
    (load, loads), (memory, memories), (query, queries) = loading(out["load"], asked), remembering(out["memory"], asked), asking(out["query"], asked)
    lints = linting(out["lints"], asked)
    cells, threads, peers = streaming(out["cells"], asked), sharing(out["threads"], asked), beside(out["peers"], asked, queries)
    plot(loads, memories, queries)
    places = dict.fromkeys(where for where, _ in said.values())
    reached = sum(row[4] == "yes" for row in asked.rows)
    beyond = sum(row[4].endswith("there") for row in asked.rows)
    PAGE.write_text(f"""# What it costs

Measured on {"; on ".join(places)}. Every figure is from what the benches printed; each puts what it measures beside something known, in one run,
since times alone say little. `python3 benches/page.py` measures all of it again and writes this page, `--only query,peers` some of it; a machine
that does anything else meanwhile tells other times.

The model of every figure is the [workload](../benches/workload/mod.rs): *small* is a real document (30 tasks, 60 assignments), *medium*
has 2,000 tasks and 20,000 assignments, *large* 100,000 and a million, each *plain* and with *contexts*: three dimensions, a third
of the assignments with a condition, one in ten through a relation.

![Time and memory of a load against the size of the text, and time of a question against the number of assignments](performance.svg)

## Loading

From text to a policy that can be asked, with every diagnostic, beside the bare YAML parser's events on the same text, which are the limit: a load
cannot take less than reading on one thread. With the feature `parallel`, which the command has, a text is cut into pieces that are read, and its assignments
resolved, on as many threads as there are cores; without it all is done on one. `cargo bench --bench load --features parallel`, `--bench memory`.

{load}

{memory}

Most of a load is the parser's. Of the rest, names are looked up in tables that no cache holds once a model is large, and the index is built.
While it loads, the tree of the text is the largest thing in memory; assignments are read out of it one by one, and what is read is forgotten.

## Linting

Every lint, over the effective cells in all contexts at once, beside the load of the same model; each is told with how far it reaches. With the feature
`parallel`, which the command has, on as many threads as there are cores. Few cells are looked at of all there are: those where what a lint finds can
show first. `cargo bench --bench lints --features parallel`.

{lints}

## Asking

Who holds one letter of one cell in a full context, by handle, 100,000 questions drawn evenly. Beside it: a *grid* with every answer ready, which is one
read of memory and the limit where it fits (at *large* it would take 4 GB); a *hash map* that is walked up the trees of tasks and components; and
a *chain* of reads in a table as large as the index, each of which needs the one before: what one miss of every cache costs. The names alone are
looked up in the policy, and in two hash maps; and the names and then the grid. Of a *whole
cell* all five letters are found, and every party of them is looked at, or of one letter only; the grid has all five in one place. `cargo bench --bench query`.

{query}

## Everything at once

Every cell in one full context, in memory, and every cell with all its cases as lines of JSON. A cell is a task at a component (or at the whole system)
with its five letters, of each of which every party is looked at; so a cell is five answers. `cargo bench --bench cells --features parallel`.

{cells}

## From many threads

A policy is never changed, so threads need not wait for each other. Where it may be replaced (`Live`), a reader takes the policy of now and asks that: once
for many questions, or anew for each, which counts the readers and so makes them share a line of memory. Where it
is not asked, each thread only computes: what two cores of this machine are worth. `cargo bench --bench threads --features live`.

{threads}

## Beside what you would take instead

The same facts in a graph ([petgraph](https://docs.rs/petgraph)), in [SQLite](https://www.sqlite.org), and in the policy engines [regorus](https://docs.rs/regorus) (Rego), [Cedar](https://www.cedarpolicy.com)
and [casbin](https://casbin.org), each written as [its users would](../benches/peers/src/peers), asked the same questions. A graph and a table are asked with handles, as numbers; Cedar with ready
entities; Rego and casbin with names. None of them checks, explains, or knows conditions in this comparison. The program is a package of its own,
so that nobody who uses or tests the library compiles it:
`cargo run --release --manifest-path benches/peers/Cargo.toml --target-dir target/peers`.

{peers}

Cedar and casbin answer whether a party may; who may is asked in the cheapest way that was found, which is said in the sources. A slow peer was asked fewer of the questions: the first so many.

## What was asked for

{reached} of {len(asked.rows)} are reached. The yardstick stands in the place of what is measured, to tell how far off it is: on one thread the bare parser; the
grid, with every answer ready; where that does not fit one dependent read; by name the same after the names. It is no proof that nothing is
faster. The peers are put beside the yardsticks of the bench `query`. {beyond} of the figures are not reached by the yardstick either.

{table(["figure", "measured", "asked", "yardstick", "reached"], asked.rows)}

## Held in check

`.ci/counts.py` counts the instructions of loading and of asking, for the shipped models and *medium*, and fails the build on more than 5 % more than
[those kept](../benches/counts.tsv).
""")


if __name__ == "__main__":
    main(sys.argv[1:])
