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
