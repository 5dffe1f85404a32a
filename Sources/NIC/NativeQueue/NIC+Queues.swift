import Host

/// Queues in place, for the per-packet path: no object of the function may come or go while one of these is used.
extension NIC {
    @inline(__always) func sendQueue(_ number: Int, of function: FunctionID) -> UnsafeMutablePointer<SendQueue> {
        functions.pointer(to: Int(function.index)).pointee.resources.sendQueues.pointer(to: number)
    }

    @inline(__always) func receiveQueue(_ number: Int, of function: FunctionID) -> UnsafeMutablePointer<ReceiveQueue> {
        functions.pointer(to: Int(function.index)).pointee.resources.receiveQueues.pointer(to: number)
    }

    @inline(__always)
    func completionQueue(_ number: Int, of function: FunctionID) -> UnsafeMutablePointer<CompletionQueue> {
        functions.pointer(to: Int(function.index)).pointee.resources.completionQueues.pointer(to: number)
    }
}
