package import Simulation

extension RunResult {
    /// What a session with drivers outside adds to the report.
    package struct Live: Sendable, Equatable {
        /// Longest time by which an event happened after its time: how far simulated time fell behind real time.
        package var behind = SimDuration.zero
        /// Longest time by which simulated time was ahead, after the answer to a read.
        package var ahead = SimDuration.zero
        package var functions: [Function] = []
        package var taps: [Tap] = []
        /// Pages of clients' memory whose file was cut while they were mapped.
        package var lostPages: UInt64 = 0
        package init() {}

        /// A function's socket and what passed it.
        package struct Function: Sendable, Equatable {
            package var path: String
            package var clients: UInt64 = 0
            package var messages: UInt64 = 0
            /// Messages answered with an error.
            package var refused: UInt64 = 0
            package var interrupts: UInt64 = 0
            /// Interrupts for which the client had given no descriptor.
            package var lostInterrupts: UInt64 = 0
            /// Accesses of the function to memory that the client had not mapped, or no longer.
            package var faults: UInt64 = 0
            /// Accesses of the function to memory by message.
            package var memoryMessages: UInt64 = 0
            package init(path: String) { self.path = path }
        }

        /// A TAP interface and what it did not take.
        package struct Tap: Sendable, Equatable {
            package var name: String
            /// Frames that the machine's kernel did not take.
            package var refused: UInt64
            /// Frames of the machine that are longer than a frame can be.
            package var oversize: UInt64
            package init(name: String, refused: UInt64, oversize: UInt64) {
                self.name = name
                self.refused = refused
                self.oversize = oversize
            }
        }
    }
}

extension RunResult.Live {
    /// The same as one JSON value.
    var json: JSONValue {
        .object([
            "behind_ps": .integer(behind.picoseconds), "ahead_ps": .integer(ahead.picoseconds),
            "lost_pages": .integer(lostPages),
            "functions": .array(
                functions.map {
                    .object([
                        "path": .string($0.path), "clients": .integer($0.clients), "messages": .integer($0.messages),
                        "refused": .integer($0.refused), "interrupts": .integer($0.interrupts),
                        "lost_interrupts": .integer($0.lostInterrupts), "faults": .integer($0.faults),
                        "memory_messages": .integer($0.memoryMessages),
                    ])
                }),
            "taps": .array(
                taps.map {
                    .object([
                        "name": .string($0.name), "refused": .integer($0.refused), "oversize": .integer($0.oversize),
                    ])
                }),
        ])
    }
}
