import Synchronization
import TestSupport

/// Waits for what nobody announces: until a condition holds, or 20 seconds are over.
func eventually(_ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while try !condition() {
        guard ContinuousClock.now < end else { throw SetupFailure("it did not come about within 20 s") }
        await Task.yield()
    }
}
