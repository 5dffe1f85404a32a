package import Wire

/// An event as the device knows it, before it becomes an entry of an event queue (native interface, section 5.5).
package struct EventNotice: Sendable {
    package var type: EventType
    package var subtype: UInt8 = 0
    /// The entry's words from offset 0x20 to 0x3b.
    package var data = InlineArray<7, UInt32>(repeating: 0)

    package init(_ type: EventType, subtype: UInt8 = 0) {
        self.type = type
        self.subtype = subtype
    }

    /// Completions have arrived on completion queue `number`.
    package static func completion(on number: Int) -> EventNotice {
        var notice = EventNotice(.completion)
        notice.data[6] = UInt32(number)
        return notice
    }

    /// Completion queue `number` has failed.
    package static func completionQueueError(_ number: Int, syndrome: UInt8) -> EventNotice {
        var notice = EventNotice(.cqError)
        notice.data[0] = UInt32(number)
        notice.data[2] = UInt32(syndrome)
        return notice
    }

    /// Something happened to queue `number` of `kind`.
    package static func queue(_ type: EventType, _ kind: EventQueueType, _ number: Int) -> EventNotice {
        var notice = EventNotice(type)
        notice.data[5] = UInt32(kind.rawValue) << 24
        notice.data[6] = UInt32(number)
        return notice
    }

    /// The commands whose bits are set in `vector` are done.
    package static func commandsDone(_ vector: UInt32) -> EventNotice {
        var notice = EventNotice(.commandInterface)
        notice.data[0] = vector
        return notice
    }

    /// The link of `port`, counted from 1, changed.
    package static func portChange(_ subtype: PortChangeSubtype, port: Int) -> EventNotice {
        var notice = EventNotice(.portChange, subtype: subtype.rawValue)
        notice.data[2] = UInt32(port) << 28
        return notice
    }

    /// The device asks for `count` pages for function `function`; gives back when negative.
    package static func pageRequest(function: UInt16, count: Int32, isEmbedded: Bool = false) -> EventNotice {
        var notice = EventNotice(.pageRequest)
        notice.data[0] = (isEmbedded ? 1 << 31 : 0) | UInt32(function)
        notice.data[1] = UInt32(bitPattern: count)
        return notice
    }

    /// The context of vport `number` changed.
    package static func vportChange(_ number: UInt16) -> EventNotice {
        var notice = EventNotice(.nicVportChange)
        notice.data[0] = UInt32(number)
        return notice
    }
}
