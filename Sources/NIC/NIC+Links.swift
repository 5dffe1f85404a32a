import Host

/// The links to the hosts: each function's transactions go over the link that its physical function sits on.
extension NIC {
    @inline(__always) func link(of function: FunctionID) -> UnsafeMutablePointer<PCIeLink> {
        links.pointer(to: functions.pointer(to: Int(function.index)).pointee.link)
    }

    /// The link that `function` would be on, whether it exists or not; `nil` when it is none of this NIC's.
    func linkIndex(ofPossible function: FunctionID) -> Int? {
        layout.kind(of: function).map { parameters.functions[$0.physical].link }
    }
}
