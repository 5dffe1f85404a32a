/// A fixed number of elements that never move: the functions and ports of a NIC.
///
/// An array would be asked at every access whether somebody shares it; nobody can share this.
package struct StableArray<Element: ~Copyable>: ~Copyable {
    private let base: UnsafeMutablePointer<Element>
    /// Number of elements.
    package let count: Int

    /// `count` elements, each made by `make` from its index.
    package init(count: Int, _ make: (Int) -> Element) {
        self.count = count
        base = .allocate(capacity: max(count, 1))
        for index in 0..<count { (base + index).initialize(to: make(index)) }
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    package var indices: Range<Int> { 0..<count }

    /// Where the element at `index` lies.
    @inline(__always) func pointer(to index: Int) -> UnsafeMutablePointer<Element> {
        precondition(index >= 0 && index < count, "no such element")
        return base + index
    }

    /// The element at `index`, in place.
    package subscript(index: Int) -> Element {
        @inline(__always) unsafeAddress { UnsafePointer(pointer(to: index)) }
        @inline(__always) unsafeMutableAddress { pointer(to: index) }
    }
}
