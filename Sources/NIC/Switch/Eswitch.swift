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
    /// Numbers of the virtual functions, of the manager's subfunctions, and of those of a host that it serves.
    let virtuals: Range<Int>
    let managerSubs: Range<Int>
    let hostSubs: Range<Int>
    /// Where frames are forwarded from; without it, manager and port pass everything through to each other.
    package var forwardingRoot: FlowTableHandle?
    /// What the manager has set about the uplink; zero while it is nothing.
    var uplinkControl: UInt32 = 0
    /// Scheduling elements, by number.
    var elements: [UInt32: SchedulingElement] = [:]
    var nextElement: UInt32 = 1

    init(physical: Int, embedded: Int?, port: PortID, layout: FunctionLayout) {
        self.physical = physical
        self.embedded = embedded
        self.port = port
        virtuals = layout.virtualFunctions(of: physical)
        managerSubs = layout.subfunctions(of: embedded ?? physical)
        hostSubs = embedded == nil ? 0..<0 : layout.subfunctions(of: physical)
    }

    /// Number of the physical function that manages the switch.
    package var manager: Int { embedded ?? physical }
    /// The vport of the function that manages the switch.
    package var managerVport: VportNumber { embedded == nil ? .physical : .embedded }
}
