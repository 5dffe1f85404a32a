package import Wire

/// A set of counters that receive queues share (`QUERY_Q_COUNTER`, native interface, section 2.4).
package struct QueueCounters: Sendable {
    package var outOfBuffer: UInt32 = 0
    package var localLengthErrors: UInt32 = 0
    package var localProtectionErrors: UInt32 = 0
    package var completionErrors: UInt32 = 0
    package var completionOverflows: UInt32 = 0
    package var flushErrors: UInt32 = 0

    package init() {}

    /// Writes the reply of `QUERY_Q_COUNTER`; `record` is the whole output.
    package func encode(into record: inout Record) {
        record.set(QueryQCounter.outOfBuffer, outOfBuffer)
        record.set(QueryQCounter.respLocalLengthError, localLengthErrors)
        record.set(QueryQCounter.respLocalProtection, localProtectionErrors)
        record.set(QueryQCounter.respCqeError, completionErrors)
        record.set(QueryQCounter.cqOverflow, completionOverflows)
        record.set(QueryQCounter.respCqeFlushError, flushErrors)
    }
}
