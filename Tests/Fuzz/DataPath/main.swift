/// libFuzzer's own entry point, called with the function to try inputs on.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ argumentCount: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> Int32
) -> Int32

/// The input's bytes decide what lies in the rings, what arrives and when it rings.
func tryInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    var position = 0
    var fuzz = DataPathFuzz {
        guard position < count else { return 0 }
        position += 1
        return bytes[position - 1]
    }
    while position < count {
        do {
            try fuzz.step()
            try fuzz.check()
        } catch {
            preconditionFailure("\(error)")
        }
    }
    return 0
}

var argumentCount = CommandLine.argc
var arguments = CommandLine.unsafeArgv
let status = runDriver(&argumentCount, &arguments, tryInput)
precondition(status == 0, "the fuzzer failed")
