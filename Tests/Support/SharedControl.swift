import CControl

/// Memory that a test shares with its plugins.
///
/// See `control.h`.
///
/// `@unchecked Sendable`: all members are counters that C functions change atomically; the log has a lock.
@safe
package final class SharedControl: @unchecked Sendable {
    /// A counter that somebody can wait for.
    package enum Counter: Sendable {
        case entered
        case left
        case most
        case lines
    }

    /// What a plugin's configuration has to name; its worker needs ``TestedIsolation/openSandbox`` to find it.
    package let path: String
    private let memory: UnsafeMutablePointer<control>
    private let directory = try? TemporaryDirectory()

    package init() throws {
        guard let directory else { throw SetupFailure("cannot make a temporary directory") }
        path = try directory.write([UInt8](repeating: 0, count: MemoryLayout<control>.size), to: "control")
        guard let memory = unsafe control_open(path) else { throw SetupFailure(operation: "map \(path)") }
        unsafe control_own(memory)
        unsafe self.memory = unsafe memory
    }

    deinit {
        unsafe control_close(memory)
    }

    /// Notes what happens in another process and in its workers, and no longer what happens in this one and in its.
    package func watch(process: Int32) {
        unsafe memory.pointee.owner = UInt32(process)
    }

    /// Opens the gate by some steps.
    package func openGate(by steps: Int = 1) {
        unsafe control_add(&memory.pointee.gate, UInt32(steps))
    }

    /// The value of a counter.
    package subscript(counter: Counter) -> Int {
        unsafe Int(control_read(address(of: counter)))
    }

    /// The lines of the log.
    package var log: [String] {
        var copy = [CChar](repeating: 0, count: 65_000)
        let count = unsafe control_log(memory, &copy, UInt32(copy.count))
        let text = String(decoding: copy[..<Int(count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    /// Waits until a counter has a value.
    ///
    /// - Throws: That it has not after 20 seconds.
    package func wait(for counter: Counter, atLeast value: Int) async throws {
        let isThere = try await Blocking.run { [self] in
            unsafe control_wait(address(of: counter), UInt32(value), 20_000) == 1
        }
        guard isThere else { throw SetupFailure("\(counter) is \(self[counter]) after 20 s, not \(value)") }
    }

    /// Waits for some milliseconds, on the caller's thread.
    package func waitBriefly(_ milliseconds: Int) {
        _ = unsafe control_wait(&memory.pointee.left, .max, UInt32(milliseconds))
    }

    private func address(of counter: Counter) -> UnsafeMutablePointer<UInt32> {
        switch counter {
        case .entered: unsafe address(\.entered)
        case .left: unsafe address(\.left)
        case .most: unsafe address(\.most)
        case .lines: unsafe address(\.lines)
        }
    }

    private func address(_ member: WritableKeyPath<control, UInt32>) -> UnsafeMutablePointer<UInt32> {
        guard let offset = MemoryLayout<control>.offset(of: member) else { fatalError("a C structure has offsets") }
        return unsafe UnsafeMutableRawPointer(memory).advanced(by: offset).assumingMemoryBound(to: UInt32.self)
    }
}
