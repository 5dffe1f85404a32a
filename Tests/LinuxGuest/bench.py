"""The bench of the driver tests: a served device, guests on it, and lines that say PASS or FAIL."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
sys.path.insert(0, str(PROJECT / "Tools" / "linux-guest.d"))
from guest import Guest, GuestError  # noqa: E402

# Lines of the kernel's log that need an explanation, at whatever level they come.
SUSPICIOUS = re.compile(
    r"syndrome|health|hw csum failure|WARNING|BUG|Call Trace|cut here|Error cqe|ERR CQE|timed? ?out|failed|Oops", re.I)


class Report:
    """Counts what passed and failed, and says each at once."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.start = time.monotonic()

    def check(self, name, passed, detail=""):
        if passed:
            self.passed += 1
        else:
            self.failed += 1
        seconds = time.monotonic() - self.start
        print(f"{'PASS' if passed else 'FAIL'} {name}{'' if passed and len(str(detail)) > 200 else f'  {detail}'.rstrip()}"
              f"  [{seconds:.0f} s]", flush=True)
        return passed

    def note(self, text):
        print(f"     {text}", flush=True)

    def skip(self, name, why):
        self.skipped += 1
        print(f"SKIP {name}  {why}", flush=True)


class Device:
    """`martlet serve` with one socket for every wire end, or for every function named of a scenario.

    Use it in a `with` statement. With a scenario, `command` gives commands to hosts that have our driver.
    """

    def __init__(self, martlet, wires, captures=(), folder=None, scenario=None, functions=()):
        self.martlet, self.wires, self.captures = martlet, list(wires), list(captures)
        self.scenario, self.functions = scenario, list(functions)
        self.folder = Path(folder or tempfile.mkdtemp(prefix="martlet-device-"))
        self.sockets = [str(self.folder / f"f{index}.sock") for index in range(len(self.wires) + len(self.functions))]
        self.log = self.folder / "serve.log"
        self.console = None
        self.process = None
        self.status = None

    def __enter__(self):
        command = [self.martlet, "serve"]
        if self.scenario:
            command += [str(self.scenario), "--console", str(self.folder / "console")]
        for index, path in enumerate(self.sockets):
            command += ["--vfio-user", f"{self.functions[index]}={path}" if self.scenario else path]
        for wire in self.wires:
            command += ["--wire", wire]
        for point in self.captures:
            command += ["--capture", f"{point}={self.capture(point)}"]
        self.process = subprocess.Popen(command, stdout=open(self.log, "wb"), stderr=subprocess.STDOUT, cwd=PROJECT)
        end = time.monotonic() + 20
        while self.log.read_text().count("listening on") < len(self.sockets) + bool(self.scenario):
            if self.process.poll() is not None or time.monotonic() > end:
                raise GuestError(f"martlet serve did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
        return self

    def capture(self, point):
        return self.folder / f"{point}.pcapng"

    def command(self, host, line):
        """What our driver on a host makes of a command line: its exit status and its output."""
        if self.console is None:
            self.console = socket.socket(socket.AF_UNIX)
            self.console.connect(str(self.folder / "console"))
            self.console.settimeout(20)
        self.console.sendall(f"{host} {line}\n".encode())
        data = b""
        while b"\n" not in data or len(data.split(b"\n", 1)[1]) < int(data.split(b"\n")[0].split()[1]):
            part = self.console.recv(1 << 16)
            if not part:
                raise GuestError(f"martlet serve did not answer: {line}")
            data += part
        head, text = data.split(b"\n", 1)
        return int(head.split()[0]), text.decode()

    def is_alive(self):
        return self.process.poll() is None

    def resident(self):
        """Bytes of memory the server has in use."""
        text = Path(f"/proc/{self.process.pid}/statm").read_text()
        return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def stop(self):
        """Ends the server and waits for its captures; its exit status."""
        if self.console:
            self.console.close()
            self.console = None
        if self.status is None:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
            try:
                self.status = self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                self.status = -9
        return self.status

    def __exit__(self, *_):
        if self.process.poll() is not None and self.status is None:
            print(f"     the server ended by itself, with {self.process.returncode}:\n{self.log.read_text()[-3000:]}",
                  flush=True)
        self.stop()
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


class HarmlessLines:
    """The list of log lines that are right, each with the reason: harmless-log-lines.txt."""

    def __init__(self):
        self.patterns = []
        for line in (HERE / "harmless-log-lines.txt").read_text().splitlines():
            if line.strip() and not line.startswith("#"):
                pattern, reason = line.split(" -- ", 1)
                self.patterns.append((re.compile(pattern), reason))

    def explains(self, line):
        return any(pattern.search(line) for pattern, _ in self.patterns)


def check_log(report, guest, name):
    """Since the driver was loaded, the kernel's log has no line that needs an explanation and has none."""
    status, text = guest.run("dmesg -r")
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if "martlet: loading modules" in line), 0)
    harmless, bad = HarmlessLines(), []
    for line in lines[start:]:
        found = re.match(r"<(\d+)>", line)
        level = int(found.group(1)) & 7 if found else 7
        if (level <= 4 or SUSPICIOUS.search(line)) and not harmless.explains(line):
            bad.append(line)
    report.check(f"{name}: kernel log", status == 0 and not bad, "\n       ".join(["", *bad[:12]]) if bad else "")
    return not bad


def guest_script(name, **values):
    """A script of the folder `guest`, with shell variables set before it."""
    head = "".join(f"{key}='{value}'\n" for key, value in values.items())
    return head + (HERE / "guest" / f"{name}.sh").read_text()


def start_together(guests):
    """Boots guests at the same time."""
    for guest in guests:
        guest.launch()
    for guest in guests:
        guest.wait_ready()
