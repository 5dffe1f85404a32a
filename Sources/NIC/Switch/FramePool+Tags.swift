import Simulation
import Wire

/// VLAN tags of frames on their way through the switch.
extension FramePool {
    /// Takes tags off `frame` and puts others on, as a walk through flow tables found.
    mutating func changeTags(of frame: FrameID, _ path: Verdict.Path) {
        guard path.changesTags else { return }
        let addresses = 2 * MACAddress.byteCount
        let removed = Int(path.popCount) * VLANTag.byteCount
        let added = Int(path.pushCount) * VLANTag.byteCount
        let former = self[frame].byteCount
        guard former >= addresses + removed, former - removed + added <= Self.longestFrame else { return }
        let whole = slot(frame)
        let rest = UnsafeRawBufferPointer(whole).piece(
            from: addresses + removed, count: former - addresses - removed)
        whole.piece(from: addresses + added).copyMemory(from: rest)
        for index in 0..<Int(path.pushCount) {
            // The last one put on is the outermost.
            whole.storeBigEndian(path.pushes[Int(path.pushCount) - 1 - index], at: addresses + index * VLANTag.byteCount)
        }
        resize(frame, to: former - removed + added)
    }

    /// Puts a customer tag on `frame`, as its outermost.
    mutating func insertTag(_ tci: UInt16, into frame: FrameID) {
        var path = Verdict.Path()
        path.pushCount = 1
        path.pushes[0] = UInt32(EtherType.customerVLAN.rawValue) << 16 | UInt32(tci)
        changeTags(of: frame, path)
    }

    /// Takes the outermost tag of `frame`, which has one, off.
    mutating func removeTag(from frame: FrameID) {
        var path = Verdict.Path()
        path.popCount = 1
        changeTags(of: frame, path)
    }

    /// The type behind the addresses of `frame`: that of its outermost tag, if it has any.
    func outerType(of frame: FrameID) -> EtherType {
        EtherType(rawValue: UnsafeRawBufferPointer(bytes(frame)).bigEndian(at: 2 * MACAddress.byteCount))
    }
}
