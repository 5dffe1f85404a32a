"""The guest's root file system: an uncompressed cpio archive of busybox, real tools and a few kernel modules."""

import lzma
import os
import re
import subprocess
from pathlib import Path

from parts import PartsError, run

# Installed at the same place in the guest; busybox provides everything else.
PROGRAMS = [
    "usr/sbin/ip", "usr/sbin/tc", "usr/sbin/devlink", "usr/sbin/bridge", "usr/bin/ss", "usr/sbin/ethtool",
    "usr/bin/lspci", "usr/bin/setpci", "usr/bin/ping", "usr/bin/iperf3", "usr/bin/socat", "usr/bin/tcpdump",
    "usr/bin/dash",
    # busybox's own would start its own applets, whatever the path says.
    "usr/bin/timeout", "usr/bin/nohup", "usr/bin/env", "usr/bin/setsid",
]
MODULES = [
    "mlx5_core", "mlx5_ib", "8021q", "vxlan", "dummy", "bridge", "virtio_net", "sch_ingress", "sch_mqprio",
    "cls_flower", "cls_matchall", "act_mirred", "act_pedit", "veth", "macvlan", "af_packet", "udp_diag", "tcp_diag",
]


class Archive:
    """A cpio archive in the `newc` format."""

    def __init__(self):
        self.parts, self.names = [], set()

    def add(self, name, mode, data=b""):
        name = name.lstrip("/")
        if name in self.names:
            return
        parent = os.path.dirname(name)
        if parent and parent not in self.names:
            self.add(parent, 0o040755)
        self.names.add(name)
        self.entry(name, mode, data)

    def entry(self, name, mode, data):
        fields = [len(self.parts) + 1, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0]
        head = b"070701" + b"".join(b"%08x" % f for f in fields) + name.encode() + b"\0"
        self.parts.append(head + bytes(-len(head) % 4) + data + bytes(-len(data) % 4))

    def file(self, name, data, mode=0o100755):
        self.add(name, mode, data)

    def link(self, name, target):
        self.add(name, 0o120777, target.encode())

    def finish(self):
        self.entry("TRAILER!!!", 0, b"")
        return b"".join(self.parts)


def module_name(path):
    return path.name.split(".ko")[0].replace("-", "_")


def module_bytes(path):
    data = path.read_bytes()
    if path.suffix == ".xz":
        return lzma.decompress(data)
    if path.suffix == ".zst":
        return subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True).stdout
    return data


def add_modules(archive, folder):
    """The modules, decompressed, with all that they need, and the list by which modprobe finds them."""
    known = {module_name(p): p for p in sorted(folder.rglob("*.ko*"))}
    needs, aliases, waiting = {}, [], [m for m in MODULES if m in known]
    if "mlx5_core" not in known:
        raise PartsError(f"no mlx5_core below {folder}")
    while waiting:
        name = waiting.pop()
        if name in needs:
            continue
        data = module_bytes(known[name])
        aliases += [f"alias {a.decode()} {name}" for a in re.findall(rb"\0alias=([^\0]*)", data)]
        found = re.search(rb"\0depends=([^\0]*)\0", data)
        text = found.group(1).decode() if found else ""
        needs[name] = [n.replace("-", "_") for n in text.split(",") if n]
        waiting += needs[name]
        archive.file(f"lib/modules/{folder.name}/{name}.ko", data, 0o100644)

    def closure(name):
        result = []
        for other in needs[name]:
            result += [o for o in [other, *closure(other)] if o not in result]
        return result
    lines = [f"{name}.ko: {' '.join(o + '.ko' for o in closure(name))}" for name in sorted(needs)]
    archive.file(f"lib/modules/{folder.name}/modules.dep", ("\n".join(lines) + "\n").encode(), 0o100644)
    # By which the kernel asks for `rtnl-link-vlan`, say. Nothing in the guest loads drivers by device.
    archive.file(f"lib/modules/{folder.name}/modules.alias", ("\n".join(aliases) + "\n").encode(), 0o100644)


def add_programs(archive, parts):
    loader = "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
    archive.file("lib64/ld-linux-x86-64.so.2", (parts.root / loader).read_bytes())
    for program in PROGRAMS:
        path = parts.root / program
        archive.file(program, path.read_bytes())
        libraries = parts.root / "usr/lib/x86_64-linux-gnu"
        text = run([str(parts.root / loader), "--library-path", str(libraries), "--list", str(path)])
        for line in text.splitlines():
            found = re.search(r"=> (\S+)", line)
            if found:
                archive.file(f"usr/lib/{Path(found.group(1)).name}", Path(found.group(1)).read_bytes())
    # Loaded by name when a thread is cancelled.
    unwinder = parts.root / "usr/lib/x86_64-linux-gnu/libgcc_s.so.1"
    archive.file(f"usr/lib/{unwinder.name}", unwinder.read_bytes())
    # Applets whose names belong to the real tools above are left out.
    # The shell is one of them: busybox's own would run its own ip in place of the real one.
    real = {Path(p).name for p in PROGRAMS} | {"sh", "ash"}
    busybox = parts.root / "usr/bin/busybox"
    archive.file("bin/busybox", busybox.read_bytes())
    for applet in run([str(busybox), "--list"]).split():
        if applet not in real:
            archive.link(f"bin/{applet}", "busybox")
    archive.link("bin/sh", "../usr/bin/dash")
    archive.link("sbin/modprobe", "../bin/busybox")
    for name in ("usr/share/misc/pci.ids",):
        if (parts.root / name).exists():
            archive.file(name, (parts.root / name).read_bytes(), 0o100644)


def build(parts, kernel):
    """The path of the archive for `kernel`, made again when this program or the parts have changed."""
    here = Path(__file__).parent
    target = parts.folder / f"guest-{kernel}.cpio"
    sources = [here / "initramfs.py", here / "init", parts.root / ".complete", parts.kernel_folder(kernel) / ".complete"]
    if target.exists() and all(target.stat().st_mtime > s.stat().st_mtime for s in sources):
        return target
    archive = Archive()
    for name in ("dev", "proc", "sys", "run", "tmp", "root", "etc", "var/lib"):
        archive.add(name, 0o040755)
    archive.file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n", 0o100644)
    archive.file("etc/group", b"root:x:0:\n", 0o100644)
    archive.file("etc/hosts", b"127.0.0.1 localhost\n", 0o100644)
    archive.file("init", (here / "init").read_bytes())
    add_programs(archive, parts)
    add_modules(archive, parts.modules_folder(kernel))
    scratch = target.with_name(f"{target.name}.{os.getpid()}")
    scratch.write_bytes(archive.finish())
    scratch.rename(target)
    return target
