import Glibc

/// Lines on their way from many threads to one, with a bound on their bytes.
///
/// `@unchecked Sendable`: everything that changes is touched under the mutex alone.
package final class LineQueue: @unchecked Sendable {
    private let capacity: Int
    // Allocated, since both must stay where they are.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var lines: [[UInt8]] = []
    private var bytes = 0
    private var isClosed = false

    /// Makes an empty queue.
    ///
    /// - Parameter capacity: Bytes of the lines that may wait.
    package init(capacity: Int) {
        self.capacity = capacity
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(change, nil)
    }

    deinit {
        pthread_cond_destroy(change)
        pthread_mutex_destroy(mutex)
        change.deallocate()
        mutex.deallocate()
    }

    /// Adds a line.
    ///
    /// - Returns: Whether there was room for it, and nobody has closed the queue.
    package func add(_ line: [UInt8]) -> Bool {
        locked {
            guard !isClosed, bytes + line.count <= capacity else { return false }
            if lines.isEmpty { pthread_cond_signal(change) }
            lines.append(line)
            bytes += line.count
            return true
        }
    }

    /// Takes all lines, and waits until there is one.
    ///
    /// - Returns: The lines in the order of their arrival; `nil` when the queue is closed and empty.
    package func takeAll() -> [[UInt8]]? {
        locked {
            while lines.isEmpty && !isClosed { pthread_cond_wait(change, mutex) }
            defer {
                lines = []
                bytes = 0
            }
            return lines.isEmpty ? nil : lines
        }
    }

    /// Takes no further lines; those that wait can still be taken.
    package func close() {
        locked {
            isClosed = true
            pthread_cond_broadcast(change)
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
