import Wire

/// An entry of a flow group, without the words it compares, which lie behind it.
///
/// One destination and one counter are kept here; longer lists have memory of their own.
struct FlowEntry: BitwiseCopyable {
    var flowIndex: UInt32
    /// Of the words it compares.
    var hash: UInt32
    var flowTag: UInt32 = 0
    var action: FlowAction = []
    var destinationCount: UInt16 = 0
    var counterCount: UInt16 = 0
    /// Destinations, then counters, when there is more than one of either.
    var lists: UnsafeMutablePointer<ListItem>?
    var destination = SteeringDestination(.drop)
    var counter: UInt32 = 0
    /// Tags to push, outermost last: type in the upper half, control information in the lower one.
    var firstTag: UInt32 = 0
    var secondTag: UInt32 = 0

    /// A destination or a counter.
    struct ListItem: BitwiseCopyable {
        var destination: SteeringDestination
        var counter: UInt32
    }

    /// Destination `index` of `destinationCount`.
    @inline(__always) func destination(_ index: Int) -> SteeringDestination {
        if let lists { return lists[index].destination }
        return destination
    }

    /// Counter `index` of `counterCount`.
    @inline(__always) func counter(_ index: Int) -> UInt32 {
        if let lists { return lists[Int(destinationCount) + index].counter }
        return counter
    }

    /// Takes over lists; memory of former ones is given up.
    mutating func setLists(_ destinations: [SteeringDestination], _ counters: [UInt32]) {
        lists?.deallocate()
        lists = nil
        destinationCount = UInt16(destinations.count)
        counterCount = UInt16(counters.count)
        destination = destinations.first ?? SteeringDestination(.drop)
        counter = counters.first ?? 0
        guard destinations.count > 1 || counters.count > 1 else { return }
        let memory = UnsafeMutablePointer<ListItem>.allocate(capacity: destinations.count + counters.count)
        for (index, destination) in destinations.enumerated() {
            (memory + index).initialize(to: ListItem(destination: destination, counter: 0))
        }
        for (index, counter) in counters.enumerated() {
            (memory + destinations.count + index).initialize(
                to: ListItem(destination: SteeringDestination(.drop), counter: counter))
        }
        lists = memory
    }
}
