import Host
import Simulation
import Wire

extension WorkQueue {
    /// Entries fetched and not finished with.
    var held: Int { Int(fetched &- consumed) }
    /// Entries the driver has posted that were not fetched.
    var unfetched: Int { Int(produced &- fetched) }

    /// Where entry number `counter` lies, in bytes from the queue's start.
    @inline(__always) func offset(of counter: UInt16) -> UInt64 {
        (UInt64(counter) & ((1 &<< UInt64(logSize)) &- 1)) &<< UInt64(logStride)
    }

    /// Copies `count` entries from number `counter` on into `buffer`, one behind the other; the ring's end and its
    /// pages do not show.
    mutating func read(
        _ count: Int, from counter: UInt16, of function: FunctionID, into buffer: UnsafeMutableRawBufferPointer,
        at time: SimTime, platform: inout Platform
    ) throws(DMAFault) {
        let ringByteCount: UInt64 = 1 &<< UInt64(logSize &+ logStride)
        var offset = offset(of: counter)
        var left = count &<< Int(logStride)
        var place = 0
        while left > 0 {
            let (address, run) = memory.address(of: offset)
            let part = Int(min(UInt64(left), run, ringByteCount - offset))
            try platform.dmaLook(
                function, address, into: buffer.piece(from: place, count: part), at: time)
            place &+= part
            left &-= part
            offset = (offset &+ UInt64(part)) & (ringByteCount &- 1)
        }
    }
}
