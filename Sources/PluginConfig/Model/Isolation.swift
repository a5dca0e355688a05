/// Where a plugin's code runs.
package enum Isolation: String, Sendable, Hashable, CaseIterable {
    /// In the process of the runtime: fastest, and trusted with all of it.
    case inProcess = "in_process"
    /// In worker processes, in a sandbox.
    case process
}
