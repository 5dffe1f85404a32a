import Host
import Simulation
import Wire

/// Pages of host memory for the firmware's own use (native interface, section 6.9).
extension Function {
    fileprivate func answerPages(_ command: inout Command) throws(Syndrome) {
        guard let kind = QueryPagesKind(rawValue: command.opMod) else { throw .badOperationModifier }
        switch kind {
        case .boot: command.reply(QueryPages.numPages, firmware.pages.missingBeforeBoot)
        case .initialization: command.reply(QueryPages.numPages, firmware.pages.missingBeforeInitialization)
        case .regular: command.reply(QueryPages.numPages, firmware.pages.wantedWhileRunning)
        }
    }

    private mutating func takePages(_ command: inout Command, _ giver: PageLedger.Giver) throws(Syndrome) {
        let wanted = command.number(ManagePages.inputNumEntries)
        let room = (command.outputRoom - ManagePages.pas) / 8
        guard room > 0 || wanted == 0 else { throw .pageAnswerTooShort }
        let pages = firmware.pages.takeBack(min(wanted, max(0, room)), giver)
        command.reply(ManagePages.outputNumEntries, pages.count)
        command.output.bytes.append(contentsOf: repeatElement(0, count: pages.count * 8))
        for (index, page) in pages.enumerated() { command.output.set64(ManagePages.pas + index * 8, page) }
    }

    fileprivate mutating func managePages(
        _ command: inout Command, _ kind: ManagePagesKind, _ giver: PageLedger.Giver, isReachable: (UInt64) -> Bool
    ) throws(Syndrome) {
        switch kind {
        case .cannotGive: firmware.pages.requestAnswered(gave: false)
        case .take: try takePages(&command, giver)
        case .give:
            let count = command.number(ManagePages.inputNumEntries)
            let pages = command.list(at: ManagePages.pas).prefix(count)
            guard pages.count == count else { throw .pageListTooShort }
            // All or none: a list with one bad page changes nothing.
            var seen: Set<UInt64> = []
            for page in pages {
                guard page != 0, page & 4095 == 0 else { throw .pageMisaligned }
                guard isReachable(page) else { throw .pageUnreachable }
                guard !firmware.pages.contains(page, giver), seen.insert(page).inserted else { throw .pageGivenTwice }
            }
            for page in pages { firmware.pages.give(page, giver) }
            firmware.pages.requestAnswered(gave: true)
        }
    }
}

extension NIC {
    func queryPages(_ command: inout Command, of function: FunctionID, on target: FunctionID) throws(Syndrome) {
        try functions[Int(target.index)].answerPages(&command)
    }

    /// Pages for the issuer itself, or for a function that it manages: they are pages of the issuer's memory.
    mutating func managePages(
        _ command: inout Command, of function: FunctionID, on target: FunctionID, platform: borrowing Platform
    ) throws(Syndrome) {
        guard let kind = ManagePagesKind(rawValue: command.opMod) else { throw .badOperationModifier }
        var reachable: Set<UInt64> = []
        if kind == .give {
            for page in command.list(at: ManagePages.pas) where platform.isReachable(function, page) {
                reachable.insert(page)
            }
        }
        let giver: PageLedger.Giver = target == function ? .driver : .manager
        try functions[Int(target.index)].managePages(&command, kind, giver) { reachable.contains($0) }
    }
}
