import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// What functions leave behind that are gone: it must be nothing.
struct SweepRemains {
    private let bench: SweepWorld

    init(_ bench: SweepWorld) { self.bench = bench }

    /// Objects of every kind that the silicon keeps for function `index`.
    static func objectCount(of index: Int, in bench: SweepWorld) -> Int {
        guard bench.world[nic: 0].functions.contains(index) else { return 0 }
        return count(bench.world[nic: 0].functions[index].resources)
    }

    private static func count(_ all: borrowing Resources) -> Int {
        all.uars.count + all.protectionDomains.count + all.transportDomains.count + all.memoryKeys.count
            + all.eventQueues.count + all.completionQueues.count + all.sendQueues.count + all.receiveQueues.count
            + all.transportSends.count + all.transportReceives.count + all.queueTables.count
            + all.queueCounters.count + all.flowTables.count + all.flowCounters.count
    }

    /// What is left of the virtual functions and subfunctions, which are gone.
    func ofChildren() -> [String] {
        let layout = bench.world[nic: 0].layout
        var complaints: [String] = []
        for index in Array(layout.virtualFunctions(of: 0)) + Array(layout.subfunctions(of: 0)) {
            complaints += remains(of: FunctionID(index))
        }
        for index in layout.subfunctions(of: 0) where bench.world[nic: 0].functions.contains(index) {
            complaints.append("subfunction \(index) still exists")
        }
        for index in layout.virtualFunctions(of: 0)
        where bench.world[nic: 0].functions.contains(index) && bench.world[nic: 0].functions[index].isOnBus {
            complaints.append("virtual function \(index) is still on the bus")
        }
        for (number, control) in bench.world[nic: 0].switching.controls.enumerated() {
            let isPlain =
                control.ingressList == nil && control.egressList == nil && !control.stripsTag
                && control.insertion == .never && control.shaper.rate == 0
            if !isPlain { complaints.append("something is still set about vport control \(number)") }
            if control.shaper.backlogByteCount != 0 { complaints.append("frames wait at vport control \(number)") }
        }
        if bench.world[nic: 0].switching.eswitches[0].forwardingRoot != nil {
            complaints.append("the switch still has tables")
        }
        return complaints
    }

    /// What is left when every driver has let go of everything.
    func ofAll() -> [String] {
        var complaints = ofChildren() + ofFrames()
        for physical in 0..<2 { complaints += remains(of: bench.world[nic: 0].layout.physical(physical)) }
        let objects = bench.world[nic: 0].steering.objectCount
        if objects != 0 { complaints.append("\(objects) tables, groups and counters are left") }
        return complaints
    }

    /// What is left of frames when nothing is under way.
    ///
    /// The books of netdevs of `spared` may be off.
    func ofFrames(sparing spared: [String] = []) -> [String] {
        var complaints: [String] = []
        let inFlight = bench.world.medium.frames.inFlightCount
        if inFlight != 0 { complaints.append("\(inFlight) frames are kept") }
        if bench.world.nextEventTime != nil { complaints.append("events are pending") }
        if bench.world[nic: 0].loopbackByteCount != 0 { complaints.append("the loopback buffer is not empty") }
        for port in bench.world[nic: 0].ports.indices where bench.world[nic: 0].ports[port].bufferedByteCount != 0 {
            complaints.append("the buffer of port \(port) is not empty")
        }
        for account in bench.world.accounts() where !account.balances {
            if spared.contains(account.name) { continue }
            // Entries of a queue that was misused wait for a doorbell that never comes.
            if !spared.isEmpty, account.name.hasSuffix("send entries") { continue }
            complaints.append("\(account.name): \(account.text)")
        }
        return complaints
    }

    private func remains(of function: FunctionID) -> [String] {
        var complaints: [String] = []
        guard let host = bench.world.platform.host(of: function) else { return ["\(function) has no host"] }
        let pages = bench.world.platform[host].domain(of: function).mappedPageCount
        let outstanding = bench.world[computer: host].software.outstanding(of: function)
        let objects = Self.objectCount(of: Int(function.index), in: bench)
        let name = "function \(function.index)"
        if pages != 0 { complaints.append("\(name) still reaches \(pages) pages") }
        if outstanding.objects != 0 || outstanding.pages != 0 || outstanding.memoryByteCount != 0 {
            complaints.append("the driver of \(name) still has \(outstanding)")
        }
        if objects != 0 { complaints.append("\(objects) objects of \(name) are left") }
        return complaints
    }
}
