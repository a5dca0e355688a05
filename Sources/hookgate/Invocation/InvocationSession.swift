import ArgumentParser
import PluginPayloads
import PluginRuntime

/// The lines of one run of `hook invoke`, and what has become of them so far.
struct InvocationSession {
    private let runtime: PluginRuntime
    private var requests: [String: (request: HookRequest, first: InvocationLine)] = [:]
    private var lastRequest = "1"
    private var hasFailure = false
    private var hasBlock = false
    var hasBadInput = false

    init(_ runtime: PluginRuntime) {
        self.runtime = runtime
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
            let request = try runtime.request(identity)
            requests[identifier] = (request, line)
            return (request, nil)
        } catch {
            throw InvocationLine.Failure("\(error)")
        }
    }
}
