public import Simulation

/// The platform that a NIC plugs into: memory, an IOMMU domain per function, and the bus.
///
/// A driver touches its own memory (`memory`), its mappings (`map`, `unmap`) and the bus (`send`). A device touches
/// host memory through `dmaRead` and `dmaWrite` alone. Neither sees the other.
public struct Host: ~Copyable {
    public var memory: PhysicalMemory
    /// What was put on the bus and has not been delivered: the world moves it, at its time.
    public var bus = Outbox<BusEvent>(capacity: 256)

    /// What crosses the bus, for those who want to see it.
    public var log = BusLog()

    @usableFromInline var domains: [IOMMUDomain]
    /// Refused accesses the driver has not collected: bounded, as a real fault log is.
    @usableFromInline var faults: [DMAFault] = []
    /// Refused accesses since the start, collected or not.
    public private(set) var faultCount: UInt64 = 0
    /// Bytes that devices have read and written.
    public var dmaReadByteCount: UInt64 = 0
    public var dmaWrittenByteCount: UInt64 = 0

    /// Who owns the memory of each function that is not in this process.
    var distantMemory: [(any DistantMemory)?] = []

    /// Translations that succeeded lately: direct-mapped by page, emptied whenever a mapping changes.
    @usableFromInline let cache: UnsafeMutablePointer<CachedPage>
    @inlinable static var cacheMask: UInt64 { 1023 }
    @usableFromInline static let faultLogLength = 64
    /// First byte, and the number of bytes, of the address range that is interrupt messages (x86).
    public static let interruptWindow: Range<UInt64> = 0xfee0_0000..<0xfef0_0000

    @usableFromInline struct CachedPage: BitwiseCopyable {
        /// Page number and function; all ones when empty.
        @usableFromInline var key: UInt64
        @usableFromInline var base: UnsafeMutableRawPointer?
        /// Physical address of the page.
        @usableFromInline var physical: UInt64
        @usableFromInline var permissions: DMAPermissions
        @inlinable init(
            key: UInt64, base: UnsafeMutableRawPointer?, physical: UInt64, permissions: DMAPermissions
        ) {
            self.key = key
            self.base = base
            self.physical = physical
            self.permissions = permissions
        }
    }

    /// A host with `memoryByteCount` bytes of memory and one IOMMU domain for each of its functions.
    public init(memoryByteCount: UInt64, domains: [IOMMUDomain]) {
        memory = PhysicalMemory(byteCount: memoryByteCount)
        self.domains = domains
        faults.reserveCapacity(Self.faultLogLength)
        cache = .allocate(capacity: Int(Self.cacheMask) + 1)
        cache.initialize(
            repeating: CachedPage(key: .max, base: nil, physical: 0, permissions: []), count: Int(Self.cacheMask) + 1)
    }

    deinit { cache.deallocate() }

    /// Number of functions.
    public var functionCount: Int { domains.count }

    /// The IOMMU domain of `function`.
    public func domain(of function: FunctionID) -> IOMMUDomain { domains[Int(function.index)] }

    // MARK: The driver's side

    /// Puts `event` on the bus at `time`.
    @inlinable public mutating func send(_ event: BusEvent, at time: SimTime) { bus.schedule(event, at: time) }

    /// Lets `function` reach `byteCount` bytes of memory at `physical` under the I/O virtual address `address`.
    public mutating func map(
        _ function: FunctionID, _ address: UInt64, to physical: UInt64, byteCount: UInt64, _ permissions: DMAPermissions
    ) throws(MappingError) {
        try domains[Int(function.index)].map(address, to: physical, byteCount: byteCount, permissions)
        forgetTranslations()
    }

    /// Undoes the mapping made with the same `address` and `byteCount`.
    public mutating func unmap(_ function: FunctionID, _ address: UInt64, byteCount: UInt64) throws(MappingError) {
        try domains[Int(function.index)].unmap(address, byteCount: byteCount)
        forgetTranslations()
    }

    /// The oldest refused access of `function` that was not collected yet.
    public mutating func takeFault(of function: FunctionID) -> DMAFault? {
        guard let index = faults.firstIndex(where: { $0.function == function }) else { return nil }
        return faults.remove(at: index)
    }

    private func forgetTranslations() {
        for index in 0...Int(Self.cacheMask) { cache[index].key = .max }
    }

    // MARK: The device's side

    /// Copies `buffer.count` bytes from the I/O virtual address `address` of `function`.
    ///
    /// On a fault nothing more is copied, the fault is logged, and the driver is told.
    @inlinable
    public mutating func dmaRead(
        _ function: FunctionID, _ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        try dmaLook(function, address, into: buffer, at: time)
        dmaReadByteCount &+= UInt64(buffer.count)
        if log.isOn { log.note(.dmaRead, function, address, count: buffer.count, at: time) }
    }

    /// The same for bytes the device has read before and keeps, which a model looks up again where they still lie: it
    /// is not counted as a read.
    @inlinable
    public mutating func dmaLook(
        _ function: FunctionID, _ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        guard let start = buffer.baseAddress else { return }
        var done = 0
        while done < buffer.count {
            let source: UnsafeMutableRawPointer
            let available: Int
            do throws(DMAFault) {
                (source, available) = try reach(function, address &+ UInt64(done), .read, at: time)
            } catch {
                done += try askForBytes(error, into: buffer, from: done, at: time)
                continue
            }
            let count = min(available, buffer.count - done)
            (start + done).copyMemory(from: source, byteCount: count)
            done += count
        }
    }

    /// Copies `buffer.count` bytes to the I/O virtual address `address` of `function`.
    ///
    /// On a fault nothing more is copied, the fault is logged, and the driver is told.
    @inlinable
    public mutating func dmaWrite(
        _ function: FunctionID, _ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime
    ) throws(DMAFault) {
        guard let start = buffer.baseAddress else { return }
        var done = 0
        while done < buffer.count {
            let target: UnsafeMutableRawPointer
            let available: Int
            do throws(DMAFault) {
                (target, available) = try reach(function, address &+ UInt64(done), .write, at: time)
            } catch {
                done += try handOver(error, buffer, from: done, at: time)
                continue
            }
            let count = min(available, buffer.count - done)
            target.copyMemory(from: start + done, byteCount: count)
            done += count
        }
        dmaWrittenByteCount &+= UInt64(buffer.count)
        if log.isOn { log.note(.dmaWrite, function, address, count: buffer.count, at: time) }
    }

    /// The tag of the memory behind `address` of `function` (see `PhysicalMemory`); zero when nothing is mapped.
    @inlinable public func tag(_ function: FunctionID, at address: UInt64) -> UInt32 {
        guard let physical = physicalAddress(function, address) else { return 0 }
        return memory.tag(at: physical)
    }

    /// Tags the memory behind `address` of `function`.
    @inlinable public mutating func setTag(_ tag: UInt32, _ function: FunctionID, at address: UInt64) {
        guard let physical = physicalAddress(function, address) else { return }
        memory.setTag(tag, at: physical)
    }

    /// The physical address behind `address` of `function`, from the cache if it was used lately.
    @inlinable func physicalAddress(_ function: FunctionID, _ address: UInt64) -> UInt64? {
        let page = address >> 12
        let entry = cache[Int((page ^ UInt64(function.index) &* 0x9e5) & Self.cacheMask)]
        if entry.key == page << 12 | UInt64(function.index) { return entry.physical | address & 4095 }
        return domains[Int(function.index)].translate(address)?.physical
    }

    /// Sends an interrupt message: a write of `data` to `address` that arrives at `time`.
    ///
    /// Inside `interruptWindow` it becomes `.interrupt`; anywhere else it is a write to memory like any other.
    public mutating func sendMessage(_ function: FunctionID, address: UInt64, data: UInt32, at time: SimTime) {
        if Self.interruptWindow.contains(address) {
            bus.schedule(.interrupt(function, vector: data), at: time)
            return
        }
        withUnsafeBytes(of: data.littleEndian) { bytes in
            // A fault is logged by the write itself; the message is lost, as on a real bus.
            try? dmaWrite(function, address, from: bytes, at: time)
        }
    }

    /// Logs a refused access and tells the driver; the log keeps the first 64 that nobody collected.
    public mutating func report(_ fault: DMAFault, at time: SimTime) {
        faultCount += 1
        guard faults.count < Self.faultLogLength else { return }
        faults.append(fault)
        bus.schedule(.fault(fault.function), at: time)
    }

    /// The memory behind `address` and how many bytes may be touched there in one go.
    @inlinable
    mutating func reach(
        _ function: FunctionID, _ address: UInt64, _ access: DMAPermissions, at time: SimTime
    ) throws(DMAFault) -> (UnsafeMutableRawPointer, Int) {
        let page = address >> 12
        let key = page << 12 | UInt64(function.index)
        let entry = cache[Int((page ^ UInt64(function.index) &* 0x9e5) & Self.cacheMask)]
        let offset = Int(address & 4095)
        if entry.key == key, entry.permissions.contains(access), let base = entry.base {
            return (base + offset, 4096 - offset)
        }
        return try translateAndCache(function, address, access, at: time)
    }

    @usableFromInline
    mutating func translateAndCache(
        _ function: FunctionID, _ address: UInt64, _ access: DMAPermissions, at time: SimTime
    ) throws(DMAFault) -> (UnsafeMutableRawPointer, Int) {
        func refuse(_ reason: DMAFault.Reason) -> DMAFault {
            let fault = DMAFault(function: function, address: address, reason: reason)
            report(fault, at: time)
            return fault
        }
        guard let (physical, permissions) = domains[Int(function.index)].translate(address) else {
            throw refuse(.notMapped)
        }
        guard permissions.contains(access) else {
            throw refuse(access == .read ? .readNotPermitted : .writeNotPermitted)
        }
        if permissions.contains(.distant) { throw DMAFault(function: function, address: address, reason: .distant) }
        guard let (pointer, _) = try? memory.pointer(at: physical) else { throw refuse(.noMemory) }
        let page = address >> 12
        let offset = Int(address & 4095)
        cache[Int((page ^ UInt64(function.index) &* 0x9e5) & Self.cacheMask)] = CachedPage(
            key: page << 12 | UInt64(function.index), base: pointer - offset, physical: physical & ~4095,
            permissions: permissions)
        return (pointer, 4096 - offset)
    }
}
