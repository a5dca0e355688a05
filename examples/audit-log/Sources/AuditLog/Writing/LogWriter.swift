import Glibc
import PluginSDK
import Synchronization

/// Writes lines to a file on a thread of its own, so that no hook waits for a disk.
final class LogWriter: Sendable {
    private let path: String
    private let checkInterval: Duration
    private let queue: LineQueue
    private let host: PluginHost
    private let thread = Mutex<WriterThread?>(nil)

    init(path: String, checkInterval: Duration, queueBytes: Int, host: PluginHost) {
        self.path = path
        self.checkInterval = checkInterval
        self.host = host
        queue = LineQueue(capacity: queueBytes)
    }

    /// Opens the file and starts the thread.
    func start() throws {
        let file = try LogFile(path: path, checkInterval: checkInterval)
        let new = try WriterThread(file, queue, host)
        thread.withLock { $0 = new }
    }

    /// Adds a line; one that finds no room is lost, and counted.
    func add(_ line: [UInt8]) {
        if !queue.add(line) { host.count("lines_lost") }
    }

    /// Writes all lines that were added, and ends the thread.
    func stop() async {
        queue.close()
        await thread.withLock { $0.take() }?.end()
    }

    /// Why lines are lost at the moment.
    var problem: LogFileError? { thread.withLock { $0?.problem } }

    deinit {
        // For a host that forgets to stop; the thread ends when it has written what waits.
        queue.close()
    }
}
