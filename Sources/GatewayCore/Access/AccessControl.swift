package import Logging
import PluginPayloads

/// Finds out who sends a request, and whether they may do what they ask for.
///
/// Plugins are asked first. What they say of a user counts no more than the user's record; what they refuse is refused.
package struct AccessControl: Sendable {
    package let users: UserDirectory
    /// `nil` if authentication is off: then everyone may do everything that no plugin refuses.
    let tokens: (any TokenVerifying)?
    let powers: @Sendable () -> PluginPowers
    let logger: Logger

    /// - Parameters:
    ///   - users: Those who may send requests.
    ///   - tokens: Verifies bearer tokens; `nil` to switch authentication off.
    ///   - powers: What plugins may do now.
    ///   - logger: Gets what plugins tried and may not, and how they failed.
    package init(
        users: UserDirectory,
        tokens: (any TokenVerifying)?,
        powers: @escaping @Sendable () -> PluginPowers,
        logger: Logger
    ) {
        self.users = users
        self.tokens = tokens
        self.powers = powers
        self.logger = logger
    }

    /// Asks the plugins of a hook without which the gateway can decide.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - hooks: The request's hooks.
    ///   - payload: What they are asked about; it is made only if there are any.
    /// - Returns: What became of it; `nil` if nobody was asked, or a plugin failed.
    /// - Throws: A failure that may not be passed over: the plugin is required or overloaded, the payload is too large, or
    ///   the operator wants to know of every error.
    func ask(
        _ hook: HookName,
        _ hooks: any RequestHooks,
        _ payload: () throws(BlockError) -> PayloadBlock
    ) async throws(GatewayError) -> HookOutcome? {
        guard hooks.hasPlugins(for: hook) else { return nil }
        let outcome = await hooks.invoke(hook, try GatewayError.fitting(payload))
        guard !outcome.continueProcessing, let error = outcome.error else { return outcome }
        let failure = GatewayError(error, in: hook)
        switch error.code {
        case .unavailable, .overloaded, .payloadTooLarge: throw failure
        default: if powers().failsOnError { throw failure }
        }
        note(.error, "plugin failed; the gateway decides without it", hooks, failure.reason ?? "", error.pluginName)
        return nil
    }

    /// Writes a line about a plugin.
    func note(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ hooks: any RequestHooks,
        _ reason: String,
        _ plugin: String? = nil
    ) {
        var metadata: Logger.Metadata = ["request_id": "\(hooks.identity.requestID)", "reason": "\(reason)"]
        if let plugin { metadata["plugin"] = "\(plugin)" }
        logger.log(level: level, message, metadata: metadata)
    }
}

extension GatewayError {
    /// A payload; one that holds more than a block can is too large.
    static func fitting(_ payload: () throws(BlockError) -> PayloadBlock) throws(GatewayError) -> PayloadBlock {
        do throws(BlockError) { return try payload() } catch { throw .tooLarge("\(error)") }
    }
}
