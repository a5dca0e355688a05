import Glibc
import PluginHooks
import PluginPayloads

/// Starts probes: child processes that load a file before this process does.
package final class Prober: Sendable {
    package let executable: WorkerExecutable

    /// Opens the worker's executable.
    ///
    /// - Throws: That it is missing, and where it is looked for.
    package init(worker path: String) throws(LoadError) {
        executable = try WorkerExecutable(path)
    }

    /// Has a child process try a file.
    ///
    /// - Parameters:
    ///   - request: What to try.
    ///   - nanoseconds: How long the child may take.
    /// - Returns: What it found.
    /// - Throws: How the child died, or why the file was refused; `problems` of a refused plugin are in the report.
    package func probe(_ request: ProbeRequest, within nanoseconds: UInt64) async throws(LoadError) -> ProbeReport {
        let result = await withCheckedContinuation { continuation in
            Thread.detach { [self] in
                continuation.resume(returning: Result { () throws(LoadError) in try run(request, within: nanoseconds) })
            }
        }
        return try result.get()
    }

    private func run(_ request: ProbeRequest, within nanoseconds: UInt64) throws(LoadError) -> ProbeReport {
        let input = try MemoryFile()
        try input.fill(with: Array(JSONValue.object(request.object).description.utf8))
        var process = try ProbeProcess(executable: executable, input: input.descriptor)
        let outcome = process.wait(nanoseconds: nanoseconds)
        guard case .exited(0) = outcome.end, let bytes = outcome.report,
            let value = try? PayloadBlock(json: bytes).value, let found = ProbeReport(value)
        else {
            throw LoadError(Self.explanation(of: outcome.end, within: nanoseconds, outcome.output))
        }
        return found
    }

    private static func explanation(of end: ProbeProcess.End, within nanoseconds: UInt64, _ output: [UInt8]) -> String {
        let what =
            switch end {
            case .exited(let status): "a trial load ended the process with status \(status)"
            case .signalled(let number): "a trial load died of \(Signals.name(number))"
            case .timedOut:
                "a trial load was not done within \(Seconds.text(nanoseconds)) s; move slow work from constructors and "
                    + "the entry to `start`, or raise probe_timeout"
            }
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        return lines.isEmpty ? what : "\(what); it said: \(lines.prefix(3).joined(separator: "; ").prefix(300))"
    }
}
