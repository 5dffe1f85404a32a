package import Host

/// The embedded switch: it moves frames between ports, which are uplinks and functions, and never sees a queue.
///
/// Today it has one rule for each uplink: what one function sends leaves by its uplink, and what arrives there goes to
/// that function. An uplink with several functions and no rule forwards nothing to them.
package struct Switch: Sendable {
    /// What to do with a frame that arrives at an uplink.
    package enum UplinkRule: Equatable, Sendable, BitwiseCopyable {
        case none
        case passThrough(to: FunctionID)
    }

    /// By uplink.
    package var rules: [UplinkRule]
    /// The uplink of each function, or `nil` where its frames have no way out.
    package var uplinks: [PortID?]

    /// Passes everything through where an uplink has one function.
    package init(portCount: Int, uplinks: [PortID?], first: Int = 0) {
        self.uplinks = uplinks
        rules = Array(repeating: .none, count: portCount)
        for port in 0..<portCount {
            let users = uplinks.indices.filter { uplinks[$0] == PortID(port) }
            if users.count == 1 { rules[port] = .passThrough(to: FunctionID(first + users[0])) }
        }
    }
}
