package import Host
package import Simulation

extension NIC {
    /// Forgets everything the queues of `function` were doing; frames of it that are inside end as dropped.
    ///
    /// Objects, vport and generation are new afterwards, what a manager has said of the vport excepted; firmware,
    /// configuration space and messages are not touched.
    package mutating func reset(_ function: FunctionID, at now: SimTime, medium: inout Medium) {
        let index = Int(function.index)
        for number in functions[index].resources.receiveQueues.numbers {
            dropWaiting(number, of: function, .functionReset, at: now, medium: &medium)
        }
        releaseSteering(of: function)
        releaseEswitch(of: function)
        functions[index].generation &+= 1
        functions[index].resources = Resources()
        let kind = functions[index].kind
        if kind.isPhysical {
            let address = parameters.functions[kind.physical].macAddress
            functions[index].vport = VPort(address: address, mtu: parameters.defaultMTU)
        } else {
            functions[index].vport.forgetDriver(mtu: parameters.defaultMTU)
        }
        functions[index].vport.systemImageIdentifier = parameters.systemImageIdentifier
    }
}
