internal import BasicContainers
internal import Driver
internal import NIC
internal import Simulation

/// A shared part of the world, and how long it has been busy.
struct NamedUse {
    var name: String
    var use: ResourceUse
}

/// What limited the run: how busy each shared part was, from the birth of the first frame to the end of the last.
extension World {
    /// Frames begin: what was done before is not theirs.
    @inline(never) mutating func openWindow() {
        windowStart = queue.now
        baseline = resourceUse()
    }

    /// Every shared part, by name: `h0.p0 port`, `h0 pcie-upstream`, `h0 processor 3`.
    private func resourceUse() -> [NamedUse] {
        var list: [NamedUse] = []
        for nic in nics.indices {
            let name = document.nics[nic].name
            for use in nics[nic].resourceUse() {
                let text: String
                switch use.kind {
                case .portTransmit, .portReceive: text = "\(name).p\(use.number) \(use.kind.rawValue)"
                case .upstream, .downstream, .rootComplex, .readEngine, .writeEngine:
                    let several = nics[nic].links.count > 1
                    text = "\(name) \(use.kind.rawValue)" + (several ? " of link \(use.number)" : "")
                default: text = "\(name) \(use.kind.rawValue)"
                }
                list.append(NamedUse(name: text, use: use))
            }
        }
        for computer in computers.indices {
            for (core, time) in computers[computer].software.processorTimes.enumerated() {
                list.append(
                    NamedUse(
                        name: "\(computers[computer].name) processor \(core)",
                        use: ResourceUse(.processor, core, usedTime: time)))
            }
        }
        return list
    }

    /// How busy each part was that has done anything, the busiest first; parts as busy as each other by name.
    func utilisation() -> [RunResult.Utilisation] {
        guard let windowStart, latency.lastEnd > windowStart else { return [] }
        let window = (latency.lastEnd - windowStart).picoseconds
        var list: [RunResult.Utilisation] = []
        for (now, before) in zip(resourceUse(), baseline) where now.use.usedTime > before.use.usedTime {
            let busy = now.use.usedTime - before.use.usedTime
            list.append(
                RunResult.Utilisation(
                    name: now.name, kind: now.use.kind.rawValue, busy: .picoseconds(busy),
                    window: .picoseconds(window)))
        }
        return list.sorted { ($1.busy, $0.name) < ($0.busy, $1.name) }
    }
}
