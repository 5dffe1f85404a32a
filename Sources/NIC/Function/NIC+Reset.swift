package import Host
package import Simulation

extension NIC {
    /// Forgets everything the queues of `function` were doing; frames of it that are inside end as dropped.
    ///
    /// Objects, vport and generation are new afterwards; firmware, configuration space and messages are not touched.
    package mutating func reset(_ function: FunctionID, at now: SimTime, medium: inout Medium) {
        let index = Int(function.index)
        for number in functions[index].resources.receiveQueues.numbers {
            dropWaiting(number, of: function, .functionReset, at: now, medium: &medium)
        }
        releaseSteering(of: function)
        releaseEswitch(of: function)
        functions[index].generation &+= 1
        functions[index].resources = Resources()
        functions[index].vport = VPort(
            address: parameters.functions[functions[index].kind.physical].macAddress, mtu: parameters.defaultMTU)
    }
}
