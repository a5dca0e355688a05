import CJournal
import Glibc
import PluginJournal
import Synchronization
import TestSupport
import Testing

/// One at a time, for a process has one journal.
@Suite("The journal of this process", .serialized)
struct JournalTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory("crash.journal")
    }

    private func begin() throws -> CrashJournal { try JournalFile(path).begin() }

    /// What the file says now.
    private var remains: JournalRemains { get throws { JournalRemains(reading: try Files.read(path)) } }

    private var marks: [String] {
        get throws {
            try remains.marks.map { "\($0.plugin.name) \($0.activity ?? "-") \($0.requestID ?? "-")" }.sorted()
        }
    }

    private static func mark(_ plugin: UInt32, _ hook: String) -> UInt64 {
        UInt64(plugin) << 32 | UInt64(unsafe hookgate_journal_hook(hook))
    }

    private static func request(_ text: String) -> hookgate_journal_request {
        var request = hookgate_journal_request()
        unsafe withUnsafeMutableBytes(of: &request) { unsafe $0.copyBytes(from: text.utf8) }
        return request
    }

    private static var now: UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    @Test("says what this thread is in, also when a hook calls another one")
    func nested() throws {
        let journal = try begin()
        defer { journal.end() }
        let a = journal.number(ofPlugin: "a", digest: JournalSketch.digest("a"))
        let b = journal.number(ofPlugin: "b", digest: JournalSketch.digest("b"))
        #expect((a, b) == (1, 2))
        #expect(journal.number(ofPlugin: "a", digest: JournalSketch.digest("a")) == 1)
        #expect(journal.number(ofPlugin: "a", digest: JournalSketch.digest("b")) == 3)
        #expect(try marks == [])
        let outer = hookgate_journal_enter(Self.mark(a, "tool_pre_invoke"), Self.now, Self.request("r-1"))
        #expect(try marks == ["a tool_pre_invoke r-1"])
        let inner = hookgate_journal_enter(Self.mark(b, "my_hook"), Self.now, Self.request("r-1"))
        #expect(try marks == ["b my_hook r-1"])
        hookgate_journal_leave(inner)
        #expect(try marks == ["a tool_pre_invoke r-1"])
        let since = try #require(try remains.marks.first?.since)
        #expect(abs(since.seconds - WallTime.now.seconds) <= 2)
        #expect(try remains.end == .unknown)
        #expect(try remains.process == getpid())
        hookgate_journal_leave(outer)
        #expect(try marks == [])
    }

    @Test("says that it ended in order, and then notes nothing more; a new one begins without what was before")
    func ends() throws {
        let journal = try begin()
        let number = journal.number(ofPlugin: "a", digest: JournalSketch.digest("a"))
        let mark = Self.mark(number, "tool_pre_invoke")
        let before = hookgate_journal_enter(mark, Self.now, Self.request("r-1"))
        journal.end()
        #expect(try remains.end == .orderly)
        let ended = try Files.read(path)
        hookgate_journal_leave(before)
        hookgate_journal_leave(hookgate_journal_enter(mark, Self.now, Self.request("r-2")))
        #expect(try Files.read(path) == ended)
        #expect(journal.number(ofPlugin: "a", digest: JournalSketch.digest("a")) == 0)
        let second = try begin()
        defer { second.end() }
        #expect(try marks == [])
        #expect(second.number(ofPlugin: "b", digest: JournalSketch.digest("b")) == 1)
        let again = hookgate_journal_enter(Self.mark(1, "my_hook"), Self.now, Self.request("r-3"))
        #expect(try marks == ["b my_hook r-3"])
        hookgate_journal_leave(again)
    }

    @Test(
        "says that the process ended in order if somebody outside ended it, and blames nobody who did so from inside",
        arguments: [("kill -TERM $PPID", SIGTERM, true), ("kill -HUP $PPID", SIGHUP, true), ("true", SIGTERM, false)]
    )
    func endsFromOutside(command: String, signal: Int32, isOrderly: Bool) async throws {
        let result = await #expect(processExitsWith: .failure) { [path = path as String, command = command as String] in
            let journal = try JournalFile(path).begin()
            let number = journal.number(ofPlugin: "a", digest: JournalSketch.digest("a"))
            _ = hookgate_journal_enter(JournalTests.mark(number, "start"), JournalTests.now, JournalTests.request(""))
            _ = unsafe system(command)
            if command == "true" { kill(getpid(), SIGTERM) }
            // Another thread gets the signal, for this one lets none in.
            while true { pause() }
        }
        #expect(result?.exitStatus == .signal(signal))
        #expect(try remains.end == (isOrderly ? .orderly : .unknown))
        #expect(try marks == (isOrderly ? [] : ["a start -"]))
    }

    @Test("is one for a process, and each file is for one process")
    func single() throws {
        let journal = try begin()
        defer { journal.end() }
        #expect(throws: JournalError.self) { _ = try JournalFile(path) }
        let other = directory("other.journal")
        let error = #expect(throws: JournalError.self) { try JournalFile(other).begin() }
        #expect(
            error?.description
                == "\(other): the crash journal cannot begin: this process has another one; a process can have one runtime "
                + "with a crash journal"
        )
    }

    @Test("is for its owner alone, and not taken from a file that others can write to")
    func permissions() throws {
        let journal = try begin()
        journal.end()
        var status = stat()
        _ = unsafe stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(status.st_size == off_t(HOOKGATE_JOURNAL_SIZE))
        _ = unsafe chmod(path, 0o620)
        let error = #expect(throws: JournalError.self) { _ = try JournalFile(path) }
        #expect(
            error?.description
                == "\(path): its mode 620 lets other users write to it; look who did, and run chmod 600 on it"
        )
    }

    @Test("takes no more plugins and hooks than it has room for")
    func full() throws {
        let journal = try begin()
        defer { journal.end() }
        for number in 1...UInt32(HOOKGATE_JOURNAL_PLUGINS) {
            #expect(journal.number(ofPlugin: "p\(number)", digest: JournalSketch.digest("a")) == number)
        }
        #expect(journal.number(ofPlugin: "one more", digest: JournalSketch.digest("a")) == 0)
        #expect(journal.number(ofPlugin: "p7", digest: JournalSketch.digest("a")) == 7)
        for number in 1...UInt32(HOOKGATE_JOURNAL_HOOKS) {
            #expect(unsafe hookgate_journal_hook("h\(number)") == number)
        }
        #expect(unsafe hookgate_journal_hook("one more") == 0)
    }

    @Test("has the slots of threads that have ended for others")
    func threadsEnd() throws {
        let journal = try begin()
        defer { journal.end() }
        let mark = Self.mark(journal.number(ofPlugin: "a", digest: JournalSketch.digest("a")), "tool_pre_invoke")
        let threads = HOOKGATE_JOURNAL_SLOTS + 100
        for _ in 0..<threads {
            try Threads.run(1) { _ = hookgate_journal_enter(mark, 1, hookgate_journal_request()) }
        }
        #expect(journal.unmarkedThreads == 0)
        // A thread that ends is in nothing any more, although it did not say so.
        #expect(try marks == [])
    }

    @Test("counts threads that find no slot, and lets them do their work")
    func threadsWithoutSlot() throws {
        let journal = try begin()
        defer { journal.end() }
        let mark = Self.mark(journal.number(ofPlugin: "a", digest: JournalSketch.digest("a")), "tool_pre_invoke")
        let threads = HOOKGATE_JOURNAL_SLOTS + 20
        let done = Atomic<Int>(0)
        let atWork = Atomic<Int>(0)
        try Threads.run(threads) {
            let before = hookgate_journal_enter(mark, Self.now, hookgate_journal_request())
            // All are there at the same time.
            atWork.add(1, ordering: .relaxed)
            while atWork.load(ordering: .relaxed) < threads { sched_yield() }
            hookgate_journal_leave(before)
            done.add(1, ordering: .relaxed)
        }
        #expect(done.load(ordering: .relaxed) == threads)
        // The tests' own threads may have slots, too.
        #expect(journal.unmarkedThreads >= 20)
        #expect(journal.unmarkedThreads < 200)
    }
}

/// Threads of the system.
private enum Threads {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs a closure on so many threads at the same time, and waits for their ends.
    static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) throws {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        unsafe pthread_attr_setstacksize(&attributes, 128 * 1_024)
        defer { unsafe pthread_attr_destroy(&attributes) }
        let shared = Body(body)
        var threads: [pthread_t] = []
        for _ in 0..<count {
            var thread = pthread_t()
            let failure = unsafe pthread_create(
                &thread,
                &attributes,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().run()
                    return nil
                },
                Unmanaged.passUnretained(shared).toOpaque()
            )
            guard failure == 0 else { throw SetupFailure("cannot start thread \(threads.count): error \(failure)") }
            threads.append(thread)
        }
        for thread in threads { pthread_join(thread, nil) }
        withExtendedLifetime(shared) {}
    }
}
