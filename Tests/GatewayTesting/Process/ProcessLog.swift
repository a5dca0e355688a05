import Dispatch
import Glibc
package import PluginPayloads
import Synchronization
import TestSupport

/// What a process writes to standard error, line by line, while it runs.
package final class ProcessLog: Sendable {
    private struct State {
        var lines: [String] = []
        var hasEnded = false
        /// Each is told whenever anything has changed.
        var waiting: [DispatchSemaphore] = []
    }

    private let state = Mutex(State())

    /// Reads a descriptor to its end, and closes it.
    init(reading descriptor: Int32) {
        Task { [weak self] in
            try await Blocking.run {
                defer { close(descriptor) }
                var rest: [UInt8] = []
                var part = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = unsafe read(descriptor, &part, part.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { break }
                    rest += part[..<count]
                    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
                    let text = String(decoding: rest[..<end], as: UTF8.self)
                    self?.add(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                    rest.removeSubrange(...end)
                }
                self?.end(with: rest)
            }
        }
    }

    /// All lines so far.
    package var lines: [String] { state.withLock { $0.lines } }

    /// All lines so far as one text.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// The lines so far that are objects in JSON.
    package var entries: [JSONObject] { lines.compactMap(Self.object) }

    /// The lines so far that are not those of a gateway that is well: JSON of the level `info`, and the one that says
    /// that authentication is off.
    package var alarms: [String] {
        lines.filter { line in
            guard let entry = Self.object(line) else { return true }
            return entry["level"] != "info" && !Self.saysNoAuthentication(entry)
        }
    }

    /// Whether an entry says that authentication is off, as it is in most tests.
    package static func saysNoAuthentication(_ entry: JSONObject) -> Bool {
        entry["message"]?.string?.hasPrefix("authentication is off") ?? false
    }

    /// Whether nothing more will come.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// The first line that a condition holds for, now or later.
    ///
    /// - Throws: That there was none before the end of the process, or within a minute.
    package func line(where condition: @escaping @Sendable (JSONObject) -> Bool) async throws -> JSONObject {
        try await value { state in
            state.lines.lazy.compactMap(Self.object).first(where: condition)
        }
    }

    /// Waits until a line holds a text.
    package func waitForText(_ text: String) async throws {
        _ = try await value { $0.lines.contains { $0.contains(text) } ? true : nil }
    }

    /// Waits until nothing more will come.
    func waitForEnd() async throws {
        _ = try await value { $0.hasEnded ? true : nil }
    }

    private func value<Value: Sendable>(_ find: @escaping @Sendable (State) -> Value?) async throws -> Value {
        try await Blocking.run { [self] in
            let changed = DispatchSemaphore(value: 0)
            state.withLock { $0.waiting.append(changed) }
            defer { state.withLock { state in state.waiting.removeAll { $0 === changed } } }
            let end = DispatchTime.now() + 60
            while true {
                let (found, hasEnded) = state.withLock { (find($0), $0.hasEnded) }
                if let found { return found }
                guard !hasEnded else { throw SetupFailure("the process has ended; it wrote:\n\(text)") }
                guard changed.wait(timeout: end) == .success else {
                    throw SetupFailure("it did not come about within 60 s; the process wrote:\n\(text)")
                }
            }
        }
    }

    private func add(_ lines: [String]) {
        change { $0.lines += lines }
    }

    private func end(with rest: [UInt8]) {
        change { state in
            if !rest.isEmpty { state.lines.append(String(decoding: rest, as: UTF8.self)) }
            state.hasEnded = true
        }
    }

    private func change(_ body: (inout State) -> Void) {
        for semaphore in state.withLock({ state in
            body(&state)
            return state.waiting
        }) { semaphore.signal() }
    }

    private static func object(_ line: String) -> JSONObject? {
        (try? JSONValue(json: line))?.object
    }
}
