import Dispatch
import Glibc
import Logging
import Synchronization

/// Writes log lines to a descriptor, on a thread of its own: a reader that stalls never stalls a request.
///
/// At most ``capacity`` lines wait; further ones are dropped and counted.
final class LogOutput: Sendable {
    private struct State {
        var lines: [LogLine] = []
        var isDraining = false
        var dropped = 0
    }

    private static let capacity = 16_384

    private let descriptor: Int32
    private let formatter: LogFormatter
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "hookgate.log")

    init(descriptor: Int32, formatter: LogFormatter) {
        self.descriptor = descriptor
        self.formatter = formatter
    }

    /// Adds a line, without waiting.
    func add(_ line: LogLine) {
        let mustStart = state.withLock { state in
            guard state.lines.count < Self.capacity else {
                state.dropped += 1
                return false
            }
            state.lines.append(line)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Waits until all lines so far are written.
    func flush() {
        queue.sync {}
    }

    private func drain() {
        while let (lines, dropped) = next() {
            var text = ""
            for line in lines { formatter.append(line, to: &text) }
            if dropped > 0 {
                let reason = LogLine(
                    level: .warning,
                    message: "log lines were dropped",
                    metadata: ["count": "\(dropped)"]
                )
                formatter.append(reason, to: &text)
            }
            write(text)
        }
    }

    private func next() -> (lines: [LogLine], dropped: Int)? {
        state.withLock { state in
            guard !state.lines.isEmpty else {
                state.isDraining = false
                return nil
            }
            defer { (state.lines, state.dropped) = ([], 0) }
            return (state.lines, state.dropped)
        }
    }

    private func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = unsafe UnsafeRawBufferPointer(bytes)[...]
            while unsafe !rest.isEmpty {
                let count = unsafe Glibc.write(
                    descriptor,
                    UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                    rest.count
                )
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                unsafe rest = rest.dropFirst(count)
            }
        }
    }
}
