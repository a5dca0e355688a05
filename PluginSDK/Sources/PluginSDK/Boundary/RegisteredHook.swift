import CHookgate
import PluginPayloads

/// One hook of a plugin: what the runtime is told about it, and the way to its handler.
final class RegisteredHook: Sendable {
    let name: String
    let flags: UInt32
    let schema: String
    /// Whether the plugin brings the type of the payload.
    let isCustom: Bool
    /// Runs the handler; `HG_PENDING` if it goes on as a task.
    let run: @Sendable (HookCall) -> hg_status

    /// A hook whose handler is called directly.
    init<Codec: PayloadCodec>(
        _ name: String,
        _ options: HookOptions,
        _ codec: Codec.Type,
        _ handler: @escaping @Sendable (Codec.Payload, HookContext) throws -> HookResult<Codec.Reply>
    ) {
        self.name = name
        self.flags = options.flags
        self.schema = Codec.schema
        self.isCustom = Codec.isCustom
        self.run = { call in
            let context = HookContext(call)
            let answer = Result { try handler(try Codec.payload(of: call), context) }
            context.end()
            return call.hand(answer, Codec.self)
        }
    }

    /// A hook whose handler runs as a task.
    init<Codec: PayloadCodec>(
        _ name: String,
        _ options: HookOptions,
        _ codec: Codec.Type,
        _ handler: @escaping @Sendable (Codec.Payload, HookContext) async throws -> HookResult<Codec.Reply>
    ) {
        self.name = name
        self.flags = options.flags | UInt32(HG_MAY_SUSPEND)
        self.schema = Codec.schema
        self.isCustom = Codec.isCustom
        self.run = { call in
            AsyncCall.run(call) {
                let context = HookContext(call)
                let answer: Result<HookResult<Codec.Reply>, any Error>
                do {
                    answer = .success(try await handler(try Codec.payload(of: call), context))
                } catch {
                    answer = .failure(error)
                }
                context.end()
                return call.hand(answer, Codec.self)
            }
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

extension HookOptions {
    /// What the C header says a hook may do.
    fileprivate var flags: UInt32 {
        (contains(.neverDenies) ? 0 : UInt32(HG_MAY_DENY))
            | (contains(.neverModifies) ? 0 : UInt32(HG_MAY_MODIFY))
            | (contains(.neverBlocks) ? 0 : UInt32(HG_MAY_BLOCK))
    }
}

extension HookCall {
    /// Hands over what a handler answered; what it throws becomes a denial or a failure, and ends here.
    fileprivate func hand<Codec: PayloadCodec>(
        _ answer: Result<HookResult<Codec.Reply>, any Error>,
        _ codec: Codec.Type
    ) -> hg_status {
        do {
            switch answer {
            case .success(let result): try apply(result, codec)
            case .failure(let violation as PluginViolation): try deny(violation)
            case .failure(let error): throw error
            }
            return hg_status(HG_OK)
        } catch {
            fail(String(describing: error))
            return hg_status(HG_E_FAILED)
        }
    }

    private func apply<Codec: PayloadCodec>(_ result: HookResult<Codec.Reply>, _ codec: Codec.Type) throws {
        for (key, value) in result.metadata { try setMetadata(value, of: key) }
        if !result.httpHeaders.isEmpty { try addHeaders(result.httpHeaders) }
        if result.retryDelayMilliseconds > 0 { try retry(afterMilliseconds: result.retryDelayMilliseconds) }
        guard result.continueProcessing else { return try deny(result.violation ?? .withoutReason) }
        if let violation = result.violation { try report(violation) }
        if let payload = result.modifiedPayload { try Codec.reply(payload, to: self) }
    }
}

extension PluginViolation {
    fileprivate static var withoutReason: PluginViolation {
        PluginViolation(reason: "Blocked", description: "The plugin gave no reason.", code: "BLOCKED")
    }
}
