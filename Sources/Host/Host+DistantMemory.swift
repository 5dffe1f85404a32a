public import Simulation

/// Memory of a driver that is not in this process, and can only be asked for.
public protocol DistantMemory: AnyObject {
    /// Fills `buffer` with the bytes at `address` as the function sees it; false when they cannot be had.
    func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime) -> Bool
    /// Stores the bytes of `buffer` at `address` as the function sees it; false when that cannot be done.
    func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime) -> Bool
}

/// DMA to memory that must be asked for: behind the fault path, so that ordinary memory costs nothing more.
extension Host {
    /// Says who owns the memory that is mapped for `function` with `DMAPermissions.distant`.
    public mutating func setDistantMemory(_ memory: (any DistantMemory)?, of function: FunctionID) {
        distantMemory[function] = memory
    }

    /// Reads what `fault` says is distant into `buffer` from byte `start` on; returns the number of bytes.
    ///
    /// - Throws: `fault` itself when it is another, or that there is no memory.
    @usableFromInline
    mutating func askForBytes(
        _ fault: DMAFault, into buffer: UnsafeMutableRawBufferPointer, from start: Int, at time: SimTime
    ) throws(DMAFault) -> Int {
        let memory = try owner(of: fault, at: time)
        let count = min(4096 - Int(fault.address & 4095), buffer.count - start)
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<start + count])
        if memory.read(fault.address, into: part, at: time) { return count }
        throw noMemory(fault, at: time)
    }

    /// The same for a write.
    @usableFromInline
    mutating func handOver(
        _ fault: DMAFault, _ buffer: UnsafeRawBufferPointer, from start: Int, at time: SimTime
    ) throws(DMAFault) -> Int {
        let memory = try owner(of: fault, at: time)
        let count = min(4096 - Int(fault.address & 4095), buffer.count - start)
        let part = UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
        if memory.write(fault.address, from: part, at: time) { return count }
        throw noMemory(fault, at: time)
    }

    private mutating func owner(of fault: DMAFault, at time: SimTime) throws(DMAFault) -> any DistantMemory {
        guard fault.reason == .distant else { throw fault }
        // A subfunction that shares its parent's address space shares its owner's memory.
        for function in attachments.domain(of: fault.function)?.functions ?? [] {
            if let memory = distantMemory[function] { return memory }
        }
        throw noMemory(fault, at: time)
    }

    private mutating func noMemory(_ fault: DMAFault, at time: SimTime) -> DMAFault {
        let found = DMAFault(function: fault.function, address: fault.address, reason: .noMemory)
        report(found, at: time)
        return found
    }
}
