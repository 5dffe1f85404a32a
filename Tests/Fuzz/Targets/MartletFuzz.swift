import FuzzWorld
import Glibc

/// What libFuzzer calls first: chooses what inputs are taken for, by the environment variable `MARTLET_FUZZ_TARGET`,
/// and for captures writes some into the folder that `MARTLET_FUZZ_SEEDS` names.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?) -> Int32 {
    if case .captures = MartletFuzz.target, let folder = getenv("MARTLET_FUZZ_SEEDS") {
        Seeds.write(to: String(cString: folder))
    }
    return 0
}

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: data, count: count))
    switch MartletFuzz.target {
    case .program(let program):
        do throws(FuzzViolation) {
            try program.run(FuzzInput(bytes), on: MartletFuzz.image)
        } catch {
            fatalError("\(program.rawValue): \(error)")
        }
    case .captures: readCapture(bytes)
    }
    return 0
}

/// What is fuzzed, and what every input starts from.
enum MartletFuzz {
    enum Target {
        case program(FuzzProgram)
        case captures
    }

    static let target: Target = {
        let name = getenv("MARTLET_FUZZ_TARGET").map { String(cString: $0) } ?? ""
        if name == "captures" { return .captures }
        guard let program = FuzzProgram(rawValue: name) else {
            fatalError(
                "MARTLET_FUZZ_TARGET is '\(name)', and must be one of commands, work-queues, registers, captures")
        }
        return .program(program)
    }()

    static let image: FuzzWorld.Image = {
        do throws(FuzzViolation) { return try FuzzWorld.makeImage() } catch { fatalError("\(error)") }
    }()
}
