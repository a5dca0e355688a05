import ArgumentParser
import PluginPayloads
import PluginRuntime

/// The lines of one run of `hook invoke`, and what has become of them so far.
struct InvocationSession {
    private let runtime: PluginRuntime
    private let recordsExecutions: Bool
    private var requests: [String: (request: HookRequest, first: InvocationLine)] = [:]
    private var lastRequest = "1"
    private var hasFailure = false
    private var hasBlock = false
    var hasBadInput = false

    /// - Parameters:
    ///   - runtime: Has the plugins.
    ///   - recordsExecutions: Whether answers say what every plugin did.
    init(_ runtime: PluginRuntime, recordsExecutions: Bool) {
        self.runtime = runtime
        self.recordsExecutions = recordsExecutions
    }

    /// The exit status after all lines; `nil` if all calls were allowed.
    var exitStatus: ExitCode? {
        if hasBadInput { return ExitStatus.badInput }
        if hasFailure { return ExitStatus.failed }
        return hasBlock ? ExitStatus.blocked : nil
    }

    /// Runs one line.
    ///
    /// - Returns: What became of it, and what is strange about it; `nil` for an empty line.
    mutating func answer(
        _ text: [UInt8]
    ) async throws(InvocationLine.Failure) -> (outcome: HookOutcome, warning: String?)? {
        if text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) {
            return nil
        }
        let line = try InvocationLine(text)
        let (request, warning) = try request(of: line)
        let outcome = await request.invoke(line.hook, line.payload)
        if outcome.error != nil {
            hasFailure = true
        } else if !outcome.continueProcessing {
            hasBlock = true
        }
        return (outcome, warning)
    }

    private mutating func request(
        of line: InvocationLine
    ) throws(InvocationLine.Failure) -> (request: HookRequest, warning: String?) {
        let identifier = line.requestID ?? lastRequest
        lastRequest = identifier
        if let (request, first) = requests[identifier] {
            let name = JSONValue.string(identifier)
            let warning = "\"context\" differs from that of the first line of request \(name), which counts"
            return (request, line.agrees(with: first) ? nil : warning)
        }
        let identity = try line.identity(in: identifier)
        do throws(BlockError) {
            let request = try runtime.request(identity, recordsExecutions: recordsExecutions)
            requests[identifier] = (request, line)
            return (request, nil)
        } catch {
            throw InvocationLine.Failure("\(error)")
        }
    }
}
