/// Where a packet came from: `flow_source` (native interface, section 6.5).
public enum FlowSource: UInt8, CaseIterable, Sendable {
    case any = 0
    case uplink = 1
    case localVport = 2
}
