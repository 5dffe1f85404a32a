public import Simulation

/// What a device does at the host of one of its functions. A function without a host reaches nothing.
extension Platform {
    /// Copies `buffer.count` bytes from the I/O virtual address `address` of `function` (see `Host.dmaRead`).
    @inlinable
    public mutating func dmaRead(
        _ function: FunctionID, _ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        try place(function, address).pointee.dmaRead(function, address, into: buffer, at: time)
    }

    /// The same for bytes that the device has read before (see `Host.dmaLook`).
    @inlinable
    public mutating func dmaLook(
        _ function: FunctionID, _ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        try place(function, address).pointee.dmaLook(function, address, into: buffer, at: time)
    }

    /// Copies `buffer.count` bytes to the I/O virtual address `address` of `function` (see `Host.dmaWrite`).
    @inlinable
    public mutating func dmaWrite(
        _ function: FunctionID, _ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        try place(function, address).pointee.dmaWrite(function, address, from: buffer, at: time)
    }

    /// Where the host of `function` is.
    @inlinable
    mutating func place(_ function: FunctionID, _ address: UInt64) throws(DMAFault) -> UnsafeMutablePointer<Host> {
        let host = hostOfFunction[Int(function.index)]
        guard host != Self.noHost else { throw stray(function, address) }
        return hosts + Int(host)
    }

    @usableFromInline mutating func stray(_ function: FunctionID, _ address: UInt64) -> DMAFault {
        strayAccessCount += 1
        return DMAFault(function: function, address: address, reason: .notMapped)
    }

    /// The tag of the memory behind `address` of `function` (see `PhysicalMemory`); zero when nothing is mapped.
    @inlinable public func tag(_ function: FunctionID, at address: UInt64) -> UInt32 {
        guard let host = host(of: function) else { return 0 }
        return hosts[host].tag(function, at: address)
    }

    /// Tags the memory behind `address` of `function`.
    @inlinable public mutating func setTag(_ tag: UInt32, _ function: FunctionID, at address: UInt64) {
        guard let host = host(of: function) else { return }
        hosts[host].setTag(tag, function, at: address)
    }

    /// Sends an interrupt message of `function`, which arrives at `time` (see `Host.sendMessage`).
    public mutating func sendMessage(_ function: FunctionID, address: UInt64, data: UInt32, at time: SimTime) {
        guard let host = host(of: function) else { return }
        self[host].sendMessage(function, address: address, data: data, at: time)
    }

    /// Puts `event`, which goes to the driver of `event.function`, on the bus of its host.
    public mutating func send(_ event: BusEvent, at time: SimTime) {
        guard let host = host(of: event.function) else { return }
        self[host].send(event, at: time)
    }

    /// Logs a refused access at the function's host.
    public mutating func report(_ fault: DMAFault, at time: SimTime) {
        guard let host = host(of: fault.function) else {
            strayAccessCount += 1
            return
        }
        self[host].report(fault, at: time)
    }

    /// Whether `function` may read and write the memory of the page at the I/O virtual address `address`.
    public func isReachable(_ function: FunctionID, _ address: UInt64) -> Bool {
        guard let host = host(of: function),
            let (physical, permissions) = hosts[host].domain(of: function).translate(address)
        else { return false }
        return permissions.contains([.read, .write]) && hosts[host].memory.contains(physical)
    }

    // MARK: The log of the bus

    /// Whether somebody wants to know what crosses the bus of the host of `function`.
    @inlinable public func isLogging(_ function: FunctionID) -> Bool {
        guard let host = host(of: function) else { return false }
        return hosts[host].log.isOn
    }

    /// Notes `entry` at the host of its function; ask `isLogging` first.
    public mutating func note(_ entry: BusLog.Entry) {
        if let host = host(of: entry.function) { self[host].log.note(entry) }
    }

    /// Notes an entry of queue `number` that the device reads: its first 64 bytes.
    public mutating func note(
        _ kind: BusLog.Kind, _ function: FunctionID, queue number: Int, _ bytes: UnsafeRawBufferPointer,
        at time: SimTime
    ) {
        if let host = host(of: function) { self[host].log.note(kind, function, queue: number, bytes, at: time) }
    }

    /// The same for 64 bytes that `encode` puts in place.
    public mutating func note(
        _ kind: BusLog.Kind, _ function: FunctionID, queue number: Int, at time: SimTime,
        _ encode: (UnsafeMutableRawBufferPointer) -> Void
    ) {
        if let host = host(of: function) { self[host].log.note(kind, function, queue: number, at: time, encode) }
    }
}
