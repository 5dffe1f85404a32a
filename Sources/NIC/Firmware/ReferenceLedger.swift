/// Which objects use which, so that none is destroyed while another needs it.
package struct ReferenceLedger: Sendable {
    private var holdersOf: [ObjectName: Int] = [:]
    private var heldBy: [ObjectName: [ObjectName]] = [:]

    package init() {}

    /// Whether any object needs `object`.
    package func isReferenced(_ object: ObjectName) -> Bool { holdersOf[object] != nil }

    /// What `owner` needs.
    package func references(of owner: ObjectName) -> [ObjectName] { heldBy[owner] ?? [] }

    /// Records that `owner` needs exactly `objects`; one that is named twice counts twice.
    package mutating func set(_ owner: ObjectName, needs objects: [ObjectName]) {
        for object in objects { holdersOf[object, default: 0] += 1 }
        let former = heldBy.updateValue(objects, forKey: owner) ?? []
        if objects.isEmpty { heldBy[owner] = nil }
        release(former)
    }

    /// Records that somebody who keeps his own list needs `object` once more.
    package mutating func hold(_ object: ObjectName) { holdersOf[object, default: 0] += 1 }

    /// Takes one `hold` back.
    package mutating func letGo(_ object: ObjectName) { release([object]) }

    /// Forgets `owner` and what it needs.
    package mutating func remove(_ owner: ObjectName) {
        if let former = heldBy.removeValue(forKey: owner) { release(former) }
    }

    private mutating func release(_ objects: [ObjectName]) {
        for object in objects {
            let count = holdersOf[object, default: 0] - 1
            precondition(count >= 0, "a reference was released that nobody held")
            holdersOf[object] = count == 0 ? nil : count
        }
    }
}
