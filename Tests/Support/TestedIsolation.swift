import Glibc

/// Where the plugins of a test run that do not say it themselves.
package enum TestedIsolation: String, CaseIterable, Sendable {
    case inProcess = "in_process"
    case process

    /// That of the test that is running.
    @TaskLocal package static var current = TestedIsolation.inProcess

    /// The `sandbox` of plugins whose workers may do what this process may, such as write where a test looks.
    package static let openSandbox = "{profile: none, user: \(getuid() == 0 ? "root" : "nobody")}"
}
