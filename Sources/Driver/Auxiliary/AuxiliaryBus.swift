/// The auxiliary bus of a host: devices that core drivers publish, and the drivers that are bound to them.
struct AuxiliaryBus {
    /// By the number that the devices of a function share; the lowest free one goes to the next function.
    private var functions: [AuxiliaryFunction?] = []
    /// Number of each core driver's function.
    private var numbers: [Int] = []
    /// No number below this is free.
    private var lowestFree = 0

    /// The numbers in use, ascending.
    var numbersInUse: [Int] { functions.indices.filter { functions[$0] != nil } }

    private mutating func makeNumber(_ function: AuxiliaryFunction) -> Int {
        while lowestFree < functions.count, functions[lowestFree] != nil { lowestFree += 1 }
        if lowestFree == functions.count { functions.append(nil) }
        functions[lowestFree] = function
        return lowestFree
    }

    /// Gives the function of core driver `core` a number, or finds it again.
    mutating func admit(core: Int) -> Int {
        if let number = number(ofCore: core) { return number }
        let number = makeNumber(AuxiliaryFunction())
        attach(core: core, to: number)
        return number
    }

    /// Publishes the device of a subfunction, which has no core driver yet; returns its number.
    mutating func admit(subfunction slice: Int, of parent: Int) -> Int {
        var function = AuxiliaryFunction()
        function.subfunction = AuxiliaryFunction.Place(parent: parent, slice: slice)
        function.published = [.sf]
        return makeNumber(function)
    }

    /// Core driver `core` is bound to the function with the number `number`.
    mutating func attach(core: Int, to number: Int) {
        functions[number]?.core = core
        while numbers.count <= core { numbers.append(-1) }
        numbers[core] = number
    }

    /// Core driver `core` is gone: what it published goes; the device of a subfunction stays until that is gone too.
    mutating func release(core: Int) {
        guard let number = number(ofCore: core) else { return }
        numbers[core] = -1
        functions[number]?.core = nil
        functions[number]?.netdev = nil
        functions[number]?.published.removeAll { $0 != .sf }
        if functions[number]?.subfunction == nil || functions[number]?.isLeaving == true { dismiss(number) }
    }

    /// The subfunctions of core driver `parent` are gone with it.
    mutating func dismissSubfunctions(of parent: Int) {
        for number in numbersInUse where functions[number]?.subfunction?.parent == parent { dismiss(number) }
    }

    /// The number `number` is free again.
    mutating func dismiss(_ number: Int) {
        functions[number] = nil
        lowestFree = min(lowestFree, number)
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

    /// Names of the published devices as `ls` sorts them.
    var deviceNames: [String] {
        numbersInUse.flatMap { number in
            (functions[number]?.published ?? []).map { "\($0.matchName).\(number)" }
        }.sorted()
    }
}
