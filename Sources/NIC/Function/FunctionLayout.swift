package import Host

/// Which function numbers a NIC has: its physical functions, then the virtual functions of each, then the subfunctions
/// of each.
package struct FunctionLayout: Sendable, Equatable {
    /// What a function is to the bus.
    package enum Kind: Equatable, Hashable, Sendable, BitwiseCopyable {
        /// Physical function number *n* of the NIC.
        case physical(Int)
        /// Virtual function number *n* of a physical function.
        case virtual(Int, of: Int)
        /// The subfunction in slice *n* of BAR2 of a physical function.
        case sub(Int, of: Int)

        /// The physical function that it is, or belongs to.
        package var physical: Int {
            switch self {
            case .physical(let number): number
            case .virtual(_, of: let owner), .sub(_, of: let owner): owner
            }
        }

        package var isPhysical: Bool { if case .physical = self { true } else { false } }
        package var isVirtual: Bool { if case .virtual = self { true } else { false } }
        package var isSub: Bool { if case .sub = self { true } else { false } }

        /// The name people give it: `pf0`, `pf0vf3`, `pf0sf5`; subfunctions are named by their slice.
        package var name: String {
            switch self {
            case .physical(let number): "pf\(number)"
            case .virtual(let number, of: let owner): "pf\(owner)vf\(number)"
            case .sub(let slice, of: let owner): "pf\(owner)sf\(slice)"
            }
        }
    }

    /// The first of the NIC's numbers, which is its first physical function.
    package let first: Int
    package let physicalCount: Int
    package let capacity: FunctionCapacity

    package init(first: Int = 0, physicalCount: Int, capacity: FunctionCapacity = FunctionCapacity()) {
        self.first = first
        self.physicalCount = physicalCount
        self.capacity = capacity
    }

    /// Number of functions there can be.
    package var count: Int { capacity.functionCount(physicalCount: physicalCount) }
    /// The numbers the NIC has.
    package var range: Range<Int> { first..<first + count }

    /// From a physical function to its first virtual function (First VF Offset).
    package func firstVFOffset(of physical: Int) -> Int { physicalCount + physical * capacity.totalVFs - physical }

    package func physical(_ number: Int) -> FunctionID { FunctionID(first + number) }

    package func virtual(_ number: Int, of physical: Int) -> FunctionID {
        FunctionID(first + physical + firstVFOffset(of: physical) + number)
    }

    package func sub(_ slice: Int, of physical: Int) -> FunctionID {
        FunctionID(subfunctions(of: physical).lowerBound + slice)
    }

    /// The numbers of the subfunctions of a physical function, by slice.
    package func subfunctions(of physical: Int) -> Range<Int> {
        let start = first + physicalCount * (1 + capacity.totalVFs) + physical * capacity.maximumSFs
        return start..<start + capacity.maximumSFs
    }

    /// What function `function` is; `nil` when it is none of this NIC's.
    package func kind(of function: FunctionID) -> Kind? {
        var place = Int(function.index) - first
        guard place >= 0, place < count else { return nil }
        if place < physicalCount { return .physical(place) }
        place -= physicalCount
        if place < physicalCount * capacity.totalVFs {
            return .virtual(place % capacity.totalVFs, of: place / capacity.totalVFs)
        }
        place -= physicalCount * capacity.totalVFs
        return .sub(place % capacity.maximumSFs, of: place / capacity.maximumSFs)
    }
}
