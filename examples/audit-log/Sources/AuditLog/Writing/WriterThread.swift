import Glibc
import PluginSDK
import Synchronization

/// The thread that writes the lines of a queue to a file, until the queue is closed and empty.
///
/// `@unchecked Sendable`: the file is used by the thread alone, once that runs, and the handle is written before anybody
/// else has this object.
final class WriterThread: @unchecked Sendable {
    private let file: LogFile
    private let queue: LineQueue
    private let host: PluginHost
    private let losses = Mutex(LossReport())
    private let waiting = Mutex(Ending.running)
    private var handle = pthread_t()

    private enum Ending {
        case running
        case awaited(CheckedContinuation<Void, Never>)
        case ended
    }

    init(_ file: LogFile, _ queue: LineQueue, _ host: PluginHost) throws {
        self.file = file
        self.queue = queue
        self.host = host
        let context = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(&handle, nil, Self.body, context)
        guard code == 0 else {
            Unmanaged<WriterThread>.fromOpaque(context).release()
            throw ThreadError(code: code)
        }
    }

    /// Why lines are lost at the moment.
    var problem: LogFileError? { losses.withLock { $0.current } }

    /// Waits until the thread has ended; the queue has to be closed.
    ///
    /// It suspends while lines are written, and joins when only the end of the thread is left.
    func end() async {
        await withCheckedContinuation { continuation in
            let hasEnded = waiting.withLock { ending in
                if case .ended = ending { return true }
                ending = .awaited(continuation)
                return false
            }
            if hasEnded { continuation.resume() }
        }
        pthread_join(handle, nil)
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        let thread = Unmanaged<WriterThread>.fromOpaque(context).takeRetainedValue()
        // Signals are the host's; the one for a file that may grow no further becomes an error of the call.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_SETMASK, &signals, nil)
        thread.writeLines()
        return nil
    }

    private func writeLines() {
        while let lines = queue.takeAll() {
            var written = 0
            for line in lines where write(line) { written += 1 }
            if written > 0 { host.count("lines_written", by: written) }
            if written < lines.count { host.count("lines_lost", by: lines.count - written) }
        }
        let ending = waiting.withLock { ending in
            defer { ending = .ended }
            return ending
        }
        if case .awaited(let continuation) = ending { continuation.resume() }
    }

    /// Writes a line, and logs what is news about that.
    ///
    /// - Returns: Whether it was written.
    private func write(_ line: [UInt8]) -> Bool {
        var problem: LogFileError?
        var isWritten = true
        do throws(LogFileError) {
            problem = try file.append(line)
        } catch {
            problem = error
            isWritten = false
        }
        let news = losses.withLock { $0.note(problem, isLost: !isWritten) }
        if let news { host.log(problem == nil ? .warning : .error, news) }
        return isWritten
    }
}

/// The system has no thread for us.
struct ThreadError: Error, CustomStringConvertible {
    let code: Int32

    var description: String { "cannot start the thread that writes: \(String(cString: strerror(code)))" }
}
