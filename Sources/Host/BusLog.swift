public import Simulation

/// What crossed the bus of a host, and what the device made of it, while somebody wants to know.
///
/// Off, it costs a comparison at each place that would note something.
public struct BusLog: ~Copyable {
    /// What an entry tells.
    public enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
        case configurationRead, configurationWrite, read, write
        /// The answer to a read.
        case answer
        case interrupt, fault
        case dmaRead, dmaWrite
        /// A command that is done: see `NIC` for the words.
        case command
        /// An entry of a send queue that is executed, a completion and an event that are written: the words are their
        /// 64 bytes.
        case sendEntry, completion, event
    }

    /// One thing that happened.
    public struct Entry: Sendable, BitwiseCopyable {
        public var time: SimTime
        public var function: FunctionID
        public var kind: Kind
        /// BAR of a register access.
        public var bar: UInt8 = 0
        /// Bytes of an access; number of the queue of an entry.
        public var count: UInt32 = 0
        /// Where: an offset, an I/O virtual address.
        public var address: UInt64 = 0
        /// A value, a tag, a vector.
        public var value: UInt64 = 0
        public var words = InlineArray<8, UInt64>(repeating: 0)

        @inlinable public init(_ kind: Kind, _ function: FunctionID, at time: SimTime) {
            self.time = time
            self.function = function
            self.kind = kind
        }
    }

    /// Whether anything is noted.
    public var isOn = false
    /// What was noted and not taken, in the order in which it was.
    public private(set) var entries: [Entry] = []

    public init() {}

    /// Appends `entry`; ask `isOn` first.
    public mutating func note(_ entry: Entry) { entries.append(entry) }

    /// Notes what travels on the bus.
    public mutating func note(_ event: BusEvent, at time: SimTime) {
        var entry: Entry
        switch event {
        case .configurationRead(let function, let offset, let byteCount, let tag):
            entry = Entry(.configurationRead, function, at: time)
            (entry.address, entry.count, entry.value) = (UInt64(offset), UInt32(byteCount), UInt64(tag))
        case .configurationWrite(let function, let offset, let byteCount, let value):
            entry = Entry(.configurationWrite, function, at: time)
            (entry.address, entry.count, entry.value) = (UInt64(offset), UInt32(byteCount), UInt64(value))
        case .memoryRead(let function, let bar, let byteCount, let offset, let tag):
            entry = Entry(.read, function, at: time)
            (entry.bar, entry.address, entry.count, entry.value) = (bar, UInt64(offset), UInt32(byteCount), UInt64(tag))
        case .memoryWrite(let function, let bar, let byteCount, let offset, let value):
            entry = Entry(.write, function, at: time)
            (entry.bar, entry.address, entry.count, entry.value) = (bar, UInt64(offset), UInt32(byteCount), value)
        case .completion(let function, let tag, let value):
            entry = Entry(.answer, function, at: time)
            (entry.address, entry.value) = (UInt64(tag), value)
        case .interrupt(let function, let vector):
            entry = Entry(.interrupt, function, at: time)
            entry.value = UInt64(vector)
        case .fault(let function): entry = Entry(.fault, function, at: time)
        }
        note(entry)
    }

    /// Notes an access of `function` to `count` bytes at `address`.
    public mutating func note(_ kind: Kind, _ function: FunctionID, _ address: UInt64, count: Int, at time: SimTime) {
        var entry = Entry(kind, function, at: time)
        (entry.address, entry.count) = (address, UInt32(truncatingIfNeeded: count))
        note(entry)
    }

    /// Notes what the device reads or writes: the first 64 bytes of `bytes`, of queue `number`.
    public mutating func note(
        _ kind: Kind, _ function: FunctionID, queue number: Int, _ bytes: UnsafeRawBufferPointer, at time: SimTime
    ) {
        var entry = Entry(kind, function, at: time)
        entry.count = UInt32(truncatingIfNeeded: number)
        withUnsafeMutableBytes(of: &entry.words) { words in
            words.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes.prefix(64)))
        }
        note(entry)
    }

    /// The same for 64 bytes that `encode` puts in place.
    public mutating func note(
        _ kind: Kind, _ function: FunctionID, queue number: Int, at time: SimTime,
        _ encode: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        var entry = Entry(kind, function, at: time)
        entry.count = UInt32(truncatingIfNeeded: number)
        withUnsafeMutableBytes(of: &entry.words) { encode($0) }
        note(entry)
    }

    /// Forgets what was noted.
    public mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
