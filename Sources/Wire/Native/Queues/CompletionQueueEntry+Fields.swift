/// Fields of a completion, by the offsets of section 5.3.
extension CompletionQueueEntry {
    /// Offset 0x0 [24]: the headers described are those inside a tunnel.
    @inlinable public var isOuterL3Tunneled: Bool {
        get { word0.bits(56, 1) != 0 }
        set { word0.setBits(56, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x0 [15:0]: the work queue entry, of striding queues.
    @inlinable public var wqeID: UInt16 {
        get { UInt16(truncatingIfNeeded: word0.bits(32, 16)) }
        set { word0.setBits(32, 16, UInt64(newValue)) }
    }

    /// Offset 0xc: result of the receive hash.
    @inlinable public var rssHash: UInt32 {
        get { UInt32(truncatingIfNeeded: word1.bits(0, 32)) }
        set { word1.setBits(0, 32, UInt64(newValue)) }
    }

    /// Offset 0x10 [31:24]: what the hash covers.
    @inlinable public var rssHashType: RSSHashType {
        get { RSSHashType(rawValue: UInt8(truncatingIfNeeded: word2.bits(56, 8))) }
        set { word2.setBits(56, 8, UInt64(newValue.rawValue)) }
    }

    /// Offset 0x10 [23]: the frame carried a congestion mark.
    @inlinable public var isCongestionMarked: Bool {
        get { word2.bits(55, 1) != 0 }
        set { word2.setBits(55, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x14 [31:16]: one's complement sum, not inverted, from the byte after the Ethernet header on.
    @inlinable public var checksum: UInt16 {
        get { UInt16(truncatingIfNeeded: word2.bits(16, 16)) }
        set { word2.setBits(16, 16, UInt64(newValue)) }
    }

    /// Offset 0x18 [31:24]: flags and service level.
    @inlinable public var rxFlags: UInt8 {
        get { UInt8(truncatingIfNeeded: word3.bits(56, 8)) }
        set { word3.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x18 [23:0]: the sender's queue pair.
    @inlinable public var remoteQueueNumber: UInt32 {
        get { UInt32(truncatingIfNeeded: word3.bits(32, 24)) }
        set { word3.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x1c [26]: the transport checksum is right.
    @inlinable public var isL4OK: Bool {
        get { word3.bits(26, 1) != 0 }
        set { word3.setBits(26, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x1c [25]: the network header's checksum is right.
    @inlinable public var isL3OK: Bool {
        get { word3.bits(25, 1) != 0 }
        set { word3.setBits(25, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x1c [24]: the frame's Ethernet header is well formed.
    @inlinable public var isL2OK: Bool {
        get { word3.bits(24, 1) != 0 }
        set { word3.setBits(24, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x1c [22:20]; `none` for values not assigned.
    @inlinable public var l4HeaderType: L4HeaderType {
        get { L4HeaderType(rawValue: UInt8(truncatingIfNeeded: word3.bits(20, 3))) ?? .none }
        set { word3.setBits(20, 3, UInt64(newValue.rawValue)) }
    }

    /// Offset 0x1c [19:18]; `none` for values not assigned.
    @inlinable public var l3HeaderType: L3HeaderType {
        get { L3HeaderType(rawValue: UInt8(truncatingIfNeeded: word3.bits(18, 2))) ?? .none }
        set { word3.setBits(18, 2, UInt64(newValue.rawValue)) }
    }

    /// Offset 0x1c [16]: a VLAN tag was removed; it is in `vlanTCI`.
    @inlinable public var isVLANStripped: Bool {
        get { word3.bits(16, 1) != 0 }
        set { word3.setBits(16, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x1c [15:0]: tag control information of the removed VLAN tag.
    @inlinable public var vlanTCI: UInt16 {
        get { UInt16(truncatingIfNeeded: word3.bits(0, 16)) }
        set { word3.setBits(0, 16, UInt64(newValue)) }
    }

    /// Offset 0x20 [31:24]: frames merged into one; 0 or 1 for none.
    @inlinable public var lroSegmentCount: UInt8 {
        get { UInt8(truncatingIfNeeded: word4.bits(56, 8)) }
        set { word4.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x20 [23:0]: user index, or number of the shared receive queue.
    @inlinable public var userIndex: UInt32 {
        get { UInt32(truncatingIfNeeded: word4.bits(32, 24)) }
        set { word4.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x24: immediate data, or the metadata register B.
    @inlinable public var flowTableMetadata: UInt32 {
        get { UInt32(truncatingIfNeeded: word4.bits(0, 32)) }
        set { word4.setBits(0, 32, UInt64(newValue)) }
    }

    /// Offset 0x2c: bytes received.
    @inlinable public var byteCount: UInt32 {
        get { UInt32(truncatingIfNeeded: word5.bits(0, 32)) }
        set { word5.setBits(0, 32, UInt64(newValue)) }
    }

    /// Offset 0x30: clock at the moment of completion.
    @inlinable public var timestamp: UInt64 {
        get { word6 }
        set { word6 = newValue }
    }

    /// Offset 0x36, of errors: the device's own code.
    @inlinable public var vendorSyndrome: UInt8 {
        get { UInt8(truncatingIfNeeded: word6.bits(8, 8)) }
        set { word6.setBits(8, 8, UInt64(newValue)) }
    }

    /// Offset 0x37, of errors: the code as it stands.
    @inlinable public var rawSyndrome: UInt8 {
        get { UInt8(truncatingIfNeeded: word6.bits(0, 8)) }
        set { word6.setBits(0, 8, UInt64(newValue)) }
    }

    /// Offset 0x38 [31:24], of sends: opcode of the work queue entry.
    @inlinable public var sendOpcode: UInt8 {
        get { UInt8(truncatingIfNeeded: word7.bits(56, 8)) }
        set { word7.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x38 [23:0], of sends and errors: number of the queue.
    @inlinable public var queueNumber: UInt32 {
        get { UInt32(truncatingIfNeeded: word7.bits(32, 24)) }
        set { word7.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x38 [23:0], of received frames: the tag of the flow table entry.
    @inlinable public var flowTag: UInt32 {
        get { UInt32(truncatingIfNeeded: word7.bits(32, 24)) }
        set { word7.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x3c [31:16]: counter of the completed work queue entry.
    @inlinable public var wqeCounter: UInt16 {
        get { UInt16(truncatingIfNeeded: word7.bits(16, 16)) }
        set { word7.setBits(16, 16, UInt64(newValue)) }
    }

    /// Offset 0x3e.
    @inlinable public var signature: UInt8 {
        get { UInt8(truncatingIfNeeded: word7.bits(8, 8)) }
        set { word7.setBits(8, 8, UInt64(newValue)) }
    }

    /// Offset 0x3f [7:4], as it stands.
    @inlinable public var rawOpcode: UInt8 {
        get { UInt8(truncatingIfNeeded: word7.bits(4, 4)) }
        set { word7.setBits(4, 4, UInt64(newValue)) }
    }

    /// Offset 0x3f [3:2]: 0 plain, 1 and 2 with inline data, 3 compressed.
    @inlinable public var format: UInt8 {
        get { UInt8(truncatingIfNeeded: word7.bits(2, 2)) }
        set { word7.setBits(2, 2, UInt64(newValue)) }
    }

    /// Offset 0x3f [1]: the sender asked for an event.
    @inlinable public var isSolicited: Bool {
        get { word7.bits(1, 1) != 0 }
        set { word7.setBits(1, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x3f [0]: flips each time the queue wraps.
    @inlinable public var owner: Bool {
        get { word7.bits(0, 1) != 0 }
        set { word7.setBits(0, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x3f [7:4]; `invalid` for values not assigned.
    @inlinable public var opcode: CompletionOpcode {
        get { CompletionOpcode(rawValue: rawOpcode) ?? .invalid }
        set { rawOpcode = newValue.rawValue }
    }

    /// Offset 0x37, of errors; nil for values not assigned.
    @inlinable public var syndrome: CompletionSyndrome? { CompletionSyndrome(rawValue: rawSyndrome) }

    /// True for the three opcodes that report a failure.
    @inlinable public var isError: Bool { rawOpcode >= 12 && rawOpcode <= 14 }
}
