import Glibc

/// Concurrency, as a plugin may use it.
enum Tasks {
    /// Runs thousands of tasks that wait for one another and for clocks; "ok" if each did its part.
    static func run() -> String {
        let done = Signal()
        Task.detached {
            let sum = await withTaskGroup(of: Int.self) { group in
                for number in 0..<4_000 {
                    group.addTask {
                        if number % 100 == 0 { try? await Task.sleep(for: .milliseconds(2)) }
                        await Task.yield()
                        return number
                    }
                }
                return await group.reduce(0, +)
            }
            done.send(sum == 7_998_000 ? 1 : 0)
        }
        return done.wait() == 1 ? "ok" : "wrong sum"
    }
}

/// One byte from a task to the thread that waits for it.
private final class Signal: Sendable {
    private let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        unsafe pipe(&ends)
        (reading, writing) = (ends[0], ends[1])
    }

    func send(_ byte: UInt8) {
        var byte = byte
        unsafe write(writing, &byte, 1)
    }

    func wait() -> UInt8 {
        var byte: UInt8 = 0
        while unsafe read(reading, &byte, 1) < 0, errno == EINTR {}
        return byte
    }
}
