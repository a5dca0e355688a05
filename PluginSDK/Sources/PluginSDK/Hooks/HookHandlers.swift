public import PluginPayloads

/// A changed payload, whatever its type.
@usableFromInline
enum ChangedPayload: Sendable {
    case fields(any HookReply)
    case block(PayloadBlock)
}

/// What any handler answers.
@usableFromInline typealias HookAnswer = HookResult<ChangedPayload>

/// A handler of any hook that is called directly.
@usableFromInline typealias SyncHandler = @Sendable (PayloadBlock, HookContext) throws -> HookAnswer

/// A handler of any hook that runs as a task.
@usableFromInline typealias AsyncHandler = @Sendable (PayloadBlock, HookContext) async throws -> HookAnswer

extension HookResult {
    /// Forgets the type of the payload.
    @inlinable
    func erased(_ erase: (Payload) throws -> ChangedPayload) rethrows -> HookAnswer {
        HookAnswer(
            continueProcessing: continueProcessing,
            modifiedPayload: try modifiedPayload.map(erase),
            violation: violation,
            metadata: metadata,
            retryDelayMilliseconds: retryDelayMilliseconds,
            httpHeaders: httpHeaders
        )
    }
}

/// The payload of a custom hook, which the plugin brings.
@usableFromInline
enum CustomPayload: Sendable {
    @inlinable
    static func decode<Payload: Decodable>(_ block: PayloadBlock) throws -> Payload {
        do {
            return try block.decode()
        } catch {
            throw BlockError("payload: \(CodingProblem(error))")
        }
    }

    /// The fields that a handler has changed: the others stay as they came, to the text of a number.
    @inlinable
    static func encode<Payload: Encodable>(
        _ payload: Payload,
        changedFrom original: Payload
    ) throws -> ChangedPayload {
        .block(try PayloadBlock(encoding: payload, changedFrom: original))
    }
}
