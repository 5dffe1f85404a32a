/// The events a device raises, each with its data (native interface, section 5.5).
extension EventQueueEntry {
    /// A completion queue has what it was armed for.
    @inlinable public static func completion(cqn: UInt32) -> EventQueueEntry {
        var entry = EventQueueEntry(.completion)
        entry.queueNumber = cqn
        return entry
    }

    /// A completion queue failed.
    @inlinable public static func cqError(cqn: UInt32, syndrome: UInt8) -> EventQueueEntry {
        var entry = EventQueueEntry(.cqError)
        entry.cqErrorQueue = cqn
        entry.cqErrorSyndrome = syndrome
        return entry
    }

    /// Something happened to a work queue: one of the types whose data is a queue.
    @inlinable public static func queue(_ type: EventType, _ kind: EventQueueType, number: UInt32) -> EventQueueEntry {
        var entry = EventQueueEntry(type)
        entry.queueTypeValue = kind.rawValue
        entry.queueNumber = number
        return entry
    }

    /// A port's state changed; ports count from one.
    @inlinable public static func portChange(_ subtype: PortChangeSubtype, port: UInt8) -> EventQueueEntry {
        var entry = EventQueueEntry(.portChange, subtype: subtype.rawValue)
        entry.portNumber = port
        return entry
    }

    /// The command queue entries whose bits are set are finished.
    @inlinable public static func commandsDone(_ vector: UInt32) -> EventQueueEntry {
        var entry = EventQueueEntry(.commandInterface)
        entry.commandVector = vector
        return entry
    }

    /// A function wants `count` pages, or gives some back when negative.
    @inlinable public static func pageRequest(
        functionID: UInt16, count: Int32, isEmbeddedCPU: Bool = false
    ) -> EventQueueEntry {
        var entry = EventQueueEntry(.pageRequest)
        entry.pageFunctionID = functionID
        entry.isEmbeddedCPUFunction = isEmbeddedCPU
        entry.pageCount = count
        return entry
    }

    /// A vport's address lists, promiscuity or MTU changed.
    @inlinable public static func nicVportChange(vport: UInt16) -> EventQueueEntry {
        var entry = EventQueueEntry(.nicVportChange)
        entry.vportNumber = vport
        return entry
    }

    /// A managed function's state changed.
    @inlinable public static func vhcaStateChange(
        functionID: UInt16, embeddedCPUFunction: UInt16 = 0
    ) -> EventQueueEntry {
        var entry = EventQueueEntry(.vhcaStateChange)
        entry.vhcaEmbeddedCPUFunction = embeddedCPUFunction
        entry.vhcaFunctionID = functionID
        return entry
    }
}
