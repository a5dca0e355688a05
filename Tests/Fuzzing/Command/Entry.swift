import Dispatch
import FuzzTargets
import Glibc

// The unsafe lines of this module: what libFuzzer calls.

/// The target that the environment names.
private let chosen: FuzzTarget = {
    let name = unsafe getenv("HOOKGATE_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
    guard let target = FuzzTarget.named(name) else { fatalError("HOOKGATE_FUZZ_TARGET names no target: \(name)") }
    return target
}()

/// Tries one input of libFuzzer; an invariant that does not hold ends the process, which libFuzzer reports.
///
/// - Parameters:
///   - bytes: The input, which is valid until this returns.
///   - count: Its length.
/// - Returns: 0, as libFuzzer wants it.
@c(LLVMFuzzerTestOneInput)
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    do {
        switch chosen.check {
        case .immediate(let check): _ = try check(input)
        case .suspending(let check): try wait(for: check, input)
        }
    } catch {
        fatalError("\(chosen.name): \(error)")
    }
    return 0
}

/// Blocks libFuzzer's thread, which is none of Swift's, until a task has ended.
private func wait(
    for check: @escaping @Sendable ([UInt8]) async throws -> FuzzTarget.Verdict,
    _ input: [UInt8]
) throws {
    let (ended, slot) = (DispatchSemaphore(value: 0), Slot())
    Task {
        do { _ = try await check(input) } catch { slot.error = error }
        ended.signal()
    }
    ended.wait()
    if let error = slot.error { throw error }
}

/// What a task has thrown.
///
/// `@unchecked Sendable`: the semaphore orders the write before the read.
private final class Slot: @unchecked Sendable {
    var error: (any Error)?
}
