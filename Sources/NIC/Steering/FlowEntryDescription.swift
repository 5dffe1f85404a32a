package import Wire

/// What an entry does, and the value it compares: a flow context (native interface, section 6.5) with handles where the
/// context has numbers.
package struct FlowEntryDescription: Sendable {
    /// Binary logarithms of the most destinations of an entry (capability `log_max_destination`): a broadcast reaches every
    /// vport of a switch, and the receive tables of a function lead to some of its own queues.
    package static func logMostDestinations(_ type: TableType) -> Int { type == .fdb ? 13 : 6 }
    /// Binary logarithm of the most counters of an entry (capability `log_max_flow_counter`).
    package static let logMostCounters = 6

    package var group: UInt32
    package var flowTag: UInt32 = 0
    package var action: FlowAction
    package var destinations: [SteeringDestination] = []
    package var counters: [FlowCounterHandle] = []
    /// Tags to push: type in the upper half, control information in the lower one.
    package var firstTag: UInt32 = 0
    package var secondTag: UInt32 = 0
    /// The words of the match value (64 of them), or as many as can be compared.
    package var value: [UInt64]

    package init(group: UInt32, action: FlowAction, value: [UInt64]) {
        self.group = group
        self.action = action
        self.value = value
    }
}
