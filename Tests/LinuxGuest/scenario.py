"""One scenario, two driver stacks: the same file passes with our own driver and with stock Linux."""

import subprocess

from bench import PROJECT


def run(report, martlet, kernel):
    for driver in (["built-in"], ["linux", "--kernel", kernel]):
        result = subprocess.run([martlet, "run", "Scenarios/receive.yaml", "--driver", *driver], cwd=PROJECT, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        passed = result.returncode == 0
        report.check(f"Scenarios/receive.yaml, {driver[0]}", passed, "" if passed else result.stdout[-2000:])
