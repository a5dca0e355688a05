import Dispatch
import Glibc
import Logging
import Synchronization

/// Writes log lines to a descriptor, on a thread of its own: a reader that stalls never stalls a request.
///
/// Lines are gathered for some milliseconds and written together, because waking a thread and a system call for each cost
/// more than many a request; a warning or worse does not wait. At most ``capacity`` lines are kept; further ones are dropped
/// and counted.
final class LogOutput: Sendable {
    private struct State {
        var lines: [LogLine] = []
        var dropped = 0
        var isScheduled = false
    }

    private static let capacity = 16_384
    private static let delay = DispatchTimeInterval.milliseconds(10)

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
        let isUrgent = line.level >= .warning
        let mustSchedule = state.withLock { state in
            guard state.lines.count < Self.capacity else {
                state.dropped += 1
                return false
            }
            state.lines.append(line)
            if isUrgent { return true }
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard mustSchedule else { return }
        if isUrgent {
            queue.async { self.drain() }
        } else {
            queue.asyncAfter(deadline: .now() + Self.delay) { self.drain() }
        }
    }

    /// Waits until all lines so far are written.
    func flush() {
        queue.sync { drain() }
    }

    private func drain() {
        let (lines, dropped) = state.withLock { state in
            defer { state = State() }
            return (state.lines, state.dropped)
        }
        var text = ""
        for line in lines { formatter.append(line, to: &text) }
        if dropped > 0 {
            let reason = LogLine(level: .warning, message: "log lines were dropped", metadata: ["count": "\(dropped)"])
            formatter.append(reason, to: &text)
        }
        write(text)
    }

    private func write(_ text: String) {
        var text = text
        // The bytes are valid until the closure returns.
        text.withUTF8 { bytes in
            var rest = unsafe UnsafeRawBufferPointer(bytes)[...]
            while unsafe !rest.isEmpty {
                let bytes = unsafe UnsafeRawBufferPointer(rebasing: rest)
                let count = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                unsafe rest = rest.dropFirst(count)
            }
        }
    }
}
