/// The functions that are attached to a host: the IOMMU domain of each, and its refused accesses.
///
/// Looked up by number and never walked in the order of a hash.
@usableFromInline struct Attachments: Sendable {
    /// One function's place.
    @usableFromInline struct Attachment: Sendable {
        @usableFromInline var domain: Int
        /// Refused accesses that its driver has not collected, oldest first.
        @usableFromInline var faults: [DMAFault] = []
    }

    /// A domain and the functions that reach memory through it.
    @usableFromInline struct Domain: Sendable {
        @usableFromInline var domain: IOMMUDomain
        @usableFromInline var functions: [FunctionID]
    }

    @usableFromInline var byFunction: [FunctionID: Attachment] = [:]
    @usableFromInline var domains: [Domain?] = []
    private var freeDomains: [Int] = []
    /// What one function can have uncollected, as a real fault log is bounded.
    @usableFromInline static var faultLogLength: Int { 64 }

    /// Gives `function` a domain of its own.
    mutating func attach(_ function: FunctionID, _ domain: IOMMUDomain) {
        detach(function)
        let place: Int
        if let free = freeDomains.popLast() {
            place = free
            domains[place] = Domain(domain: domain, functions: [function])
        } else {
            place = domains.count
            domains.append(Domain(domain: domain, functions: [function]))
        }
        byFunction[function] = Attachment(domain: place)
    }

    /// Lets `function` reach memory through the domain of `owner`.
    mutating func share(_ function: FunctionID, domainOf owner: FunctionID) {
        guard let place = byFunction[owner]?.domain else { preconditionFailure("no such function") }
        detach(function)
        domains[place]?.functions.append(function)
        byFunction[function] = Attachment(domain: place)
    }

    mutating func detach(_ function: FunctionID) {
        guard let attachment = byFunction.removeValue(forKey: function) else { return }
        domains[attachment.domain]?.functions.removeAll { $0 == function }
        guard domains[attachment.domain]?.functions.isEmpty == true else { return }
        domains[attachment.domain] = nil
        freeDomains.append(attachment.domain)
    }

    /// The domain of `function`; `nil` when it is not attached.
    @usableFromInline func domain(of function: FunctionID) -> Domain? {
        byFunction[function].flatMap { domains[$0.domain] }
    }

    /// Keeps a refused access; false when the function has as many uncollected as are kept.
    mutating func keep(_ fault: DMAFault) -> Bool {
        guard let count = byFunction[fault.function]?.faults.count, count < Self.faultLogLength else { return false }
        byFunction[fault.function]?.faults.append(fault)
        return true
    }

    mutating func takeFault(of function: FunctionID) -> DMAFault? {
        guard byFunction[function]?.faults.isEmpty == false else { return nil }
        return byFunction[function]?.faults.removeFirst()
    }
}
