import PluginPayloads

/// What an agent has answered: a message, or a task with messages and artifacts in it.
///
/// All that an agent says in it is in ``messages``, for the hooks; what they leave is put back in its place.
struct A2AReply: Sendable, Equatable {
    /// The task without what its agent says; `nil` if the answer is a message.
    private var task: JSONObject?
    /// Where each message is from.
    private var places: [Place] = []
    /// What the agent says, as the hooks see it.
    var messages: [JSONValue] = []
    /// The tools that the agent says it has called.
    var toolCalls: JSONValue = .null

    private enum Place: Equatable {
        case message
        case status
        case history
        case artifact(JSONObject)
    }

    /// Reads the `result` of an agent's answer, in either version; `nil` if it is none.
    init?(_ result: JSONValue) {
        let value = result["message"] ?? result["task"] ?? result
        guard let object = value.object else { return nil }
        if object["parts"]?.array != nil {
            add(object, .message)
        } else if object["status"]?.object != nil {
            take(task: object)
        } else {
            return nil
        }
        let calls = object["metadata"]?["tool_calls"]
        if calls?.array != nil { toolCalls = calls ?? .null }
    }

    /// A task without what its agent says in it.
    private mutating func take(task object: JSONObject) {
        var object = object
        for message in object["history"]?.array ?? [] {
            if let message = message.object { add(message, .history) }
        }
        if let message = object["status"]?["message"]?.object { add(message, .status) }
        for artifact in object["artifacts"]?.array ?? [] {
            guard let artifact = artifact.object else { continue }
            add(["role": "agent", "parts": artifact["parts"] ?? []], .artifact(artifact))
        }
        object["history"] = nil
        object["artifacts"] = nil
        object["status"]?["message"] = nil
        task = object
    }

    private mutating func add(_ message: JSONObject, _ place: Place) {
        messages.append(A2AMessage.forHooks(message))
        places.append(place)
    }

    /// The answer in a version.
    ///
    /// When plugins have taken messages away or added some, nobody knows where each belongs, and all parts become one
    /// message.
    func result(_ version: A2AVersion) -> JSONValue {
        guard let task, messages.count == places.count else { return message(version) }
        let written = self.task(task, version)
        return version == .current ? ["task": .object(written)] : .object(written)
    }

    private func message(_ version: A2AVersion) -> JSONValue {
        var message = messages.first ?? ["role": "agent", "content": []]
        if messages.count > 1 {
            message["content"] = .array(messages.flatMap { $0["content"].map { $0.array ?? [$0] } ?? [] })
        }
        var written = A2AMessage.onWire(message, version)
        written["metadata"] = metadata(written["metadata"])
        return version == .current ? ["message": .object(written)] : .object(written)
    }

    private func task(_ task: JSONObject, _ version: A2AVersion) -> JSONObject {
        var written: JSONObject = version == .former ? ["kind": "task"] : [:]
        for (key, value) in task where key != "kind" { written[key] = value }
        if let state = task["status"]?["state"]?.string {
            written["status"]?["state"] = .string(A2AState.written(state, version))
        }
        var (history, artifacts) = ([JSONValue](), [JSONValue]())
        for (message, place) in zip(messages, places) {
            switch place {
            case .message: break
            case .status: written["status"]?["message"] = .object(A2AMessage.onWire(message, version))
            case .history: history.append(.object(A2AMessage.onWire(message, version)))
            case .artifact(var artifact):
                artifact["parts"] = .array(A2AMessage.parts(message, version))
                artifacts.append(.object(artifact))
            }
        }
        if !history.isEmpty { written["history"] = .array(history) }
        if !artifacts.isEmpty { written["artifacts"] = .array(artifacts) }
        written["metadata"] = metadata(written["metadata"])
        return written
    }

    /// The metadata with the tool calls that the hooks have left.
    private func metadata(_ metadata: JSONValue?) -> JSONValue? {
        guard metadata?["tool_calls"] != nil || !toolCalls.isNull else { return metadata }
        var metadata = metadata ?? [:]
        metadata["tool_calls"] = toolCalls
        return metadata
    }

    /// The answer to a client that does not speak A2A.
    var plain: JSONObject {
        var plain: JSONObject = ["messages": .array(messages), "tool_calls": toolCalls]
        guard let task else { return plain }
        plain["task"] = .object(
            [
                "id": task["id"] ?? .null, "contextId": task["contextId"] ?? .null,
                "state": .string(A2AState.written(task["status"]?["state"]?.string ?? "", .former)),
            ]
        )
        return plain
    }
}

/// The states of a task.
enum A2AState {
    private static let prefix = "TASK_STATE_"

    /// `TASK_STATE_INPUT_REQUIRED` in the current version, `input-required` in the former.
    static func written(_ state: String, _ version: A2AVersion) -> String {
        let word = state.trimmingPrefix(prefix)
        switch version {
        case .current: return prefix + word.uppercased().replacing("-", with: "_")
        case .former: return word.lowercased().replacing("_", with: "-")
        }
    }
}
