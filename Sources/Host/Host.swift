public import Simulation

/// One computer that NICs plug into: memory, the IOMMU domains of the functions attached to it, and the bus.
///
/// A driver touches its own memory (`memory`), its mappings (`map`, `unmap`) and the bus (`send`). A device touches
/// host memory through `dmaRead` and `dmaWrite` alone. Neither sees the other.
public struct Host: ~Copyable {
    public var memory: PhysicalMemory
    /// What was put on the bus and has not been delivered: the world moves it, at its time.
    public var bus = Outbox<BusEvent>(capacity: 256)

    /// What crosses the bus, for those who want to see it.
    public var log = BusLog()

    @usableFromInline var attachments = Attachments()
    /// Refused accesses since the start, collected or not.
    public private(set) var faultCount: UInt64 = 0
    /// Bytes that devices have read and written.
    public var dmaReadByteCount: UInt64 = 0
    public var dmaWrittenByteCount: UInt64 = 0
    /// What was unmapped lately, for devices that keep translations.
    public private(set) var unmappings = Unmappings()

    /// Who owns the memory of each function that is not in this process.
    var distantMemory: [FunctionID: any DistantMemory] = [:]
    /// Where the subfunctions of a physical function begin.
    private var subfunctions: [FunctionID: Range<Int>] = [:]

    /// Translations that succeeded lately: direct-mapped by page and function; an unmapping takes its own out.
    @usableFromInline let cache: UnsafeMutablePointer<CachedPage>
    @inlinable static var cacheMask: UInt64 { 1023 }
    /// First byte, and the number of bytes, of the address range that is interrupt messages (x86).
    public static let interruptWindow: Range<UInt64> = 0xfee0_0000..<0xfef0_0000

    @usableFromInline struct CachedPage: BitwiseCopyable {
        /// Page number; all ones, which no page has, when empty.
        @usableFromInline var page: UInt64
        @usableFromInline var base: UnsafeMutableRawPointer?
        /// Physical address of the page.
        @usableFromInline var physical: UInt64
        @usableFromInline var function: UInt16
        @usableFromInline var permissions: DMAPermissions
        @inlinable init(
            page: UInt64, function: UInt16, base: UnsafeMutableRawPointer?, physical: UInt64,
            permissions: DMAPermissions
        ) {
            self.page = page
            self.function = function
            self.base = base
            self.physical = physical
            self.permissions = permissions
        }
    }

    /// A host with `memoryByteCount` bytes of memory to which no function is attached.
    public init(memoryByteCount: UInt64) {
        memory = PhysicalMemory(byteCount: memoryByteCount)
        cache = .allocate(capacity: Int(Self.cacheMask) + 1)
        let empty = CachedPage(page: .max, function: 0, base: nil, physical: 0, permissions: [])
        cache.initialize(repeating: empty, count: Int(Self.cacheMask) + 1)
    }

    /// The same with the functions 0, 1 … attached, each with the domain of its place.
    public init(memoryByteCount: UInt64, domains: [IOMMUDomain]) {
        self.init(memoryByteCount: memoryByteCount)
        for (index, domain) in domains.enumerated() { attachments.attach(FunctionID(index), domain) }
    }

    deinit { cache.deallocate() }

    // MARK: Functions that come and go

    /// Attaches `function` with a domain of its own, which has no mappings but those of `domain`.
    public mutating func attach(_ function: FunctionID, _ domain: IOMMUDomain = IOMMUDomain()) {
        forgetTranslations(of: function)
        attachments.attach(function, domain)
    }

    /// Attaches `function` so that it reaches what `owner` reaches: a subfunction without a domain of its own.
    public mutating func attach(_ function: FunctionID, sharing owner: FunctionID) {
        forgetTranslations(of: function)
        attachments.share(function, domainOf: owner)
    }

    /// Takes `function` away: nothing of it reaches memory any more, and its uncollected faults are gone.
    public mutating func detach(_ function: FunctionID) {
        forgetTranslations(of: function)
        unmappings.note(function, page: 0, count: .max)
        attachments.detach(function)
        distantMemory[function] = nil
    }

    /// Whether `function` is attached.
    public func isAttached(_ function: FunctionID) -> Bool { attachments.byFunction[function] != nil }

    /// The IOMMU domain of `function`; one that maps nothing when it is not attached.
    public func domain(of function: FunctionID) -> IOMMUDomain {
        attachments.domain(of: function)?.domain ?? IOMMUDomain()
    }

    /// Says that the functions of `range` are the subfunctions of `parent`, by slice of its BAR2.
    public mutating func setSubfunctions(of parent: FunctionID, _ range: Range<Int>) { subfunctions[parent] = range }

    /// The function that slice `slice` of the BAR2 of `parent` is: its requester for DMA.
    public func subfunction(of parent: FunctionID, slice: Int) -> FunctionID? {
        guard let range = subfunctions[parent], slice >= 0, slice < range.count else { return nil }
        return FunctionID(range.lowerBound + slice)
    }

    // MARK: The driver's side

    /// Puts `event` on the bus at `time`.
    @inlinable public mutating func send(_ event: BusEvent, at time: SimTime) { bus.schedule(event, at: time) }

    /// Lets `function` reach `byteCount` bytes of memory at `physical` under the I/O virtual address `address`.
    public mutating func map(
        _ function: FunctionID, _ address: UInt64, to physical: UInt64, byteCount: UInt64, _ permissions: DMAPermissions
    ) throws(MappingError) {
        guard let place = attachments.byFunction[function]?.domain else { throw .notAttached }
        try attachments.domains[place]?.domain.map(address, to: physical, byteCount: byteCount, permissions)
    }

    /// Undoes the mapping made with the same `address` and `byteCount`; no translation of it is left anywhere.
    public mutating func unmap(_ function: FunctionID, _ address: UInt64, byteCount: UInt64) throws(MappingError) {
        guard let place = attachments.byFunction[function]?.domain else { throw .notAttached }
        try attachments.domains[place]?.domain.unmap(address, byteCount: byteCount)
        let first = address >> 12
        let count = (byteCount + 4095) >> 12
        for user in attachments.domains[place]?.functions ?? [] {
            forgetTranslations(of: user, page: first, count: count)
            unmappings.note(user, page: first, count: count)
        }
    }

    /// The oldest refused access of `function` that was not collected yet.
    public mutating func takeFault(of function: FunctionID) -> DMAFault? { attachments.takeFault(of: function) }

    private func forgetTranslations(of function: FunctionID, page: UInt64 = 0, count: UInt64 = .max) {
        if count <= Self.cacheMask {
            for page in page..<page + count {
                let place = Self.place(page, function)
                if cache[place].page == page, cache[place].function == function.index { cache[place].page = .max }
            }
            return
        }
        for place in 0...Int(Self.cacheMask)
        where cache[place].function == function.index && cache[place].page &- page < count {
            cache[place].page = .max
        }
    }

    /// Where the translation of `page` for `function` is kept.
    @inlinable static func place(_ page: UInt64, _ function: FunctionID) -> Int {
        Int((page ^ UInt64(function.index) &* 0x9e5) & cacheMask)
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
        let entry = cache + Self.place(page, function)
        if entry.pointee.page == page, entry.pointee.function == function.index {
            return entry.pointee.physical | address & 4095
        }
        return attachments.domain(of: function)?.domain.translate(address)?.physical
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

    /// Logs a refused access and tells the driver; of each function the first 64 that nobody collected are kept.
    public mutating func report(_ fault: DMAFault, at time: SimTime) {
        faultCount += 1
        if attachments.keep(fault) { bus.schedule(.fault(fault.function), at: time) }
    }

    /// The memory behind `address` and how many bytes may be touched there in one go.
    @inlinable
    mutating func reach(
        _ function: FunctionID, _ address: UInt64, _ access: DMAPermissions, at time: SimTime
    ) throws(DMAFault) -> (UnsafeMutableRawPointer, Int) {
        let page = address >> 12
        let entry = cache + Self.place(page, function)
        let offset = Int(address & 4095)
        if entry.pointee.page == page, entry.pointee.function == function.index,
            entry.pointee.permissions.contains(access), let base = entry.pointee.base
        {
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
        guard let (physical, permissions) = attachments.domain(of: function)?.domain.translate(address) else {
            throw refuse(.notMapped)
        }
        guard permissions.contains(access) else {
            throw refuse(access == .read ? .readNotPermitted : .writeNotPermitted)
        }
        if permissions.contains(.distant) { throw DMAFault(function: function, address: address, reason: .distant) }
        guard let (pointer, _) = try? memory.pointer(at: physical) else { throw refuse(.noMemory) }
        let page = address >> 12
        let offset = Int(address & 4095)
        cache[Self.place(page, function)] = CachedPage(
            page: page, function: function.index, base: pointer - offset, physical: physical & ~4095,
            permissions: permissions)
        return (pointer, 4096 - offset)
    }
}
