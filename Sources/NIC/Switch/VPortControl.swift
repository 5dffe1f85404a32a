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

    /// Whether frames to or from the vport meet anything of this.
    var isPlain: Bool {
        ingressList == nil && egressList == nil && !stripsTag && insertion == .never && shaper.rate == 0
    }
}
