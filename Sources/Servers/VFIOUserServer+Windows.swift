internal import CSockets
internal import Glibc
internal import Host
internal import Wire

/// Memory of the client: windows that come and go at any time, also while the function is using them.
extension VFIOUserServer {
    /// Pages that were touched after the client had cut their file; of all clients.
    package static var lostPageCount: UInt64 { martlet_lost_page_count() }

    /// Largest window, in bytes: all that a processor of 48 address bits can have.
    private static var largestWindow: UInt64 { 1 << 48 }

    func map(_ message: VFIOUserMessage, host: inout Host) throws(VFIOUser.Failure) {
        try expect(message, VFIOUser.Map.byteCount)
        let map = message.body.withUnsafeBytes { VFIOUser.Map(decoding: $0) }
        let known = VFIOUser.Map.readable | VFIOUser.Map.writeable
        guard map.argumentByteCount >= UInt32(VFIOUser.Map.byteCount), map.flags & ~known == 0, map.flags != 0,
            map.size > 0, map.size <= Self.largestWindow, (map.address | map.size | map.fileOffset) & 4095 == 0,
            map.address <= .max - map.size,
            message.descriptors.count <= 1
        else { throw .invalid }
        guard windows.count < VFIOUser.mostWindows else { throw .noSpace }
        if windows.contains(where: { $0.address < map.address + map.size && map.address < $0.address + $0.byteCount }) {
            throw .exists
        }
        var window = Window(address: map.address, byteCount: map.size, base: nil, physical: 0)
        if let descriptor = message.descriptors.first {
            let base = try Self.mapFile(descriptor, map)
            window.base = base
            window.physical = host.memory.attach(base, byteCount: map.size)
        } else {
            window.physical = host.memory.attach(nil, byteCount: map.size)
        }
        var permissions: DMAPermissions = []
        if map.flags & VFIOUser.Map.readable != 0 { permissions.insert(.read) }
        if map.flags & VFIOUser.Map.writeable != 0 { permissions.insert(.write) }
        if window.base == nil || overseer != nil { permissions.insert(.distant) }
        do throws(MappingError) {
            try host.map(
                function, window.address, to: window.physical, byteCount: window.byteCount, permissions)
        } catch {
            release(window, host: &host)
            throw error == .overlaps ? .exists : .invalid
        }
        windows.append(window)
        if overseer != nil {
            mappings.append(Mapping(address: map.address, byteCount: map.size, permissions: permissions))
        }
        reply([])
    }

    /// Maps the part of a file that `map` names, which must be there.
    private static func mapFile(
        _ descriptor: Descriptor, _ map: VFIOUser.Map
    ) throws(VFIOUser.Failure) -> UnsafeMutableRawPointer {
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else { throw .badDescriptor }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { throw .invalid }
        let size = UInt64(status.st_size)
        guard map.fileOffset <= size, map.size <= size - map.fileOffset else { throw .invalid }
        var code: Int32 = 0
        let isWritable: Int32 = map.flags & VFIOUser.Map.writeable != 0 ? 1 : 0
        guard let base = martlet_map(descriptor.number, map.fileOffset, map.size, isWritable, &code) else {
            throw code == ENOMEM ? .noMemory : .badDescriptor
        }
        return base
    }

    func unmap(_ message: VFIOUserMessage, host: inout Host) throws(VFIOUser.Failure) {
        try expect(message, VFIOUser.Unmap.byteCount)
        let unmap = message.body.withUnsafeBytes { VFIOUser.Unmap(decoding: $0) }
        guard unmap.argumentByteCount >= UInt32(VFIOUser.Unmap.byteCount) else { throw .invalid }
        if unmap.flags == VFIOUser.Unmap.all {
            guard unmap.address == 0, unmap.size == 0 else { throw .invalid }
            removeAllWindows(host: &host)
        } else {
            guard unmap.flags == 0 else { throw .notSupported }
            guard let index = windows.firstIndex(where: { $0.address == unmap.address && $0.byteCount == unmap.size })
            else { throw .noEntry }
            let window = windows.remove(at: index)
            remove(window, host: &host)
        }
        reply(Array(message.body[..<VFIOUser.Unmap.byteCount]))
    }

    func removeAllWindows(host: inout Host) {
        let all = windows
        windows = []
        for window in all { remove(window, host: &host) }
    }

    private func remove(_ window: Window, host: inout Host) {
        do throws(MappingError) {
            try host.unmap(function, window.address, byteCount: window.byteCount)
        } catch {
            preconditionFailure("a window that was not mapped")
        }
        release(window, host: &host)
        if overseer != nil { mappings.append(Mapping(address: window.address, byteCount: window.byteCount)) }
    }

    private func release(_ window: Window, host: inout Host) {
        host.memory.detach(window.physical)
        if let base = window.base { martlet_unmap(base, window.byteCount) }
    }
}
