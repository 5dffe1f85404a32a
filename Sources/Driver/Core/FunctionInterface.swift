import Host
import Simulation
import Wire

/// What the drivers of auxiliary devices may ask of a function's core driver: its identity and capabilities, event
/// queues and vectors, the doorbell page, and programs of commands.
///
/// It is all of the core driver that they see: they share nothing but this.
struct FunctionInterface: ~Copyable {
    /// Whose DMA it is.
    let function: FunctionID
    let registers: RegisterWindow
    /// What log lines and `ethtool -i` call the device: `0000:03:00.0`, or `mlx5_core.sf.2`.
    let deviceName: String
    /// Number of the core driver among those of the host.
    var core = 0
    var capabilities = Capabilities()
    var firmwareVersion = (major: UInt32(0), minor: UInt32(0), subminor: UInt32(0))
    var boardID = ""
    /// Vectors of the function: for a subfunction those of its parent that it uses.
    var vectorCount = 0
    /// First of the vectors that completion event queues use.
    var firstCompletionVector = 1
    /// Vector of the control event queues.
    var controlVector = 0
    /// Doorbell page.
    var uar: UInt32 = 0
    var eventQueues: [EventRing] = []
    /// Whether it is the function of the SmartNIC's own processors (initialization segment, 0x1fc bit 23).
    var isEmbedded = false
    /// Whether somebody else manages its vport and the port: it writes no port registers.
    var isManaged = false
    /// Table of level 58, which stands for "no netdev".
    var anchorTable: UInt32?
    /// Programs that a consumer asked for: they run when the consumer has returned.
    var requests: [ControlProgram] = []

    init(function: FunctionID, registers: RegisterWindow, deviceName: String) {
        self.function = function
        self.registers = registers
        self.deviceName = deviceName
    }

    /// Asks for `program` to be run after those that run or wait already.
    mutating func request(_ program: ControlProgram) { requests.append(program) }

    // MARK: Event queues

    func index(of role: EventQueueRole) -> Int? { eventQueues.firstIndex { $0.role == role } }

    /// Vector of a channel's completion event queue: 0 is the control vector, unless there is only one.
    func vector(ofChannel channel: Int) -> Int {
        vectorCount <= 1 ? controlVector : firstCompletionVector + channel % (vectorCount - 1)
    }

    /// Most channels the vectors serve, each with its own.
    var channelLimit: Int { max(1, min(vectorCount - 1, Netdev.maximumChannelCount)) }

    /// Tells the device how far event queue `index` was read, and arms it.
    func arm(_ index: Int, at time: SimTime, host: inout Host) {
        registers.write(doorbellOffset(UAR.eqArm), eventQueues[index].doorbell, at: time, host: &host)
    }

    // MARK: Doorbells

    /// Offset of a register of the driver's doorbell page.
    func doorbellOffset(_ register: Int) -> UInt32 { uar * UInt32(UAR.byteCount) + UInt32(register) }

    /// Writes eight big-endian bytes to the doorbell page.
    @inline(__always)
    func ring(_ register: Int, _ value: UInt64, at time: SimTime, host: inout Host) {
        registers.write(doorbellOffset(register), wide: value, at: time, host: &host)
    }
}
