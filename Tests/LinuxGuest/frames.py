"""Reads the captures that Martlet writes and judges frames, without a line of Martlet's own code."""

import struct
from pathlib import Path


class CaptureError(Exception):
    """The file is not a capture, or not a whole one."""


def read(path):
    """The frames of a pcapng file, in order."""
    data = Path(path).read_bytes()
    frames, place = [], 0
    while place + 12 <= len(data):
        kind, length = struct.unpack_from("<II", data, place)
        if length < 12 or place + length > len(data):
            raise CaptureError(f"{path}: a block of {length} bytes at {place} of {len(data)}")
        if kind == 6:
            captured = struct.unpack_from("<I", data, place + 20)[0]
            frames.append(Frame(data[place + 28:place + 28 + captured]))
        place += length
    if place != len(data):
        raise CaptureError(f"{path}: {len(data) - place} bytes after the last block")
    return frames


def ones_sum(data, start=0):
    """The one's complement sum of 16-bit words; 0xffff and 0 are both zero."""
    if len(data) % 2:
        data += b"\0"
    return (int.from_bytes(data, "big") + start) % 0xFFFF


class Frame:
    """An Ethernet frame, taken apart as far as its checksums need."""

    def __init__(self, data):
        self.data = data
        self.destination, self.source = data[0:6], data[6:12]
        self.tags, place = [], 12
        kind = struct.unpack_from(">H", data, place)[0]
        while kind in (0x8100, 0x88A8):
            self.tags.append((kind, struct.unpack_from(">H", data, place + 2)[0]))
            place += 4
            kind = struct.unpack_from(">H", data, place)[0]
        self.type, self.network = kind, place + 2
        self.version = self.protocol = self.payload = None
        self.fragment = False
        self.error = None
        if kind == 0x0800:
            self.parse_four()
        elif kind == 0x86DD:
            self.parse_six()

    def parse_four(self):
        head = self.data[self.network:]
        size = (head[0] & 15) * 4
        total = struct.unpack_from(">H", head, 2)[0]
        if total > len(head) or size < 20:
            self.error = f"IPv4 of {total} bytes in {len(head)}"
            return
        self.version, self.protocol = 4, head[9]
        self.addresses = head[12:20]
        self.fragment = struct.unpack_from(">H", head, 6)[0] & 0x3FFF != 0
        self.payload = head[size:total]
        if ones_sum(head[:size]) != 0:
            self.error = "IPv4 header checksum"

    def parse_six(self):
        head = self.data[self.network:]
        size = struct.unpack_from(">H", head, 4)[0]
        if size + 40 > len(head):
            self.error = f"IPv6 of {size} bytes in {len(head) - 40}"
            return
        self.version, self.protocol = 6, head[6]
        self.addresses = head[8:40]
        self.payload = head[40:40 + size]
        while self.protocol in (0, 43, 60):
            self.protocol, extra = self.payload[0], (self.payload[1] + 1) * 8
            self.payload = self.payload[extra:]
        if self.protocol == 44:
            self.fragment = True

    @property
    def ports(self):
        """Source and destination port, where there are any."""
        if self.protocol in (6, 17) and not self.fragment and len(self.payload) >= 8:
            return struct.unpack_from(">HH", self.payload)
        return None

    def wrong(self):
        """What is wrong with the frame's lengths and checksums; `None` when nothing is."""
        if self.error or self.payload is None or self.fragment:
            return self.error
        if self.protocol == 1:
            return None if ones_sum(self.payload) == 0 else "ICMP checksum"
        names = {6: "TCP", 17: "UDP", 58: "ICMPv6"}
        if self.protocol not in names:
            return None
        if self.protocol == 17:
            if struct.unpack_from(">H", self.payload, 4)[0] != len(self.payload):
                return "UDP length"
            if self.payload[6:8] == b"\0\0":
                return None if self.version == 4 else "UDP without a checksum over IPv6"
        pseudo = ones_sum(self.addresses) + len(self.payload) + self.protocol
        return None if ones_sum(self.payload, pseudo) == 0 else f"{names[self.protocol]} checksum"


def toeplitz(key, data):
    """The Toeplitz hash of `data` under `key`, bit by bit as its definition has it."""
    value, window = 0, int.from_bytes(key, "big")
    width = len(key) * 8
    for index in range(len(data) * 8):
        if data[index // 8] >> (7 - index % 8) & 1:
            value ^= (window >> (width - 32 - index)) & 0xFFFFFFFF
    return value
