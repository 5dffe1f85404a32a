internal import CSockets
internal import Wire

/// Interrupts: eventfds that the client gives.
extension VFIOUserServer {
    /// Raises MSI-X vector `number`.
    package func raise(vector number: Int) {
        guard channel != nil else { return }
        let vectors = interrupts[Int(VFIOUser.Interrupt.extendedMessage)]
        guard number >= 0, number < vectors.count, let descriptor = vectors[number] else {
            counters.lostInterrupts += 1
            return
        }
        counters.interrupts += 1
        Self.signal(descriptor)
    }

    private static func signal(_ descriptor: Descriptor) { martlet_signal(descriptor.number) }

    func forgetInterrupts() {
        interrupts = (0..<VFIOUser.Interrupt.count).map {
            Array(repeating: nil, count: layout.interruptCount(of: $0))
        }
    }

    func setInterrupts(_ message: VFIOUserMessage) throws(VFIOUser.Failure) -> Request? {
        try expect(message, VFIOUser.InterruptSet.byteCount)
        let set = message.body.withUnsafeBytes { VFIOUser.InterruptSet(decoding: $0) }
        guard set.flags.isValid, set.index < VFIOUser.Interrupt.count else { throw .invalid }
        let kind = Int(set.index)
        let room = UInt32(interrupts[kind].count)
        guard set.start <= room, set.count <= room - set.start else { throw .invalid }
        let range = Int(set.start)..<Int(set.start + set.count)
        if set.flags.contains(.trigger) {
            try trigger(set, kind, range, message)
        } else {
            // Nothing here masks: QEMU takes the descriptor away. One for mask or unmask has no use.
            if set.flags.contains(.dataDescriptor) { throw .notSupported }
        }
        guard set.index == VFIOUser.Interrupt.extendedMessage, set.flags.contains(.trigger),
            !set.flags.contains(.dataBool)
        else {
            reply([])
            return nil
        }
        prepared = []
        return .messages(isEnabled: interrupts[kind].contains { $0 != nil })
    }

    private func trigger(
        _ set: VFIOUser.InterruptSet, _ kind: Int, _ range: Range<Int>, _ message: VFIOUserMessage
    ) throws(VFIOUser.Failure) {
        if set.flags.contains(.dataDescriptor) {
            // Descriptors for all of them, or for none to take them away.
            guard message.descriptors.isEmpty || message.descriptors.count == range.count else { throw .invalid }
            guard message.descriptors.allSatisfy({ martlet_is_event($0.number) != 0 }) else { throw .badDescriptor }
            for number in range {
                interrupts[kind][number] =
                    message.descriptors.isEmpty ? nil : message.descriptors[number - range.lowerBound]
            }
        } else if set.flags.contains(.dataBool) {
            let flags = message.body.dropFirst(VFIOUser.InterruptSet.byteCount)
            guard flags.count == range.count else { throw .invalid }
            for (number, flag) in zip(range, flags) where flag != 0 { interrupts[kind][number].map(Self.signal) }
        } else if range.isEmpty {
            guard set.start == 0 else { throw .invalid }
            interrupts[kind] = Array(repeating: nil, count: interrupts[kind].count)
        } else {
            for number in range { interrupts[kind][number].map(Self.signal) }
        }
    }
}
