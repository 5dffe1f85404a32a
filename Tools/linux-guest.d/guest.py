"""One guest: QEMU, its kernel log and the line protocol by which it takes commands."""

import base64
import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import initramfs
from parts import Parts

PR_SET_PDEATHSIG = 1


def die_with_parent():
    """QEMU must not outlive this program, however this program ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def sweep():
    """Removes the folders of programs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("martlet-guest-[0-9]*-*"):
        if not Path(f"/proc/{folder.name.split('-')[2]}").exists():
            shutil.rmtree(folder, ignore_errors=True)


class GuestError(Exception):
    """The guest did not start, died or did not answer; the text has the end of its console."""


class Guest:
    """A running guest. Use it in a `with` statement: leaving it ends QEMU and removes its folder."""

    def __init__(self, sockets=(), kernel="6.12", memory=512, processors=1, modules=("mlx5_core",), console=None,
                 command_line="", start_limit=120, parts=None):
        self.sockets, self.kernel, self.memory, self.processors = list(sockets), kernel, memory, processors
        self.modules, self.command_line, self.start_limit = list(modules), command_line, start_limit
        self.parts = parts or Parts()
        self.console = console
        self.count, self.buffer = 0, b""
        self.folder = self.process = self.channel = None
        self.ready = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Returns when the guest takes commands; `ready` is then its uptime, kernel release and missing modules."""
        self.launch()
        self.wait_ready()

    def launch(self):
        """Starts QEMU and does not wait: two guests can boot at the same time."""
        self.parts.ensure([self.kernel])
        archive = initramfs.build(self.parts, self.kernel)
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=f"martlet-guest-{os.getpid()}-"))
        self.console = Path(self.console) if self.console else self.folder / "console.log"
        listener = socket.socket(socket.AF_UNIX)
        try:
            listener.bind(str(self.folder / "commands"))
            listener.listen(1)
            self.process = subprocess.Popen(
                self.arguments(archive), stdin=subprocess.DEVNULL, stdout=open(self.folder / "qemu.log", "wb"),
                stderr=subprocess.STDOUT, preexec_fn=die_with_parent, start_new_session=True)
            listener.settimeout(0.2)
            self.channel = self.accept(listener)
        except BaseException:
            self.stop()
            raise
        finally:
            listener.close()

    def accept(self, listener):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                return listener.accept()[0]
            except socket.timeout:
                continue
        raise GuestError("QEMU did not start:\n" + self.tail(self.folder / "qemu.log"))

    def arguments(self, archive):
        share = self.parts.root / "usr/share"
        command = self.parts.loader("usr/bin/qemu-system-x86_64")
        command += ["-L", str(share / "qemu"), "-L", str(share / "seabios"), "-nodefaults", "-no-user-config"]
        command += ["-display", "none", "-no-reboot", "-accel", "tcg", "-cpu", "max"]
        command += ["-machine", "q35,memory-backend=ram", "-m", str(self.memory), "-smp", str(self.processors)]
        # share=on: the device maps the guest's memory from the descriptor that QEMU sends it.
        command += ["-object", f"memory-backend-memfd,id=ram,size={self.memory}M,share=on"]
        command += ["-chardev", f"file,id=console,path={self.console}", "-serial", "chardev:console"]
        command += ["-chardev", f"socket,id=commands,path={self.folder / 'commands'}", "-serial", "chardev:commands"]
        line = f"console=ttyS0 quiet loglevel=4 panic=-1 modules={','.join(self.modules)} {self.command_line}"
        command += ["-kernel", str(self.parts.kernel_image(self.kernel)), "-initrd", str(archive), "-append", line]
        for index, path in enumerate(self.sockets):
            # On a root port: on pcie.0 itself QEMU makes the endpoint one that has no link.
            command += ["-device", f"pcie-root-port,id=port{index},slot={index + 1},chassis={index + 1}"]
            device = {"driver": "vfio-user-pci", "id": f"nic{index}", "bus": f"port{index}",
                      "socket": {"type": "unix", "path": os.path.abspath(path)},
                      # Milliseconds. QEMU gives the device up for good after 5 s, which a busy machine can take.
                      "x-msg-timeout": 60000}
            command += ["-device", json.dumps(device)]
        return command

    def wait_ready(self):
        words = self.line(self.start_limit).split()
        if not words or words[0] != "ready":
            raise GuestError(f"the guest said {words} instead of ready\n{self.tail(self.console)}")
        self.ready = {"uptime": float(words[1]), "release": words[2], "failed": words[3:]}

    def line(self, limit):
        """One line from the guest, without its end."""
        end = time.monotonic() + limit
        while b"\n" not in self.buffer:
            self.channel.settimeout(max(0.01, end - time.monotonic()))
            try:
                data = self.channel.recv(1 << 16)
            except (socket.timeout, BlockingIOError):
                raise GuestError(f"no answer within {limit} s\n{self.tail(self.console)}") from None
            except OSError:
                data = b""
            if not data:
                log = self.tail(self.folder / "qemu.log") if self.folder else ""
                raise GuestError(f"the guest is gone\n{log}\n{self.tail(self.console)}")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode().rstrip("\r")

    def send(self, script):
        """Sends a shell script without waiting; `answer` takes what it says."""
        self.count += 1
        text = base64.b64encode(script.encode()).decode()
        self.channel.settimeout(30)
        self.channel.sendall(f"run {self.count} {text}\n".encode())

    def answer(self, limit=60):
        """The exit status and the output of the script that was sent last."""
        while True:
            words = self.line(limit).split()
            if len(words) == 3 and words[0] == "done":
                output = base64.b64decode(self.line(limit))
                if int(words[1]) == self.count:
                    return int(words[2]), output.decode(errors="replace")

    def run(self, script, limit=60):
        """Runs a shell script in the guest: its exit status and its output."""
        self.send(script)
        return self.answer(limit)

    def tail(self, path, count=30):
        try:
            return "\n".join(Path(path).read_text(errors="replace").splitlines()[-count:])
        except OSError:
            return ""

    def kill(self):
        """What a host that crashes does to the guest."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        if self.channel:
            try:
                self.channel.settimeout(1)
                self.channel.sendall(b"halt\n")
                self.process.wait(5)
            except (OSError, subprocess.TimeoutExpired):
                pass
            self.channel.close()
            self.channel = None
        self.kill()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None
