import FuzzWorld
import Testing

/// Worlds in which function 0 suffers a fault while function 1 works, and what function 1 must come to.
struct FaultSweep {
    let image: FuzzWorld.Image
    /// What comes of the other function's work when nothing is wrong.
    let expected: FuzzWorld.WorkOutcome
    let objects: FuzzObjects
    /// Events that the work of both takes.
    let eventCount: Int

    /// - Parameter attackerHasObjects: false when the fault is in what creates them.
    init(attackerHasObjects: Bool = true) throws {
        image = try FuzzWorld.makeImage(attackerHasObjects: attackerHasObjects)
        let world = FuzzWorld(image)
        let functions = [FuzzWorld.victim] + (attackerHasObjects ? [FuzzWorld.attacker] : [])
        for function in functions { world.postWork(of: function) }
        for function in functions { world.startWork(of: function) }
        try #require(world.settle())
        expected = world.outcome(of: FuzzWorld.victim)
        objects = world.objects[0]
        eventCount = world.eventCount
        try #require(expected.frames.count == FuzzWorld.Work.sentCount)
    }

    /// A world in which all work is posted and none started.
    func world() -> FuzzWorld {
        let world = FuzzWorld(image)
        world.postWork(of: FuzzWorld.victim)
        if world.objects[0].sq != 0 { world.postWork(of: FuzzWorld.attacker) }
        return world
    }

    /// Starts the other function's work, does `fault`, and checks what comes of it.
    func tryFault(
        _ name: @autoclosure () -> String, recovers: Bool = false, _ fault: (FuzzWorld) -> Void
    ) throws {
        let world = world()
        world.startWork(of: FuzzWorld.victim)
        fault(world)
        do throws(FuzzViolation) {
            try world.finish(expected, recovers: recovers)
        } catch {
            Issue.record("\(name()): \(error)")
        }
    }
}
