/// Received frames on their way to host memory, by a number that an event can carry.
package struct ReceiveJobs: ~Copyable {
    private var jobs: UnsafeMutablePointer<ReceiveJob>
    /// Numbers nobody uses: the first `freeCount` of them.
    private var free: UnsafeMutablePointer<UInt32>
    private var freeCount = 0
    /// Numbers that have ever been used, and those there is memory for.
    private var used = 0
    private var capacity = 256

    package init() {
        jobs = .allocate(capacity: capacity)
        free = .allocate(capacity: capacity)
    }

    deinit {
        jobs.deallocate()
        free.deallocate()
    }

    /// Keeps `job`; returns its number.
    package mutating func insert(_ job: ReceiveJob) -> UInt32 {
        let number: UInt32
        if freeCount > 0 {
            freeCount &-= 1
            number = free[freeCount]
        } else {
            if used == capacity { grow() }
            number = UInt32(truncatingIfNeeded: used)
            used &+= 1
        }
        (jobs + Int(number)).initialize(to: job)
        return number
    }

    /// Gives up job `number`, and lets it be read where it lies until the next `insert`.
    package mutating func remove(_ number: UInt32) -> UnsafePointer<ReceiveJob> {
        precondition(Int(number) < used && freeCount < used, "no such job")
        free[freeCount] = number
        freeCount &+= 1
        return UnsafePointer(jobs + Int(number))
    }

    private mutating func grow() {
        let moreJobs = UnsafeMutablePointer<ReceiveJob>.allocate(capacity: capacity * 2)
        moreJobs.moveInitialize(from: jobs, count: used)
        jobs.deallocate()
        jobs = moreJobs
        let moreNumbers = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        moreNumbers.moveInitialize(from: free, count: freeCount)
        free.deallocate()
        free = moreNumbers
        capacity *= 2
    }
}
