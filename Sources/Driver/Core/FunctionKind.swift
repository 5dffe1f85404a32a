/// What a function is to PCI: physical, virtual (of SR-IOV), or a slice of its parent's BAR 2.
enum FunctionKind: Equatable {
    case physical
    case virtual(index: Int)
    case subfunction(slice: Int)

    /// Whether it has a configuration space and vectors of its own.
    var hasPCIIdentity: Bool { if case .subfunction = self { false } else { true } }
}

/// How much memory a core driver spends on a function: thousands of functions get little each.
struct FunctionProfile {
    /// Mailbox blocks for input, and as many for output, of an ordinary command and of a page command.
    var commandBlockCount: Int
    var pageBlockCount: Int
    /// Pages in one MANAGE_PAGES.
    var pageBatch: Int
    /// Binary logarithms of the entries of event queues.
    var logAsynchronousQueue: Int
    var logCommandEventQueue: Int
    var logPageEventQueue: Int
    var logCompletionEventQueue: Int

    static let full = FunctionProfile(
        commandBlockCount: 72, pageBlockCount: 72, pageBatch: 512, logAsynchronousQueue: 10, logCommandEventQueue: 7,
        logPageEventQueue: 7, logCompletionEventQueue: 10)
    /// A virtual function or a subfunction: what fills one page each.
    static let small = FunctionProfile(
        commandBlockCount: 9, pageBlockCount: 1, pageBatch: 64, logAsynchronousQueue: 6, logCommandEventQueue: 6,
        logPageEventQueue: 6, logCompletionEventQueue: 6)
}
