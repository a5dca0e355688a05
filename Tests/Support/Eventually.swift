/// Waits for what nobody announces: until a condition holds, or 20 seconds are over.
package func eventually(_ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while try await !condition() {
        guard ContinuousClock.now < end else { throw SetupFailure("it did not come about within 20 s") }
        await Task.yield()
    }
}
