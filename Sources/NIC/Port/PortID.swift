/// Names one physical port of the NIC.
package struct PortID: Hashable, Sendable, BitwiseCopyable {
    package var index: UInt8
    package init(_ index: Int) { self.index = UInt8(truncatingIfNeeded: index) }
}
