import PluginPayloads

/// How the payload of a hook is read, and a changed one handed over.
protocol PayloadCodec: SendableMetatype {
    associatedtype Payload: Sendable
    associatedtype Reply: Sendable

    /// Whether the plugin brings the type of the payload.
    static var isCustom: Bool { get }

    /// JSON Schema of the payload; empty if there is none to tell.
    static var schema: String { get }

    static func payload(of call: HookCall) throws -> Payload

    static func reply(_ reply: Reply, to call: HookCall) throws
}

/// The payload of a standard hook, whose type the runtime knows.
enum StandardCodec<Payload: HookPayload>: PayloadCodec {
    static var isCustom: Bool { false }
    static var schema: String { "" }

    static func payload(of call: HookCall) throws -> Payload {
        try Payload(block: call.payload)
    }

    static func reply(_ reply: Payload.Modified, to call: HookCall) throws {
        try call.reply { reply.write(to: &$0) }
    }
}

/// The payload of a custom hook, which the plugin brings.
enum CustomCodec<Payload: Codable & Sendable>: PayloadCodec {
    static var isCustom: Bool { true }
    static var schema: String { PayloadSchema.schema(of: Payload.self).map(\.json) ?? "" }

    static func payload(of call: HookCall) throws -> Payload {
        do {
            return try call.payload.decode()
        } catch {
            throw BlockError("payload: \(CodingProblem(error))")
        }
    }

    static func reply(_ reply: Payload, to call: HookCall) throws {
        try call.reply(try PayloadBlock(encoding: reply))
    }
}
