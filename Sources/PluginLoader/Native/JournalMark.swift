import CJournal
import PluginHooks

/// What the crash journal calls a plugin and what it does, noted while the plugin's code runs.
///
/// Without a journal it is nothing, and costs a branch.
package struct JournalMark: Sendable {
    private let value: UInt64

    /// - Parameters:
    ///   - plugin: The plugin's number in the journal; 0 for none.
    ///   - activity: The hook, or a word such as `start`.
    package init(plugin: UInt32, _ activity: String) {
        value = plugin == 0 ? 0 : UInt64(plugin) << 32 | UInt64(unsafe hookgate_journal_hook(activity))
    }

    /// Runs a plugin's code for a call.
    @inline(__always)
    func around<Result>(_ call: HookCall, _ body: () -> Result) -> Result {
        guard value != 0 else { return body() }
        // Not the clock, which would cost more than all else: it is read for the deadline anyway.
        let since = call.deadline &- call.hook.timeoutNanoseconds
        let before = hookgate_journal_enter(value, since, call.request.context.mark)
        defer { hookgate_journal_leave(before) }
        return body()
    }

    /// Runs a plugin's code for no request.
    package func around<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        guard value != 0 else { return try body() }
        let before = hookgate_journal_enter(value, Clock.now(), hookgate_journal_request())
        defer { hookgate_journal_leave(before) }
        return try body()
    }
}
