import Simulation
import Testing

struct JourneyTests {
    @Test func attributesEveryPicosecondOnceToTheStageThatHeldIt() {
        var journey = Journey(birth: SimTime(picoseconds: 1_000))
        journey.spend(on: .doorbell, until: SimTime(picoseconds: 1_300))
        journey.spend(on: .dataFetch, until: SimTime(picoseconds: 2_000))
        journey.spend(on: .doorbell, until: SimTime(picoseconds: 2_005))
        #expect(journey.spent[Int(Stage.doorbell.rawValue)] == 305)
        #expect(journey.spent[Int(Stage.dataFetch.rawValue)] == 700)
        let total = journey.spent.indices.reduce(0) { $0 + journey.spent[$1] }
        #expect(total == 1_005)
        #expect(journey.accountedUpTo == SimTime(picoseconds: 2_005))
        #expect(journey.birth == SimTime(picoseconds: 1_000))
    }

    @Test func aTimeThatHasBeenAccountedForCostsNothing() {
        var journey = Journey(birth: SimTime(picoseconds: 50))
        journey.spend(on: .wire, until: SimTime(picoseconds: 60))
        journey.spend(on: .fabric, until: SimTime(picoseconds: 55))
        journey.spend(on: .fabric, until: SimTime(picoseconds: 60))
        #expect(journey.spent[Int(Stage.fabric.rawValue)] == 0)
        #expect(journey.accountedUpTo == SimTime(picoseconds: 60))
    }

    @Test func thereIsARowForEveryStage() {
        #expect(Stage.allCases.count == Stage.count)
        #expect(Journey(birth: .zero).spent.count == Stage.count)
        #expect(Stage.allCases.map { Int($0.rawValue) } == Array(0..<Stage.count))
    }
}
