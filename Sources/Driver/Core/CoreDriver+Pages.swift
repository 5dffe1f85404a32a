import Host
import Simulation
import Wire

/// Memory for the device: given when it asks, taken back at the end (section 6.9).
///
/// A function that manages others gives pages for them as well.
extension CoreDriver {
    /// Gives pages; true when there is nothing to wait for.
    mutating func givePages(
        _ request: PageRequest, forProgram: Bool, at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Bool {
        guard request.count > 0 else { return true }
        let part = min(request.count, profile.pageBatch)
        guard case .none = pageCommand else {
            // The slot for page commands serves an event: come back when it is free.
            prepend([.wait(.microseconds(10)), .core(.givePages(request.count))])
            return true
        }
        // The device writes what it reads of them.
        let allocation = try kernel.memory.allocate(
            byteCount: part * 4096, for: interface.function, isZeroed: false, host: &host)
        let rest = PageRequest(function: request.function, count: request.count - part)
        if rest.count > 0 {
            if forProgram { prepend([.core(.givePages(rest.count))]) } else { pageWork.insert(rest, at: 0) }
        }
        var input = Record(.managePages, opMod: ManagePagesKind.give.rawValue, listByteCount: 8 * part)
        name(request.function, in: &input)
        input.set(ManagePages.inputNumEntries, UInt32(part))
        input.setPages(of: allocation.address, count: part, at: ManagePages.pas)
        pageCommand = .giving(allocation, PageRequest(function: request.function, count: part))
        pageCommandServesProgram = forProgram
        try post(.managePages, input, outputByteCount: 16, slot: 1, at: now, kernel: &kernel, host: &host)
        return false
    }

    /// Asks for pages of `function` back, a batch at a time; true when there is nothing to wait for.
    mutating func takePagesForProgram(
        of function: UInt16, at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Bool {
        guard case .none = pageCommand, commands?.isBusy(1) != true else {
            // The slot for page commands serves an event: come back when it is free.
            prepend([.wait(.microseconds(10)), .core(.takePages(of: function))])
            return true
        }
        let count = min(pages[function]?.outCount ?? 0, profile.pageBatch)
        guard count > 0 else { return true }
        let request = PageRequest(function: function, count: count)
        try takePages(request, forProgram: true, at: now, kernel: &kernel, host: &host)
        return false
    }

    /// Asks for up to `request.count` pages back.
    private mutating func takePages(
        _ request: PageRequest, forProgram: Bool, at now: SimTime, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) {
        var input = Record(.managePages, opMod: ManagePagesKind.take.rawValue)
        name(request.function, in: &input)
        input.set(ManagePages.inputNumEntries, UInt32(request.count))
        pageCommand = .taking(request)
        pageCommandServesProgram = forProgram
        let outputByteCount = 16 + 8 * request.count
        try post(.managePages, input, outputByteCount: outputByteCount, slot: 1, at: now, kernel: &kernel, host: &host)
    }

    /// Takes the answer to a page command; true when the running program waited for it.
    mutating func pageCommandFinished(
        _ output: Record, kernel: inout Kernel, host: inout Host
    ) throws(DriverError) -> Bool {
        let command = pageCommand
        pageCommand = .none
        switch command {
        case .none: break
        case .giving(let allocation, let request):
            if let allocation {
                pages[request.function, default: PageAccount()].add(allocation, pageCount: request.count)
            }
        case .taking(let request):
            let count = Int(output.get(ManagePages.outputNumEntries))
            guard count * 8 + 16 <= output.byteCount else {
                throw DriverError("more pages came back than were asked for")
            }
            for index in 0..<count {
                let page = output.get64(ManagePages.pas + 8 * index) & ~0xfff
                if let allocation = try pages[request.function, default: PageAccount()].takeBack(page) {
                    kernel.memory.release(allocation, host: &host)
                }
            }
            if pageCommandServesProgram, count > 0, pages[request.function]?.outCount ?? 0 > 0 {
                prepend([.core(.takePages(of: request.function))])
            }
        }
        defer { pageCommandServesProgram = false }
        return pageCommandServesProgram
    }

    /// The page command in flight has failed: what it was to give is not given, unless the device may have taken it.
    mutating func pageCommandFailed(kernel: inout Kernel, host: inout Host) {
        if case .giving(let allocation?, let request) = pageCommand {
            if commands?.isBroken == true {
                pages[request.function, default: PageAccount()].add(allocation, pageCount: request.count)
            } else {
                kernel.memory.release(allocation, host: &host)
            }
        }
        pageCommand = .none
    }

    /// Answers page requests that came as events, one after another.
    mutating func servePageRequests(at now: SimTime, kernel: inout Kernel, host: inout Host) {
        while case .none = pageCommand, !pageWork.isEmpty, commands?.isBusy(1) == false {
            let request = pageWork.removeFirst()
            do throws(DriverError) {
                if request.count > 0 {
                    _ = try givePages(request, forProgram: false, at: now, kernel: &kernel, host: &host)
                } else if request.count < 0 {
                    let part = PageRequest(function: request.function, count: min(-request.count, profile.pageBatch))
                    try takePages(part, forProgram: false, at: now, kernel: &kernel, host: &host)
                    let rest = PageRequest(function: request.function, count: request.count + part.count)
                    if rest.count < 0 { pageWork.insert(rest, at: 0) }
                }
            } catch {
                note(error.text, at: now, kernel: &kernel)
                refusePages(of: request.function, at: now, kernel: &kernel, host: &host)
            }
        }
    }

    /// MANAGE_PAGES "cannot give": the device must do without.
    private mutating func refusePages(of function: UInt16, at now: SimTime, kernel: inout Kernel, host: inout Host) {
        var input = Record(.managePages, opMod: ManagePagesKind.cannotGive.rawValue)
        name(function, in: &input)
        pageCommand = .giving(nil, PageRequest(function: function, count: 0))
        do throws(DriverError) {
            try post(.managePages, input, outputByteCount: 16, slot: 1, at: now, kernel: &kernel, host: &host)
        } catch {
            pageCommand = .none
            note(error.text, at: now, kernel: &kernel)
        }
    }

    /// Forgets every page after a reset, and gives their memory back.
    mutating func forgetPages(kernel: inout Kernel, host: inout Host) {
        if case .giving(let allocation?, _) = pageCommand { kernel.memory.release(allocation, host: &host) }
        pageCommand = .none
        pageCommandServesProgram = false
        pageWork = []
        for function in pages.keys.sorted() {
            for allocation in pages[function, default: PageAccount()].takeAll() {
                kernel.memory.release(allocation, host: &host)
            }
        }
        pages = [:]
    }
}
