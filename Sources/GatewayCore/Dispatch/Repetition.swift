import PluginPayloads

/// How calls are repeated that plugins want repeated (`retry_delay_ms`).
package struct Repetition: Sendable {
    /// No plugin can make a request wait longer than this between two attempts.
    private static let longestDelay = 60_000

    /// How often one call is made at most.
    package let maxAttempts: Int
    private let wait: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - maxAttempts: How often one call is made at most.
    ///   - wait: Waits between two attempts.
    package init(
        maxAttempts: Int = 3,
        wait: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.maxAttempts = maxAttempts
        self.wait = wait
    }

    /// Waits as long as the plugins want, if the call is to be made again.
    ///
    /// - Parameters:
    ///   - attempt: The number of attempts so far.
    ///   - before: What the pre hook has said.
    ///   - after: What the post hook has said; the longer delay counts.
    /// - Returns: Whether the call is to be made again.
    /// - Throws: That the request ended meanwhile.
    func isDue(
        after attempt: Int,
        _ before: HookOutcome?,
        _ after: HookOutcome?
    ) async throws(GatewayError) -> Bool {
        let delay = max(before?.retryDelayMilliseconds ?? 0, after?.retryDelayMilliseconds ?? 0)
        guard delay > 0, attempt < maxAttempts else { return false }
        do { try await wait(.milliseconds(min(delay, Self.longestDelay))) } catch { throw .cancelled }
        return true
    }
}

extension GatewayError {
    /// The request ended before its answer was there.
    static var cancelled: GatewayError { .unavailable("the request was cancelled") }
}
