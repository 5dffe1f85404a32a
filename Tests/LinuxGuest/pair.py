"""Two guests whose functions' wires are joined: does what one sends arrive, whole, at the other?"""

from bench import Device, Guest, check_log, start_together
from frames import read

MEGABYTES = 8


def run(report, martlet, kernel):
    with Device(martlet, ["join", "join"], ["w0"]) as device:
        first = Guest(device.sockets[:1], kernel=kernel, processors=4, memory=512)
        second = Guest(device.sockets[1:], kernel=kernel, processors=4, memory=512)
        try:
            start_together([first, second])
            pair = Pair(report, first, second)
            if pair.configure():
                for step in (pair.pings, pair.transfers, pair.features, pair.tags, pair.long_frames, pair.datagrams,
                             pair.channels, pair.throughput):
                    step()
            check_log(report, first, "pair, first guest")
            check_log(report, second, "pair, second guest")
        finally:
            first.stop()
            second.stop()
        server = device.stop()
        report.check("the server's books balance", server == 0, "" if server == 0 else device.log.read_text()[-1500:])
        judge_capture(report, read(device.capture("w0")))


def judge_capture(report, frames):
    wrong = [text for text in (frame.wrong() for frame in frames) if text]
    report.check(f"{len(frames)} frames on the wire have right checksums", frames and not wrong, wrong[:5])
    kinds = {(f.version, f.protocol, bool(f.tags)) for f in frames}
    report.check("datagrams that the device has cut are among them",
                 sum(f.protocol == 17 and len(f.data) == 14 + 20 + 8 + 1200 for f in frames) >= 800, "")
    report.check("TCP over both IP versions, with and without tags, and UDP are among them",
                 {(4, 6, False), (6, 6, False), (4, 6, True), (4, 17, False)} <= kinds, "")


class Pair:
    def __init__(self, report, first, second):
        self.report, self.guests = report, (first, second)

    def both(self, script, limit=60):
        """Runs a script in both guests at once; whether both succeeded."""
        for guest in self.guests:
            guest.send("set -e\n" + script)
        return all([guest.answer(limit)[0] == 0 for guest in self.guests])

    def configure(self):
        ok = True
        for index, guest in enumerate(self.guests, 1):
            status, text = guest.run(f"""
                set -e
                ip link set eth0 up
                ip addr add 10.0.0.{index}/24 dev eth0
                ip -6 addr add fd00::{index}/64 dev eth0 nodad
                sysctl -qw net.core.rmem_max=33554432 net.core.rmem_default=33554432
                for i in $(seq 50); do [ "$(cat /sys/class/net/eth0/carrier)" = 1 ] && exit 0; sleep 0.1; done; exit 1""")
            ok = ok and status == 0
        return self.report.check("both guests have a link", ok, "" if ok else text[-500:])

    def check(self, name, script, limit=60, guest=0):
        status, text = self.guests[guest].run("set -e\n" + script, limit)
        return self.report.check(name, status == 0, "" if status == 0 else text[-600:])

    def pings(self):
        self.check("ping of 0 to 65,000 bytes", "".join(
            f"ping -q -c 2 -i 0.05 -W 2 -s {size} {address}\n"
            for address in ("10.0.0.2", "fd00::2") for size in (0, 18, 19, 1452, 1473, 9000, 65000)))

    def transfer(self, name, address, sender=0, connections=1, megabytes=MEGABYTES):
        """Sends random bytes over TCP connections and compares their hashes at both ends."""
        receiver = self.guests[1 - sender]
        ports = range(7001, 7001 + connections)
        kind = "TCP6" if ":" in address else "TCP4"
        target = f"[{address}]" if ":" in address else address
        receiver.send("rm -f /tmp/in.*\n" + "".join(
            f"socat -u {kind}-LISTEN:{port},reuseaddr CREATE:/tmp/in.{port} &\n" for port in ports)
            + "wait\ncd /tmp; sha256sum in.* | cut -d' ' -f1")
        status, sent = self.guests[sender].run(f"""
            cd /tmp; rm -f out.*
            for port in {' '.join(map(str, ports))}; do
                head -c {megabytes << 20} /dev/urandom > out.$port
            done
            for port in {' '.join(map(str, ports))}; do
                socat -u FILE:out.$port {kind}:{target}:$port,retry=50,interval=0.1 || echo failed &
            done
            wait; sha256sum out.* | cut -d' ' -f1; rm -f out.*""", 120)
        _, received = receiver.answer(120)
        same = status == 0 and sent == received and len(sent.split()) == connections
        self.report.check(f"TCP {name}: {connections} × {megabytes} MiB", same,
                          "" if same else f"sent {sent} received {received}")

    def transfers(self):
        self.transfer("over IPv4", "10.0.0.2")
        self.transfer("over IPv4, the other way", "10.0.0.1", sender=1)
        self.transfer("over IPv6", "fd00::2")

    def counters(self, *names, guest=0):
        text = self.guests[guest].run("ethtool -S eth0")[1]
        values = dict(line.strip().split(": ") for line in text.splitlines() if ": " in line)
        return [int(values[name]) for name in names]

    def features(self):
        names = ("tx_tso_packets", "tx_csum_partial")
        before = self.counters(*names)
        self.transfer("with segmentation by the device", "10.0.0.2")
        after = self.counters(*names)
        self.report.check("the device segmented", after[0] > before[0], dict(zip(names, after)))
        for feature, counter in (("tso", 0), ("tx", 1)):
            self.both(f"ethtool -K eth0 {feature} off")
            before = self.counters(*names)
            self.transfer(f"with {feature} off", "10.0.0.2")
            after = self.counters(*names)
            self.report.check(f"the driver asked for none ({feature} off)", after[counter] == before[counter])
        self.both("ethtool -K eth0 tx on tso on rx off gro off")
        self.transfer("without checksums checked by the device", "10.0.0.2")
        self.both("ethtool -K eth0 rx on gro on")

    def tags(self):
        ok = self.both("""
            ip link add link eth0 name v7 type vlan id 7
            ip addr add 10.7.0.$(ip -4 -br addr show eth0 | grep -oE '10.0.0.[12]' | tail -c 2)/24 dev v7
            ip link set v7 up""")
        self.report.check("both guests have a VLAN", ok)
        self.transfer("over a VLAN", "10.7.0.2")
        self.both("ethtool -K eth0 rxvlan off txvlan off")
        self.transfer("over a VLAN, tags by the kernel", "10.7.0.2")
        self.both("ethtool -K eth0 rxvlan on txvlan on; ip link del v7")

    def long_frames(self):
        self.report.check("both guests go to MTU 9000", self.both("ip link set eth0 mtu 9000"))
        self.check("ping of 8,972 bytes in one frame", "ping -q -c 3 -i 0.05 -W 2 -M do -s 8972 10.0.0.2")
        self.transfer("with long frames", "10.0.0.2")
        self.report.check("both guests go back", self.both("ip link set eth0 mtu 1500"))

    # Size, count and options of datagrams. The last ones are cut into datagrams of 1,200 bytes by the device: option 103
    # of UDP is UDP_SEGMENT.
    DATAGRAMS = ((1400, 400, ""), (20000, 40, ""), (24000, 40, ",setsockopt-int=17:103:1200"))

    def datagrams(self, kinds=DATAGRAMS):
        """Datagrams, whole and in fragments; when some are missing, the counters say where they went."""
        counters = "grep -h '^Udp:' /proc/net/snmp | tail -1 | cut -d' ' -f2-7; ethtool -S eth0 | grep -E 'out_of_buf|discard'"
        for size, count, option in kinds:
            self.guests[1].run("""
                rm -f /tmp/in
                timeout 30 socat -u -b 65536 -T 3 UDP4-RECV:7100 CREATE:/tmp/in > /dev/null 2>&1 &
                for i in $(seq 100); do ss -Huln | grep -q :7100 && break; sleep 0.05; done""")
            _, sent = self.guests[0].run(f"""
                head -c {size * count} /dev/urandom > /tmp/out
                # On one processor, so in one send queue: between queues there is no order to rely on.
                taskset 1 socat -u -b {size} FILE:/tmp/out UDP4-SENDTO:10.0.0.2:7100{option}
                sha256sum < /tmp/out; rm /tmp/out""")
            _, received = self.guests[1].run("""
                while ss -Huln | grep -q :7100; do sleep 0.2; done
                sha256sum < /tmp/in""")
            same = sent == received
            detail = "" if same else self.guests[1].run(f"wc -c < /tmp/in; {counters}")[1]
            how = ", segmented" if option else ""
            self.report.check(f"UDP: {count} datagrams of {size} bytes{how}", same, detail)

    def channels(self):
        for count in (1, 2, 4):
            self.both(f"ethtool -L eth0 combined {count}; sleep 0.2")
            names = [f"rx{ring}_packets" for ring in range(4)]
            before = self.counters(*names, guest=1)
            self.transfer(f"over {count} channels", "10.0.0.2", connections=8, megabytes=1)
            after = self.counters(*names, guest=1)
            used = [ring for ring, (new, old) in enumerate(zip(after, before)) if new > old]
            # Eight flows need not reach every ring; which ring each frame belongs to is judged by the settings.
            self.report.check(f"traffic reaches the rings of {count} channels",
                              max(used) < count and len(used) >= min(count, 2), used)

    def throughput(self):
        self.guests[1].run("iperf3 -s -D --forceflush; sleep 0.3")
        for name, options in (("one connection", ""), ("four connections", "-P 4")):
            status, text = self.guests[0].run(f"iperf3 -c 10.0.0.2 -n 48M {options} -f m", 120)
            rows = [line for line in text.splitlines() if "receiver" in line]
            self.report.check(f"iperf3, {name}", status == 0 and rows, rows[-1:] and rows[-1].split("sec", 1)[1].strip())
        self.check("iperf3, UDP at 20 Mbit/s without loss", """
            iperf3 -c 10.0.0.2 -u -b 20M -l 1400 -t 2 | tee /tmp/text
            grep receiver /tmp/text | grep -qE '\\((0|0\\.[0-9]+)%\\)'""")
