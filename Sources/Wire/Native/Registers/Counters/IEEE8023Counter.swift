/// Counters of PPCNT group 0: IEEE 802.3.
///
/// The raw value is the offset of the 64-bit counter from the register's start.
public enum IEEE8023Counter: Int, CaseIterable, Sendable {
    case aFramesTransmittedOK = 0x8
    case aFramesReceivedOK = 0x10
    case aFrameCheckSequenceErrors = 0x18
    case aAlignmentErrors = 0x20
    case aOctetsTransmittedOK = 0x28
    case aOctetsReceivedOK = 0x30
    case aMulticastFramesXmittedOK = 0x38
    case aBroadcastFramesXmittedOK = 0x40
    case aMulticastFramesReceivedOK = 0x48
    case aBroadcastFramesReceivedOK = 0x50
    case aInRangeLengthErrors = 0x58
    case aOutOfRangeLengthField = 0x60
    case aFrameTooLongErrors = 0x68
    case aSymbolErrorDuringCarrier = 0x70
    case aMACControlFramesTransmitted = 0x78
    case aMACControlFramesReceived = 0x80
    case aUnsupportedOpcodesReceived = 0x88
    case aPauseMACCtrlFramesReceived = 0x90
    case aPauseMACCtrlFramesTransmitted = 0x98
}
