internal import Driver
package import Simulation

/// Something at the end of a wire that is not a NIC: it sends frames on a line of its own and takes what arrives.
package struct TrafficEndpoint: Sendable {
    /// What it does.
    package enum Role: Sendable {
        /// Sends the frames of a capture.
        case replay(ReplayInput, rate: TrafficRate, repetitions: Int)
        /// Sends made-up frames.
        case generate(TrafficPattern)
        /// Sends back what arrives, with the addresses of every layer exchanged.
        case reflect
        /// Answers ARP, neighbour discovery and echo requests for every address, and reflects the rest.
        case respond
        /// Takes what arrives.
        case sink
        /// Hands what arrives to somebody outside the world, who may also send.
        case outside
    }

    package let name: String
    package let role: Role
    /// The speed of its line: that of the wire.
    package let rate: LineRate
    /// Frames and bytes it has sent and taken.
    package private(set) var sent = FramePool.Tally()
    package private(set) var taken = FramePool.Tally()
    package private(set) var isStarted = false
    /// Whether it has sent all it ever will; endpoints that only answer are always finished.
    package private(set) var isFinished: Bool

    /// Frames that an endpoint of the role `outside` has taken, until somebody carries them out.
    package var outward = ReplayInput()

    private var lineFreeAt = SimTime.zero
    private var startTime = SimTime.zero
    private var nextIndex = 0
    private var random: SplitMix
    private var recipes: [FrameRecipe] = []

    package init(name: String, role: Role, rate: LineRate, seed: UInt64) {
        self.name = name
        self.role = role
        self.rate = rate
        random = SplitMix(seed: seed)
        switch role {
        case .replay(let input, _, let repetitions): isFinished = input.count == 0 || repetitions == 0
        case .generate(let pattern):
            isFinished = pattern.count == 0
            recipes = (0..<max(pattern.flowCount, 1)).map { flow in
                FrameRecipe(
                    index: flow, version6: pattern.version6, transport: pattern.transport, source: pattern.source,
                    destination: pattern.destination)
            }
        case .reflect, .respond, .sink, .outside: isFinished = true
        }
    }

    /// Number of frames it will send in all; zero for one that only answers.
    package var plannedCount: UInt64 {
        switch role {
        case .replay(let input, _, let repetitions): UInt64(input.count * repetitions)
        case .generate(let pattern): pattern.count
        case .reflect, .respond, .sink, .outside: 0
        }
    }

    /// Starts sending at `now`; returns when the first frame is due, or `nil` if there is none.
    package mutating func start(at now: SimTime) -> SimTime? {
        isStarted = true
        startTime = now
        return isFinished ? nil : now
    }

    /// Stops sending for good.
    package mutating func stop() { isFinished = true }

    /// Sends the frame that is due: returns it, the time at which its last bit leaves, and when the next is due.
    package mutating func send(
        at now: SimTime, frames: inout FramePool
    ) -> (frame: FrameID, leaves: SimTime, next: SimTime?) {
        precondition(!isFinished, "nothing left to send")
        let start = max(now, lineFreeAt)
        let frame = makeFrame(birth: start, frames: &frames)
        let leaves = occupyLine(frame, from: start, frames: frames)
        nextIndex += 1
        isFinished = UInt64(nextIndex) >= plannedCount
        return (frame, leaves, isFinished ? nil : max(dueTime(of: nextIndex), lineFreeAt))
    }

    /// Takes or answers `frame`, whose last bit has arrived; an answer is returned with the time its last bit leaves.
    package mutating func receive(
        _ frame: FrameID, at now: SimTime, frames: inout FramePool
    ) -> SimTime? {
        switch role {
        case .reflect:
            Reflection.exchangeAddresses(frames.bytes(frame))
            return occupyLine(frame, from: max(now, lineFreeAt), frames: frames)
        case .respond:
            if Responder.answer(frames.bytes(frame)) {
                return occupyLine(frame, from: max(now, lineFreeAt), frames: frames)
            }
        case .outside:
            outward.append(UnsafeRawBufferPointer(frames.bytes(frame)), nanoseconds: now.picoseconds / 1000)
        case .replay, .generate, .sink: break
        }
        taken.add(frames[frame].byteCount)
        frames.deliver(frame)
        return nil
    }

    /// Sends `bytes`, which came from outside at `now`; returns the frame and the time at which its last bit leaves.
    package mutating func send(
        _ bytes: UnsafeRawBufferPointer, at now: SimTime, frames: inout FramePool
    ) -> (frame: FrameID, leaves: SimTime) {
        let start = max(now, lineFreeAt)
        let frame = frames.create(byteCount: bytes.count, journey: Journey(birth: start))
        frames.bytes(frame).copyMemory(from: bytes)
        return (frame, occupyLine(frame, from: start, frames: frames))
    }

    private mutating func occupyLine(_ frame: FrameID, from start: SimTime, frames: borrowing FramePool) -> SimTime {
        let byteCount = frames[frame].byteCount
        lineFreeAt = start + rate.occupancy(ofFrame: byteCount)
        sent.add(byteCount)
        let leaves = start + rate.serialisation(ofFrame: byteCount)
        frames[frame].journey.spend(on: .port, until: leaves)
        return leaves
    }

    private mutating func makeFrame(birth: SimTime, frames: inout FramePool) -> FrameID {
        switch role {
        case .replay(let input, _, _):
            let index = nextIndex % input.count
            let frame = frames.create(byteCount: input.length(of: index), journey: Journey(birth: birth))
            input.withFrame(index) { bytes in frames.bytes(frame).copyMemory(from: bytes) }
            return frame
        case .generate(let pattern):
            let recipe = nextIndex % recipes.count
            let byteCount = max(nextSize(of: pattern) - LineRate.checkByteCount, recipes[recipe].headerByteCount)
            let frame = frames.create(byteCount: byteCount, journey: Journey(birth: birth))
            recipes[recipe].write(into: frames.bytes(frame), sequence: UInt64(nextIndex))
            return frame
        case .reflect, .respond, .sink, .outside: preconditionFailure("an endpoint that only answers was asked to send")
        }
    }

    private mutating func nextSize(of pattern: TrafficPattern) -> Int {
        guard pattern.sizes.count > 1 else { return pattern.sizes[0].byteCount }
        var draw = Int(random.next(below: UInt64(pattern.sizes.reduce(0) { $0 + $1.weight })))
        for size in pattern.sizes {
            if draw < size.weight { return size.byteCount }
            draw -= size.weight
        }
        preconditionFailure("a draw beyond the sum of the weights")
    }

    /// When frame `index` should start, were its line free.
    private func dueTime(of index: Int) -> SimTime {
        switch role {
        case .replay(let input, .capture, _):
            // A repetition follows its predecessor by the mean gap of the capture.
            let span = input.time(of: input.count - 1)
            let gap = input.count > 1 ? span / UInt64(input.count - 1) : 1000
            let round = UInt64(index / input.count) * (span + gap)
            return startTime + .nanoseconds(round + input.time(of: index % input.count))
        case .replay(_, let rate, _): return pace(index, burst: 1, rate: rate)
        case .generate(let pattern): return pace(index, burst: max(pattern.burst, 1), rate: pattern.rate)
        case .reflect, .respond, .sink, .outside: return startTime
        }
    }

    private func pace(_ index: Int, burst: Int, rate: TrafficRate) -> SimTime {
        switch rate {
        case .line, .capture: return lineFreeAt
        case .framesPerSecond(let rate):
            let first = UInt64(index / burst * burst)
            let (high, low) = first.multipliedFullWidth(by: 1_000_000_000_000)
            return startTime + .picoseconds(rate.dividingFullWidth((high, low)).quotient)
        case .bitsPerSecond(let rate):
            guard index % burst == 0 else { return lineFreeAt }
            let bytes = sent.bytes + sent.frames * UInt64(LineRate.framingByteCount + LineRate.checkByteCount)
            let (high, low) = (bytes * 8).multipliedFullWidth(by: 1_000_000_000_000)
            return startTime + .picoseconds(rate.dividingFullWidth((high, low)).quotient)
        }
    }
}
