import Glibc
import PluginHooks

/// Waiting at the end of the process for what tells nobody that it has come about.
enum Polling {
    /// Waits on the caller's thread.
    ///
    /// - Returns: Whether it has come about in time.
    @discardableResult
    static func wait(within nanoseconds: UInt64, until isDone: () -> Bool) -> Bool {
        let (end, isNever) = Clock.now().addingReportingOverflow(nanoseconds)
        while !isDone() {
            guard isNever || Clock.now() < end else { return false }
            usleep(1_000)
        }
        return true
    }
}
