import Wire

/// Decisions: a walk, or what the cache remembers of it.
extension Steering {
    /// What is to be done with the packet of `key`, found from table `root`.
    ///
    /// The lists hold until the next decision.
    @inline(__always)
    package mutating func decide(
        _ key: inout FlowKey, _ packet: SteeredPacket, from root: FlowTableHandle
    ) -> Verdict.Lists {
        let digest = key.digest(from: root.index)
        if let line = cache.line(digest, root: root.index) {
            if key.lacks(line.pointee.parts) { complete(&key, packet, line.pointee.parts, root) }
            if line.pointee.key.matches(key, parts: line.pointee.parts), isCurrent(line) {
                return cache.lists(line, digest)
            }
        }
        return walkAndKeep(&key, packet, root, digest)
    }

    private func complete(
        _ key: inout FlowKey, _ packet: SteeredPacket, _ parts: KeyParts, _ root: FlowTableHandle
    ) {
        key.complete(parts, packet.headers, packet.bytes, ports(of: tables.pointer(root.index).pointee.owner))
    }

    /// Whether the tables that were passed are as they were.
    @inline(__always) private func isCurrent(_ line: UnsafeMutablePointer<FlowCache.Line>) -> Bool {
        line.pointee.changeCount == changeCount || recheck(line)
    }

    private func recheck(_ line: UnsafeMutablePointer<FlowCache.Line>) -> Bool {
        for index in 0..<Int(line.pointee.passageCount) {
            let passage = line.pointee.passages[index]
            guard tables.pointer(passage.table).pointee.version == passage.version else { return false }
        }
        line.pointee.changeCount = changeCount
        return true
    }

    private mutating func walkAndKeep(
        _ key: inout FlowKey, _ packet: SteeredPacket, _ root: FlowTableHandle, _ digest: UInt64
    ) -> Verdict.Lists {
        walk(&key, packet, from: root, into: &scratch.pointee)
        cache.keep(scratch.pointee, of: key, from: root.index, digest: digest, changeCount: changeCount)
        return scratch.pointee.lists
    }

    /// Keeps a decision while others are made; `index` says which of those that are kept.
    func hold(_ lists: Verdict.Lists, at index: Int) -> Verdict.Lists {
        held[index].take(lists)
        return held[index].lists
    }

    /// Turns the cache off, or on: nothing but speed depends on it.
    package mutating func setCaching(_ isEnabled: Bool) {
        cache = FlowCache()
        cache.isEnabled = isEnabled
    }
}
