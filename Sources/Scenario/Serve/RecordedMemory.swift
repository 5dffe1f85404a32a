internal import Host
internal import Servers
internal import Simulation

/// A client's memory whose every reading is written down.
final class RecordedMemory: DistantMemory {
    private unowned let memory: VFIOUserServer
    private let recorder: SessionRecorder

    init(_ memory: VFIOUserServer, recorder: SessionRecorder) {
        self.memory = memory
        self.recorder = recorder
    }

    func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime) -> Bool {
        let succeeded = memory.read(address, into: buffer, at: time)
        recorder.noteRead(address, succeeded ? UnsafeRawBufferPointer(buffer) : nil)
        return succeeded
    }

    func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime) -> Bool {
        let succeeded = memory.write(address, from: buffer, at: time)
        recorder.noteWrite(address, succeeded: succeeded)
        return succeeded
    }
}
