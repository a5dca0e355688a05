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
    /// The identity of a line that names a request; `nil` for the request of the line before.
    let identity: RequestIdentity?

    init(_ text: String) throws(Failure) {
        let line: BlockValue
        do throws(JSONError) { line = try PayloadBlock(json: text).root } catch { throw Failure("\(error)") }
        guard line.isObject else { throw Failure("a line has to be an object with \"hook\" and \"payload\"") }
        let known = ["hook", "payload", "context"]
        for index in 0..<line.count where !known.contains(line.key(at: index)) {
            throw Failure("unknown key \"\(line.key(at: index))\"; known are \(known.joined(separator: ", "))")
        }
        guard let hook = line["hook"]?.string, !hook.isEmpty else {
            throw Failure("\"hook\" is missing or no text: give the hook's name, such as \"tool_pre_invoke\"")
        }
        guard let payload = line["payload"], payload.isObject else {
            throw Failure("\"payload\" is missing or no object")
        }
        self.hook = HookName(hook)
        if let problem = self.hook.payloadShape?.problem(in: payload) { throw Failure("\"payload\": \(problem)") }
        self.payload = payload.block
        identity = try Self.identity(line["context"])
    }

    private static func identity(_ context: BlockValue?) throws(Failure) -> RequestIdentity? {
        guard let context, !context.isNull else { return nil }
        guard var fields = context.object else { throw Failure("\"context\" is no object") }
        guard let requestID = fields["request_id"], !requestID.isNull else {
            guard fields.isEmpty else { throw Failure("\"context\" needs a \"request_id\" for its other values") }
            return nil
        }
        fields["request_id"] = requestID
        do throws(BlockError) { return try RequestIdentity(block: PayloadBlock(fields)) } catch {
            throw Failure("\(error)")
        }
    }
}
