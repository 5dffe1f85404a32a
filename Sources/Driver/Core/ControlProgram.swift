/// What a program is for, which decides what its failure means.
enum ProgramKind: Equatable {
    case probe, command, remove, link
    /// The making of the subfunction in a slice.
    case subfunction(Int)
    /// A change of whether the subfunction in a slice is active.
    case activity(Int, wasActive: Bool)
}

/// Steps to be executed one after another; a step may put more in front of the rest.
struct ControlProgram {
    var kind: ProgramKind
    /// The next step is the last of the array.
    private var stack: [ControlStep]
    var ticket: CommandTicket?
    /// The netdev that netdev steps are about.
    var netdev: Int?
    /// The life of that netdev: another one may have its number later.
    var netdevLife: UInt8 = 0
    var output = ""
    /// Why the program fails, while it undoes what it had begun.
    var failure: DriverError?
    /// A removal that does not ask the device for anything.
    var isForced = false
    /// Whether netdevs outlive the removal, as they do a reset of the function.
    var keepsNetdevs = false
    /// Whether the core driver ends with the program.
    var releasesCore = false

    init(_ kind: ProgramKind, _ steps: [ControlStep], netdev: Int? = nil, ticket: CommandTicket? = nil) {
        self.netdev = netdev
        self.kind = kind
        stack = steps.reversed()
        self.ticket = ticket
    }

    var isFinished: Bool { stack.isEmpty }
    mutating func next() -> ControlStep? { stack.popLast() }
    mutating func prepend(_ steps: [ControlStep]) { stack.append(contentsOf: steps.reversed()) }
    mutating func removeAll() { stack.removeAll() }
}
