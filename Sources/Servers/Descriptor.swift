internal import Glibc

/// A file descriptor that is closed with the last reference to it.
///
/// A class, because one descriptor can serve several interrupt vectors; it is touched per message, never per packet.
package final class Descriptor {
    package let number: Int32

    /// Takes over the open descriptor `number`.
    package init(_ number: Int32) { self.number = number }

    deinit { close(number) }
}
