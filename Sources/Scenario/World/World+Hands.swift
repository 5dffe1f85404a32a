internal import BasicContainers
package import Driver
package import Host
package import NIC
import Simulation

/// What somebody does with a world, and looks at in it, between two events: a test is its own script.
extension World {
    /// NIC number `index`, in place.
    package subscript(nic index: Int) -> NIC {
        unsafeAddress {
            precondition(nics.indices.contains(index), "no such NIC")
            return nics.span.withUnsafeBufferPointer { $0.baseAddress.unsafelyUnwrapped + index }
        }
        unsafeMutableAddress {
            precondition(nics.indices.contains(index), "no such NIC")
            var span = nics.mutableSpan
            return span.withUnsafeMutableBufferPointer { $0.baseAddress.unsafelyUnwrapped + index }
        }
    }

    /// Host number `index` and its software, in place.
    package subscript(computer index: Int) -> Computer {
        unsafeAddress {
            precondition(computers.indices.contains(index), "no such host")
            return computers.span.withUnsafeBufferPointer { $0.baseAddress.unsafelyUnwrapped + index }
        }
    }

    /// Gives `command` to the software of host `host`; `takeResult` has its end.
    package mutating func execute(_ command: ControlCommand, on host: Int) -> CommandTicket {
        let ticket = computers[host].software.execute(command, at: now, host: &platform[host])
        collect(fromSoftwareOf: UInt8(host), at: now)
        return ticket
    }

    /// How the command `ticket` of host `host` ended, once it has.
    package mutating func takeResult(of ticket: CommandTicket, on host: Int) -> CommandResult? {
        guard let index = computers[host].software.results.firstIndex(where: { $0.ticket == ticket }) else {
            return nil
        }
        return computers[host].software.results.remove(at: index)
    }

    /// Sends `frame` on netdev `netdev` of host `host`; false when there is no room now.
    package mutating func transmit(_ frame: UnsafeRawBufferPointer, on netdev: Int, of host: Int) -> Bool {
        let isTaken = computers[host].software.transmit(
            frame, on: netdev, at: now, host: &platform[host], medium: &medium)
        collect(fromSoftwareOf: UInt8(host), at: now)
        return isTaken
    }

    /// Takes `function` away from the software of host `host`.
    package mutating func unplug(_ function: FunctionID, from host: Int) {
        computers[host].software.unplug(function, at: now, host: &platform[host])
        collect(fromSoftwareOf: UInt8(host), at: now)
    }

    /// Has the software of host `host` forget `function`, which it cannot speak to any more.
    package mutating func drop(_ function: FunctionID, from host: Int) {
        computers[host].software.drop(function, at: now, host: &platform[host])
        collect(fromSoftwareOf: UInt8(host), at: now)
    }

    /// Lets the software of host `host` die, so that it hears of nothing any more, or come back to life.
    package mutating func setDeaf(_ isDeaf: Bool, host: Int) {
        computers[host].isServed = isDeaf
        computers[host].outward.removeAll()
    }
}
