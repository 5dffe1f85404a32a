import Simulation
import Wire

/// What the switch's manager has set about a vport, which its own function does not see.
package struct VPortControl: Sendable, BitwiseCopyable {
    /// When a tag is put on frames that the vport sends (`vport_cvlan_insert`).
    package enum TagInsertion: UInt8, Sendable, BitwiseCopyable { case never, ifUntagged, overwrite, always }

    /// Roots of its access lists.
    package var ingressList: FlowTableHandle?
    package var egressList: FlowTableHandle?
    /// Takes the outermost customer tag off frames that go to the vport.
    package var stripsTag = false
    package var insertion = TagInsertion.never
    /// Control information of the tag that is put on.
    package var tag: UInt16 = 0
    package var shaper = RateShaper()

    /// The tag as the context has it: drop eligibility in bit 15, priority behind it.
    var contextTag: UInt16 { (tag >> 12 & 1) << 15 | (tag >> 13) << 12 | tag & 0xfff }

    /// Takes over the tag as the context has it.
    mutating func setContextTag(_ word: UInt16) { tag = (word >> 12 & 7) << 13 | (word >> 15) << 12 | word & 0xfff }

    /// Whether frames to or from the vport meet anything of this.
    var isPlain: Bool {
        ingressList == nil && egressList == nil && !stripsTag && insertion == .never && shaper.rate == 0
    }
}
