/// Counts calls and failures of the last minutes, in slices, so that its size does not depend on how many there are.
package struct SlidingWindow: Sendable {
    /// What is counted.
    package struct Counts: Sendable, Equatable {
        package var calls: Int
        package var failures: Int

        package init(calls: Int = 0, failures: Int = 0) {
            self.calls = calls
            self.failures = failures
        }
    }

    private static let sliceCount = 10

    private let origin: ContinuousClock.Instant
    private let sliceLength: Duration
    /// By the number of the slice, modulo their count.
    private var slices = [(number: Int, counts: Counts)](repeating: (.min, Counts()), count: sliceCount)

    /// Makes an empty window.
    ///
    /// - Parameters:
    ///   - length: How far it looks back.
    ///   - now: The time.
    package init(length: Duration, now: ContinuousClock.Instant) {
        origin = now
        sliceLength = length / Self.sliceCount
    }

    /// Counts a call.
    package mutating func add(isFailure: Bool, now: ContinuousClock.Instant) {
        let number = sliceNumber(now)
        let place = number % Self.sliceCount
        if slices[place].number != number { slices[place] = (number, Counts()) }
        slices[place].counts.calls += 1
        if isFailure { slices[place].counts.failures += 1 }
    }

    /// The calls of the slice of now and of the nine before it.
    package func counts(now: ContinuousClock.Instant) -> Counts {
        let last = sliceNumber(now)
        return slices.reduce(into: Counts()) { sum, slice in
            guard slice.number > last - Self.sliceCount else { return }
            sum.calls += slice.counts.calls
            sum.failures += slice.counts.failures
        }
    }

    private func sliceNumber(_ now: ContinuousClock.Instant) -> Int {
        max(0, Int((now - origin) / sliceLength))
    }
}
