internal import CSockets
internal import Glibc

/// The wish that serving ends: a descriptor that has become readable.
package final class StopSignal {
    package let descriptor: Descriptor
    /// Whether the wish has come, as far as `look` has seen.
    package private(set) var hasCome = false

    /// SIGINT or SIGTERM, which then no longer end the process by themselves.
    package init() {
        let number = martlet_stop_signals()
        precondition(number >= 0, "no descriptor for signals")
        descriptor = Descriptor(number)
    }

    /// Something to read from `descriptor`.
    package init(_ descriptor: Descriptor) { self.descriptor = descriptor }

    /// Looks whether the wish has come.
    package func look() {
        var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        if martlet_poll(&entry, 1, 0) > 0 { hasCome = true }
    }
}
