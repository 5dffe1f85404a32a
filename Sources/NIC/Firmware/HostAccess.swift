import Host
import Simulation
import Wire

/// The firmware's own accesses to host memory; their time has been accounted for when they are made.
extension NIC {
    /// Some bytes to be written to host memory.
    struct HostPiece {
        var address: UInt64
        var bytes: [UInt8]
    }

    /// The `byteCount` bytes at `address`; `nil` when the function cannot reach all of them.
    func readHost(
        _ function: FunctionID, _ address: UInt64, byteCount: Int, at now: SimTime, platform: inout Platform
    ) -> Record? {
        guard permitsDMA(function, address, at: now, platform: &platform) else { return nil }
        var record = Record(byteCount: byteCount)
        let isRead = record.bytes.withUnsafeMutableBytes { buffer in
            (try? platform.dmaRead(function, address, into: buffer, at: now)) != nil
        }
        return isRead ? record : nil
    }

    /// Writes `piece`; false when the function cannot reach all of it.
    func writeHost(_ function: FunctionID, _ piece: HostPiece, at now: SimTime, platform: inout Platform) -> Bool {
        guard permitsDMA(function, piece.address, at: now, platform: &platform) else { return false }
        return piece.bytes.withUnsafeBytes { buffer in
            (try? platform.dmaWrite(function, piece.address, from: buffer, at: now)) != nil
        }
    }

    private func permitsDMA(_ function: FunctionID, _ address: UInt64, at now: SimTime, platform: inout Platform)
        -> Bool
    {
        if functions[Int(function.index)].reachesMemory { return true }
        platform.report(DMAFault(function: function, address: address, reason: .busMasterDisabled), at: now)
        return false
    }

    /// Says in the health buffer that host memory at `address` could not be reached.
    mutating func reportUnreachable(_ address: UInt64, of function: FunctionID, at now: SimTime) {
        functions[Int(function.index)].firmware.health.report(
            .hostMemoryUnreachable, address: address, milliseconds: now.picoseconds / 1_000_000_000)
    }
}
