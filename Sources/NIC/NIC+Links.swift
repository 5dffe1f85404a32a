import Host

/// The links to the hosts: each function's transactions go over the link that its physical function sits on.
extension NIC {
    @inline(__always) func link(of function: FunctionID) -> UnsafeMutablePointer<PCIeLink> {
        links.pointer(to: functions.pointer(to: Int(function.index)).pointee.link)
    }

    /// Number of the port that frames of `function` are bound for, whether it exists still or not.
    @inline(__always) func sendPort(of function: FunctionID) -> Int {
        let index = Int(function.index)
        if functions.contains(index) { return Int(functions.pointer(to: index).pointee.port.index) }
        return layout.kind(of: function).map { Int(parameters.functions[$0.physical].port.index) } ?? 0
    }

    /// Number of the link that frames of `function` come over, whether it exists still or not.
    @inline(__always) func sendLink(of function: FunctionID) -> Int {
        let index = Int(function.index)
        return functions.contains(index)
            ? functions.pointer(to: index).pointee.link : linkIndex(ofPossible: function) ?? 0
    }

    /// The link that `function` would be on, whether it exists or not; `nil` when it is none of this NIC's.
    func linkIndex(ofPossible function: FunctionID) -> Int? {
        layout.kind(of: function).map { parameters.functions[$0.physical].link }
    }
}
