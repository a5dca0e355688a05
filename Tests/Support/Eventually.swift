/// Waits for what nobody announces: looks again and again until it is so.
///
/// - Throws: That it has not become so in time.
package func eventually(
    _ what: String = "what has to come about",
    within time: Duration = .seconds(60),
    _ isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + time
    while try await !isSo() {
        guard ContinuousClock.now < end else { throw SetupFailure("waited \(time) for \(what)") }
        // Without a pause it would take a processor from those whom it waits for.
        try await Task.sleep(for: .milliseconds(2))
    }
}
