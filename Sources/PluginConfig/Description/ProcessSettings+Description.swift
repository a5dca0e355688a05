import PluginPayloads

extension ProcessSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .workers: KeyDescription("Processes that serve calls.", .integer(1...64), 1)
        case .standby: KeyDescription("Processes that are ready to take the place of one.", .integer(0...16), 1)
        case .threads: KeyDescription("Threads of each process that run calls.", .integer(1...64), 2)
        case .priority:
            KeyDescription(
                "What the processes get of processors that others want, too: as much, a third, or what is left.",
                .word(ProcessSettings.Priority.allCases.map(\.rawValue)),
                "low"
            )
        case .queue: KeyDescription("Calls that may wait for a place in a process.", .integer(1...1_000_000), 1_024)
        case .killGrace:
            KeyDescription(
                "Seconds that a call may go on after its deadline before its process is killed.",
                .seconds,
                0.05
            )
        case .stopTimeout: KeyDescription("Seconds that the plugin may take to stop.", .seconds, 5)
        case .spin: KeyDescription("Whether callers look for a result all the time, for 50 µs.", .boolean, true)
        case .idempotentHooks: KeyDescription("Hooks whose calls are repeated if their process dies.", .list(.text), [])
        case .restartPause: KeyDescription("Seconds before a process is replaced that has died.", .seconds, 0.1)
        case .restartPauseLimit:
            KeyDescription("The most seconds before that; each further death doubles the pause.", .seconds, 30)
        case .stableAfter: KeyDescription("Seconds after which a death counts as the first one again.", .seconds, 60)
        }
    }
}
