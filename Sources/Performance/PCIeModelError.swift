/// What is wrong with a file of models or of calibration rows.
package struct PCIeModelError: Error, Equatable, CustomStringConvertible {
    package let file: String
    /// Line number from 1; zero when it is the file as a whole.
    package let line: Int
    package let found: String
    package let expected: String

    package var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return "\(place): found \(found), expected \(expected)"
    }
}
