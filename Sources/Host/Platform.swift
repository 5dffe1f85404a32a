/// Every host of the world, as a device sees them: it names one of its functions, and the platform knows at which host
/// that function is and through which domain it reaches memory.
///
/// Drivers touch their own host (`hosts`); devices touch hosts through the methods here alone.
public struct Platform: ~Copyable {
    @usableFromInline let hosts: UnsafeMutablePointer<Host>
    /// Number of hosts.
    public let hostCount: Int
    /// The host of each function; `noHost` where it is attached to none.
    @usableFromInline let hostOfFunction: UnsafeMutablePointer<UInt8>
    @usableFromInline static var noHost: UInt8 { .max }
    /// Most hosts of one world.
    public static let mostHosts = 255
    /// Accesses of functions that are attached to no host: each was refused.
    public internal(set) var strayAccessCount: UInt64 = 0

    /// A platform of `count` hosts, each made by `make` from its position, with nothing attached.
    public init(hostCount count: Int, _ make: (Int) -> Host) {
        precondition(count >= 1 && count <= Self.mostHosts, "1 to 255 hosts")
        hostCount = count
        hosts = .allocate(capacity: count)
        for index in 0..<count { (hosts + index).initialize(to: make(index)) }
        hostOfFunction = .allocate(capacity: 1 << 16)
        hostOfFunction.initialize(repeating: Self.noHost, count: 1 << 16)
    }

    /// A platform of one host and the functions that are attached to it.
    public init(_ host: consuming Host) {
        hostCount = 1
        hosts = .allocate(capacity: 1)
        hosts.initialize(to: host)
        hostOfFunction = .allocate(capacity: 1 << 16)
        hostOfFunction.initialize(repeating: Self.noHost, count: 1 << 16)
        for index in 0..<1 << 16 where hosts.pointee.isAttached(FunctionID(index)) { hostOfFunction[index] = 0 }
    }

    deinit {
        hosts.deinitialize(count: hostCount)
        hosts.deallocate()
        hostOfFunction.deallocate()
    }

    /// Host number `index`, in place.
    public subscript(index: Int) -> Host {
        @inlinable unsafeAddress {
            precondition(index >= 0 && index < hostCount, "no such host")
            return UnsafePointer(hosts + index)
        }
        @inlinable unsafeMutableAddress {
            precondition(index >= 0 && index < hostCount, "no such host")
            return hosts + index
        }
    }

    /// The host that `function` is attached to.
    @inlinable public func host(of function: FunctionID) -> Int? {
        let host = hostOfFunction[Int(function.index)]
        return host == Self.noHost ? nil : Int(host)
    }

    /// The functions that are attached to host `host`, ascending.
    public func functions(of host: Int) -> [FunctionID] {
        (0..<1 << 16).filter { hostOfFunction[$0] == UInt8(host) }.map { FunctionID($0) }
    }

    /// Attaches `function` to host `host`, away from where it was, with a domain of its own.
    public mutating func attach(_ function: FunctionID, to host: Int, _ domain: IOMMUDomain = IOMMUDomain()) {
        detach(function)
        self[host].attach(function, domain)
        hostOfFunction[Int(function.index)] = UInt8(host)
    }

    /// Attaches `function` to the host of `owner`, through whose domain it reaches memory.
    public mutating func attach(_ function: FunctionID, sharing owner: FunctionID) {
        guard let host = host(of: owner) else { preconditionFailure("no such function") }
        detach(function)
        self[host].attach(function, sharing: owner)
        hostOfFunction[Int(function.index)] = UInt8(host)
    }

    /// Takes `function` away from its host, if it has one.
    public mutating func detach(_ function: FunctionID) {
        guard let host = host(of: function) else { return }
        self[host].detach(function)
        hostOfFunction[Int(function.index)] = Self.noHost
    }
}
