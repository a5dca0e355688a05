package import PluginPayloads

/// What a hook asked for while it ran.
///
/// It takes effect when the hook ends in time.
///
/// `@unchecked Sendable`: a handler collects effects under a lock of its own, and hands them over once, at the end.
package final class HookEffects: @unchecked Sendable {
    package var reply: PayloadBlock?
    package var denial: PluginViolation?
    package var report: PluginViolation?
    package var failure: String?
    package var metadata: JSONObject = [:]
    package var stateWrites: [StateWrite] = []
    package var retryDelayMilliseconds = 0
    package var httpHeaders: JSONObject = [:]

    package init() {}
}

/// How a hook ended.
package enum HookResponse: Sendable {
    /// It ended; `nil` if it did nothing.
    case completed(HookEffects?)
    /// It failed.
    case failed(PluginError.Code, message: String)
}
