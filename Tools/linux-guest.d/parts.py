"""The parts of the guest bench: QEMU, the guest's programs and Debian's kernels, unpacked below one cache folder.

Nothing is installed and nothing is mounted: apt downloads packages into the cache with a configuration of its own,
and dpkg unpacks them there without running anything. QEMU is then started through its own dynamic loader.
Which mirror to use is read from this machine's apt configuration.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
NEWEST_KEY = "/usr/share/keyrings/debian-archive-trixie-automatic.gpg"

# What QEMU needs (from backports: vfio-user-pci is not in the release's QEMU) and what runs inside the guest.
QEMU_PACKAGES = ["qemu-system-x86", "seabios"]
GUEST_PACKAGES = [
    "busybox-static", "dash", "coreutils", "util-linux", "iproute2", "ethtool", "pciutils", "iputils-ping", "iperf3", "socat", "tcpdump",
]
# Name, the release its linux-image-amd64 is taken from, how its version starts.
KERNELS = {"6.12": ("trixie", "6.12."), "6.1": ("bookworm", "6.1."), "7.2": ("trixie-backports", "7.")}


class PartsError(Exception):
    """Something outside this program is not as needed; the text says what to do."""


def cache_folder():
    """Where the parts live: MARTLET_CACHE, or else a folder of the user's cache."""
    if os.environ.get("MARTLET_CACHE"):
        return Path(os.environ["MARTLET_CACHE"]) / "linux-guest"
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "martlet" / "linux-guest"


def say(text):
    print(f"linux-guest: {text}", file=sys.stderr, flush=True)


def run(arguments, **options):
    """Runs a program quietly; its output is shown when it fails."""
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise PartsError(f"{' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


class Parts:
    """The cache; every property is a path that `ensure` has made sure of."""

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else cache_folder()
        self.root = self.folder / "root"

    def kernel_folder(self, name):
        return self.folder / "kernels" / name

    def kernel_image(self, name):
        folder = self.kernel_folder(name)
        found = sorted(folder.glob("boot/vmlinuz-*")) + sorted(folder.glob("usr/lib/modules/*/vmlinuz"))
        if not found:
            raise PartsError(f"no kernel image below {folder}")
        return found[0]

    def modules_folder(self, name):
        """The folder of the kernel's modules; its name is the kernel's release."""
        folder = self.kernel_folder(name)
        found = [d for pattern in ("usr/lib/modules/*", "lib/modules/*") for d in folder.glob(pattern)
                 if (d / "kernel").is_dir()]
        if not found:
            raise PartsError(f"no modules below {folder}")
        return found[0]

    def loader(self, program, *, name=None):
        """The command that starts an unpacked program with the libraries it was built with."""
        libraries = self.root / "usr/lib/x86_64-linux-gnu"
        return [str(libraries / "ld-linux-x86-64.so.2"), "--library-path", str(libraries),
                "--argv0", name or Path(program).name, str(self.root / program)]

    def missing(self, kernels):
        missing = [] if (self.root / ".complete").exists() else ["QEMU and the guest's programs"]
        return missing + [f"kernel {k}" for k in kernels if not (self.kernel_folder(k) / ".complete").exists()]

    def ensure(self, kernels):
        """Builds what is missing, after saying so."""
        if not self.missing(kernels):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            missing = self.missing(kernels)
            if not missing:
                return
            say(f"downloading {', '.join(missing)} as Debian packages and unpacking them in {self.folder} "
                "(once, about 300 MB, a minute or two; nothing is installed)")
            archive = Archive(self.folder / "apt")
            archive.update()
            if not (self.root / ".complete").exists():
                self.unpack(archive.download(QEMU_PACKAGES, release="trixie-backports")
                            + archive.download(GUEST_PACKAGES), self.root)
            for name in kernels:
                if not (self.kernel_folder(name) / ".complete").exists():
                    release, version = KERNELS[name]
                    self.unpack(archive.download_kernel(release, version), self.kernel_folder(name))
            shutil.rmtree(self.folder / "apt", ignore_errors=True)

    def unpack(self, packages, target):
        """Unpacks into a folder beside `target` and renames it when it is complete."""
        scratch = target.with_name(target.name + ".new")
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.rmtree(target, ignore_errors=True)
        # The folders that Debian has merged: /bin is /usr/bin in every package's eyes.
        for name in ("bin", "sbin", "lib", "lib64"):
            (scratch / "usr" / name).mkdir(parents=True)
            (scratch / name).symlink_to(f"usr/{name}")
        for package in sorted(set(packages)):
            # dpkg -x would replace the links by folders; tar's --keep-directory-symlink does not.
            data = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
            run(["tar", "-x", "-C", str(scratch), "--keep-directory-symlink", "--no-same-owner",
                 "--exclude=./usr/share/doc", "--exclude=./usr/share/man", "--exclude=./usr/share/locale"],
                stdin=data.stdout)
            if data.wait() != 0:
                raise PartsError(f"{package} cannot be unpacked")
        (scratch / ".complete").touch()
        scratch.rename(target)


class Archive:
    """Debian's packages through an apt that has nothing in common with the machine's but the mirror."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("lists/partial", "archives/partial"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        self.main, self.security = self.mirrors()
        keyring = KEYRING
        if not Path(NEWEST_KEY).exists():
            keyring = self.newer_keyring()
        self.write_sources(keyring, ["bookworm", "trixie", "trixie-backports"])

    def write_sources(self, keyring, releases):
        lines = [f"deb [arch=amd64 signed-by={keyring}] {self.main} {release} main" for release in releases]
        if self.security:
            lines += [f"deb [arch=amd64 signed-by={keyring}] {self.security} {release}-security main"
                      for release in releases if "-" not in release]
        (self.folder / "sources.list").write_text("\n".join(lines) + "\n")

    def newer_keyring(self):
        """Debian 12's newest keyring, checked with the machine's older one that does not know Debian 13 yet."""
        self.write_sources(KEYRING, ["bookworm"])
        self.update()
        run(["apt-get", "-q", *self.options("bookworm"), "download", "debian-archive-keyring"],
            cwd=self.folder / "archives")
        package = next((self.folder / "archives").glob("debian-archive-keyring_*.deb"))
        run(["dpkg-deb", "-x", str(package), str(self.folder / "keyring")])
        return self.folder / "keyring" / KEYRING.lstrip("/")

    @staticmethod
    def mirrors():
        """The addresses of Debian and of its security updates, as this machine's apt has them."""
        def ask():
            text = subprocess.run(
                ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(ORIGIN) $(LABEL)",
                 "Created-By: Packages"], stdout=subprocess.PIPE, text=True).stdout
            return [line.split() for line in text.splitlines() if len(line.split()) >= 2]
        rows = ask()
        if not any(row[1].startswith(("bookworm", "trixie")) for row in rows):
            say("apt knows no package lists yet: apt-get update")
            run(["apt-get", "-q", "update"])
            rows = ask()
        debian = [r for r in rows if r[1].startswith(("bookworm", "trixie", "Debian")) or "Debian" in r[2:]]
        main = [r[0] for r in debian if "security" not in r[0] and "security" not in r[1]]
        security = [r[0] for r in debian if "security" in r[0] or "security" in r[1]]
        if not main:
            raise PartsError("apt's configuration names no Debian mirror (looked for bookworm or trixie)")
        return main[0], security[0] if security else None

    def options(self, release="trixie"):
        f = self.folder
        settings = {
            "Dir::Etc::sourcelist": f / "sources.list", "Dir::Etc::sourceparts": "-",
            "Dir::Etc::preferences": "-", "Dir::Etc::preferencesparts": "-",
            "Dir::State::lists": f / "lists", "Dir::State::status": f / "status",
            "Dir::State::extended_states": f / "extended_states",
            "Dir::Cache::archives": f / "archives", "Dir::Cache::pkgcache": "", "Dir::Cache::srcpkgcache": "",
            "APT::Sandbox::User": "", "APT::Architecture": "amd64", "APT::Install-Recommends": "false",
            "APT::Default-Release": release, "Debug::NoLocking": "true", "Acquire::Languages": "none",
            "DPkg::Pre-Install-Pkgs": "",
        }
        return [part for key, value in settings.items() for part in ("-o", f"{key}={value}")]

    def update(self):
        # Without a default release: it may be the one whose lists are about to come.
        run(["apt-get", "-q", *self.options(""), "update"])

    def download(self, packages, release=None):
        """The packages and everything they need, as files."""
        before = ["-t", release] if release else []
        arguments = ["apt-get", "-q", "-y", *self.options(), *before, "install", "--print-uris", *packages]
        rows = [line.split() for line in run(arguments).splitlines() if line.startswith("'")]
        run(["apt-get", "-q", "-y", *self.options(), *before, "install", "--download-only", *packages])
        return [str(self.folder / "archives" / row[1]) for row in rows]

    def download_kernel(self, release, version):
        """The image that linux-image-amd64 of `release` stands for, with what later releases split off from it."""
        wanted = self.depends("linux-image-amd64", release, version)
        image = next((n for n in wanted if n.startswith("linux-image-")), None)
        if image is None:
            raise PartsError(f"no linux-image-amd64 {version}* in {release}")
        names, done = [image], []
        while names:
            name = names.pop()
            if name in done:
                continue
            done.append(name)
            names += [n for n in self.depends(name, release, "")
                      if n.startswith(("linux-modules-", "linux-binary-", "linux-image-"))]
        before = set((self.folder / "archives").glob("*.deb"))
        run(["apt-get", "-q", *self.options(), "download", *done], cwd=self.folder / "archives")
        after = set((self.folder / "archives").glob("*.deb"))
        files = [f for f in after if f.name.split("_")[0] in done]
        if not files and not after - before:
            raise PartsError(f"apt downloaded nothing of {done}")
        return [str(f) for f in files]

    def depends(self, package, release, version):
        """The names of what the newest `package` whose version starts so depends on."""
        text = run(["apt-cache", *self.options(), "show", "-a", package])
        for stanza in text.split("\n\n"):
            fields = dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line and line[0] != " ")
            if fields.get("Version", "").startswith(version):
                return [part.split()[0] for part in fields.get("Depends", "").split(",") if part.split()]
        return []
