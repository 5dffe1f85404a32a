"""One scenario, two driver stacks: the same files pass with our own driver and with stock Linux."""

import subprocess

from bench import PROJECT


SCENARIOS = ["Scenarios/receive.yaml", "Scenarios/hypervisor.yaml"]


def run(report, martlet, kernel):
    for scenario in SCENARIOS:
        for driver in (["built-in"], ["linux", "--kernel", kernel]):
            result = subprocess.run([martlet, "run", scenario, "--driver", *driver], cwd=PROJECT, check=False,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
            passed = result.returncode == 0
            report.check(f"{scenario}, {driver[0]}", passed, "" if passed else result.stdout[-2000:])
