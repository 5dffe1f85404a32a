internal import BasicContainers
internal import Host
package import NIC
package import Simulation

/// The books: what must balance at the end of a run.
extension World {
    /// Every account of the run.
    func accounts() -> [RunResult.Account] {
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
        for index in 0..<computers.count {
            let name = computers[index].name
            let read = computers[index].nic.link.counters.readByteCount
            let written = computers[index].nic.link.counters.writeByteCount
            let hostRead = computers[index].host.dmaReadByteCount
            let hostWritten = computers[index].host.dmaWrittenByteCount
            accounts.append(
                RunResult.Account(
                    name: "\(name) DMA reads", balances: hostRead <= read,
                    text: "\(hostRead) bytes read from memory, \(read) requested on the link"))
            accounts.append(
                RunResult.Account(
                    name: "\(name) DMA writes", balances: hostWritten <= written,
                    text: "\(hostWritten) bytes written to memory, \(written) sent on the link"))
        }
        return accounts
    }
}
