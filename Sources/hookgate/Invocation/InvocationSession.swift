import ArgumentParser
import PluginPayloads
import PluginRuntime

/// The lines of one run of `hook invoke`, and what has become of them so far.
struct InvocationSession {
    private let runtime: PluginRuntime
    private var requests: [String: HookRequest] = [:]
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
    mutating func answer(_ text: String) async throws(InvocationLine.Failure) -> HookOutcome {
        let line = try InvocationLine(text)
        let request = try request(of: line)
        let outcome = await request.invoke(line.hook, line.payload)
        if outcome.error != nil {
            hasFailure = true
        } else if !outcome.continueProcessing {
            hasBlock = true
        }
        return outcome
    }

    private mutating func request(of line: InvocationLine) throws(InvocationLine.Failure) -> HookRequest {
        if let identity = line.identity { lastRequest = identity.requestID }
        if let request = requests[lastRequest] { return request }
        let identity = line.identity ?? RequestIdentity(requestID: lastRequest)
        do throws(BlockError) {
            let request = try runtime.request(identity)
            requests[lastRequest] = request
            return request
        } catch {
            throw InvocationLine.Failure("\(error)")
        }
    }
}

extension HookOutcome {
    /// The outcome as `hook invoke` prints it.
    var object: JSONObject {
        let failure: JSONValue? = error.map { error in
            [
                "code": .string(error.code.description), "message": .string(error.message),
                "plugin_name": .string(error.pluginName),
            ]
        }
        return [
            "continue_processing": .bool(continueProcessing),
            "modified_payload": modifiedPayload?.value ?? .null,
            "violation": violation.map { .object($0.object) } ?? .null,
            "error": failure ?? .null,
            "metadata": .object(metadata),
        ]
    }
}
