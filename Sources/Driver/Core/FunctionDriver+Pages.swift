import Host
import Simulation
import Wire

/// Memory for the device: given when it asks, taken back at the end (section 6.9).
extension FunctionDriver {
    /// Pages in one MANAGE_PAGES.
    static let pageBatch = 512

    /// Gives `count` pages; true when there is nothing to wait for.
    mutating func givePages(_ count: Int, forProgram: Bool, at now: SimTime, host: inout Host)
        throws(DriverError) -> Bool
    {
        guard count > 0 else { return true }
        let part = min(count, Self.pageBatch)
        guard case .none = pageCommand else {
            // The slot for page commands serves an event: come back when it is free.
            program?.prepend([.wait(.microseconds(10)), .core(.givePages(count))])
            return true
        }
        let allocation = try memory.allocate(byteCount: part * 4096, host: &host)
        if forProgram, count > part { program?.prepend([.core(.givePages(count - part))]) }
        if !forProgram, count > part { pageWork.insert(count - part, at: 0) }
        var input = Record(.managePages, opMod: ManagePagesKind.give.rawValue, listByteCount: 8 * part)
        input.set(ManagePages.inputNumEntries, UInt32(part))
        input.setPages(of: allocation.address, count: part, at: ManagePages.pas)
        pageCommand = .giving(allocation, count: part)
        pageCommandServesProgram = forProgram
        try post(.managePages, input, outputByteCount: 16, slot: 1, at: now, host: &host)
        return false
    }

    /// Asks for the device's pages back, a batch at a time; true when there is nothing to wait for.
    mutating func takePagesForProgram(at now: SimTime, host: inout Host) throws(DriverError) -> Bool {
        guard case .none = pageCommand, commands?.isBusy(1) != true else {
            // The slot for page commands serves an event: come back when it is free.
            program?.prepend([.wait(.microseconds(10)), .core(.takePages)])
            return true
        }
        try takePages(min(pages.outCount, Self.pageBatch), forProgram: true, at: now, host: &host)
        return false
    }

    /// Asks for up to `count` pages back.
    mutating func takePages(_ count: Int, forProgram: Bool, at now: SimTime, host: inout Host) throws(DriverError) {
        var input = Record(.managePages, opMod: ManagePagesKind.take.rawValue)
        input.set(ManagePages.inputNumEntries, UInt32(count))
        pageCommand = .taking
        pageCommandServesProgram = forProgram
        try post(.managePages, input, outputByteCount: 16 + 8 * count, slot: 1, at: now, host: &host)
    }

    mutating func pageCommandFinished(_ output: Record, at now: SimTime, host: inout Host) throws(DriverError) {
        let command = pageCommand
        pageCommand = .none
        switch command {
        case .none: break
        case .giving(let allocation, let count):
            if let allocation { pages.add(allocation, pageCount: count) }
        case .taking:
            let count = Int(output.get(ManagePages.outputNumEntries))
            guard count * 8 + 16 <= output.byteCount else {
                throw DriverError("more pages came back than were asked for")
            }
            for index in 0..<count {
                if let allocation = try pages.takeBack(output.get64(ManagePages.pas + 8 * index) & ~0xfff) {
                    memory.release(allocation, host: &host)
                }
            }
            if pageCommandServesProgram, count > 0, pages.outCount > 0 { program?.prepend([.core(.takePages)]) }
        }
        let servesProgram = pageCommandServesProgram
        pageCommandServesProgram = false
        if servesProgram { finishStep(output, at: now, host: &host) }
        servePageRequests(at: now, host: &host)
    }

    /// Answers page requests that came as events, one after another.
    mutating func servePageRequests(at now: SimTime, host: inout Host) {
        while case .none = pageCommand, !pageWork.isEmpty, commands?.isBusy(1) == false {
            let count = pageWork.removeFirst()
            do throws(DriverError) {
                if count > 0 {
                    _ = try givePages(count, forProgram: false, at: now, host: &host)
                } else if count < 0 {
                    try takePages(min(-count, Self.pageBatch), forProgram: false, at: now, host: &host)
                    if -count > Self.pageBatch { pageWork.insert(count + Self.pageBatch, at: 0) }
                }
            } catch {
                note(error.text, at: now)
                refusePages(at: now, host: &host)
            }
        }
    }

    /// MANAGE_PAGES "cannot give": the device must do without.
    private mutating func refusePages(at now: SimTime, host: inout Host) {
        let input = Record(.managePages, opMod: ManagePagesKind.cannotGive.rawValue)
        pageCommand = .giving(nil, count: 0)
        do throws(DriverError) {
            try post(.managePages, input, outputByteCount: 16, slot: 1, at: now, host: &host)
        } catch {
            pageCommand = .none
            note(error.text, at: now)
        }
    }
}
