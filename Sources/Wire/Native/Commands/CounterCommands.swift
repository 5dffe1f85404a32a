// Commands: counters of vports and queues (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `QUERY_VPORT_COUNTER` (0x770).
public enum QueryVportCounter {
    public static let inputByteCount = 0x20
    public static let outputByteCount = 0x210

    public static let otherVport = BitField(0x8, bit: 31)
    public static let portNum = BitField(0x8, 19, 16)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let clear = BitField(0x18, bit: 31)

    // Output.
    public static let receivedErrors = 0x10
    public static let transmitErrors = 0x20
    public static let receivedIbUnicast = 0x30
    public static let transmittedIbUnicast = 0x40
    public static let receivedIbMulticast = 0x50
    public static let transmittedIbMulticast = 0x60
    public static let receivedEthBroadcast = 0x70
    public static let transmittedEthBroadcast = 0x80
    public static let receivedEthUnicast = 0x90
    public static let transmittedEthUnicast = 0xa0
    public static let receivedEthMulticast = 0xb0
    public static let transmittedEthMulticast = 0xc0
    public static let localLoopback = 0xd0
}

/// `QUERY_VNIC_ENV` (0x76f).
public enum QueryVNICEnv {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x210

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)

    // Output.
    /// Offset; 512 bytes.
    public static let vportEnv = 0x10
}

/// `ALLOC_Q_COUNTER` (0x771).
public enum AllocQCounter {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    // Output.
    public static let counterSetId = BitField(0x8, 7, 0)
}

/// `DEALLOC_Q_COUNTER` (0x772).
public enum DeallocQCounter {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let counterSetId = BitField(0x8, 7, 0)
}

/// `QUERY_Q_COUNTER` (0x773).
public enum QueryQCounter {
    public static let inputByteCount = 0x20
    public static let outputByteCount = 0x100

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let clear = BitField(0x18, bit: 31)
    public static let aggregate = BitField(0x18, bit: 30)
    public static let counterSetId = BitField(0x1c, 7, 0)

    // Output.
    public static let rxWriteRequests = BitField(word: 0x10)
    public static let rxReadRequests = BitField(word: 0x18)
    public static let rxAtomicRequests = BitField(word: 0x20)
    public static let rxDctConnect = BitField(word: 0x28)
    public static let outOfBuffer = BitField(word: 0x30)
    public static let outOfSequence = BitField(word: 0x38)
    public static let duplicateRequest = BitField(word: 0x40)
    public static let rnrNakRetryErr = BitField(word: 0x48)
    public static let packetSeqErr = BitField(word: 0x50)
    public static let impliedNakSeqErr = BitField(word: 0x58)
    public static let localAckTimeoutErr = BitField(word: 0x60)
    public static let reqRnrRetriesExceeded = BitField(word: 0x70)
    public static let respLocalLengthError = BitField(word: 0x78)
    public static let reqLocalLengthError = BitField(word: 0x7c)
    public static let respLocalQpError = BitField(word: 0x80)
    public static let localOperationError = BitField(word: 0x84)
    public static let respLocalProtection = BitField(word: 0x88)
    public static let reqLocalProtection = BitField(word: 0x8c)
    public static let respCqeError = BitField(word: 0x90)
    public static let reqCqeError = BitField(word: 0x94)
    public static let reqMwBinding = BitField(word: 0x98)
    public static let reqBadResponse = BitField(word: 0x9c)
    public static let reqRemoteInvalidRequest = BitField(word: 0xa0)
    public static let respRemoteInvalidRequest = BitField(word: 0xa4)
    public static let reqRemoteAccessErrors = BitField(word: 0xa8)
    public static let respRemoteAccessErrors = BitField(word: 0xac)
    public static let reqRemoteOperationErrors = BitField(word: 0xb0)
    public static let reqTransportRetriesExceeded = BitField(word: 0xb4)
    public static let cqOverflow = BitField(word: 0xb8)
    public static let respCqeFlushError = BitField(word: 0xbc)
    public static let reqCqeFlushError = BitField(word: 0xc0)
    public static let roceAdpRetrans = BitField(word: 0xc8)
    public static let roceAdpRetransTo = BitField(word: 0xcc)
    public static let roceSlowRestart = BitField(word: 0xd0)
    public static let roceSlowRestartCnps = BitField(word: 0xd4)
    public static let roceSlowRestartTrans = BitField(word: 0xd8)
}
