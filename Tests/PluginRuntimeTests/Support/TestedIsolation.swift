import Testing

/// Where the plugins of a test run that do not say it themselves.
enum TestedIsolation: String, CaseIterable, Sendable {
    case inProcess = "in_process"
    case process

    /// What `Site` takes.
    @TaskLocal static var current = TestedIsolation.inProcess
}

/// Runs each test of a suite twice: with plugins in its own process, and with plugins in worker processes.
///
/// The tests do not know which of them it is, so what they expect is the same for both.
struct BothIsolations: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        for isolation in TestedIsolation.allCases {
            await TestedIsolation.$current.withValue(isolation) {
                do {
                    try await function()
                } catch {
                    Issue.record(error, "isolation: \(isolation.rawValue)")
                }
            }
        }
    }
}

extension Trait where Self == BothIsolations {
    /// Runs each test with plugins in this process, and again with plugins in worker processes.
    static var inBothIsolations: Self { Self() }
}
