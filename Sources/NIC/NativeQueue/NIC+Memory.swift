import Host
import Simulation
import Wire

/// A run of host memory that a key has been found to permit.
struct MemoryRun: BitwiseCopyable {
    var address: UInt64
    var byteCount: Int
}

/// Memory accesses of queues: keys are checked first, then translated into runs.
///
/// The methods are `mutating` so that they work in place: called on an element of an array, one that is not gets a copy
/// of all of a function's tables.
extension Resources {
    /// Whether queues of `domain` may access the `byteCount` bytes at `address` under `key`.
    mutating func permits(
        _ access: MemoryKey.Access, _ byteCount: Int, at address: UInt64, key: UInt32, domain: Int,
        reservedKey: UInt32?
    ) -> Bool {
        if key == reservedKey { return address <= .max - UInt64(byteCount) }
        let number = Int(key >> 8)
        guard memoryKeys.contains(number) else { return false }
        return memoryKeys[number].permits(access, byteCount, at: address, key: key, domain: domain)
    }

    /// The first run of the `byteCount` bytes at `address` under `key`, which `permits` has accepted.
    mutating func run(_ byteCount: Int, at address: UInt64, key: UInt32, reservedKey: UInt32?) -> MemoryRun {
        if key == reservedKey { return MemoryRun(address: address, byteCount: byteCount) }
        let (translated, available) = memoryKeys[Int(key >> 8)].translate(address)
        return MemoryRun(address: translated, byteCount: Int(min(UInt64(byteCount), available)))
    }
}
