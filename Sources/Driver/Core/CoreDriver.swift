import Host
import Simulation
import Wire

/// The core driver of one function: bring-up, commands, pages, events and health.
///
/// It has nothing of a netdev in it.
struct CoreDriver: ~Copyable {
    /// What the drivers of its auxiliary devices see of it.
    var interface: FunctionInterface
    let kind: FunctionKind
    let profile: FunctionProfile
    /// Tells it from others that had the same number before.
    let life: UInt8
    /// Number of the core driver that manages it, for a function that another one made.
    let parent: Int?
    /// Where it sits, for a function with a PCI identity.
    let address: PCIAddress?
    /// Name that its netdev is to have.
    let netdevName: String
    var state = State.idle

    var pci = PCIState()
    var initialPollCount = 0
    var issi: UInt32 = 0
    var logCommandQueueSize = 5
    var logCommandStride = 6
    /// The general capabilities as SET_HCA_CAP is to write them back; not kept longer.
    var generalPage: Record?
    var commands: CommandQueue?
    /// Pages that the device holds, by the function they were given for.
    var pages: [UInt16: PageAccount] = [:]
    /// Pages the device asked for by events and has not got yet.
    var pageWork: [PageRequest] = []
    var pageCommand = PageCommand.none
    /// Whether the page command in flight is a step of the running program.
    var pageCommandServesProgram = false
    /// Device objects that were made for the core driver itself.
    var objects: [DeviceObject] = []

    /// The e-switch it manages, while that has more vports than its own.
    var eswitch: LegacyEswitch?
    var virtualFunctions = VirtualFunctions()
    /// The subfunctions that were added, by slice.
    var subfunctions: [Int: Subfunction] = [:]
    /// Core drivers of subfunctions by the vector that they share, each list ascending.
    private(set) var sharers: [[UInt16]] = []

    var program: ControlProgram?
    var waitingPrograms: [ControlProgram] = []
    var step: ControlStep?
    var waitGeneration: UInt32 = 0
    var awaitedTag: UInt32?
    var healthTag: UInt32?
    private var nextTag: UInt16 = 1
    var health = HealthState()

    /// Where a function's software is in its life.
    enum State: Equatable { case idle, probing, ready, removing, removed, failed(reason: String) }

    enum PageCommand { case none, giving(DMAAllocation?, PageRequest), taking(PageRequest) }

    /// So many pages are wanted, or are to be given back when it is negative, for the function with this number.
    struct PageRequest {
        var function: UInt16
        var count: Int
    }

    init(
        interface: consuming FunctionInterface, kind: FunctionKind, life: UInt8, parent: Int?, address: PCIAddress?,
        netdevName: String
    ) {
        self.interface = interface
        self.kind = kind
        profile = kind == .physical ? .full : .small
        self.life = life
        self.parent = parent
        self.address = address
        self.netdevName = netdevName
    }

    deinit { for queue in interface.eventQueues { queue.ring.deallocate() } }

    /// No program runs and no command is in flight.
    var isSettled: Bool {
        if program != nil || !waitingPrograms.isEmpty || !pageWork.isEmpty { return false }
        if let commands, commands.isBusy(0) || commands.isBusy(1) { return false }
        return true
    }

    /// Pages that the device holds.
    var pageCount: Int { pages.values.reduce(0) { $0 + $1.outCount } }

    /// Whether the device still answers commands, so that it can be asked to let go of everything.
    var canRemove: Bool {
        if case .failed = state { return false }
        return commands != nil && commands?.isBroken == false
    }

    /// Core driver `core` of a subfunction uses `vector` as well, or does not any more.
    mutating func share(_ vector: Int, with core: Int, _ isUsing: Bool) {
        while sharers.count <= vector { sharers.append([]) }
        sharers[vector].removeAll { $0 == UInt16(core) }
        guard isUsing else { return }
        let place = sharers[vector].firstIndex { $0 > UInt16(core) } ?? sharers[vector].count
        sharers[vector].insert(UInt16(core), at: place)
    }

    /// A tag for a bus read, which finds this core driver again.
    mutating func makeTag() -> UInt32 {
        defer { nextTag &+= 1 }
        return UInt32(interface.core) << 16 | UInt32(nextTag)
    }

    /// A tag for a bus read that the running program waits for.
    mutating func takeTag() -> UInt32 {
        let tag = makeTag()
        awaitedTag = tag
        return tag
    }

    /// Puts `steps` before the rest of the running program.
    mutating func prepend(_ steps: [ControlStep]) { program?.prepend(steps) }
}

extension FunctionInterface {
    /// Most events taken in one go from one queue: a device that writes more is served again by its next interrupt.
    static var eventBudget: Int { 128 }

    /// Whether the queue for `role` holds an event that was not read.
    func hasEvents(of role: EventQueueRole) -> Bool {
        guard let index = index(of: role) else { return false }
        return eventQueues[index].hasNext
    }

    /// Whether a queue that is not a channel's holds an event that was not read.
    var hasControlEvents: Bool {
        for queue in eventQueues where queue.hasNext {
            if case .completion = queue.role { continue }
            return true
        }
        return false
    }
}
