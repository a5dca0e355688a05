package import PluginPayloads

/// What a client wants of an agent.
package struct AgentRequest: Sendable {
    /// How the client writes, and is answered.
    enum Form: Sendable, Equatable {
        case plain
        case a2a(A2AVersion)
    }

    /// The identifier of a request of JSON-RPC; `nil` if it is none.
    package let rpcID: JSONValue?
    let form: Form
    /// What is said, as the hooks see it.
    var messages: [JSONValue]
    var tools: JSONValue = .null
    var model: JSONValue = .null
    var systemPrompt: JSONValue = .null
    var parameters: JSONObject

    /// Reads a request: of JSON-RPC (`SendMessage`, or `message/send` of 0.3), its parameters alone, or in plain
    /// words `{messages? or message?, parameters?, tools?, model?, system_prompt?}`.
    ///
    /// - Throws: What is wrong with it; for JSON-RPC in its envelope.
    package init(_ body: BlockValue) throws(GatewayError) {
        guard let body = body.object else {
            throw .unprocessable("a request is a JSON object, found \(body.typeDescription)")
        }
        guard body["jsonrpc"] != nil else {
            try self.init(body, rpcID: nil)
            return
        }
        let id = body["id"] ?? .null
        let method = body["method"]?.string ?? ""
        guard A2AVersion(sendMethod: method) != nil else {
            throw GatewayError.unprocessable("unknown method \"\(method)\"; known are SendMessage and message/send")
                .with(rpcCode: RPCFault.methodNotFound).enveloped(id)
        }
        do throws(GatewayError) {
            guard let parameters = body["params"]?.object, parameters["message"]?.object != nil else {
                throw .unprocessable("params.message: expected an object")
            }
            try self.init(parameters, rpcID: id)
        } catch {
            throw error.enveloped(id)
        }
    }

    private init(_ body: JSONObject, rpcID: JSONValue?) throws(GatewayError) {
        self.rpcID = rpcID
        if let message = body["message"]?.object {
            form = .a2a(A2AVersion(of: message))
            guard message["parts"]?.array?.isEmpty == false else {
                throw .unprocessable("message.parts: expected a list that is not empty")
            }
            messages = [A2AMessage.forHooks(message)]
            parameters = body["metadata"]?.object ?? [:]
            return
        }
        form = .plain
        parameters = try Self.object("parameters", body)
        messages = try Self.messages(body, parameters)
        if let tools = body["tools"], !tools.isNull {
            guard let texts = tools.array, texts.allSatisfy({ $0.string != nil }) else {
                throw .unprocessable("tools: expected a list of strings")
            }
            self.tools = tools
        }
        model = try Self.text("model", body)
        systemPrompt = try Self.text("system_prompt", body)
    }

    /// The messages, or one that is a text or made of the parameters.
    private static func messages(
        _ body: JSONObject,
        _ parameters: JSONObject
    ) throws(GatewayError) -> [JSONValue] {
        guard let given = body["messages"], !given.isNull else {
            let spoken =
                try text("message", body).string
                ?? ["message", "query", "text"].compactMap { parameters[$0]?.string }.first
            let text = spoken ?? JSONValue.object(parameters).description
            return [["role": "user", "content": ["type": "text", "text": .string(text)]]]
        }
        guard let messages = given.array, !messages.isEmpty,
            messages.allSatisfy({ $0["role"]?.string != nil && $0["content"] != nil })
        else { throw .unprocessable("messages: expected a list of objects with role and content") }
        return messages
    }

    private static func object(_ key: String, _ body: JSONObject) throws(GatewayError) -> JSONObject {
        guard let value = body[key], !value.isNull else { return [:] }
        guard let object = value.object else {
            throw .unprocessable("\(key): expected an object, found \(value.typeDescription)")
        }
        return object
    }

    private static func text(_ key: String, _ body: JSONObject) throws(GatewayError) -> JSONValue {
        guard let value = body[key], !value.isNull else { return .null }
        guard value.string != nil else {
            throw .unprocessable("\(key): expected a string, found \(value.typeDescription)")
        }
        return value
    }
}
