import Host
package import Simulation
package import Wire

/// What is known of a function before it exists.
package struct FunctionPlan: Sendable {
    /// Where frames are captured that pass the switch's port of the function.
    package var tap: TapPoint?
    /// Its permanent address; zero for none.
    package var address: MACAddress

    package init(tap: TapPoint? = nil, address: MACAddress = .zero) {
        self.tap = tap
        self.address = address
    }
}

/// The plans of functions: by their number, and of subfunctions by the number that their user will give them.
struct FunctionPlans {
    private var functions: [FunctionID: FunctionPlan] = [:]
    private var subfunctions: [Key: FunctionPlan] = [:]

    private struct Key: Hashable {
        var number: UInt32
        var physical: Int
    }

    subscript(function: FunctionID) -> FunctionPlan {
        get { functions[function] ?? FunctionPlan() }
        set { functions[function] = newValue }
    }

    /// Of the subfunction of physical function `physical` that its user calls `number`; `nil` when nothing is known.
    subscript(number: UInt32, physical: Int) -> FunctionPlan? {
        get { subfunctions[Key(number: number, physical: physical)] }
        set { subfunctions[Key(number: number, physical: physical)] = newValue }
    }
}
