package import Glibc
package import PluginPayloads
import Synchronization
import TestSupport

/// The executable `hookgate serve`, as its operators run it.
package final class GatewayProcess: Sendable {
    package let site: GatewaySite
    package let pid: pid_t
    package let log: ProcessLog
    /// Whether its log has only what is wrong.
    private let isQuiet: Bool
    private let ending = Mutex<Int32?>(nil)

    /// Starts a gateway in a site, on its data directory and on any port that is free.
    ///
    /// - Parameters:
    ///   - site: Where its configuration, plugins and data are.
    ///   - arguments: Further arguments; `$SITE` stands for the site's directory.
    ///   - environment: Variables.
    ///   - program: The executable; `nil` for the one that is built beside the tests.
    /// - Throws: That it cannot be started at all.
    package init(
        _ site: GatewaySite,
        _ arguments: [String] = GatewayProcess.configured,
        environment: [String: String] = [:],
        program: String? = nil
    ) throws {
        self.site = site
        isQuiet = environment["LOG_LEVEL"] == "warning"
        // A named pipe, which no other process that starts now can inherit.
        let pipe = try TemporaryDirectory()
        guard unsafe mkfifo(pipe("log"), 0o600) == 0 else { throw SetupFailure("cannot make a pipe") }
        let output = unsafe open(pipe("log"), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard output >= 0 else { throw SetupFailure("cannot open a pipe") }
        let here = arguments.map { $0.replacing("$SITE", with: site.directory.path) }
        let program = try program ?? BuiltProducts.directory() + "/hookgate"
        let port = here.contains("--port") ? [] : ["--port", "0"]
        pid = try unsafe ChildProcess.start(
            "/bin/sh",
            ["-c", #"cd "$0" && exec "$@""#, site.directory.path, program, "serve", "--data-dir", site.data] + port
                + here,
            environment: Self.neutral.merging(["PLUGINS_ISOLATION": site.isolationVariable]) { _, given in given }
                .merging(environment) { _, given in given }
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
        _ arguments: [String] = GatewayProcess.configured,
        environment: [String: String] = [:],
        program: String? = nil
    ) async throws -> GatewayProcess {
        let gateway = try GatewayProcess(site, arguments, environment: environment, program: program)
        _ = try await gateway.client
        return gateway
    }

    deinit {
        guard ending.withLock({ $0 }) == nil else { return }
        Glibc.kill(pid, SIGKILL)
        _ = ChildProcess.wait(for: pid)
    }

    /// The arguments that name a site's configuration.
    package static let configured = ["--config", "$SITE/config.yaml"]

    /// What could change how the gateway behaves, unset.
    private static let neutral = [
        "LOG_LEVEL": "info", "SWIFT_BACKTRACE": "enable=no", "PLUGINS_ENABLED": "", "PLUGINS_CONFIG_FILE": "",
        "PLUGIN_CONFIG_FILE": "", "HOOKGATE_HOST": "", "HOOKGATE_PORT": "", "HOOKGATE_DATA_DIR": "", "HOST": "",
        "PORT": "", "JWT_SECRET_KEY": "", "JWT_AUDIENCE": "", "JWT_ISSUER": "", "AUTH_REQUIRED": "",
    ]

    /// Talks to the gateway, as soon as it listens.
    package var client: GatewayClient {
        get async throws { GatewayClient(port: try await port) }
    }

    /// Where it listens.
    package var port: Int {
        get async throws {
            var port: Int?
            if isQuiet {
                try await eventually("a port of the gateway", within: .seconds(60)) {
                    guard !log.hasEnded else { throw SetupFailure("the gateway has ended; it wrote:\n\(log.text)") }
                    port = try ProcessFiles.listeningPort(of: pid)
                    return port != nil
                }
            } else {
                port = try await log.line { $0["message"] == "listening" }["port"]?.string.flatMap { Int($0) }
            }
            guard let port else { throw SetupFailure("the gateway does not say where it listens:\n\(log.text)") }
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

    /// What `reload.json` says.
    package var reloadRecord: JSONValue {
        get throws { try JSONValue(json: Files.readText(site.data + "/reload.json")) }
    }

    /// Reloads by SIGHUP.
    ///
    /// - Returns: The `last_reload` of `/ready`, of a reload that covers the signal; its lines are in the log.
    @discardableResult
    package func reload() async throws -> JSONValue {
        let received = try reloadRecord["received"]?.int ?? 0
        signal(SIGHUP)
        var last = JSONValue.null
        try await eventually("a reload", within: .seconds(60)) {
            last = try reloadRecord["last_reload"] ?? .null
            return last["covers"]?.int ?? 0 > received
        }
        if !isQuiet, let sequence = last["sequence"]?.int {
            _ = try await log.line { $0["sequence"]?.string == "\(sequence)" }
        }
        return try await client("GET /ready").json["last_reload"] ?? .null
    }
}
