internal import BasicContainers
import Driver
import Host
import Simulation

/// Virtual functions that come into being on one host and belong to another, such as a guest.
extension World {
    /// Lets every host find the functions that are its own, and lose those that are gone.
    mutating func distributeFunctions(from host: Int, at now: SimTime) {
        let changes = computers[host].software.foreign
        computers[host].software.foreign = []
        for change in changes {
            guard let owner = platform.host(of: change.function), owner != host, !computers[owner].isServed else {
                continue
            }
            if change.hasCome {
                let assigned = computers[owner].functions.first { $0.function == change.function }
                computers[owner].software.plug(
                    change.function, at: assigned?.address ?? change.address, netdev: assigned?.netdev,
                    isVirtual: true, at: now, host: &platform[owner])
            } else {
                computers[owner].software.drop(change.function, at: now, host: &platform[owner])
            }
            collect(fromSoftwareOf: UInt8(owner), at: now, advancing: false)
        }
    }
}
