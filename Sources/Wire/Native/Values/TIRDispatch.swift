/// Where a TIR sends packets: `disp_type` (native interface, section 6.3).
public enum TIRDispatch: UInt8, CaseIterable, Sendable {
    case direct = 0
    case indirect = 1
}
