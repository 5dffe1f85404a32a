"""Two functions of one NIC in two guests, and a peer on the wire: what the guests send to each other stays in the NIC.

Once with two physical functions that share a port, once with virtual functions that a hypervisor with our driver rules
over. What one guest sends must arrive at the other as in `pair`, and no frame between them may be on the wire.
"""

import time

from bench import HERE, Device, Guest, check_log, start_together
from frames import read
from pair import Pair

ADDRESSES = [bytes([2, 0, 0, 0, 0, number]) for number in (1, 2, 3)]
MEGABYTES = 3


def run(report, martlet, kernel):
    physical_functions(report, martlet, kernel)
    virtual_functions(report, martlet, kernel)


def physical_functions(report, martlet, kernel):
    with Segment(report, martlet, kernel, "physical-functions", ["n0.pf0", "n0.pf1", "h1.pf0"]) as segment:
        if segment.configure():
            segment.traffic()
            segment.addresses()
            segment.leaving()
        segment.end()


def virtual_functions(report, martlet, kernel):
    with Segment(report, martlet, kernel, "virtual-functions", ["h0.pf0vf0", "h0.pf0vf1", "h1.pf0"]) as segment:
        if segment.configure():
            segment.traffic()
            segment.rules()
            segment.unplugging()
        segment.end()


class Segment(Pair):
    """The guests of a scenario: two behind one NIC and a third on the wire, on one Ethernet segment."""

    def __init__(self, report, martlet, kernel, scenario, functions):
        self.scenario = scenario
        self.device = Device(martlet, [], ["w0"], scenario=HERE / f"{scenario}.yaml", functions=functions)
        self.kernel = kernel
        super().__init__(report, None, None)

    def __enter__(self):
        self.device.__enter__()
        self.guests = [Guest([path], kernel=self.kernel, processors=1, memory=384) for path in self.device.sockets]
        try:
            start_together(self.guests)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for guest in self.guests:
            guest.stop()
        self.device.__exit__()

    def say(self, name, passed, detail=""):
        return self.report.check(f"{self.scenario}: {name}", passed, "" if passed else detail)

    def traffic(self):
        """Everything that Ethernet carries, between the two behind the NIC and with the one on the wire."""
        self.check("pings of 0 to 65,000 bytes inside the NIC", "".join(
            f"ping -q -c 2 -i 0.05 -W 2 -s {size} {address}\n"
            for address in ("10.0.0.2", "fd00::2") for size in (0, 18, 1452, 1473, 65000)))
        self.check("pings to the wire", "".join(
            f"ping -q -c 2 -i 0.05 -W 2 -s {size} {address}\n" for address in ("10.0.0.3", "fd00::3")
            for size in (18, 1473)), guest=1)
        self.groups()
        self.inside()
        self.tags_inside()
        self.long_inside()
        for sender in (0, 1):
            pair = Pair(self.report, self.guests[sender], self.guests[2])
            pair.transfer(f"from guest {sender} to the wire", "10.0.0.3", megabytes=1)
            pair.transfer(f"from the wire to guest {sender}", f"10.0.0.{sender + 1}", sender=1, megabytes=1)

    def groups(self):
        """Frames for all: everybody else answers a ping to all nodes, and gets a datagram to the broadcast address."""
        for sender, guest in enumerate(self.guests):
            _, text = guest.run("ping -c 3 -i 0.3 -W 1 ff02::1%eth0")
            found = {number for number in (1, 2, 3) if f"from fe80::ff:fe00:{number}%" in text}
            self.say(f"all nodes answer guest {sender}", found == {1, 2, 3}, text)
        listeners = [guest for guest in self.guests if guest is not self.guests[0]]
        for guest in listeners:
            guest.run("""
                rm -f /tmp/all; timeout 20 socat -u -T 2 UDP4-RECV:7200 CREATE:/tmp/all > /dev/null 2>&1 &
                for i in $(seq 100); do ss -Huln | grep -q :7200 && break; sleep 0.05; done""")
        self.guests[0].run("for i in $(seq 20); do echo hello; sleep 0.01; done | "
                           "socat -u - UDP4-DATAGRAM:10.0.0.255:7200,broadcast")
        texts = [guest.run("sleep 1; cat /tmp/all")[1] for guest in listeners]
        self.say("broadcast datagrams reach guest and wire", all(text.count("hello") == 20 for text in texts), texts)

    def inside(self):
        """Transfers inside the NIC, and that counters of both sides and of the port tell the same story."""
        names = ("tx_vport_unicast_packets", "rx_vport_unicast_packets")
        before = [self.counters(*names, guest=guest) for guest in (0, 1, 2)]
        self.transfer(f"{self.scenario}, inside the NIC over IPv4", "10.0.0.2", megabytes=MEGABYTES)
        self.transfer(f"{self.scenario}, the other way", "10.0.0.1", sender=1, megabytes=MEGABYTES)
        self.transfer(f"{self.scenario}, over IPv6", "fd00::2", megabytes=MEGABYTES)
        # The peer on the wire may probe its neighbours meanwhile, and be answered. The guests are asked one after the
        # other: when a probe comes between, they are asked again.
        for _ in range(5):
            after = [self.counters(*names, guest=guest) for guest in (0, 1, 2)]
            sent, got = zip(*[[new - old for new, old in zip(*both)] for both in zip(after, before)])
            if sum(sent) == sum(got):
                break
            time.sleep(1)
        self.say("what was sent was received", sum(sent) == sum(got) and min(sent[:2]) > 100,
                 f"sent {sent}, received {got}")
        self.say("none of it was on the wire", max(sent[2], got[2]) < 10, f"sent {sent}, received {got}")
        self.datagrams(self.DATAGRAMS[-1:])

    def tags_inside(self):
        """A VLAN of the guests' own, on all three."""
        ok = True
        for number, guest in enumerate(self.guests, 1):
            ok = guest.run(f"""
                set -e; ip link add link eth0 name v7 type vlan id 7
                ip addr add 10.7.0.{number}/24 dev v7; ip link set v7 up""")[0] == 0 and ok
        self.say("the guests have a VLAN", ok)
        self.transfer(f"{self.scenario}, over a VLAN inside the NIC", "10.7.0.2", megabytes=1)
        self.check("ping over the VLAN to the wire", "ping -q -c 2 -i 0.1 -W 2 10.7.0.3")
        for guest in self.guests:
            guest.run("ip link del v7")

    def long_inside(self):
        self.say("the guests go to MTU 9000", self.both("ip link set eth0 mtu 9000"))
        self.await_link(0)
        self.await_link(1)
        self.check("ping of 8,972 bytes in one frame inside the NIC",
                   "ping -q -c 3 -i 0.05 -W 2 -M do -s 8972 10.0.0.2")
        self.say("the guests go back", self.both("ip link set eth0 mtu 1500"))
        self.await_link(0)
        self.await_link(1)

    def configure(self):
        ok = True
        for number, guest in enumerate(self.guests, 1):
            status, text = guest.run(f"""
                set -e
                ip link set eth0 up
                ip addr add 10.0.0.{number}/24 brd + dev eth0
                ip -6 addr add fd00::{number}/64 dev eth0 nodad
                sysctl -qw net.ipv4.icmp_ratelimit=0 net.core.rmem_max=33554432 net.core.rmem_default=33554432
                grep -q 02:00:00:00:00:0{number} /sys/class/net/eth0/address""")
            ok = ok and status == 0 and self.await_link(number - 1)
        # A link-local address is tentative for a second.
        self.guests[0].run("sleep 2")
        return self.say("the guests have their addresses and a link", ok)

    def await_link(self, guest, carrier=1):
        """Whether a guest's interface has a carrier, or has lost it, within five seconds."""
        return self.guests[guest].run(f"""
            for i in $(seq 50); do [ "$(cat /sys/class/net/eth0/carrier)" = {carrier} ] && exit 0; sleep 0.1; done
            exit 1""")[0] == 0

    def pings(self, guest, target, works=True):
        """Whether a ping arrives, or does not, as it should."""
        status, _ = self.guests[guest].run(f"ip neigh flush dev eth0; ping -q -c 2 -i 0.2 -W 1 {target}")
        return (status == 0) == works

    # Physical functions

    def addresses(self):
        """A function that changes its address, or has another one beside it, is found at the new one."""
        self.guests[0].run("ip link set eth0 address 02:00:00:00:00:41")
        self.say("a function is found at a new address", self.pings(1, "10.0.0.1") and self.pings(2, "10.0.0.1"))
        self.guests[0].run("ip link set eth0 address 02:00:00:00:00:01")
        self.say("and at its own again", self.pings(1, "10.0.0.1") and self.pings(2, "10.0.0.1"))
        self.guests[1].run("""
            ip link add link eth0 name m0 address 02:00:00:00:00:42 type macvlan mode private
            ip addr add 10.0.0.42/24 dev m0; ip link set m0 up; sleep 0.5
            sysctl -qw net.ipv4.conf.all.arp_ignore=1""")
        self.say("a second address of a function is found", self.pings(0, "10.0.0.42") and self.pings(2, "10.0.0.42"))
        self.guests[1].run("ip link del m0")
        status, text = self.guests[0].run("ethtool -A eth0 rx off tx off && ethtool -a eth0")
        self.say("a function of a shared port sets the port's flow control", status == 0, text)

    def leaving(self):
        """One of the functions is let go by its driver: the other one and the wire go on."""
        status, text = self.guests[0].run("echo 0000:01:00.0 > /sys/bus/pci/drivers/mlx5_core/unbind", 30)
        self.say("one function is unbound", status == 0, text)
        self.say("the other goes on", self.pings(1, "10.0.0.3"))
        status, text = self.guests[0].run("""
            set -e; echo 0000:01:00.0 > /sys/bus/pci/drivers/mlx5_core/bind
            ip link set eth0 up; ip addr add 10.0.0.1/24 dev eth0""", 30)
        self.say("it is bound again", status == 0 and self.await_link(0), text)
        self.say("both see it again", self.pings(1, "10.0.0.1") and self.pings(2, "10.0.0.1"))

    # Virtual functions

    def administer(self, words):
        """`ip link set eth0 vf WORDS` at the hypervisor."""
        status, text = self.device.command("h0", f"ip link set eth0 vf {words}")
        return self.say(f"the hypervisor says: vf {words}", status == 0, text)

    def rules(self):
        """What the hypervisor says of a virtual function holds, whatever its guest does."""
        status, text = self.device.command("h0", "ip link show dev eth0")
        self.say("the hypervisor shows both functions", status == 0 and "vf 0" in text and "vf 1" in text, text)
        self.administer("0 spoofchk on")
        self.say("a guest with its own address passes the check", self.pings(0, "10.0.0.2"))
        self.guests[0].run("ip link set eth0 address 02:00:00:00:00:66")
        self.say("a guest with another address does not", self.pings(0, "10.0.0.2", False)
                 and self.pings(0, "10.0.0.3", False))
        self.administer("0 spoofchk off")
        self.say("without the check it does", self.pings(0, "10.0.0.2") and self.pings(0, "10.0.0.3"))
        self.guests[0].run("ip link set eth0 address 02:00:00:00:00:01")

        self.administer("0 vlan 100 qos 3")
        self.say("a guest in a VLAN does not reach the others", self.pings(0, "10.0.0.2", False)
                 and self.pings(0, "10.0.0.3", False))
        self.administer("1 vlan 100")
        self.guests[2].run("""
            ip link add link eth0 name v100 type vlan id 100; ip link set v100 up
            ip addr del 10.0.0.3/24 dev eth0; ip addr add 10.0.0.3/24 dev v100""")
        self.say("guests in the same VLAN reach each other", self.pings(0, "10.0.0.2") and self.pings(1, "10.0.0.1"))
        self.say("and who is in it on the wire", self.pings(0, "10.0.0.3") and self.pings(1, "10.0.0.3"))
        self.guests[2].run("ip link del v100; ip addr add 10.0.0.3/24 dev eth0")
        self.administer("0 vlan 0")
        self.administer("1 vlan 0")
        self.say("without the VLAN all is as before", self.pings(0, "10.0.0.2") and self.pings(0, "10.0.0.3"))

        self.administer("1 state disable")
        self.say("a guest loses its link", self.await_link(1, 0))
        self.say("nothing reaches it", self.pings(0, "10.0.0.2", False))
        self.administer("1 state enable")
        self.say("it gets its link back", self.await_link(1) and self.pings(0, "10.0.0.2"))
        self.administer("1 state auto")
        self.administer("0 max_tx_rate 100")
        self.transfer("at 100 Mb/s", "10.0.0.2", megabytes=1)
        self.administer("0 max_tx_rate 0")

    def unplugging(self):
        """The hypervisor takes the functions away and gives them anew."""
        for guest, name in zip(self.guests[:2], ("first", "second")):
            check_log(self.report, guest, f"{self.scenario}, {name} guest")
        numbers = "/sys/class/net/eth0/device/sriov_numvfs"
        for guest in self.guests[:2]:
            guest.stop()
        status, text = self.device.command("h0", f"echo 0 > {numbers}")
        self.say("the hypervisor takes the functions away", status == 0, text)
        status, text = self.device.command("h0", f"echo 2 > {numbers}")
        self.say("and gives them anew", status == 0, text)
        # The address was the first life's.
        self.administer("0 mac 02:00:00:00:00:01")
        self.guests[0] = Guest(self.device.sockets[:1], kernel=self.kernel, processors=1, memory=384)
        self.guests[0].start()
        status, text = self.guests[0].run("ip link set eth0 up; ip addr add 10.0.0.1/24 dev eth0")
        self.say("the next guest reaches the wire", self.await_link(0) and self.pings(0, "10.0.0.3"), text)
        del self.guests[1]

    def end(self):
        """Kernel logs, the books, and that no frame between the two was on the wire."""
        for number, guest in enumerate(self.guests):
            check_log(self.report, guest, f"{self.scenario}, guest {number}")
        for guest in self.guests:
            guest.stop()
        status = self.device.stop()
        self.say("the books balance and every frame had a rule", status == 0, self.device.log.read_text()[-2500:])
        frames = read(self.device.capture("w0"))
        wrong = [text for text in (frame.wrong() for frame in frames) if text]
        self.say(f"{len(frames)} frames on the wire have right checksums", frames and not wrong, wrong[:5])
        between = [f.data[:60].hex() for f in frames if {f.source, f.destination} == set(ADDRESSES[:2])]
        self.say("none of them is between the two guests", not between, between[:5])
        for number in (0, 1):
            self.say(f"guest {number} and the wire sent to each other", {
                (f.source, f.destination) for f in frames
            } >= {(ADDRESSES[number], ADDRESSES[2]), (ADDRESSES[2], ADDRESSES[number])})
