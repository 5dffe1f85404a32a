package import NIC

/// A NIC model as its file describes it.
package struct DeviceModel: Sendable {
    /// The model's name: its file's name without the extension.
    package var name: String
    package var summary = ""
    package var path: String
    /// Number of ports.
    package var portCount = 2
    /// Speed of each port, in bits per second.
    package var portBitsPerSecond: UInt64 = 100_000_000_000
    /// Everything the silicon is told; functions and port speeds are filled in from the scenario by the world.
    package var nic = NICParameters()
    /// Every number of the file with its source, in the file's order.
    package var numbers: [Number] = []

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// One number as written: `pcie.read-latency`, `300ns`, `C0125`.
    package struct Number: Sendable, Equatable {
        package var name: String
        package var text: String
        /// A row of the calibration, a document, or `assumed`.
        package var source: String
        package init(name: String, text: String, source: String) {
            self.name = name
            self.text = text
            self.source = source
        }
    }
}
