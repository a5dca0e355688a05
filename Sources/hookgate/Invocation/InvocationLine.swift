import PluginPayloads

/// One line of `hook invoke`: which hook, on what, for whom.
struct InvocationLine {
    /// Why a line is no valid input.
    struct Failure: Error {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    let hook: HookName
    let payload: PayloadBlock
    /// The request that the line names; `nil` for that of the line before.
    let requestID: String?
    private let context: JSONObject

    /// Reads a line.
    ///
    /// - Parameter text: JSON.
    /// - Throws: What is wrong with it.
    init(_ text: [UInt8]) throws(Failure) {
        let line: BlockValue
        do throws(JSONError) { line = try PayloadBlock(json: text).root } catch { throw Failure("\(error)") }
        guard line.isObject else { throw Failure("a line has to be an object with \"hook\" and \"payload\"") }
        try Self.check(line, keys: ["hook", "payload", "context"], of: "the line")
        guard let hook = line["hook"]?.string, !hook.isEmpty else {
            throw Failure("\"hook\" is missing or no text: give the hook's name, such as \"tool_pre_invoke\"")
        }
        guard let payload = line["payload"], payload.isObject else {
            throw Failure("\"payload\" is missing or no object")
        }
        self.hook = HookName(hook)
        if let problem = self.hook.payloadShape?.problem(in: payload) { throw Failure("\"payload\": \(problem)") }
        self.payload = payload.block
        context = try Self.context(line["context"])
        requestID = context["request_id"]?.string
        _ = try identity(in: "")
    }

    private static func context(_ value: BlockValue?) throws(Failure) -> JSONObject {
        guard let value, !value.isNull else { return [:] }
        guard let context = value.object else { throw Failure("\"context\" is no object") }
        let keys = ["request_id", "user", "tenant_id", "server_id", "content_type"]
        try check(value, keys: keys, of: "\"context\"")
        return JSONObject(context.filter { !$0.1.isNull })
    }

    private static func check(_ object: BlockValue, keys: [String], of place: String) throws(Failure) {
        for index in 0..<object.count where !keys.contains(object.key(at: index)) {
            let key = JSONValue.string(object.key(at: index))
            throw Failure("unknown key \(key) in \(place); known are \(keys.joined(separator: ", "))")
        }
    }

    /// Whose request it is, by what the line says; the request is for a line that names none.
    func identity(in request: String) throws(Failure) -> RequestIdentity {
        var fields = context
        if fields["request_id"] == nil { fields["request_id"] = .string(request) }
        do throws(BlockError) { return try RequestIdentity(block: PayloadBlock(fields)) } catch {
            throw Failure("\(error)")
        }
    }

    /// Whether the line says of its request what another one has said, or less.
    func agrees(with first: InvocationLine) -> Bool {
        context.allSatisfy { key, value in key == "request_id" || first.context[key] == value }
    }
}
