import Glibc

/// How often each case is tried.
struct Plan {
    /// Calls of each rogue plugin.
    let callsOfRogue: Int
    /// Answers of others that each case has to see.
    let answersOfOthers: Int
    /// Workers that die in a row.
    let crashes: Int
    /// Copies of a plugin of which some bytes are others.
    let mutants: Int
    /// Reloads that swap workers.
    let swaps: Int
    /// Whether the time that others wait decides: on a machine that does other things too it must not.
    let judgesTime: Bool

    /// Much more with `HOOKGATE_SOAK=1`.
    static var fromEnvironment: Plan {
        unsafe getenv("HOOKGATE_SOAK") == nil
            ? Plan(callsOfRogue: 2, answersOfOthers: 100, crashes: 20, mutants: 60, swaps: 8, judgesTime: false)
            : Plan(
                callsOfRogue: 20,
                answersOfOthers: 10_000,
                crashes: 300,
                mutants: 2_000,
                swaps: 200,
                judgesTime: true
            )
    }
}
