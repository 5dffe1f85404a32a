package import Simulation

/// Names a control command until its end was reported.
package struct CommandTicket: Hashable, Sendable, BitwiseCopyable {
    package var number: UInt32
}

/// How a control command ended.
package struct CommandResult: Sendable {
    package var ticket: CommandTicket
    package var time: SimTime
    /// What the tool prints.
    package var output: String
    /// Why it failed; `nil` when it did what it was asked.
    package var failure: DriverError?
}

/// What a program is for, which decides what its failure means.
enum ProgramKind { case probe, command, remove, link }

/// Steps to be executed one after another; a step may put more in front of the rest.
struct ControlProgram {
    var kind: ProgramKind
    /// The next step is the last of the array.
    private var stack: [ControlStep]
    var ticket: CommandTicket?
    var output = ""
    /// Why the program fails, while it undoes what it had begun.
    var failure: DriverError?
    /// A removal that does not ask the device for anything.
    var isForced = false

    init(_ kind: ProgramKind, _ steps: [ControlStep], ticket: CommandTicket? = nil) {
        self.kind = kind
        stack = steps.reversed()
        self.ticket = ticket
    }

    var isFinished: Bool { stack.isEmpty }
    mutating func next() -> ControlStep? { stack.popLast() }
    mutating func prepend(_ steps: [ControlStep]) { stack.append(contentsOf: steps.reversed()) }
    mutating func removeAll() { stack.removeAll() }
}
