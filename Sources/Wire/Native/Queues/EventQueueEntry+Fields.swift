/// Fields of an event queue entry, by the offsets of section 5.5.
extension EventQueueEntry {
    /// Offset 0x1: the type as it stands.
    @inlinable public var eventTypeValue: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(48, 8)) }
        set { word0.setBits(48, 8, UInt64(newValue)) }
    }

    /// Offset 0x3.
    @inlinable public var subtype: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(32, 8)) }
        set { word0.setBits(32, 8, UInt64(newValue)) }
    }

    /// Offset 0x20 [23:0], of `cqError`: number of the completion queue.
    @inlinable public var cqErrorQueue: UInt32 {
        get { UInt32(truncatingIfNeeded: word4.bits(32, 24)) }
        set { word4.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x2b, of `cqError`.
    @inlinable public var cqErrorSyndrome: UInt8 {
        get { UInt8(truncatingIfNeeded: word5.bits(32, 8)) }
        set { word5.setBits(32, 8, UInt64(newValue)) }
    }

    /// Offset 0x28 [31:28], of `portChange`: port number, from one.
    @inlinable public var portNumber: UInt8 {
        get { UInt8(truncatingIfNeeded: word5.bits(60, 4)) }
        set { word5.setBits(60, 4, UInt64(newValue)) }
    }

    /// Offset 0x20, of `commandInterface`: bit vector of finished entries.
    @inlinable public var commandVector: UInt32 {
        get { UInt32(truncatingIfNeeded: word4.bits(32, 32)) }
        set { word4.setBits(32, 32, UInt64(newValue)) }
    }

    /// Offset 0x20 [31], of `pageRequest`.
    @inlinable public var isEmbeddedCPUFunction: Bool {
        get { word4.bits(63, 1) != 0 }
        set { word4.setBits(63, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x20 [15:0], of `pageRequest`.
    @inlinable public var pageFunctionID: UInt16 {
        get { UInt16(truncatingIfNeeded: word4.bits(32, 16)) }
        set { word4.setBits(32, 16, UInt64(newValue)) }
    }

    /// Offset 0x22, of `nicVportChange`.
    @inlinable public var vportNumber: UInt16 {
        get { UInt16(truncatingIfNeeded: word4.bits(32, 16)) }
        set { word4.setBits(32, 16, UInt64(newValue)) }
    }

    /// Offset 0x20 [31:16], of `vhcaStateChange`.
    @inlinable public var vhcaEmbeddedCPUFunction: UInt16 {
        get { UInt16(truncatingIfNeeded: word4.bits(48, 16)) }
        set { word4.setBits(48, 16, UInt64(newValue)) }
    }

    /// Offset 0x22, of `vhcaStateChange`.
    @inlinable public var vhcaFunctionID: UInt16 {
        get { UInt16(truncatingIfNeeded: word4.bits(32, 16)) }
        set { word4.setBits(32, 16, UInt64(newValue)) }
    }

    /// Offset 0x21, of `portModule`.
    @inlinable public var module: UInt8 {
        get { UInt8(truncatingIfNeeded: word4.bits(48, 8)) }
        set { word4.setBits(48, 8, UInt64(newValue)) }
    }

    /// Offset 0x23 [3:0], of `portModule`: 1 plugged, 2 unplugged, 3 error.
    @inlinable public var moduleStatus: UInt8 {
        get { UInt8(truncatingIfNeeded: word4.bits(32, 4)) }
        set { word4.setBits(32, 4, UInt64(newValue)) }
    }

    /// Offset 0x34, of queue events: an `EventQueueType`.
    @inlinable public var queueTypeValue: UInt8 {
        get { UInt8(truncatingIfNeeded: word6.bits(24, 8)) }
        set { word6.setBits(24, 8, UInt64(newValue)) }
    }

    /// Offset 0x38 [23:0], of `completion` and queue events: number of the queue.
    @inlinable public var queueNumber: UInt32 {
        get { UInt32(truncatingIfNeeded: word7.bits(32, 24)) }
        set { word7.setBits(32, 24, UInt64(newValue)) }
    }

    /// Offset 0x3e; not checked.
    @inlinable public var signature: UInt8 {
        get { UInt8(truncatingIfNeeded: word7.bits(8, 8)) }
        set { word7.setBits(8, 8, UInt64(newValue)) }
    }

    /// Offset 0x3f [0]: flips each time the queue wraps.
    @inlinable public var owner: Bool {
        get { word7.bits(0, 1) != 0 }
        set { word7.setBits(0, 1, newValue ? 1 : 0) }
    }

    /// Offset 0x1; nil for values not assigned.
    @inlinable public var type: EventType? { EventType(rawValue: eventTypeValue) }

    /// Offset 0x24, of `pageRequest`: pages the device wants, negative when it gives some back.
    @inlinable public var pageCount: Int32 {
        get { Int32(truncatingIfNeeded: word4) }
        set { word4.setBits(0, 32, UInt64(UInt32(bitPattern: newValue))) }
    }
}
