/// Why an operation of the driver failed, in words fit for a kernel log.
package struct DriverError: Error, Equatable, Sendable {
    package var text: String
    package init(_ text: String) { self.text = text }
}
