extension ProcessSettings {
    enum Key: String, CaseIterable {
        case workers
        case standby
        case threads
        case priority
        case queue
        case killGrace = "kill_grace"
        case stopTimeout = "stop_timeout"
        case spin
        case idempotentHooks = "idempotent_hooks"
        case restartPause = "restart_pause"
        case restartPauseLimit = "restart_pause_limit"
        case stableAfter = "stable_after"
    }

    init(_ section: Section<Key>?) {
        guard let section else { return }
        section[.workers]?.integer(in: 1...64).assign(to: &workers)
        section[.standby]?.integer(in: 0...16).assign(to: &standby)
        section[.threads]?.integer(in: 1...64).assign(to: &threads)
        section[.priority]?.choice(of: Priority.self).assign(to: &priority)
        section[.queue]?.integer(in: 1...1_000_000).assign(to: &queue)
        section[.killGrace]?.seconds().assign(to: &killGrace)
        section[.stopTimeout]?.seconds().assign(to: &stopTimeout)
        section[.spin]?.boolean().assign(to: &spin)
        idempotentHooks = Set(section[.idempotentHooks]?.names(of: "hooks").map(\.value) ?? [])
        section[.restartPause]?.seconds().assign(to: &restartPause)
        section[.restartPauseLimit]?.seconds().assign(to: &restartPauseLimit)
        section[.stableAfter]?.seconds().assign(to: &stableAfter)
    }
}
