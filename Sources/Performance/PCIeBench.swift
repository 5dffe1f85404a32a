package import NIC
import Simulation

/// A closed loop of DMA operations through one link, as the pcie-bench firmware runs it on a device.
///
/// Addresses are random units of a window of host memory; a unit is the operation's size rounded up to cache lines.
package struct PCIeBench: Sendable {
    /// What one operation is.
    package enum Operation: String, Sendable, CaseIterable {
        case read, write
        /// Reads and writes in turn; bandwidth is counted for one direction.
        case readWrite
    }

    /// What the processor's cache holds of the window.
    package enum Cache: String, Sendable {
        /// Nothing.
        case cold
        /// What the processor touched last: as much as `cachedByteCount`.
        case warm
    }

    package var parameters: PCIeParameters
    /// Window of host memory, in bytes.
    package var windowByteCount: UInt64 = 8192
    package var cache = Cache.warm
    /// Bytes of a warmed window that a device finds in the cache.
    package var cachedByteCount: UInt64 = 8 << 20
    /// Operations that the firmware keeps under way.
    package var depth = 128
    /// Operations measured, after a quarter as many that fill the pipes and the IOTLB.
    package var operationCount = 20_000
    package var seed: UInt64 = 1

    package init(_ parameters: PCIeParameters) { self.parameters = parameters }

    /// Bandwidth of the data, in Gb/s.
    package func bandwidth(_ operation: Operation, byteCount: Int) -> Double {
        var link = PCIeLink(parameters)
        var source = AddressSource(self, byteCount: byteCount)
        var ends = Array(repeating: SimTime.zero, count: depth)
        var slots = EarliestSlot(count: depth)
        var measuredFrom = SimTime.zero
        var last = SimTime.zero
        let warmUp = operationCount / 4
        for index in 0..<(warmUp + operationCount) {
            if index == warmUp { measuredFrom = last }
            let slot = slots.take(in: ends)
            let place = source.next()
            let isRead = operation == .read || (operation == .readWrite && index % 2 == 0)
            ends[slot] =
                isRead
                ? link.read(byteCount: byteCount, address: place.address, at: ends[slot], isCold: place.isCold)
                : link.write(byteCount: byteCount, address: place.address, at: ends[slot]).accepted
            last = max(last, ends[slot])
        }
        let counted = operation == .readWrite ? operationCount / 2 : operationCount
        return Double(counted * byteCount * 8) * 1000 / Double((last - measuredFrom).picoseconds)
    }

    /// Latencies of single operations, in nanoseconds, in ascending order: a read, or a write with a read of the same
    /// bytes behind it.
    package func latencies(_ operation: Operation, byteCount: Int) -> [Double] {
        var link = PCIeLink(parameters)
        var source = AddressSource(self, byteCount: byteCount)
        var now = SimTime.zero
        var results: [Double] = []
        results.reserveCapacity(operationCount)
        let warmUp = operationCount / 4
        for index in 0..<(warmUp + operationCount) {
            let place = source.next()
            var start = now
            if operation != .read {
                start = link.write(byteCount: byteCount, address: place.address, at: now).accepted
            }
            let end = link.read(byteCount: byteCount, address: place.address, at: start, isCold: place.isCold)
            if index >= warmUp { results.append(Double((end - now).picoseconds) / 1000) }
            // Between two operations everything comes to rest.
            now = end + .microseconds(1)
            link.advance(to: now)
        }
        results.sort()
        return results
    }

    /// Random places in the window.
    private struct AddressSource {
        private var random: SplitMix
        private let unitCount: UInt64
        private let unitByteCount: UInt64
        private let coldByteCount: UInt64

        init(_ bench: PCIeBench, byteCount: Int) {
            random = SplitMix(seed: bench.seed)
            unitByteCount = UInt64((byteCount + 63) / 64 * 64)
            unitCount = max(1, bench.windowByteCount / unitByteCount)
            switch bench.cache {
            case .cold: coldByteCount = .max
            // The processor warms from the start of the window, so that its end is what stays.
            case .warm:
                coldByteCount = bench.windowByteCount - min(bench.windowByteCount, bench.cachedByteCount)
            }
        }

        mutating func next() -> (address: UInt64, isCold: Bool) {
            let offset = random.next(below: unitCount) * unitByteCount
            return ((1 << 32) + offset, offset < coldByteCount)
        }
    }

    /// Finds the operation slot that is free first; ties go to the lowest.
    private struct EarliestSlot {
        let count: Int
        mutating func take(in ends: [SimTime]) -> Int {
            var best = 0
            for slot in 1..<count where ends[slot] < ends[best] { best = slot }
            return best
        }
    }
}
