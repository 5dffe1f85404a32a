internal import CSockets
internal import Glibc

/// The wish that the process ends: SIGINT or SIGTERM, which then no longer end it by themselves.
package final class StopSignal {
    package let descriptor: Descriptor
    /// Whether one of the signals has come, as far as `look` has seen.
    package private(set) var hasCome = false

    package init() {
        let number = martlet_stop_signals()
        precondition(number >= 0, "no descriptor for signals")
        descriptor = Descriptor(number)
    }

    /// Looks whether a signal has come.
    package func look() {
        // One record of `signalfd_siginfo`, whose contents do not matter.
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { record in
            if read(descriptor.number, record.baseAddress!, record.count) > 0 { hasCome = true }
        }
    }
}
