"""A guest and this machine, over a TAP interface: two kernels that know nothing of each other's emulation."""

import fcntl
import hashlib
import os
import socket
import struct
import subprocess
import threading

from bench import Device, Guest, check_log
from frames import read

HERE, THERE, MEGABYTES = "10.213.7.1", "10.213.7.2", 16
SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFMTU = 0x8914, 0x8916, 0x891C, 0x8922


def run(report, martlet, kernel):
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK) or os.geteuid() != 0:
        report.skip("guest and TAP", "needs root and /dev/net/tun")
        return
    name = f"mrt{os.getpid() % 100000}"
    with Device(martlet, [f"tap:{name}"], ["w0"]) as device:
        configure(name)
        with Guest(device.sockets, kernel=kernel, processors=2, memory=512) as guest:
            tap = Tap(report, guest, name)
            if tap.link():
                for step in (tap.pings, tap.to_machine, tap.from_machine, tap.without_offloads, tap.long_frames,
                             tap.throughput):
                    step()
            check_log(report, guest, "tap")
        server = device.stop()
        report.check("the server's books balance", server == 0, "" if server == 0 else device.log.read_text()[-1500:])
        frames = read(device.capture("w0"))
        wrong = [text for text in (frame.wrong() for frame in frames) if text]
        report.check(f"{len(frames)} frames on the wire have right checksums", frames and not wrong, wrong[:5])


def interface_request(name, code, *fields):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, code, struct.pack("16s", name.encode()) + b"".join(fields).ljust(24, b"\0"))


def address(text):
    return struct.pack("=HH4s8x", socket.AF_INET, 0, socket.inet_aton(text))


def configure(name, mtu=1500):
    """What `ip addr add`, `ip link set up` do, without the program."""
    interface_request(name, SIOCSIFMTU, struct.pack("=i", mtu))
    interface_request(name, SIOCSIFADDR, address(HERE))
    interface_request(name, SIOCSIFNETMASK, address("255.255.255.0"))
    interface_request(name, SIOCSIFFLAGS, struct.pack("=H", 0x1 | 0x40))


class Tap:
    def __init__(self, report, guest, name):
        self.report, self.guest, self.name = report, guest, name

    def check(self, name, script, limit=60):
        status, text = self.guest.run("set -e\n" + script, limit)
        return self.report.check(name, status == 0, "" if status == 0 else text[-600:])

    def link(self):
        return self.check("the guest reaches this machine", f"""
            ip link set eth0 up
            ip addr add {THERE}/24 dev eth0
            for i in $(seq 50); do ping -q -c 1 -W 1 {HERE} && exit 0; sleep 0.1; done; exit 1""")

    def pings(self):
        self.check("ping of 0 to 65,000 bytes", "".join(
            f"ping -q -c 2 -i 0.05 -W 2 -s {size} {HERE}\n" for size in (0, 18, 19, 1472, 1473, 9000, 65000)))

    def receive(self, listener, result):
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(60)
            digest = hashlib.sha256()
            while data := connection.recv(1 << 16):
                digest.update(data)
        result.append(digest.hexdigest())

    def to_machine(self, name="the guest sends"):
        result = []
        with socket.create_server((HERE, 0)) as listener:
            listener.settimeout(60)
            thread = threading.Thread(target=self.receive, args=(listener, result), daemon=True)
            thread.start()
            status, text = self.guest.run(f"""
                head -c {MEGABYTES << 20} /dev/urandom > /tmp/out
                socat -u FILE:/tmp/out TCP4:{HERE}:{listener.getsockname()[1]} || exit
                sha256sum < /tmp/out; rm /tmp/out""", 120)
            thread.join(60)
        same = status == 0 and [text.split()[0]] == result
        self.report.check(f"TCP, {name} {MEGABYTES} MiB", same, "" if same else f"{text} {result}")

    def from_machine(self, name="this machine sends"):
        self.guest.send("socat -u TCP4-LISTEN:7001,reuseaddr CREATE:/tmp/in; sha256sum < /tmp/in; rm /tmp/in")
        data = os.urandom(MEGABYTES << 20)
        for _ in range(100):
            try:
                connection = socket.create_connection((THERE, 7001), 5)
                break
            except ConnectionRefusedError:
                threading.Event().wait(0.1)
        with connection:
            connection.settimeout(60)
            connection.sendall(data)
        status, text = self.guest.answer(120)
        same = status == 0 and text.split()[:1] == [hashlib.sha256(data).hexdigest()]
        self.report.check(f"TCP, {name} {MEGABYTES} MiB", same, "" if same else text)

    def without_offloads(self):
        self.guest.run("ethtool -K eth0 tso off tx off rx off gro off")
        self.to_machine("without offloads the guest sends")
        self.from_machine("to a guest without offloads this machine sends")
        self.guest.run("ethtool -K eth0 tx on tso on rx on gro on")

    def long_frames(self):
        configure(self.name, 9000)
        self.check("MTU 9000", f"ip link set eth0 mtu 9000; ping -q -c 2 -i 0.1 -W 2 -M do -s 8972 {HERE}")
        self.to_machine("with long frames the guest sends")
        self.from_machine("with long frames this machine sends")
        self.guest.run("ip link set eth0 mtu 1500")
        configure(self.name, 1500)

    def throughput(self):
        server = subprocess.Popen([*self.guest.parts.loader("usr/bin/iperf3"), "-s", "-p", "5207", "-B", HERE],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        try:
            for name, options in (("guest to this machine", ""), ("this machine to guest", "-R")):
                status, text = self.guest.run(
                    f"sleep 0.5; iperf3 -c {HERE} -p 5207 -n 48M {options} -f m", 120)
                rows = [line for line in text.splitlines() if "receiver" in line]
                self.report.check(f"iperf3, {name}", status == 0 and rows,
                                  rows[-1].split("sec", 1)[1].strip() if rows else text)
        finally:
            server.terminate()
            server.wait()
