internal import CSockets
internal import Glibc

/// A TAP interface of this machine: frames that its kernel sends, and that its kernel receives.
///
/// The interface is created when there is none of that name, and then goes with this process.
package final class NetworkTap {
    package let name: String
    package let descriptor: Descriptor
    /// Frames that the kernel did not take: the interface is down, or full.
    package private(set) var refusedCount: UInt64 = 0
    /// Frames of the kernel that were longer than `longestFrame`.
    package private(set) var oversizeCount: UInt64 = 0

    private let longestFrame: Int
    private var buffer: [UInt8]

    /// Attaches to the interface `name`; frames are at most `longestFrame` bytes.
    ///
    /// - Throws: `SystemError` when this user may not, or somebody else has it.
    package init(name: String, longestFrame: Int) throws(SystemError) {
        let number = martlet_tap(name)
        guard number >= 0 else { throw SystemError("attach to the TAP interface \(name)", code: -number) }
        descriptor = Descriptor(number)
        self.name = name
        self.longestFrame = longestFrame
        buffer = Array(repeating: 0, count: longestFrame + 1)
    }

    /// Hands the kernel a frame.
    package func write(_ frame: UnsafeRawBufferPointer) {
        if Glibc.write(descriptor.number, frame.baseAddress, frame.count) != frame.count { refusedCount += 1 }
    }

    /// Hands `body` the next frame of the kernel; false when there is none.
    package func read(_ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress, $0.count) }
        guard count > 0 else { return false }
        if count > longestFrame {
            oversizeCount += 1
        } else {
            buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return true
    }
}
