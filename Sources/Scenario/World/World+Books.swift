internal import BasicContainers
internal import Driver
internal import Host
import NIC
import Simulation
internal import Wire

/// The books: what must balance at the end of a run.
extension World {
    /// Every account of the run.
    package func accounts() -> [RunResult.Account] {
        [frameAccount(), byteAccount(), pendingAccount()] + computerAccounts()
    }

    private func frameAccount() -> RunResult.Account {
        let born = medium.frames.born.frames
        let delivered = medium.frames.delivered.frames
        let dropped = medium.frames.droppedTotal.frames
        return RunResult.Account(
            name: "frames", balances: born == delivered + dropped,
            text: "born \(born) = delivered \(delivered) + dropped \(dropped)")
    }

    private func byteAccount() -> RunResult.Account {
        let born = medium.frames.born.bytes
        let delivered = medium.frames.delivered.bytes
        let dropped = medium.frames.droppedTotal.bytes
        return RunResult.Account(
            name: "bytes", balances: born == delivered + dropped,
            text: "born \(born) = delivered \(delivered) + dropped \(dropped)")
    }

    private func pendingAccount() -> RunResult.Account {
        RunResult.Account(
            name: "events", balances: queue.isEmpty, text: "\(queue.count) pending at the end")
    }

    private func computerAccounts() -> [RunResult.Account] {
        var accounts: [RunResult.Account] = []
        for host in 0..<computers.count where document.hosts[host].hypervisor == nil {
            let name = computers[host].name
            var (read, written) = (0 as UInt64, 0 as UInt64)
            for nic in 0..<nics.count {
                guard let link = linksOfNIC[nic].firstIndex(of: host) else { continue }
                read &+= nics[nic].links[link].counters.readByteCount
                written &+= nics[nic].links[link].counters.writeByteCount
            }
            var (hostRead, hostWritten) = (0 as UInt64, 0 as UInt64)
            for member in document.hosts.indices where member == host || document.hosts[member].hypervisor == host {
                hostRead &+= platform[member].dmaReadByteCount
                hostWritten &+= platform[member].dmaWrittenByteCount
            }
            accounts.append(
                RunResult.Account(
                    name: "\(name) DMA reads", balances: hostRead <= read,
                    text: "\(hostRead) bytes read from memory, \(read) requested on the link"))
            accounts.append(
                RunResult.Account(
                    name: "\(name) DMA writes", balances: hostWritten <= written,
                    text: "\(hostWritten) bytes written to memory, \(written) sent on the link"))
        }
        return accounts + descriptorAccounts()
    }

    /// What drivers posted for sending was sent and completed, unless its queue has failed.
    private func descriptorAccounts() -> [RunResult.Account] {
        var accounts: [RunResult.Account] = []
        for index in 0..<computers.count {
            let name = computers[index].name
            let (left, queueCount) = unexecutedEntries(host: index)
            accounts.append(
                RunResult.Account(
                    name: "\(name) send entries", balances: left == 0,
                    text: "\(left) posted and not executed, in \(queueCount) send queues that are ready"))
            for netdev in computers[index].software.netdevIndices {
                let isSettled = computers[index].software.isSettled(netdev)
                accounts.append(
                    RunResult.Account(
                        name: "\(name).\(computers[index].software.netdevName(netdev))", balances: isSettled,
                        text: isSettled
                            ? "every command and every packet handed over has completed"
                            : "a command or a packet handed over has not completed"))
            }
        }
        return accounts
    }

    /// Entries that were posted and not executed, and how many send queues are ready, of the functions at a host.
    private func unexecutedEntries(host: Int) -> (left: Int, queues: Int) {
        var left = 0
        var queues = 0
        for nic in 0..<nics.count {
            for function in nics[nic].functions.existing where platform.host(of: FunctionID(function)) == host {
                for number in nics[nic].functions[function].resources.sendQueues.numbers {
                    let queue = nics[nic].functions[function].resources.sendQueues[number]
                    guard queue.state == .ready else { continue }
                    queues += 1
                    left += Int(queue.wq.produced &- queue.wq.consumed)
                }
            }
        }
        return (left, queues)
    }
}
