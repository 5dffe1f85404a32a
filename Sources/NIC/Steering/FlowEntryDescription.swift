package import Wire

/// What an entry does, and the value it compares: a flow context (native interface, section 6.5) with handles where the
/// context has numbers.
package struct FlowEntryDescription: Sendable {
    /// Most destinations and most counters of one entry.
    package static let longestList = 64

    package var group: UInt32
    package var flowTag: UInt32 = 0
    package var action: FlowAction
    package var destinations: [SteeringDestination] = []
    package var counters: [FlowCounterHandle] = []
    /// Tags to push: type in the upper half, control information in the lower one.
    package var firstTag: UInt32 = 0
    package var secondTag: UInt32 = 0
    package var flowSource: UInt8 = 0
    /// The words of the match value (64 of them), or as many as can be compared.
    package var value: [UInt64]

    package init(group: UInt32, action: FlowAction, value: [UInt64]) {
        self.group = group
        self.action = action
        self.value = value
    }
}
