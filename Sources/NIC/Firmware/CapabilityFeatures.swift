/// What the device announces beyond the minimum of the native interface's sections 4.1 to 4.3.
///
/// Every one of them is modelled whether it is announced or not; a driver uses what is announced.
package struct CapabilityFeatures: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Counters of flow table entries (`flow_counter`).
    package static let flowCounters = CapabilityFeatures(rawValue: 1 << 0)
    /// The four capabilities that chain flow tables: entries and tables can be modified, misses forward.
    package static let tableChaining = CapabilityFeatures(rawValue: 1 << 1)
    /// SET_DRIVER_VERSION.
    package static let driverVersion = CapabilityFeatures(rawValue: 1 << 2)
    /// Counters of QUERY_VNIC_ENV.
    package static let environmentCounters = CapabilityFeatures(rawValue: 1 << 3)
    /// The internal timer counts nanoseconds (`device_frequency_khz`).
    package static let clock = CapabilityFeatures(rawValue: 1 << 4)
    /// PCAM, and with it PPLM and all groups of PPCNT.
    package static let registerMasks = CapabilityFeatures(rawValue: 1 << 5)
    /// ADD_VXLAN_UDP_DPORT.
    package static let vxlanPorts = CapabilityFeatures(rawValue: 1 << 6)
    /// A completion queue's moderation period may start with the last completion, and be changed (`cq_period_mode`).
    package static let moderationModes = CapabilityFeatures(rawValue: 1 << 7)

    /// Least and most rates of the switch's ports (`qos`, `esw_scheduling`).
    package static let vportRates = CapabilityFeatures(rawValue: 1 << 8)
    /// Flow tables match the headers inside a tunnel (`inner_…` match sets).
    package static let innerHeaders = CapabilityFeatures(rawValue: 1 << 9)
    /// Physical functions that share a port manage the switch between them (`eswitch_manager`, the address table).
    package static let sharedPorts = CapabilityFeatures(rawValue: 1 << 10)

    /// All that is modelled, but the VXLAN ports: announcing them promises offloads of tunnels.
    package static let all: CapabilityFeatures = [
        .flowCounters, .tableChaining, .driverVersion, .environmentCounters, .clock, .registerMasks,
        .moderationModes, .vportRates, .innerHeaders, .sharedPorts,
    ]
}
