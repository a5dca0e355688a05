import TestSupport
package import Testing

/// Runs each test of a suite twice: with plugins in the process that calls them, and with plugins in worker processes.
///
/// The tests do not know which of them it is, so what they expect is the same for both.
package struct BothIsolations: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
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
    /// Runs each test with plugins in the process that calls them, and again with plugins in worker processes.
    package static var inBothIsolations: Self { Self() }
}
