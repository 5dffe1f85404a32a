"""A guest and this machine, over a TAP interface: two kernels that know nothing of each other's emulation."""

import fcntl
import hashlib
import os
import socket
import struct
import subprocess
import threading
import time

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
                             tap.datagrams, tap.tags, tap.channels, tap.throughput):
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

    def datagrams(self):
        """Whole ones and fragmented ones, both ways."""
        for size, count in ((1400, 200), (20000, 20)):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
                receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
                receiver.bind((HERE, 0))
                receiver.settimeout(3)
                # On one processor, so in one send queue: between queues there is no order to rely on.
                _, sent = self.guest.run(f"""
                    head -c {size * count} /dev/urandom > /tmp/out
                    taskset 1 socat -u -b {size} FILE:/tmp/out UDP4-SENDTO:{HERE}:{receiver.getsockname()[1]}
                    sha256sum < /tmp/out; rm /tmp/out""")
                digest, got = hashlib.sha256(), 0
                try:
                    while got < size * count:
                        data = receiver.recv(1 << 16)
                        digest.update(data)
                        got += len(data)
                except TimeoutError:
                    pass
            same = sent.split()[:1] == [digest.hexdigest()]
            self.report.check(f"UDP, the guest sends {count} datagrams of {size} bytes", same,
                              "" if same else f"{got} of {size * count} bytes arrived")
            self.datagrams_to_guest(size, count)

    def datagrams_to_guest(self, size, count):
        self.guest.run("""
            rm -f /tmp/in
            timeout 30 socat -u -b 65536 -T 3 UDP4-RECV:7100 CREATE:/tmp/in > /dev/null 2>&1 &
            for i in $(seq 100); do ss -Huln | grep -q :7100 && break; sleep 0.05; done""")
        digest = hashlib.sha256()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for _ in range(count):
                data = os.urandom(size)
                digest.update(data)
                sender.sendto(data, (THERE, 7100))
                time.sleep(0.002)
        _, received = self.guest.run("""
            while ss -Huln | grep -q :7100; do sleep 0.2; done
            sha256sum < /tmp/in; wc -c < /tmp/in""")
        same = received.split()[:1] == [digest.hexdigest()]
        self.report.check(f"UDP, this machine sends {count} datagrams of {size} bytes", same, "" if same else received)

    def tags(self):
        """This machine's kernel may know no VLANs, so the answers to ARP and ping on VLAN 7 are made here."""
        with VLANResponder(self.name, 7, "10.7.0.1"):
            self.check("VLAN 7: tags by the device, ping of 0 to 1,400 bytes", """
                ip link add link eth0 name v7 type vlan id 7
                ip addr add 10.7.0.2/24 dev v7
                ip link set v7 up
                for size in 0 18 1000 1400; do ping -q -c 2 -i 0.1 -W 2 -s $size 10.7.0.1; done""")
            self.check("VLAN 7: tags by the kernel", """
                ethtool -K eth0 rxvlan off txvlan off
                for size in 0 18 1000 1400; do ping -q -c 2 -i 0.1 -W 2 -s $size 10.7.0.1; done
                ethtool -K eth0 rxvlan on txvlan on; ip link del v7""")

    def channels(self):
        """Four connections each way over 1, 2 and 4 channels; what arrives is compared as a set of hashes."""
        for count in (1, 2, 4):
            self.guest.run(f"ethtool -L eth0 combined {count}; sleep 0.3")
            result = []
            listeners = [socket.create_server((HERE, 0)) for _ in range(4)]
            threads = [threading.Thread(target=self.receive, args=(one, result), daemon=True) for one in listeners]
            for one, thread in zip(listeners, threads):
                one.settimeout(60)
                thread.start()
            ports = " ".join(str(one.getsockname()[1]) for one in listeners)
            _, sent = self.guest.run(f"""
                cd /tmp; rm -f out.*
                for port in {ports}; do head -c 2097152 /dev/urandom > out.$port; done
                for port in {ports}; do socat -u FILE:out.$port TCP4:{HERE}:$port & done
                wait; sha256sum out.* | cut -d' ' -f1; rm -f out.*""", 120)
            for one, thread in zip(listeners, threads):
                thread.join(60)
                one.close()
            same = sorted(sent.split()) == sorted(result) and len(result) == 4
            self.report.check(f"TCP, the guest sends over {count} channels: 4 × 2 MiB", same,
                              "" if same else f"{sent} {result}")
            self.from_machine(f"to a guest with {count} channels this machine sends")

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


class VLANResponder:
    """Answers ARP and echo requests for one address on one VLAN of an interface, frame by frame."""

    ALL, AUXILIARY, PACKET, VALID = 0x0003, 8, 263, 0x10

    def __init__(self, name, vlan, own):
        self.vlan, self.own = vlan, socket.inet_aton(own)
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(self.ALL))
        self.socket.bind((name, 0))
        self.socket.setsockopt(self.PACKET, self.AUXILIARY, 1)
        self.socket.settimeout(0.1)
        self.address = bytes.fromhex("020000aa0007")
        self.isOver = False
        self.thread = threading.Thread(target=self.answer_all, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.isOver = True
        self.thread.join()
        self.socket.close()

    def answer_all(self):
        while not self.isOver:
            try:
                data, extra, _, origin = self.socket.recvmsg(1 << 16, 256)
            except TimeoutError:
                continue
            # 4: sent by this machine itself.
            if origin[2] != 4 and self.tag(extra) == self.vlan and (reply := self.reply(data)):
                self.socket.send(reply)

    def tag(self, extra):
        """The kernel takes tags out of frames and tells of them beside (man 7 packet, PACKET_AUXDATA)."""
        for level, kind, data in extra:
            if level == self.PACKET and kind == self.AUXILIARY:
                status, tci = struct.unpack_from("=I12xH", data)
                return tci & 0xFFF if status & self.VALID else None
        return None

    def reply(self, data):
        head = data[6:12] + self.address + struct.pack("!HH", 0x8100, self.vlan) + data[12:14]
        kind = data[12:14]
        if kind == b"\x08\x06" and data[20:22] == b"\0\1" and data[38:42] == self.own:
            return head + data[14:20] + b"\0\2" + self.address + self.own + data[22:32]
        if kind != b"\x08\0" or data[30:34] != self.own or data[23] != 1 or data[34] != 8:
            return None
        length = struct.unpack_from("!H", data, 16)[0]
        packet = bytearray(data[14:14 + length])
        packet[12:16], packet[16:20] = packet[16:20], packet[12:16]
        packet[20] = 0
        packet[22:24] = b"\0\0"
        packet[22:24] = self.checksum(packet[20:])
        return head + bytes(packet)

    @staticmethod
    def checksum(data):
        total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", bytes(data) + b"\0" * (len(data) & 1)))
        while total >> 16:
            total = (total & 0xFFFF) + (total >> 16)
        return struct.pack("!H", ~total & 0xFFFF)
