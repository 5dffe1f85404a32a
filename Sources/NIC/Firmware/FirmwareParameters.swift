package import Simulation

/// What the firmware of a function is and how fast it works.
package struct FirmwareParameters: Equatable, Sendable {
    /// Version: major, minor, subminor.
    package var version: (major: UInt16, minor: UInt16, subminor: UInt16) {
        get { (versionWords[0], versionWords[1], versionWords[2]) }
        set { versionWords = [newValue.major, newValue.minor, newValue.subminor] }
    }
    private var versionWords: [UInt16] = [22, 99, 1]
    /// Identification of the board, at most 16 ASCII characters.
    package var boardID = "MRT0000000001"

    /// What is announced beyond the minimum.
    package var features: CapabilityFeatures = []

    /// From power-on or function level reset until commands are taken.
    package var bootTime = SimDuration.milliseconds(5)
    /// From a doorbell to the request for the command entry.
    package var doorbellTime = SimDuration.microseconds(1)
    /// What every command costs.
    package var commandTime = SimDuration.microseconds(8)
    /// What a command that creates, changes or destroys an object costs in addition.
    package var objectTime = SimDuration.microseconds(12)
    /// What each address of a list costs in addition.
    package var addressTime = SimDuration.nanoseconds(20)
    /// What starting and stopping the function (INIT_HCA, TEARDOWN_HCA) costs in addition.
    package var lifeCycleTime = SimDuration.milliseconds(2)

    /// The command queue: log2 of the number of entries, and of the bytes from one to the next.
    package var logCommandQueueSize = 5
    package var logCommandQueueStride = 6
    /// Most bytes of a command's input or output.
    package var maximumCommandByteCount = 1 << 20

    /// Entries of the address table, and UDP ports that can be VXLAN.
    package var addressTableSize = 128
    package var vxlanPortCount = 8

    /// Pages of host memory needed before SET_HCA_CAP, and before INIT_HCA.
    package var bootPageCount = 16
    package var initializationPageCount = 64
    /// Objects that one page of host memory holds the state of.
    package var objectsPerPage = 32
    /// The firmware asks for more pages when fewer than this many are free, this many at a time.
    package var pageReserve = 8
    package var pageRequestCount = 32

    package init() {}
}
