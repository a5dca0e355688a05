import CHookgate
import PluginPayloads

/// One hook of a plugin: what the runtime is told about it, and the way to its handler.
final class RegisteredHook: Sendable {
    enum Handler: Sendable {
        case sync(SyncHandler)
        case async(AsyncHandler)
    }

    let name: String
    let options: HookOptions
    /// JSON Schema of the payload; empty if there is none to tell.
    let schema: String
    /// Whether the plugin brings the type of the payload.
    let isCustom: Bool
    private let handler: Handler

    init(_ name: String, _ options: HookOptions, payload: (any Decodable.Type)?, _ handler: Handler) {
        self.name = name
        self.options = options
        self.schema = payload.flatMap { Self.schema(of: $0) } ?? ""
        self.isCustom = payload != nil
        self.handler = handler
    }

    private static func schema(of payload: any Decodable.Type) -> String? {
        guard let schema = PayloadSchema.schema(of: payload) else { return nil }
        return try? PayloadBlock(schema).json
    }

    /// What the C header says that the hook may do.
    var flags: UInt32 {
        var flags: UInt32 = 0
        if !options.contains(.neverDenies) { flags |= UInt32(HG_MAY_DENY) }
        if !options.contains(.neverModifies) { flags |= UInt32(HG_MAY_MODIFY) }
        if !options.contains(.neverBlocks) { flags |= UInt32(HG_MAY_BLOCK) }
        if case .async = handler { flags |= UInt32(HG_MAY_SUSPEND) }
        return flags
    }

    /// Runs the handler.
    ///
    /// - Returns: `HG_PENDING` if it goes on as a task.
    func run(_ call: HookCall) -> hg_status {
        switch handler {
        case .sync(let handler):
            let context = HookContext(call)
            do {
                let answer = try handler(call.payload, context)
                context.end()
                return call.end(with: answer)
            } catch {
                context.end()
                return call.end(with: error)
            }
        case .async(let handler):
            return AsyncCall.run(call, handler)
        }
    }
}

/// The C function of every hook: `hook` is its registration.
///
/// The plugin's instance holds the registration, and outlives every call.
func callRegisteredHook(_ hook: UnsafeMutableRawPointer?, _ call: UnsafeMutablePointer<hg_call>?) -> hg_status {
    guard let hook = unsafe hook, let call = unsafe call else { return hg_status(HG_E_ARGUMENT) }
    return unsafe Unmanaged<RegisteredHook>.fromOpaque(hook)._withUnsafeGuaranteedRef { hook in
        unsafe hook.run(HookCall(call))
    }
}

extension HookCall {
    /// Hands over what a handler answered.
    func end(with answer: HookAnswer) -> hg_status {
        do {
            try apply(answer)
            return hg_status(HG_OK)
        } catch {
            return end(with: error)
        }
    }

    /// A thrown violation denies; anything else is a failure.
    func end(with error: any Error) -> hg_status {
        do {
            guard let violation = error as? PluginViolation else { throw error }
            try deny(violation)
            return hg_status(HG_OK)
        } catch {
            fail(String(describing: error))
            return hg_status(HG_E_FAILED)
        }
    }

    private func apply(_ answer: HookAnswer) throws {
        for (key, value) in answer.metadata { try setMetadata(value, of: key) }
        if !answer.httpHeaders.isEmpty { try addHeaders(answer.httpHeaders) }
        if answer.retryDelayMilliseconds > 0 { try retry(afterMilliseconds: answer.retryDelayMilliseconds) }
        guard answer.continueProcessing else { return try deny(answer.violation ?? .withoutReason) }
        if let violation = answer.violation { try report(violation) }
        switch answer.modifiedPayload {
        case .fields(let fields): try reply(fields)
        case .block(let block): try reply(block)
        case nil: break
        }
    }
}

extension PluginViolation {
    fileprivate static var withoutReason: PluginViolation {
        PluginViolation(reason: "Blocked", description: "The plugin gave no reason.", code: "BLOCKED")
    }
}
