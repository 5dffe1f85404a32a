package import Wire

/// One command line of the control plane, understood: what it asks of one netdev, or of the host.
package struct ControlCommand: Sendable, Equatable {
    /// Name of the netdev; `nil` when it is about the host.
    package var netdev: String?
    /// What is asked, in the order of the words.
    package var actions: [Action]

    package init(netdev: String, actions: [Action]) {
        self.netdev = netdev
        self.actions = actions
    }

    package init(_ command: SystemCommand) { actions = [.system(command)] }

    /// One thing that can be asked of a netdev.
    package enum Action: Sendable, Equatable {
        // ip link
        case setAdministrativeState(up: Bool)
        case setMTU(Int)
        case setAddress(MACAddress)
        case setPromiscuous(Bool)
        case setAllMulticast(Bool)
        case showLink(statistics: Bool)

        // ethtool, what it changes
        case setChannels(combined: Int)
        case setRings(receive: Int?, transmit: Int?)
        case setFeature(NetdevFeature, on: Bool)
        case setCoalescing(CoalescingChange)
        case setIndirection(Indirection)
        case setHashKey([UInt8])
        case setFlowHash(FlowHashType, FlowHashFields)
        case setPause(receive: Bool?, transmit: Bool?)

        // ethtool, what it prints
        case show(Query)
        case showFlowHash(FlowHashType)

        /// A function-level reset, after which the driver probes again.
        case reset
        /// `echo N > /sys/class/net/DEV/device/sriov_numvfs`.
        case setVirtualFunctionCount(Int)
        /// `ip link set DEV vf N …`.
        case setVirtualFunction(Int, [VirtualFunctionSetting])

        /// Something about the host.
        case system(SystemCommand)

        /// Whether it only prints.
        var isReport: Bool {
            switch self {
            case .show, .showFlowHash, .showLink: true
            default: false
            }
        }
    }

    /// What `ethtool` can print of a netdev.
    package enum Query: Sendable, Equatable {
        case settings, driver, statistics, features, rings, channels, coalescing, indirection, pause
    }

    /// How `ethtool -X` spreads hash results over queues.
    package enum Indirection: Sendable, Equatable {
        /// Evenly over the first `count` queues.
        case equal(count: Int)
        /// In proportion to a weight for each queue.
        case weights([Int])
        /// As after start-up.
        case standard
    }

    /// Settings of `ethtool -C`; `nil` leaves one as it is.
    package struct CoalescingChange: Sendable, Equatable {
        /// Microseconds an interrupt may wait.
        package var receiveMicroseconds: Int?
        /// Completions that end the wait.
        package var receiveFrames: Int?
        package var transmitMicroseconds: Int?
        package var transmitFrames: Int?
        package init() {}
    }
}
