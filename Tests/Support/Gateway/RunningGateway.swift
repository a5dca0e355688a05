import Glibc
package import PluginPayloads
import Synchronization

/// A gateway: `hookgate serve` on a free port, with state of its own.
///
/// It ends with this object.
package final class RunningGateway: Sendable {
    package let process: Int32
    package let port: Int
    /// The gateway's state.
    package let dataDirectory: String
    private let errors: String
    private let status = Mutex<Int32?>(nil)

    /// Starts a gateway, and waits until it listens.
    ///
    /// - Parameters:
    ///   - program: The executable `hookgate`.
    ///   - configuration: The configuration; it has to ask for the port 0.
    ///   - directory: Where the configuration, the log and the state are written.
    /// - Throws: That it does not start.
    package init(_ program: String, _ configuration: String, in directory: TemporaryDirectory) throws {
        try directory.write(configuration, to: "config.yaml")
        dataDirectory = directory("data")
        errors = directory("log")
        let others = try ProcessFiles.listeningPorts(of: getpid())
        process = try unsafe ChildProcess.start(
            program,
            ["serve", "--config", directory("config.yaml"), "--data-dir", dataDirectory, "--log-format", "json"],
            environment: [
                "LOG_LEVEL": "warning", "SWIFT_BACKTRACE": "enable=no", "PLUGINS_ENABLED": "", "HOOKGATE_HOST": "",
                "HOOKGATE_PORT": "",
            ],
            ChildProcess.streams(output: directory("output"), errors: errors)
        )
        let process = process
        port = try Waiting.result(of: "a port of the gateway", within: .seconds(60)) {
            kill(process, 0) == 0 ? try ProcessFiles.listeningPort(of: process, besides: others) : nil
        }
    }

    deinit {
        guard status.withLock({ $0 }) == nil else { return }
        kill(process, SIGKILL)
        _ = ChildProcess.wait(for: process)
    }

    /// What the gateway has logged, warnings and worse.
    package var log: String { (try? Files.readText(errors)) ?? "" }

    /// Sends SIGHUP.
    package func signalReload() { kill(process, SIGHUP) }

    /// What `reload.json` says.
    package func reloadRecord() throws -> JSONValue {
        try JSONValue(json: Files.readText(dataDirectory + "/reload.json"))
    }

    /// Sends SIGHUP, and waits for the reload.
    package func reload() throws {
        let received = try reloadRecord()["received"]?.int ?? 0
        signalReload()
        try Waiting.until("a reload", within: .seconds(60)) {
            try reloadRecord()["last_reload"]?["covers"]?.int ?? 0 > received
        }
    }

    /// Sends a request on a connection of its own.
    package func answer(_ method: String, _ path: String, _ body: String? = nil) throws -> HTTPAnswer {
        try RawConnection(port: port).answer(method, path, body)
    }

    /// Tells the gateway to stop, and waits until it has.
    ///
    /// - Returns: The exit status.
    @discardableResult
    package func stop() -> Int32 {
        status.withLock { status in
            if let status { return status }
            kill(process, SIGTERM)
            let ended = ChildProcess.wait(for: process)
            status = ended
            return ended
        }
    }
}
