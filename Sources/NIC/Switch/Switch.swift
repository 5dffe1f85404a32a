/// The embedded switches of the NIC: they move frames between vports and physical ports, and never see a queue.
///
/// Each physical function has one, with its virtual functions and subfunctions; several may share a physical port.
package struct Switch: Sendable {
    package var eswitches: [Eswitch] = []
    /// The scheduling elements of each switch.
    var trees: [SchedulingTree] = []
    /// The switch of each physical function.
    private var eswitchOfPhysical: [Int] = []
    /// The only switch of each port; -1 where there is none, -2 where there are several.
    private var soleEswitch: [Int] = []
    /// What managers have set about vports; number 0 is nothing.
    package var controls = [VPortControl()]
    /// Number in `controls` of each function, by its place in the NIC.
    private var controlOfFunction: [UInt32]

    /// One switch for each physical function of `descriptions` that is not the SmartNIC's own, or stands alone.
    package init(portCount: Int, descriptions: [FunctionDescription], layout: FunctionLayout) {
        controlOfFunction = Array(repeating: 0, count: layout.count)
        eswitchOfPhysical = Array(repeating: -1, count: descriptions.count)
        for (number, description) in descriptions.enumerated() where !description.isEmbedded {
            let embedded = descriptions.indices.first {
                descriptions[$0].isEmbedded && descriptions[$0].port == description.port
                    && eswitchOfPhysical[$0] < 0
            }
            add(Eswitch(physical: number, embedded: embedded, port: description.port, layout: layout))
        }
        for (number, description) in descriptions.enumerated() where eswitchOfPhysical[number] < 0 {
            add(Eswitch(physical: number, embedded: nil, port: description.port, layout: layout))
        }
        soleEswitch = (0..<portCount).map { port in
            let users = eswitches.indices.filter { eswitches[$0].port == PortID(port) }
            return users.count == 1 ? users[0] : users.isEmpty ? -1 : -2
        }
    }

    private mutating func add(_ eswitch: Eswitch) {
        eswitchOfPhysical[eswitch.physical] = eswitches.count
        if let embedded = eswitch.embedded { eswitchOfPhysical[embedded] = eswitches.count }
        eswitches.append(eswitch)
        trees.append(SchedulingTree())
    }

    /// The switch of physical function `number`, its virtual functions and subfunctions.
    @inline(__always) package func eswitch(ofPhysical number: Int) -> Int { eswitchOfPhysical[number] }

    /// The only switch behind `port`, or `nil` when there is none or are several.
    @inline(__always) func soleEswitch(of port: PortID) -> Int? {
        let number = soleEswitch[Int(port.index)]
        return number >= 0 ? number : nil
    }

    /// The port of switch `number`, when that has no tables, nothing is set about its uplink, and no other switch
    /// shares the port: its manager and the port pass everything through to each other.
    @inline(__always) func openPort(ofEswitch number: Int) -> PortID? {
        guard eswitches[number].forwardingRoot == nil, eswitches[number].uplinkControl == 0 else { return nil }
        let port = eswitches[number].port
        return soleEswitch[Int(port.index)] >= 0 ? port : nil
    }

    /// Number of what has been set about the function at `place`; zero when it is nothing.
    @inline(__always) func control(ofPlace place: Int) -> Int { Int(controlOfFunction[place]) }

    /// The same, made when it is not there.
    mutating func makeControl(ofPlace place: Int) -> Int {
        if controlOfFunction[place] == 0 { controlOfFunction[place] = appendControl() }
        return Int(controlOfFunction[place])
    }

    /// Forgets the context of the vport of the function at `place`: the tags that are put on and taken off.
    mutating func forgetContext(ofPlace place: Int) {
        let control = control(ofPlace: place)
        guard control != 0 else { return }
        controls[control].insertion = .never
        controls[control].stripsTag = false
        controls[control].tag = 0
    }

    /// What has been set about the uplink of switch `number`, made when it is not there.
    mutating func makeUplinkControl(of number: Int) -> Int {
        if eswitches[number].uplinkControl == 0 { eswitches[number].uplinkControl = appendControl() }
        return Int(eswitches[number].uplinkControl)
    }

    private mutating func appendControl() -> UInt32 {
        controls.append(VPortControl())
        return UInt32(controls.count - 1)
    }

    /// Takes `table` from where it is a root.
    mutating func forget(_ table: FlowTableHandle) {
        for index in eswitches.indices where eswitches[index].forwardingRoot == table {
            eswitches[index].forwardingRoot = nil
        }
        for index in controls.indices {
            if controls[index].ingressList == table { controls[index].ingressList = nil }
            if controls[index].egressList == table { controls[index].egressList = nil }
        }
    }
}
