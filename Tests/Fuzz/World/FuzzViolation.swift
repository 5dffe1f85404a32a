/// Something that must not be, whatever a driver does.
package struct FuzzViolation: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
