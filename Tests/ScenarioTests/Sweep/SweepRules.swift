import Simulation
import Wire

/// The rules of the legacy switch in the sweep's own words: who may send what, and where it goes (native interface,
/// section 3.6; switchdev needs, section 8).
///
/// A frame goes to the vport whose address it is for, to all for a broadcast, and to the wire otherwise; what comes
/// from the wire for nobody goes nowhere. An address check lets a function send from the address that was set for it
/// alone. A VLAN that was set puts its tag on what was sent without one, refuses what has one, and lets the function
/// receive what has that tag alone. A function whose link is held down sends and receives nothing. Who listens to more
/// than its address gets it when it is trusted.
struct SweepRules {
    /// What was set for one party, by itself or by the manager.
    struct Party {
        var address: SweepTimeline<MACAddress>
        /// Whether it has asked for everything, and for every multicast frame.
        var isPromiscuous = SweepTimeline(false)
        var isListeningToAll = SweepTimeline(false)
        /// What the manager has set.
        var assigned: SweepTimeline<MACAddress>
        var checksSource = SweepTimeline(false)
        var isTrusted = SweepTimeline(false)
        var vlan = SweepTimeline<UInt16>(0)
        var isHeldDown = SweepTimeline(false)
        /// While its access lists are taken down and made anew, nothing of them holds: Linux does so, too.
        var isRewritten = SweepTimeline(false)
        /// Whether its interface is open; looked at when everything is settled.
        var isOpen = false

        init(_ address: MACAddress) {
            self.address = SweepTimeline(address)
            assigned = SweepTimeline(address)
        }
    }

    let kinds: [SweepParty.Kind]
    var parties: [Party]

    init(_ parties: [SweepParty]) {
        kinds = parties.map(\.kind)
        self.parties = parties.map { Party($0.address) }
    }

    private func isWire(_ party: Int) -> Bool {
        if case .wire = kinds[party] { return true }
        return false
    }

    /// 0 for the switch that things happen to, 1 for that of the bystander.
    private func network(_ party: Int) -> Int {
        switch kinds[party] {
        case .physical, .virtual, .sub: 0
        case .bystander: 1
        case .wire(let port): port
        }
    }

    private func isManaged(_ party: Int) -> Bool {
        switch kinds[party] {
        case .virtual, .sub: true
        case .physical, .bystander, .wire: false
        }
    }

    // MARK: While everything changes

    /// Why `frame` must not have come to `party` by `time`, where it had `tag`; `nil` when it may.
    func refusal(_ frame: SweepFrame.Record, at party: Int, tag: UInt16?, by time: SimTime) -> String? {
        let interval = frame.time...max(frame.time, time)
        guard network(frame.sender) == network(party) else { return "it is on another port" }
        guard frame.sender != party else { return "it is its own" }
        let sender = parties[frame.sender]
        let receiver = parties[party]
        if sender.isHeldDown.may(interval, { !$0 }) == false { return "its sender's link is held down" }
        if receiver.isHeldDown.may(interval, { !$0 }) == false { return "the link is held down" }
        let isOpen =
            sender.isRewritten.may(interval) { $0 } || receiver.isRewritten.may(interval) { $0 }
        let isFree =
            isOpen || sender.checksSource.may(interval) { !$0 } || sender.assigned.may(interval) { $0 == frame.source }
        guard isFree else { return "its source address is not its sender's" }
        guard isAddressed(frame.destination, to: party, from: frame.sender, interval) else {
            return "it is for somebody else"
        }
        return isOpen ? nil : tagRefusal(frame, at: party, tag: tag, interval)
    }

    private func isAddressed(
        _ destination: MACAddress, to party: Int, from sender: Int, _ interval: ClosedRange<SimTime>
    ) -> Bool {
        if isWire(party) || destination.isBroadcast { return true }
        let receiver = parties[party]
        if receiver.address.may(interval, { $0 == destination }) { return true }
        let isBelieved = !isManaged(party) || receiver.isTrusted.may(interval) { $0 }
        let isGreedy = receiver.isPromiscuous.may(interval) { $0 }
        if destination.isMulticast { return isBelieved && (isGreedy || receiver.isListeningToAll.may(interval) { $0 }) }
        // Only the wire's frames for nobody else are for those who want everything.
        return isBelieved && isGreedy && isWire(sender)
    }

    private func tagRefusal(
        _ frame: SweepFrame.Record, at party: Int, tag: UInt16?, _ interval: ClosedRange<SimTime>
    ) -> String? {
        let sender = parties[frame.sender].vlan
        if isWire(party) {
            let isMeant = sender.may(interval) { $0 == 0 ? tag == frame.tag : frame.tag == nil && tag == $0 }
            return isMeant ? nil : "its tag is \(tag ?? 0)"
        }
        // Of a sender with a VLAN only what has no tag gets on, with that VLAN.
        let isMeant = parties[party].vlan.may(interval) { own in
            sender.may(interval) { vlan in
                guard vlan == 0 || frame.tag == nil else { return false }
                let inside = vlan == 0 ? frame.tag ?? 0 : vlan
                // A function without a VLAN of its own sees tags that it listens to: here none.
                return own == inside
            }
        }
        let isGreedy = parties[party].isPromiscuous.may(interval) { $0 }
        let isPlain = parties[party].vlan.may(interval) { $0 == 0 }
        return isMeant || isGreedy && isPlain ? nil : "it is of another VLAN"
    }

    // MARK: When everything is settled

    /// The parties that see `frame`, wires included, ascending: of those that it is taken to the ones whose
    /// interfaces listen to its VLAN.
    func places(of frame: SweepFrame.Record) -> [Int] {
        let inside = self.inside(frame)
        return vports(of: frame).filter { party in
            isWire(party) || parties[party].vlan.last == inside || parties[party].isPromiscuous.last
        }
    }

    /// The VLAN that `frame` has inside the switch.
    private func inside(_ frame: SweepFrame.Record) -> UInt16 {
        let vlan = parties[frame.sender].vlan.last
        return vlan == 0 ? frame.tag ?? 0 : vlan
    }

    /// The vports that `frame` is taken to, wires included, ascending.
    func vports(of frame: SweepFrame.Record) -> [Int] {
        let from = parties[frame.sender]
        guard from.isHeldDown.last == false else { return [] }
        if from.checksSource.last, from.assigned.last != frame.source { return [] }
        if from.vlan.last != 0, frame.tag != nil { return [] }
        let inside = inside(frame)
        let others = parties.indices.filter { $0 != frame.sender && network($0) == network(frame.sender) }
        let own = others.first { isWire($0) }
        let members = others.filter { !isWire($0) && parties[$0].isOpen }
        var reached = members.filter { parties[$0].address.last == frame.destination }
        var isForWire = false
        if frame.destination.isMulticast {
            isForWire = true
            reached = members.filter { frame.destination.isBroadcast || isGreedy($0, forMulticast: true) }
        } else if reached.isEmpty {
            isForWire = true
            if isWire(frame.sender) { reached = members.filter { isGreedy($0, forMulticast: false) } }
        }
        reached = reached.filter { party in
            guard !parties[party].isHeldDown.last else { return false }
            return parties[party].vlan.last == inside || parties[party].vlan.last == 0
        }
        if isForWire, let own { reached.append(own) }
        return reached.sorted()
    }

    private func isGreedy(_ party: Int, forMulticast: Bool) -> Bool {
        guard !isManaged(party) || parties[party].isTrusted.last else { return false }
        return parties[party].isPromiscuous.last || forMulticast && parties[party].isListeningToAll.last
    }
}

extension SweepRules.Party {
    /// Command `number` has come about.
    mutating func commit(_ number: Int, pending: Set<Int>, at time: SimTime) {
        address.commit(number: number, pending: pending, at: time)
        isPromiscuous.commit(number: number, pending: pending, at: time)
        isListeningToAll.commit(number: number, pending: pending, at: time)
        assigned.commit(number: number, pending: pending, at: time)
        checksSource.commit(number: number, pending: pending, at: time)
        isTrusted.commit(number: number, pending: pending, at: time)
        vlan.commit(number: number, pending: pending, at: time)
        isHeldDown.commit(number: number, pending: pending, at: time)
        isRewritten.commit(number: number, pending: pending, at: time)
    }

    /// Command `number` begins, with which a new life of the function or of its driver may begin.
    mutating func beginAnew(_ own: MACAddress, number: Int, keepsManagers: Bool, at time: SimTime) {
        // A netdev that outlives it keeps its settings: both stay possible.
        address.begin(own, number: 0, at: time)
        address.begin(assigned.last, number: 0, at: time)
        isPromiscuous.begin(false, number: 0, at: time)
        isListeningToAll.begin(false, number: 0, at: time)
        guard !keepsManagers else { return }
        assigned.begin(own, number: number, at: time)
        checksSource.begin(false, number: number, at: time)
        isTrusted.begin(false, number: number, at: time)
        vlan.begin(0, number: number, at: time)
        isHeldDown.begin(false, number: number, at: time)
    }
}
