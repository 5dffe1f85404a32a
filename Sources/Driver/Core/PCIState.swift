/// What enumeration found out about a PCI function.
struct PCIState {
    var vendorID: UInt32 = 0
    var deviceID: UInt32 = 0
    var command: UInt32 = 0
    var powerManagement = 0
    var pciExpress = 0
    var msix = 0
    /// Vectors of the table.
    var vectorCount = 0
    var barSizes = Array(repeating: UInt64(0), count: 6)
    var tableBIR: UInt8 = 0
    var tableOffset: UInt32 = 0
    /// Capabilities walked so far, so that a list that runs in a circle ends.
    var walkedCount = 0
}

/// The health counter as it was seen.
struct HealthState {
    var generation: UInt16 = 0
    var lastCounter: UInt32 = .max
    var missCount = 0
}
