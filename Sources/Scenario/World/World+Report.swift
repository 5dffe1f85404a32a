internal import BasicContainers
import Driver
import Host
import NIC
import Simulation

/// What a world has to say at its end.
extension World {
    /// The report of the run so far: everything but expectations and files.
    func report() -> RunResult {
        var result = RunResult()
        result.duration = queue.now - .zero
        result.eventCount = eventCount
        let frames = medium.frames.born
        result.born = RunResult.Tally(frames: frames.frames, bytes: frames.bytes)
        result.delivered = tally(medium.frames.delivered)
        result.dropped = tally(medium.frames.droppedTotal)
        result.drops = DropReason.allCases.compactMap { reason in
            let lost = medium.frames.dropped(for: reason)
            return lost.frames == 0 ? nil : RunResult.Drop(reason: reason, tally: tally(lost))
        }
        result.points = points.map { point in
            RunResult.Point(
                name: point.name, inbound: tally(medium.taps.tally(point.point, .inbound)),
                outbound: tally(medium.taps.tally(point.point, .outbound)))
        }
        result.traffic =
            traffic.map { endpoint in
                RunResult.Traffic(name: endpoint.name, sent: tally(endpoint.sent), received: tally(endpoint.taken))
            } + applicationTraffic()
        result.latency = RunResult.Latency(
            values: RunResult.Latency.percentiles.map { latency.percentile(Double($0) / 1000) }, count: latency.count,
            minimum: latency.minimum, maximum: latency.maximum)
        result.stages = latency.medianDivision().map { RunResult.StageShare(stage: $0.stage, time: $0.duration) }
        result.utilisation = utilisation()
        result.counters = counters()
        result.accounts = accounts()
        result.events = explanation?.events.map { RunResult.EventRecord(time: $0.time, text: text(of: $0.event)) } ?? []
        result.outputs = script.outputs
        result.failure = script.failure
        return result
    }

    /// What the netdevs sent and received, as their drivers count it.
    private func applicationTraffic() -> [RunResult.Traffic] {
        var list: [RunResult.Traffic] = []
        for computer in 0..<computers.count {
            for netdev in computers[computer].software.netdevIndices {
                let name = "\(computers[computer].name).\(computers[computer].software.netdevName(netdev))"
                func value(_ counter: String) -> UInt64 {
                    computers[computer].software.counter(counter, of: netdev) ?? 0
                }
                list.append(
                    RunResult.Traffic(
                        name: name, sent: RunResult.Tally(frames: value("tx_packets"), bytes: value("tx_bytes")),
                        received: RunResult.Tally(frames: value("rx_packets"), bytes: value("rx_bytes"))))
            }
        }
        return list
    }

    /// Every counter of every part, sorted by name.
    private func counters() -> [RunResult.Counter] {
        var list: [RunResult.Counter] = []
        for computer in 0..<computers.count {
            let host = computers[computer].name
            for netdev in computers[computer].software.netdevIndices {
                let name = computers[computer].software.netdevName(netdev)
                for counter in computers[computer].software.counters(of: netdev) {
                    list.append(RunResult.Counter(name: "\(host).\(name).\(counter.name)", value: counter.value))
                }
            }
        }
        for nic in 0..<nics.count {
            for (position, computer) in linksOfNIC[nic].enumerated() {
                var host = computers[computer].name
                // The link to another NIC than the host's own is named after the NIC.
                let name = document.nics[nic].name
                if name != host, linksOfNIC.count(where: { $0.contains(computer) }) > 1 { host += ".\(name)" }
                let link = nics[nic].links[position].counters
                let pcie: [(String, UInt64)] = [
                    ("reads", link.readCount), ("read_bytes", link.readByteCount), ("writes", link.writeCount),
                    ("write_bytes", link.writeByteCount), ("messages", link.messageCount),
                    ("register_writes", link.registerWriteCount), ("register_reads", link.registerReadCount),
                ]
                for (name, value) in pcie { list.append(RunResult.Counter(name: "\(host).pcie.\(name)", value: value)) }
            }
        }
        return list.sorted { $0.name < $1.name }
    }

    private func tally(_ tally: FramePool.Tally) -> RunResult.Tally {
        RunResult.Tally(frames: tally.frames, bytes: tally.bytes)
    }
}
