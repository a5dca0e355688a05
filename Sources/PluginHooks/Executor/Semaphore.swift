import Glibc

/// A counting semaphore.
///
/// `@unchecked Sendable`: `sem_t` is made for sharing, and lives as long as this object.
@safe
final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func post() {
        unsafe sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }

    /// Waits until posted, but no longer than this.
    func wait(nanoseconds: UInt64) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let end = UInt64(time.tv_nsec) + nanoseconds
        time.tv_sec += Int(end / 1_000_000_000)
        time.tv_nsec = Int(end % 1_000_000_000)
        while unsafe sem_clockwait(semaphore, CLOCK_MONOTONIC, &time) != 0, errno == EINTR {}
    }
}
