package import GatewayCore
import Glibc

/// Asks a running gateway to reload, and waits for what comes of it.
package struct ReloadRequest {
    private let process: pid_t
    private let directory: DataDirectory

    /// Finds the gateway that runs on a folder.
    ///
    /// - Throws: ``GatewayFailure`` if none does.
    package init(on directory: DataDirectory) throws(GatewayFailure) {
        guard let owner = ProcessLock.owner(of: directory) else {
            throw GatewayFailure(
                "no gateway runs on \(directory.path); name its data directory with --data-dir, or its process with --pid"
            )
        }
        process = owner
        self.directory = directory
    }

    /// Finds the folder of a gateway by its process.
    ///
    /// - Throws: ``GatewayFailure`` if the process is no gateway of this user.
    package init(process: Int32) throws(GatewayFailure) {
        guard let path = OpenFiles.path(endingWith: "/hookgate.pid", of: process) else {
            throw GatewayFailure("process \(process) is no gateway, or belongs to another user")
        }
        self.process = process
        directory = DataDirectory(existing: String(path.dropLast("/hookgate.pid".count)))
    }

    /// Sends SIGHUP, and waits for a finished reload that began afterwards.
    ///
    /// - Parameter timeout: How long to wait.
    /// - Returns: What came of it.
    /// - Throws: ``GatewayFailure`` if the gateway ended, or did not reload in time.
    package func run(timeout: Duration) async throws(GatewayFailure) -> ReloadReport {
        // What is covered by more than this began after it was read, because a signal is on record before its reload
        // begins.
        let received = record?.received ?? 0
        guard kill(process, SIGHUP) == 0 else {
            throw GatewayFailure("cannot signal process \(process): \(SystemError.text(errno))")
        }
        let end = ContinuousClock.now + timeout
        while ContinuousClock.now < end {
            if let last = record?.last, last.covers > received { return last }
            guard kill(process, 0) == 0 else { throw GatewayFailure("the gateway, process \(process), has ended") }
            try? await Task.sleep(for: .milliseconds(5))
        }
        throw GatewayFailure("the gateway, process \(process), has not reloaded in time; its log may say why")
    }

    /// What the gateway says of its reloads; what an earlier one has left behind does not count.
    private var record: ReloadRecord? {
        guard let record = ReloadRecord(path: directory.reloadFile), record.process == Int(process) else { return nil }
        return record
    }
}
