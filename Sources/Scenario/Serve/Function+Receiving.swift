internal import NIC
internal import Wire

extension Function {
    /// Whether a receive queue is ready.
    var isReceiving: Bool { resources.receiveQueues.numbers.contains { resources.receiveQueues[$0].state == .ready } }
}
