/// Numbers reloads, and decides when one is due: a pure state machine.
///
/// Requests that arrive while a reload runs are answered together by the one that follows it, so the last state of the
/// files always wins.
package struct ReloadTurns: Equatable {
    /// One reload.
    package struct Turn: Equatable {
        /// From 1.
        package let sequence: Int
        /// The requests that had been received when it began.
        package let covers: Int

        package init(sequence: Int, covers: Int) {
            self.sequence = sequence
            self.covers = covers
        }
    }

    package private(set) var received = 0
    private var sequence = 0
    private var covered = 0
    private var isRunning = false

    package init() {}

    /// Counts a request.
    package mutating func receive() {
        received += 1
    }

    /// Begins a reload if one is due and none runs.
    package mutating func begin() -> Turn? {
        guard !isRunning, covered < received else { return nil }
        isRunning = true
        sequence += 1
        covered = received
        return Turn(sequence: sequence, covers: covered)
    }

    /// Ends the reload that runs.
    package mutating func end() {
        isRunning = false
    }
}
