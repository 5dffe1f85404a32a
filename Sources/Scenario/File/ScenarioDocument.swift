import Simulation

/// A scenario file after validation: plain values that the world is composed from.
///
/// Nothing here can be wrong any more: every name resolves, every number has its unit and is possible, every file that
/// is read exists. Lists keep the file's order.
package struct ScenarioDocument: Sendable {
    /// The file, as the user gave it.
    package var path = ""
    package var name = ""
    package var summary = ""
    package var seed: UInt64 = 1
    /// Values of the `${…}` parameters after `--set`, in the file's order.
    package var settings: [Setting] = []
    package var hosts: [HostDescription] = []
    /// The NICs: those that hosts' own functions make, in the order of the hosts, then those of `nics`.
    package var nics: [NICDescription] = []
    package var wires: [WireDescription] = []
    package var traffic: [TrafficDescription] = []
    package var captures: [CaptureRequest] = []
    package var steps: [ScenarioStep] = []
    package var expectations: [Expectation] = []
    /// Capture points of virtual functions and subfunctions, which exist because somebody names them.
    package var namedPoints: [CapturePoint] = []

    package init() {}

    /// One `${name}` and what it stands for.
    package struct Setting: Sendable, Equatable {
        package var name: String
        package var value: String
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Frames to be captured at a point.
    package struct CaptureRequest: Sendable, Equatable {
        /// Wire, port (`h0.p0`), function side (`h0.pf0`, `h0.pf0vf2`) or netdev (`h0.eth0`).
        package var point: String
        /// File for this point alone; `nil` when it only takes part in the run's combined capture and golden trace.
        package var path: String?
        package init(point: String, path: String? = nil) {
            self.point = point
            self.path = path
        }
    }
}
