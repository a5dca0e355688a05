package import Glibc

extension WorkerLaunch.Priority {
    /// With niceness 5 a thread has a third of the weight of one with 0.
    private static let niceness: Int32 = 5

    /// `SCHED_IDLE` of sched(7), which the C library's module does not show.
    private static let idlePolicy: Int32 = 5

    /// Gives the priority to a thread, and to those that it starts: without privileges they cannot raise it again.
    ///
    /// - Parameter thread: Its number, which is the process's if it is the first one; 0 for the caller's.
    package func apply(to thread: pid_t) {
        switch self {
        case .normal: break
        case .low: setpriority(Int32(PRIO_PROCESS.rawValue), id_t(thread), Self.niceness)
        case .idle:
            var parameters = sched_param()
            unsafe sched_setscheduler(thread, Self.idlePolicy, &parameters)
        }
    }
}
