internal import Capture
internal import Servers

/// Keeping a session.
extension LiveSession {
    /// Keeps everything that comes in from now on in a file at `path`.
    ///
    /// All memory of clients is then reached through `RecordedMemory`, which costs time, but no simulated time.
    mutating func record(_ request: ServeRequest, to path: String) throws(CaptureError) {
        let recorder = try SessionRecorder(path: path)
        recorder.note(.request(request.recordText), after: world.eventCount)
        for function in functions {
            function.server.overseer = RecordedMemory(function.server, recorder: recorder)
        }
        self.recorder = recorder
    }

    /// Writes down which windows the client has just mapped and unmapped.
    func recordMappings(_ index: Int) {
        guard let recorder else { return }
        let (computer, function) = (functions[index].computer, functions[index].server.function)
        for mapping in functions[index].server.takeMappings() {
            let (address, byteCount) = (mapping.address, mapping.byteCount)
            let input: SessionInput =
                if let permissions = mapping.permissions {
                    .map(
                        computer: computer, function: function, address: address, byteCount: byteCount, permissions)
                } else {
                    .unmap(computer: computer, function: function, address: address, byteCount: byteCount)
                }
            recorder.note(input, after: world.eventCount)
        }
    }
}
