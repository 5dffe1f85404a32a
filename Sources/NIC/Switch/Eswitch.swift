package import Host

/// One embedded switch: the vports of a physical function, its virtual functions and subfunctions, and their uplink.
///
/// Where the SmartNIC's own processors have a function on the same port, that one manages the switch.
package struct Eswitch: Sendable {
    /// Number of the physical function whose vport is 0.
    package let physical: Int
    /// Number of the physical function that is the SmartNIC's own (vport 0xfffe), if there is one.
    package let embedded: Int?
    /// The physical port behind the uplink.
    package let port: PortID
    /// Where frames are forwarded from; without it, manager and port pass everything through to each other.
    package var forwardingRoot: FlowTableHandle?
    /// What the manager has set about the uplink; zero while it is nothing.
    var uplinkControl: UInt32 = 0
    /// Scheduling elements, by number.
    var elements: [UInt32: SchedulingElement] = [:]
    var nextElement: UInt32 = 1

    /// Number of the physical function that manages the switch.
    package var manager: Int { embedded ?? physical }
    /// The vport of the function that manages the switch.
    package var managerVport: VportNumber { embedded == nil ? .physical : .embedded }
}
