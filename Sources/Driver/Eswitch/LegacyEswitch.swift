import Wire

/// The e-switch in legacy mode as its manager's driver keeps it: forwarding by destination address from what the
/// vports' own drivers want to receive (native interface 3.6).
struct LegacyEswitch {
    /// The wire's vport, as Linux numbers it.
    static let uplink: UInt16 = 0xffff

    /// The vport of whoever manages the switch.
    let managerVport: UInt16
    /// The host whose functions it serves, when it is managed by the SmartNIC's own processors.
    var host: HostFunctions?

    /// The host's functions, as the device reports them.
    struct HostFunctions {
        /// Virtual functions that the host has enabled, and those whose vports are enabled here.
        var virtualCount = 0
        var enabledCount = 0
        /// Whether the host's physical function was let start.
        var isStarted = false
    }

    /// Flow table and groups in the order of `DatabaseGroup`.
    var table: UInt32 = 0
    var groups: [UInt32] = []
    /// Binary logarithm of the table's entries.
    var logSize = 0
    /// The vports that are enabled, by number.
    var vports: [UInt16: Vport] = [:]
    /// Rules that are in the table.
    var rules: [DatabaseRule: Rule] = [:]
    /// Entries of the first group that are free below `nextIndex`.
    var freeIndices: [UInt32] = []
    var nextIndex: UInt32 = 0
    /// The element that all vports' elements hang from.
    var rootScheduler: UInt32?

    init(managerVport: UInt16) { self.managerVport = managerVport }

    /// Adds the rule that takes what nothing else does: real firmware does so by itself, the native interface leaves it
    /// open.
    mutating func addMissRule() {
        rules[.miss] = Rule(index: entries(of: .miss).lowerBound, vports: [Self.uplink])
    }

    /// A rule of the table: where it stands, and the vports it leads to, ascending.
    struct Rule {
        var index: UInt32
        var vports: [UInt16] = []
        /// Whether the entry is in the device's table.
        var isWritten = false
    }

    /// What the manager knows and wants of a vport.
    struct Vport {
        // What its own driver wants to receive.
        var unicast: [MACAddress] = []
        var multicast: [MACAddress] = []
        var wantsAllMulticast = false
        var isPromiscuous = false
        // What was set for it.
        var address = MACAddress.zero
        var vlan: UInt16 = 0
        var qos: UInt8 = 0
        var checksSource = false
        var isTrusted = false
        var linkState = VirtualFunctionSetting.LinkState.auto
        var maximumRate: UInt32 = 0
        var minimumRate: UInt32 = 0
        var scheduler: UInt32?
        /// Access lists: table and groups of each direction.
        var ingress: AccessList?
        var egress: AccessList?
    }

    struct AccessList {
        var table: UInt32
        var groups: [UInt32] = []
    }

    /// Entries of the table.
    var size: UInt32 { 1 << UInt32(logSize) }

    /// The entries of a group.
    func entries(of group: DatabaseGroup) -> ClosedRange<UInt32> {
        switch group {
        case .address: 0...size - 4
        case .allMulticast: size - 3...size - 3
        case .promiscuous: size - 2...size - 2
        case .miss: size - 1...size - 1
        }
    }

    /// Takes what the driver of `vport` wants to receive; returns the rules that change by it.
    ///
    /// Whether a vport is believed that wants everything depends on its being trusted; the manager's own is.
    mutating func refresh(_ vport: UInt16) -> [DatabaseRule] {
        var wanted: [DatabaseRule] = []
        if let state = vports[vport] {
            wanted += state.unicast.map { .address($0) } + state.multicast.map { .address($0) }
            // The host's physical function is believed as well when the SmartNIC's own processors manage the switch.
            let isBelieved = vport == managerVport || vport == 0 || state.isTrusted
            if isBelieved, state.wantsAllMulticast || state.isPromiscuous { wanted.append(.allMulticast) }
            if isBelieved, state.isPromiscuous { wanted.append(.promiscuous) }
        }
        var changed: [DatabaseRule] = []
        for rule in wantedBefore[vport] ?? [] where !wanted.contains(rule) {
            remove(vport, from: rule)
            changed.append(rule)
        }
        for rule in wanted where wantedBefore[vport]?.contains(rule) != true {
            guard add(vport, to: rule) else { continue }
            changed.append(rule)
        }
        wantedBefore[vport] = wanted.isEmpty ? nil : wanted.filter { rules[$0]?.vports.contains(vport) == true }
        return changed
    }

    /// The rules that each vport is part of.
    private var wantedBefore: [UInt16: [DatabaseRule]] = [:]

    /// Lets `rule` lead to `vport` as well; false when a unicast address has another owner, or there is no room.
    private mutating func add(_ vport: UInt16, to rule: DatabaseRule) -> Bool {
        if case .address(let address) = rule, !address.isMulticast, rules[rule]?.vports.isEmpty == false {
            return false
        }
        if rules[rule] == nil {
            guard let index = makeIndex(for: rule) else { return false }
            rules[rule] = Rule(index: index)
            // Multicast frames go to the wire as well, whoever listens.
            if reachesWire(rule) { rules[rule]?.vports = [Self.uplink] }
        }
        let place = rules[rule]?.vports.firstIndex { $0 > vport } ?? rules[rule]?.vports.count ?? 0
        rules[rule]?.vports.insert(vport, at: place)
        return true
    }

    private mutating func remove(_ vport: UInt16, from rule: DatabaseRule) {
        rules[rule]?.vports.removeAll { $0 == vport }
        if rules[rule]?.vports == [Self.uplink] { rules[rule]?.vports = [] }
    }

    private func reachesWire(_ rule: DatabaseRule) -> Bool {
        switch rule {
        case .address(let address): address.isMulticast
        case .allMulticast: true
        case .promiscuous, .miss: false
        }
    }

    private mutating func makeIndex(for rule: DatabaseRule) -> UInt32? {
        guard rule.group == .address else { return entries(of: rule.group).lowerBound }
        if let index = freeIndices.popLast() { return index }
        guard nextIndex <= entries(of: .address).upperBound else { return nil }
        nextIndex += 1
        return nextIndex - 1
    }

    /// Forgets a rule that leads nowhere and is not in the device's table any more.
    mutating func forget(_ rule: DatabaseRule) {
        guard let gone = rules.removeValue(forKey: rule) else { return }
        if rule.group == .address { freeIndices.append(gone.index) }
    }
}
