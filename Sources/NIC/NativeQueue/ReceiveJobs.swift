/// Received frames on their way to host memory, by a number that an event can carry.
package struct ReceiveJobs: Sendable {
    private var jobs: [ReceiveJob] = []
    private var free: [UInt32] = []

    package init() {}

    /// Keeps `job`; returns its number.
    package mutating func insert(_ job: ReceiveJob) -> UInt32 {
        guard let number = free.popLast() else {
            jobs.append(job)
            free.reserveCapacity(jobs.capacity)
            return UInt32(jobs.count - 1)
        }
        jobs[Int(number)] = job
        return number
    }

    /// Gives up job `number` and returns it.
    package mutating func remove(_ number: UInt32) -> ReceiveJob {
        free.append(number)
        return jobs[Int(number)]
    }
}
