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
            case .virtual(_, let owner), .sub(_, let owner): owner
            }
        }

        package var isPhysical: Bool { if case .physical = self { true } else { false } }
        package var isVirtual: Bool { if case .virtual = self { true } else { false } }
        package var isSub: Bool { if case .sub = self { true } else { false } }

        /// The name people give it: `pf0`, `pf0vf3`, `pf0sf5`; subfunctions are named by their slice.
        package var name: String {
            switch self {
            case .physical(let number): "pf\(number)"
            case .virtual(let number, let owner): "pf\(owner)vf\(number)"
            case .sub(let slice, let owner): "pf\(owner)sf\(slice)"
            }
        }
    }

    /// The first of the NIC's numbers, which is its first physical function.
    package let first: Int
    /// Virtual functions and subfunctions that each physical function offers.
    private let offers: [(virtual: Int, sub: Int)]
    /// Where the virtual functions and the subfunctions of each physical function begin.
    private let virtualStarts: [Int]
    private let subStarts: [Int]
    /// Number of functions there can be.
    package let count: Int

    /// The numbers from `first` on of a NIC with these physical functions.
    package init(first: Int = 0, _ functions: [FunctionDescription]) {
        self.first = first
        offers = functions.map { ($0.virtualFunctionCount, $0.subfunctionCount) }
        var next = first + functions.count
        var virtual: [Int] = []
        var sub: [Int] = []
        for function in functions {
            virtual.append(next)
            next += function.virtualFunctionCount
        }
        for function in functions {
            sub.append(next)
            next += function.subfunctionCount
        }
        virtualStarts = virtual
        subStarts = sub
        count = next - first
    }

    package static func == (left: FunctionLayout, right: FunctionLayout) -> Bool {
        left.first == right.first && left.virtualStarts == right.virtualStarts && left.subStarts == right.subStarts
            && left.count == right.count
    }

    /// The numbers the NIC has.
    package var range: Range<Int> { first..<first + count }
    package var physicalCount: Int { offers.count }

    /// Virtual functions that a physical function offers.
    package func virtualCount(of physical: Int) -> Int { offers[physical].virtual }
    /// Subfunctions that a physical function offers.
    package func subCount(of physical: Int) -> Int { offers[physical].sub }
    /// From a physical function to its first virtual function (First VF Offset).
    package func firstVFOffset(of physical: Int) -> Int { virtualStarts[physical] - first - physical }

    package func physical(_ number: Int) -> FunctionID { FunctionID(first + number) }
    package func virtual(_ number: Int, of physical: Int) -> FunctionID { FunctionID(virtualStarts[physical] + number) }
    package func sub(_ slice: Int, of physical: Int) -> FunctionID { FunctionID(subStarts[physical] + slice) }

    /// The numbers of the virtual functions of a physical function.
    package func virtualFunctions(of physical: Int) -> Range<Int> {
        virtualStarts[physical]..<virtualStarts[physical] + offers[physical].virtual
    }

    /// The numbers of the subfunctions of a physical function, by slice.
    package func subfunctions(of physical: Int) -> Range<Int> {
        subStarts[physical]..<subStarts[physical] + offers[physical].sub
    }

    /// What function `function` is; `nil` when it is none of this NIC's.
    package func kind(of function: FunctionID) -> Kind? {
        let number = Int(function.index)
        guard range.contains(number) else { return nil }
        if number - first < physicalCount { return .physical(number - first) }
        for owner in 0..<physicalCount {
            if virtualFunctions(of: owner).contains(number) {
                return .virtual(number - virtualStarts[owner], of: owner)
            }
            if subfunctions(of: owner).contains(number) { return .sub(number - subStarts[owner], of: owner) }
        }
        return nil
    }
}
