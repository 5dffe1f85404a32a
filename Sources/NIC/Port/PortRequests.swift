/// What the physical functions behind a port have asked of it.
///
/// None can take the port from another: it is on while one of them wants it on, and its frames are as long as the one
/// with the longest wants them. Who has not asked yet wants it on, as a port is on before any driver comes.
package struct PortRequests: Sendable {
    private struct Request {
        /// Number of the physical function.
        var function: Int
        var isOn = true
        /// In bytes with FCS.
        var mtu: UInt32?
    }

    private var requests: [Request] = []

    /// Whether physical function `number` wants the port on.
    func isWanted(by number: Int) -> Bool { requests.first { $0.function == number }?.isOn ?? true }

    /// The longest frame that physical function `number` has asked for, in bytes with FCS; `nil` before it has.
    func mtu(of number: Int) -> UInt32? { requests.first { $0.function == number }?.mtu }

    /// Whether the port is to be on when `sharers` functions may ask.
    func isOn(sharers: Int) -> Bool { requests.count < sharers || requests.contains { $0.isOn } }

    /// The longest frame that any function has asked for, in bytes with FCS; `nil` while none has.
    var longestMTU: UInt32? { requests.compactMap(\.mtu).max() }

    mutating func want(_ isOn: Bool, by number: Int) { requests[place(of: number)].isOn = isOn }

    mutating func setMTU(_ mtu: UInt32, of number: Int) { requests[place(of: number)].mtu = mtu }

    private mutating func place(of number: Int) -> Int {
        if let place = requests.firstIndex(where: { $0.function == number }) { return place }
        requests.append(Request(function: number))
        return requests.count - 1
    }
}
