package import Glibc
package import PluginPayloads
import Synchronization
import TestSupport

/// The executable `hookgate serve`, as its operators run it.
package final class GatewayProcess: Sendable {
    package let pid: pid_t
    package let log: ProcessLog
    private let ending = Mutex<Int32?>(nil)

    /// Starts a gateway in a site, on its data directory and on any port that is free.
    ///
    /// - Parameters:
    ///   - site: Where its configuration, plugins and data are.
    ///   - arguments: Further arguments; `$SITE` stands for the site's directory.
    ///   - environment: Variables.
    /// - Throws: That it cannot be started at all.
    package init(_ site: GatewaySite, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        // A named pipe, which no other process that starts now can inherit.
        let pipe = try TemporaryDirectory()
        guard unsafe mkfifo(pipe("log"), 0o600) == 0 else { throw SetupFailure("cannot make a pipe") }
        let output = unsafe open(pipe("log"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard output >= 0 else { throw SetupFailure("cannot open a pipe") }
        let here = arguments.map { $0.replacing("$SITE", with: site.directory.path) }
        let command = ["\(try BuiltProducts.directory())/hookgate", "serve", "--data-dir", site.data]
        let port = here.contains("--port") ? [] : ["--port", "0"]
        pid = try unsafe ChildProcess.start(
            "/bin/sh",
            ["-c", #"cd "$0" && exec "$@""#, site.directory.path] + command + port + here,
            environment: Self.neutral.merging(environment) { _, given in given }
        ) { actions in
            unsafe posix_spawn_file_actions_addopen(actions, 2, pipe("log"), O_WRONLY, 0)
        }
        // The process has its end by now.
        _ = fcntl(output, F_SETFL, 0)
        log = ProcessLog(reading: output)
    }

    /// Starts a gateway with a site's configuration, and waits until it listens.
    package static func serving(
        _ site: GatewaySite,
        _ arguments: [String] = ["--config", "$SITE/config.yaml"],
        environment: [String: String] = [:]
    ) async throws -> GatewayProcess {
        let gateway = try GatewayProcess(site, arguments, environment: environment)
        _ = try await gateway.client
        return gateway
    }

    deinit {
        guard ending.withLock({ $0 }) == nil else { return }
        Glibc.kill(pid, SIGKILL)
        _ = ChildProcess.wait(for: pid)
    }

    /// What could change how the gateway behaves, unset.
    private static let neutral = [
        "LOG_LEVEL": "info", "SWIFT_BACKTRACE": "enable=no", "PLUGINS_ENABLED": "", "PLUGINS_CONFIG_FILE": "",
        "PLUGIN_CONFIG_FILE": "", "HOOKGATE_HOST": "", "HOOKGATE_PORT": "", "HOOKGATE_DATA_DIR": "",
    ]

    /// Talks to the gateway, as soon as it listens.
    package var client: GatewayClient {
        get async throws { SocketClient.client(port: try await port) }
    }

    /// Where it listens.
    package var port: Int {
        get async throws {
            let line = try await log.line { $0["message"] == "listening" }
            guard let port = line["port"]?.string.flatMap({ Int($0) }) else {
                throw SetupFailure("no port in \(line.description)")
            }
            return port
        }
    }

    package func signal(_ number: Int32) {
        guard ending.withLock({ $0 }) == nil else { return }
        Glibc.kill(pid, number)
    }

    /// Tells the gateway to stop, and waits until it has.
    ///
    /// - Returns: Its exit status.
    package func stop() async throws -> Int32 {
        signal(SIGTERM)
        return try await end
    }

    /// Ends the gateway without a warning.
    package func kill() async throws {
        signal(SIGKILL)
        _ = try await end
    }

    /// The exit status, when the gateway has ended and all that it wrote was read.
    package var end: Int32 {
        get async throws {
            if let known = ending.withLock({ $0 }) { return known }
            try await log.waitForEnd()
            return try await Blocking.run { [self] in
                ending.withLock { ending in
                    let status = ending ?? ChildProcess.wait(for: pid)
                    ending = status
                    return status
                }
            }
        }
    }

    /// Reloads by SIGHUP.
    ///
    /// - Returns: The `last_reload` of `/ready` when it covers the signal.
    package func reload() async throws -> JSONValue {
        let client = try await client
        let before = try await client("GET /ready").json["last_reload"]?["sequence"]?.int ?? 0
        signal(SIGHUP)
        _ = try await log.line { line in
            line["sequence"]?.string.flatMap { Int($0) } ?? 0 > before
        }
        // The line is written just before the reload counts as done.
        var last = JSONValue.null
        try await eventually {
            last = try await client("GET /ready").json["last_reload"] ?? .null
            return last["sequence"]?.int ?? 0 > before
        }
        return last
    }
}
