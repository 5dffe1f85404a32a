import Simulation
package import Wire

/// The walk: a packet's way through flow tables, without doing anything to the packet.
extension Steering {
    /// Walks from table `root`, and writes to `verdict` what is to be done with the packet of `key`.
    ///
    /// Parts of the key that a table needs are filled on the way.
    package func walk(
        _ key: inout FlowKey, _ packet: SteeredPacket, from root: FlowTableHandle, into verdict: inout Verdict
    ) {
        verdict.begin()
        pass(root.index, &key, packet, Verdict.Path(), &verdict)
    }

    private func pass(
        _ first: UInt32, _ key: inout FlowKey, _ packet: SteeredPacket, _ path: Verdict.Path,
        _ verdict: inout Verdict
    ) {
        var path = path
        var table = first
        while true {
            let state = tables.pointer(table)
            guard verdict.pass(table, version: state.pointee.version) else { return verdict.drop(.steeringLoop, path) }
            path.tableCount += 1
            verdict.parts.formUnion(state.pointee.parts)
            if key.lacks(state.pointee.parts) {
                key.complete(
                    state.pointee.parts, packet.headers, packet.bytes, ports(of: state.pointee.owner))
            }
            guard let entry = lookUp(key, in: state) else {
                guard let miss = state.pointee.missTable else {
                    return Self.miss(state.pointee.type, key.sourceVport, path, &verdict)
                }
                table = miss
                continue
            }
            guard let next = apply(entry, &key, packet, &path, &verdict) else { return }
            table = next
        }
    }

    /// The entry of `table` that a packet with `key` meets.
    @inline(__always) private func lookUp(
        _ key: FlowKey, in table: UnsafeMutablePointer<FlowTable>
    ) -> UnsafeMutablePointer<FlowEntry>? {
        var number = table.pointee.firstGroup
        while number != 0 {
            let group = groups.pointer(number - 1)
            let place = group.pointee.lookUp(key)
            if place >= 0 { return group.pointee.entries.entry(place) }
            number = group.pointee.next
        }
        return nil
    }

    /// What a table without a miss table does with a packet that no entry matches.
    ///
    /// What a vport sends and the forwarding tables do not know leaves by the uplink: in legacy mode drivers install no
    /// rule for it, and rely on that. What comes in by the uplink goes nowhere then.
    private static func miss(
        _ type: TableType, _ source: VportNumber, _ path: Verdict.Path, _ verdict: inout Verdict
    ) {
        switch type {
        case .fdb where source != .uplink: verdict.deliver(SteeringDestination(.uplink), path)
        case .egressACL, .ingressACL, .nicTX: verdict.deliver(SteeringDestination(.allow), path)
        default: verdict.drop(.steeringMiss, path)
        }
    }

    /// Notes what `entry` does; returns the table to go on with, if any.
    private func apply(
        _ entry: UnsafeMutablePointer<FlowEntry>, _ key: inout FlowKey, _ packet: SteeredPacket,
        _ path: inout Verdict.Path, _ verdict: inout Verdict
    ) -> UInt32? {
        let action = entry.pointee.action
        if !action.isDisjoint(with: .tags) {
            guard changeTags(entry.pointee, &key, packet, &path) else {
                verdict.drop(.tooManyTags, path)
                return nil
            }
            // The key is not the one that the walk began with any more.
            verdict.isRepeatable = false
        }
        if action.contains(.count) {
            for index in 0..<Int(entry.pointee.counterCount) {
                verdict.count(with: entry.pointee.counter(index), byteDifference: path.byteDifference)
            }
        }
        if entry.pointee.flowTag != 0 { path.flowTag = entry.pointee.flowTag }
        if action.contains(.allow) {
            verdict.deliver(SteeringDestination(.allow), path)
            return nil
        }
        let count = Int(entry.pointee.destinationCount)
        guard !action.contains(.drop), action.contains(.forward), count > 0 else {
            verdict.drop(.steeringDrop, path)
            return nil
        }
        for index in 0..<count - 1 {
            let destination = entry.pointee.destination(index)
            if destination.kind == .table {
                // A copy that would pass one table too many is not made: tables that lead in a circle come to an end.
                guard verdict.budget > 0 else { continue }
                // A copy's key changes without the others' doing so.
                var branch = key
                pass(destination.value, &branch, packet, path, &verdict)
                if branch.parts != key.parts { verdict.isRepeatable = false }
            } else {
                verdict.deliver(destination, path)
            }
        }
        let last = entry.pointee.destination(count - 1)
        if last.kind == .table { return last.value }
        verdict.deliver(last, path)
        return nil
    }

    /// Takes tags off and puts others on, in the key and in `path`; false when there would be too many.
    private func changeTags(
        _ entry: FlowEntry, _ key: inout FlowKey, _ packet: SteeredPacket, _ path: inout Verdict.Path
    ) -> Bool {
        if entry.action.contains(.vlanPop) { path.pop(packet.headers.vlanCount) }
        if entry.action.contains(.vlanPop2) { path.pop(packet.headers.vlanCount) }
        if entry.action.contains(.vlanPush) {
            guard path.push(entry.firstTag) else { return false }
        }
        if entry.action.contains(.vlanPush2) {
            guard path.push(entry.secondTag) else { return false }
        }
        key.setOuterTags(path.tag(0, of: packet.headers), path.tag(1, of: packet.headers))
        return true
    }
}

extension Verdict.Path {
    /// Takes the outermost tag off a packet that came with `count` of them; one without any stays as it is.
    fileprivate mutating func pop(_ count: Int) {
        if pushCount > 0 {
            pushCount -= 1
        } else if Int(popCount) < count {
            popCount += 1
        }
    }

    /// Puts a tag on; false when there are four already.
    fileprivate mutating func push(_ tag: UInt32) -> Bool {
        guard pushCount < 4 else { return false }
        pushes[Int(pushCount)] = tag
        pushCount += 1
        return true
    }

    /// Tag `index` of a packet that came with `headers`, the outermost first, after what was taken off and put on.
    package func tag(_ index: Int, of headers: PacketHeaders) -> VLANTag? {
        let pushed = Int(pushCount)
        if index < pushed {
            let word = pushes[pushed - 1 - index]
            return VLANTag(
                type: EtherType(rawValue: UInt16(word >> 16)), tci: UInt16(truncatingIfNeeded: word))
        }
        return headers.vlanTag(index - pushed + Int(popCount))
    }
}

extension FlowAction {
    /// Actions that change VLAN tags.
    package static let tags: FlowAction = [.vlanPop, .vlanPop2, .vlanPush, .vlanPush2]
}
