/// Flow-control credits of one kind of transaction (Base Specification 2.6.1).
package struct PCIeCredits: Sendable, Equatable, Hashable {
    /// Packets; zero is without limit.
    package var header: Int
    /// Units of 16 bytes of data; zero is without limit.
    package var data: Int

    package init(header: Int, data: Int) {
        self.header = header
        self.data = data
    }
}
