/// The auxiliary bus of a host: devices that core drivers publish, and the drivers that are bound to them.
struct AuxiliaryBus {
    /// By the number that the devices of a function share; the lowest free one goes to the next function.
    private(set) var functions: [AuxiliaryFunction?] = []
    /// Number of each core driver's function.
    private var numbers: [Int] = []

    /// The numbers in use, ascending.
    var numbersInUse: [Int] { functions.indices.filter { functions[$0] != nil } }

    /// Gives the function of core driver `core` a number, or finds it again.
    mutating func admit(core: Int) -> Int {
        if let number = number(ofCore: core) { return number }
        let number = functions.firstIndex { $0 == nil } ?? functions.count
        if number == functions.count { functions.append(nil) }
        functions[number] = AuxiliaryFunction(core: core)
        while numbers.count <= core { numbers.append(-1) }
        numbers[core] = number
        return number
    }

    /// The function of core driver `core` is gone.
    mutating func dismiss(core: Int) {
        guard let number = number(ofCore: core) else { return }
        functions[number] = nil
        numbers[core] = -1
    }

    /// The number that the devices of core driver `core` have in their names.
    func number(ofCore core: Int) -> Int? { core < numbers.count && numbers[core] >= 0 ? numbers[core] : nil }

    /// The function whose devices have the number `number`.
    subscript(_ number: Int) -> AuxiliaryFunction? {
        get { number >= 0 && number < functions.count ? functions[number] : nil }
        set { if number >= 0, number < functions.count { functions[number] = newValue } }
    }

    /// The netdev on core driver `core`.
    func netdev(onCore core: Int) -> Int? { number(ofCore: core).flatMap { functions[$0]?.netdev } }

    /// The Ethernet driver has made a netdev on core driver `core`, or has let it go.
    mutating func setNetdev(_ netdev: Int?, onCore core: Int) {
        guard let number = number(ofCore: core) else { return }
        functions[number]?.netdev = netdev
    }
}
