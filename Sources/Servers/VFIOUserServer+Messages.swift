internal import Host
internal import Wire

/// What each message means.
extension VFIOUserServer {
    /// Does what `message` asks, or returns what its owner must do.
    ///
    /// - Throws: why the message is refused.
    func handle(_ message: VFIOUserMessage, host: inout Host) throws(VFIOUser.Failure) -> Request? {
        guard message.header.flags.type == 0, let command = VFIOUser.Command(rawValue: message.header.command) else {
            throw .notSupported
        }
        guard hasVersion != (command == .version) else { throw .invalid }
        switch command {
        case .version: try negotiate(message)
        case .dmaMap: try map(message, host: &host)
        case .dmaUnmap: try unmap(message, host: &host)
        case .deviceInfo: try tellDevice(message)
        case .regionInfo: try tellRegion(message)
        case .interruptInfo: try tellInterrupt(message)
        case .setInterrupts: return try setInterrupts(message)
        case .regionRead: return try read(message)
        case .regionWrite: return try write(message)
        case .regionWriteMultiple: return try writeMultiple(message)
        case .reset:
            prepared = []
            return .reset
        case .regionDescriptors, .dmaRead, .dmaWrite, .feature, .migrationRead, .migrationWrite:
            throw .notSupported
        }
        return nil
    }

    private func negotiate(_ message: VFIOUserMessage) throws(VFIOUser.Failure) {
        guard message.body.count >= VFIOUser.Version.byteCount else { throw .invalid }
        let offered = message.body.withUnsafeBytes { VFIOUser.Version(decoding: $0) }
        guard offered.major == 0 else { throw .invalid }
        peerDataByteCount = Int(clamping: min(offered.number("max_data_xfer_size") ?? 1 << 20, 1 << 20))
        hasVersion = true
        let text = """
            {"capabilities":{"max_msg_fds":\(VFIOUser.mostDescriptors),\
            "max_data_xfer_size":\(VFIOUser.mostDataByteCount),"max_dma_maps":\(VFIOUser.mostWindows),\
            "pgsizes":4096,"write_multiple":\(offered.text.contains("\"write_multiple\"") ? "true" : "false")}}
            """
        reply(VFIOUser.Version(major: 0, minor: 0, text: text).bytes)
    }

    // MARK: What the function is

    private func tellDevice(_ message: VFIOUserMessage) throws(VFIOUser.Failure) {
        try expect(message, VFIOUser.DeviceInfo.byteCount)
        let asked = message.body.withUnsafeBytes { VFIOUser.DeviceInfo(decoding: $0) }
        guard asked.argumentByteCount >= UInt32(VFIOUser.DeviceInfo.byteCount) else { throw .invalid }
        let info = VFIOUser.DeviceInfo(
            flags: VFIOUser.DeviceInfo.canReset | VFIOUser.DeviceInfo.isPCI, regionCount: VFIOUser.Region.count,
            interruptCount: VFIOUser.Interrupt.count)
        reply(VFIOUser.DeviceInfo.byteCount) { info.encode(into: $0) }
    }

    private func tellRegion(_ message: VFIOUserMessage) throws(VFIOUser.Failure) {
        try expect(message, VFIOUser.RegionInfo.byteCount)
        let asked = message.body.withUnsafeBytes { VFIOUser.RegionInfo(decoding: $0) }
        guard asked.argumentByteCount >= UInt32(VFIOUser.RegionInfo.byteCount), asked.index < VFIOUser.Region.count
        else { throw .invalid }
        let size = layout.byteCount(ofRegion: asked.index)
        let flags = size == 0 ? 0 : VFIOUser.RegionInfo.readable | VFIOUser.RegionInfo.writeable
        let info = VFIOUser.RegionInfo(index: asked.index, flags: flags, size: size)
        reply(VFIOUser.RegionInfo.byteCount) { info.encode(into: $0) }
    }

    private func tellInterrupt(_ message: VFIOUserMessage) throws(VFIOUser.Failure) {
        try expect(message, VFIOUser.InterruptInfo.byteCount)
        let asked = message.body.withUnsafeBytes { VFIOUser.InterruptInfo(decoding: $0) }
        guard asked.argumentByteCount >= UInt32(VFIOUser.InterruptInfo.byteCount),
            asked.index < VFIOUser.Interrupt.count
        else { throw .invalid }
        let count = layout.interruptCount(of: asked.index)
        var flags = VFIOUser.InterruptInfo.usesDescriptors
        if asked.index == VFIOUser.Interrupt.pin {
            flags |= VFIOUser.InterruptInfo.isMaskable | VFIOUser.InterruptInfo.isMaskedWhenRaised
        }
        let info = VFIOUser.InterruptInfo(index: asked.index, flags: flags, count: UInt32(count))
        reply(VFIOUser.InterruptInfo.byteCount) { info.encode(into: $0) }
    }

    func expect(_ message: VFIOUserMessage, _ byteCount: Int) throws(VFIOUser.Failure) {
        guard message.body.count >= byteCount else { throw .invalid }
    }

    func reply(_ byteCount: Int, _ encode: (UnsafeMutableRawBufferPointer) -> Void) {
        var body = [UInt8](repeating: 0, count: byteCount)
        body.withUnsafeMutableBytes { encode($0) }
        reply(body)
    }

    // MARK: Accesses

    private func read(_ message: VFIOUserMessage) throws(VFIOUser.Failure) -> Request {
        try expect(message, VFIOUser.RegionAccess.byteCount)
        let access = message.body.withUnsafeBytes { VFIOUser.RegionAccess(decoding: $0) }
        try check(access)
        return .read(region: access.region, offset: access.offset, count: Int(access.count))
    }

    private func write(_ message: VFIOUserMessage) throws(VFIOUser.Failure) -> Request {
        try expect(message, VFIOUser.RegionAccess.byteCount)
        let access = message.body.withUnsafeBytes { VFIOUser.RegionAccess(decoding: $0) }
        try check(access)
        let start = VFIOUser.RegionAccess.byteCount
        guard message.body.count == start + Int(access.count) else { throw .invalid }
        prepared = Array(message.body[..<start])
        return .write([Write(region: access.region, offset: access.offset, bytes: message.body[start...])])
    }

    private func writeMultiple(_ message: VFIOUserMessage) throws(VFIOUser.Failure) -> Request {
        let (first, stride) = (VFIOUser.MultipleWrite.countByteCount, VFIOUser.MultipleWrite.entryByteCount)
        try expect(message, first)
        let count: UInt64 = message.body.withUnsafeBytes { $0.littleEndian(at: 0) }
        guard count <= UInt64(message.body.count / stride), message.body.count == first + Int(count) * stride else {
            throw .invalid
        }
        var writes: [Write] = []
        for index in 0..<Int(count) {
            let place = first + index * stride
            let access = message.body.withUnsafeBytes { VFIOUser.RegionAccess(decoding: $0, at: place) }
            guard access.count <= VFIOUser.MultipleWrite.mostDataByteCount else { throw .invalid }
            try check(access)
            let data = place + VFIOUser.RegionAccess.byteCount
            let bytes = message.body[data..<data + Int(access.count)]
            writes.append(Write(region: access.region, offset: access.offset, bytes: bytes))
        }
        prepared = Array(message.body[..<first])
        return .write(writes)
    }

    /// Refuses an access that leaves its region or is too long for one message.
    private func check(_ access: VFIOUser.RegionAccess) throws(VFIOUser.Failure) {
        let size = layout.byteCount(ofRegion: access.region)
        guard access.count <= UInt32(VFIOUser.mostDataByteCount), access.offset <= size,
            UInt64(access.count) <= size - access.offset
        else { throw .invalid }
    }
}
