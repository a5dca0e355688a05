import Glibc
import Synchronization

/// Something that happens once: tests await it, hooks block their thread on it.
///
/// `@unchecked Sendable`: `sem_t` is made for sharing, and lives as long as this object.
@safe
final class Signal: @unchecked Sendable {
    private struct State {
        var isSent = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Lets all go on who wait, and all who will.
    func send() {
        let waiting = state.withLock { state in
            state.isSent = true
            defer { state.waiting = [] }
            return state.waiting
        }
        unsafe sem_post(semaphore)
        for continuation in waiting { continuation.resume() }
    }

    /// Waits without a thread.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isSent = state.withLock { state in
                if !state.isSent { state.waiting.append(continuation) }
                return state.isSent
            }
            if isSent { continuation.resume() }
        }
    }

    /// Keeps the thread until the signal is sent.
    func block() {
        while unsafe sem_wait(semaphore) != 0 {}
        unsafe sem_post(semaphore)  // for the next one who blocks
    }
}

/// A signal that is sent when a number of hooks have arrived.
final class Gathering: Sendable {
    private let missing: Atomic<Int>
    let all = Signal()

    init(of count: Int) { missing = Atomic(count) }

    func arrive() {
        if missing.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { all.send() }
    }
}
