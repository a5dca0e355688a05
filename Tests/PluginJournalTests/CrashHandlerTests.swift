import CJournal
import Glibc
import TestSupport
import Testing

@Suite("The handler of fatal signals")
struct CrashHandlerTests {
    /// How a process ends itself.
    enum Way: String, Codable, Sendable, CaseIterable {
        case wildPointer, abort, fatalError, indexOutOfRange, stackOverflow, sent

        var signal: Int32 {
            switch self {
            case .wildPointer, .stackOverflow: SIGSEGV
            case .abort: SIGABRT
            case .sent: SIGFPE
            // As far as the processors go that this runs on.
            case .fatalError, .indexOutOfRange: CrashHandlerTests.trap
            }
        }

        func go() {
            switch self {
            case .wildPointer: unsafe UnsafeMutablePointer<UInt8>(bitPattern: 24)?.pointee = 1
            case .abort: Glibc.abort()
            case .fatalError: Swift.fatalError("as it should")
            case .indexOutOfRange: blackHole([1][rawValue.utf8.count])
            case .stackOverflow: blackHole(CrashHandlerTests.recurse(0))
            case .sent: raise(SIGFPE)
            }
        }

        @inline(never)
        private func blackHole(_ value: Int) { unsafe setenv("HOOKGATE_TEST_VALUE", "\(value)", 1) }
    }

    #if arch(x86_64)
    private static let trap = SIGILL
    #else
    private static let trap = SIGTRAP
    #endif

    @inline(never) @_optimize(none)
    fileprivate static func recurse(_ depth: Int) -> Int { depth < 0 ? 0 : recurse(depth + 1) + 1 }

    /// A record in a file that two processes map.
    private static func map(_ path: String) -> UnsafeMutablePointer<hookgate_crash_record>? {
        let descriptor = unsafe open(path, O_RDWR)
        defer { close(descriptor) }
        let size = MemoryLayout<hookgate_crash_record>.size
        let memory = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        return unsafe memory?.assumingMemoryBound(to: hookgate_crash_record.self)
    }

    @Test("writes to any memory what it was, and lets the process end as it would have", arguments: Way.allCases)
    func alone(way: Way) async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write([UInt8](repeating: 0, count: 48), to: "record")
        let result = await #expect(processExitsWith: .failure) { [path = path as String, way = way as Way] in
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), [rlimit(rlim_cur: 0, rlim_max: 0)])
            guard let record = unsafe CrashHandlerTests.map(path), unsafe hookgate_crash_install(record) == 0 else {
                exit(0)
            }
            hookgate_crash_prepare_thread()
            way.go()
            exit(0)
        }
        #expect(result?.exitStatus == .signal(way.signal))
        guard let mapped = unsafe Self.map(path) else { throw SetupFailure("cannot map \(path)") }
        let record = unsafe mapped.pointee
        #expect(Int(record.state) == HOOKGATE_CRASH_COMPLETE)
        #expect(record.signal == way.signal)
        #expect(record.tid > 0 && record.pc != 0 && record.time != 0)
        #expect((way == .wildPointer) == (record.address == 24))
        // There are no plugins here.
        #expect((record.image, record.slot) == (0, 0))
    }

    @Test("names the process that sent a signal from outside")
    func sender() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write([UInt8](repeating: 0, count: 48), to: "record")
        let child = directory("child")
        let result = await #expect(processExitsWith: .failure) { [path = path as String, child = child as String] in
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), [rlimit(rlim_cur: 0, rlim_max: 0)])
            guard let record = unsafe CrashHandlerTests.map(path), unsafe hookgate_crash_install(record) == 0 else {
                exit(0)
            }
            _ = unsafe system("echo $$ > '\(child)'; kill -SEGV $PPID")
            // It may be another thread that gets the signal.
            alarm(60)
            while true { pause() }
        }
        #expect(result?.exitStatus == .signal(SIGSEGV))
        guard let mapped = unsafe Self.map(path) else { throw SetupFailure("cannot map \(path)") }
        let record = unsafe mapped.pointee
        #expect(Int(record.state) == HOOKGATE_CRASH_COMPLETE)
        #expect(record.code <= 0)
        #expect(try Files.readText(child) == "\(record.address)\n")
    }

    @Test("forgets a signal that the handler of before has dealt with, and notes the next one")
    func recovered() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write([UInt8](repeating: 0, count: 48), to: "record")
        let result = await #expect(processExitsWith: .failure) { [path = path as String] in
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), [rlimit(rlim_cur: 0, rlim_max: 0)])
            signal(SIGFPE) { _ in }
            guard let record = unsafe CrashHandlerTests.map(path), unsafe hookgate_crash_install(record) == 0 else {
                exit(0)
            }
            raise(SIGFPE)
            guard unsafe Int(record.pointee.state) == HOOKGATE_CRASH_NONE else { exit(0) }
            abort()
        }
        #expect(result?.exitStatus == .signal(SIGABRT))
        guard let mapped = unsafe Self.map(path) else { throw SetupFailure("cannot map \(path)") }
        #expect(unsafe Int(mapped.pointee.state) == HOOKGATE_CRASH_COMPLETE)
        #expect(unsafe mapped.pointee.signal == SIGABRT)
    }

    private static var ownThread: pid_t? {
        (try? Files.readText("/proc/thread-self/stat")).flatMap { pid_t($0.prefix { $0 != " " }) }
    }

    /// Whether a thread of this process waits for something, as the handler does for another one's record.
    private static func sleeps(thread: pid_t) -> Bool {
        let state = (try? Files.readText("/proc/self/task/\(thread)/stat"))?.split(separator: ")").last
        return state?.hasPrefix(" S ") ?? false
    }

    @Test("of a second thread lets the first one write its record to the end")
    func second() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write([UInt8](repeating: 0, count: 48), to: "record")
        let result = await #expect(processExitsWith: .failure) { [path = path as String] in
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), [rlimit(rlim_cur: 0, rlim_max: 0)])
            guard let record = unsafe CrashHandlerTests.map(path), unsafe hookgate_crash_install(record) == 0 else {
                exit(0)
            }
            unsafe record.pointee.state = UInt32(HOOKGATE_CRASH_BEGUN)
            unsafe record.pointee.tid = CrashHandlerTests.ownThread ?? 0
            var thread = pthread_t()
            let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
                guard let record = unsafe context?.assumingMemoryBound(to: hookgate_crash_record.self) else { exit(0) }
                while !CrashHandlerTests.sleeps(thread: unsafe record.pointee.tid) { usleep(1_000) }
                unsafe record.pointee.state = UInt32(HOOKGATE_CRASH_COMPLETE)
                return nil
            }
            _ = unsafe pthread_create(&thread, nil, body, record)
            abort()
        }
        #expect(result?.exitStatus == .signal(SIGABRT))
        guard let mapped = unsafe Self.map(path) else { throw SetupFailure("cannot map \(path)") }
        // Whoever ends the process reads the record at once.
        #expect(unsafe Int(mapped.pointee.state) == HOOKGATE_CRASH_COMPLETE)
    }
}
