/// One function of the world, as positions in the document's lists and numbers.
package struct FunctionReference: Hashable, Sendable {
    /// Position of the NIC in the document.
    package var nic: Int
    /// Position of the physical function in the NIC.
    package var physical: Int
    /// Which of the physical function's children it is; `nil` for the physical function itself.
    package var child: Child?

    package init(nic: Int, physical: Int, child: Child? = nil) {
        self.nic = nic
        self.physical = physical
        self.child = child
    }

    /// A function that a physical function brings forth.
    package enum Child: Hashable, Sendable {
        /// A virtual function by its number, from 0.
        case virtual(Int)
        /// A subfunction by the number that its user gives it (`sfnum`).
        case sub(Int)

        /// Whether it is a subfunction.
        package var isSubfunction: Bool { if case .sub = self { true } else { false } }

        /// What its name ends in: `vf2`, `sf88`.
        package var suffix: String {
            switch self {
            case .virtual(let number): "vf\(number)"
            case .sub(let number): "sf\(number)"
            }
        }

        /// What the name of its netdev ends in unless the scenario says otherwise: `v2`, `s88`.
        package var netdevSuffix: String {
            switch self {
            case .virtual(let number): "v\(number)"
            case .sub(let number): "s\(number)"
            }
        }
    }
}
