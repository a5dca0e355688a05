import ArgumentParser
import GatewayApp
import GatewayCore

/// The command `hookgate reload`.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Tells a running gateway to reload, and waits for what comes of it.",
        discussion: """
            Sends SIGHUP, waits for a reload that began afterwards, and prints its
            result. A reload that is rejected leaves the plugins of before running.

            Exit status: 0 reloaded, 1 no gateway or no answer in time, 3 the reload
            was rejected.
            """
    )

    @Option(help: ArgumentHelp("The gateway's process. Default: the one that runs on the data directory."))
    var pid: Int32?

    @Option(help: ArgumentHelp("The gateway's data directory.", valueName: "dir"))
    var dataDir: String?

    @Option(help: ArgumentHelp("How long to wait, in seconds.", valueName: "seconds"))
    var timeout = 60.0

    @Option(help: "How to print the result.")
    var format = OutputFormat.text

    func validate() throws {
        guard (0...86_400).contains(timeout) else {
            throw ValidationError("--timeout: expected 0 to 86400 seconds, found \(timeout)")
        }
    }

    @concurrent
    func run() async throws {
        let report: ReloadReport
        do throws(GatewayFailure) {
            let request = try request()
            report = try await request.run(timeout: .seconds(timeout))
        } catch {
            StandardError.print("error: \(error)")
            throw ExitCode.failure
        }
        switch format {
        case .json: print(report.object)
        case .text: print(report.text)
        }
        if !report.isAccepted { throw ExitStatus.invalidConfiguration }
    }

    private func request() throws(GatewayFailure) -> ReloadRequest {
        if let pid { return try ReloadRequest(process: pid) }
        return try ReloadRequest(on: DataDirectory(existing: dataDir ?? DataDirectory.standard(.process)))
    }
}

extension ReloadReport {
    /// The report as a person reads it.
    fileprivate var text: String {
        let verdict =
            isAccepted ? "reloaded (reload \(sequence))" : "reload \(sequence) was rejected; nothing has changed"
        return ([verdict] + errors).joined(separator: "\n")
    }
}
