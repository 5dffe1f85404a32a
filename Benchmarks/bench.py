"""Runs the benchmarks that Tools/bench has built and reports them; not meant to be called by hand."""

import argparse
import json
import os
import pathlib
import subprocess
import sys

PENDING = ("64", "1024", "16384")
# Rates differ by a factor of ten and more, so each program gets as many events as make about half a second.
PEERS = {
    "hold": {"cpp": ("priority_queue", 4_000_000), "systemc": ("systemc", 1_000_000)},
    "hold_machine_event": {"cpp": ("priority_queue24", 4_000_000)},
}
MARTLET_EVENTS = 4_000_000


class Failure(Exception):
    """A benchmark did not run, or two programs that must agree do not."""


def output(*command, preload=None):
    environment = dict(os.environ, LD_PRELOAD=str(preload.resolve())) if preload else None
    run = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, env=environment
    )
    if run.returncode != 0:
        raise Failure(f"{' '.join(map(str, command))} exited {run.returncode}: {run.stderr.strip()[-400:]}")
    return run.stdout


def martlet_json(martlet, part, preload=None):
    text = output(martlet, "bench", part, "--json", preload=preload)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Failure(f"martlet bench {part} --json printed no JSON object: {error}") from error


def keep_best(best, model, pending, name, rate):
    rates = best.setdefault(model, {}).setdefault(pending, {})
    rates[name] = max(rates.get(name, 0.0), round(rate, 3))


def hold(arguments):
    """Every program once a round, and for each its best round."""
    best = {}
    for turn in range(arguments.rounds):
        print(f"hold model: round {turn + 1} of {arguments.rounds}", file=sys.stderr)
        measured = martlet_json(arguments.martlet, "hold")
        for model, peers in PEERS.items():
            for pending in PENDING:
                ours = measured[model][pending]
                keep_best(best, model, pending, "martlet", ours["martlet"])
                for name, (program, events) in peers.items():
                    rate, end, checksum = output(arguments.peers / program, pending, events).split()
                    keep_best(best, model, pending, name, float(rate))
                    if events != MARTLET_EVENTS or name != "cpp":
                        continue
                    if (end, checksum) != (ours["end"], ours["checksum"]):
                        raise Failure(f"{model}, {pending} pending: {program} popped in another order than martlet")
    return best


def look_up(result, path):
    for key in path.split("."):
        if not isinstance(result, dict) or key not in result:
            return None
        result = result[key]
    return result


def check(result, parts):
    """Prints every rule of thresholds.json that is about `parts`; the number of those that are not kept."""
    rules = json.loads(pathlib.Path(__file__).with_name("thresholds.json").read_text())["rules"]
    missed = 0
    for rule in rules:
        if rule["value"].split(".")[0].split("_")[0] not in parts:
            continue
        value = look_up(result, rule["value"])
        name = rule["value"]
        if "over" in rule:
            base = look_up(result, rule["over"])
            name += " / " + rule["over"]
            value = value / base if value is not None and base else None
        kept = value is not None and rule.get("at_least", value) <= value <= rule.get("at_most", value)
        bound = f">= {rule['at_least']}" if "at_least" in rule else f"<= {rule['at_most']}"
        shown = "not measured" if value is None else f"{value:.6g}"
        print(f"{'kept  ' if kept else 'MISSED'}  {name}: {shown} ({bound})", file=sys.stderr)
        missed += not kept
    return missed


def print_table(result):
    for model, title in (("hold", "8-byte event"), ("hold_machine_event", "the machine's event")):
        if model not in result:
            continue
        print(f"Hold model, {title}: million events per second")
        print(f"{'pending':>8} {'martlet':>9} {'C++':>9} {'SystemC':>9} {'/ C++':>7} {'/ SystemC':>10}")
        for pending, rates in result[model].items():
            peers = [rates.get("cpp"), rates.get("systemc")]
            ratios = [rates["martlet"] / peer if peer else None for peer in peers]
            cells = [f"{rate:9.2f}" if rate else f"{'':9}" for rate in peers]
            cells.append(f"{ratios[0]:7.2f}" if ratios[0] else f"{'':7}")
            cells.append(f"{ratios[1]:10.2f}" if ratios[1] else "")
            print(f"{pending:>8} {rates['martlet']:9.2f} {' '.join(cells)}".rstrip())
        print()
    for part, value in result.items():
        if part in PEERS:
            continue
        print(part)
        for key, number in value.items() if isinstance(value, dict) else [("", value)]:
            print(f"  {key:<28} {json.dumps(number)}")
        print()


def loop64(arguments):
    """The best round, as for the peers of hold; of allocations and memory the most."""
    best = {}
    for turn in range(arguments.rounds):
        print(f"loop64: round {turn + 1} of {arguments.rounds}", file=sys.stderr)
        # The counter of allocations is preloaded.
        measured = martlet_json(arguments.martlet, "loop64", arguments.peers / "libcount.so")
        measured = measured.get("loop64", measured)
        for name, value in measured.items():
            best[name] = value if best.get(name) is None else max(best[name], value)
    return {"loop64": best}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--martlet", required=True)
    parser.add_argument("--peers", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("parts", nargs="+", choices=["hold", "loop64", "functions", "pcie"])
    arguments = parser.parse_args()
    result = {}
    failures = 0
    for part in arguments.parts:
        try:
            if part == "hold":
                result.update(hold(arguments))
            elif part == "loop64":
                result.update(loop64(arguments))
            else:
                measured = martlet_json(arguments.martlet, part)
                result.update(measured if part in measured else {part: measured})
        except Failure as failure:
            failures += 1
            print(f"Tools/bench: {part}: {failure}", file=sys.stderr)
    if arguments.json:
        print(json.dumps(result))
    else:
        print_table(result)
    missed = check(result, arguments.parts) if arguments.check else 0
    return 1 if missed or failures else 0


if __name__ == "__main__":
    sys.exit(main())
