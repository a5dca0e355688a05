import Glibc
import PluginPayloads
import PluginRuntime
import Synchronization
import TestSupport
import Testing

/// Many reloads under load: thirty in every run, a thousand with HOOKGATE_SOAK=1.
@Suite("A storm of reloads", .serialized)
struct ReloadStormTests {
    private static let isSoak = unsafe getenv("HOOKGATE_SOAK") != nil
    private static let count = isSoak ? 1000 : 30

    private static let configuration = """
        plugins:
          - {name: changed, path: changed.so}
          - {name: kept, path: kept.so, hooks: [tool_pre_invoke], config: {control: "$CONTROL", label: kept}}
        """

    @Test("shows every request one generation, loses no state, and leaves no image and no memory behind")
    func storm() async throws {
        let site = try Site()
        let control = try SharedControl()
        try site.directory.write(NamedPlugin.build(0), to: "changed.so")
        try site.directory.copy(FixturePlugin.path("lifecycle"), to: "kept.so")
        let findings = Findings()
        let configuration = Self.configuration.replacing("$CONTROL", with: control.path)
        try await site.run(configuration) { runtime in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await Self.invoke(runtime, until: findings) } }
                defer { findings.end() }
                try await Self.reload(runtime, site, findings)
            }
            #expect(runtime.plugins.map(\.state) == [.active, .active])
            let digest = try #require(runtime.plugins.first?.sha256)
            try await eventually {
                let maps = try Files.readText("/proc/self/maps")
                return Self.images(in: site.directory("store"), maps).count == 2 && maps.contains(digest)
            }
        }
        #expect(findings.mixed == [])
        #expect(findings.failures == [])
        #expect(findings.requests > 8)
        // Every reload that has ended is seen by the next request.
        #expect(findings.builds == Array(1...Self.count))
        // The instance that was never changed has counted every call of them all.
        #expect(findings.calls == findings.requests)
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["kept start", "kept stop", "kept destroy"])
        // In a short run the other tests weigh more.
        if Self.isSoak { #expect(findings.growth < 1 << 20) }
    }

    /// Half of the reloads change one plugin; the other half change nothing.
    private static func reload(_ runtime: PluginRuntime, _ site: Site, _ findings: Findings) async throws {
        var start = 0
        for number in 1...count {
            try site.directory.write(NamedPlugin.build(number), to: "changed.so")
            let changes = try await runtime.reload()
            let repeated = try await runtime.reload()
            #expect(changes + repeated == [])
            let outcome = try await runtime.invoke(.toolPostInvoke, ["name": "search", "result": nil])
            findings.add(build: outcome.metadata["build"]?.string)
            // An hour passes more quickly here: unused copies are kept as long.
            if number.isMultiple(of: 20) { try Self.removeCopies(in: site.directory("store"), but: runtime) }
            // What the process needs once and for all it has after some rounds.
            if number == count / 3 { start = residentBytes() }
        }
        findings.add(growth: residentBytes() - start)
    }

    /// Pre and post hooks of one request, until the storm is over.
    private static func invoke(_ runtime: PluginRuntime, until findings: Findings) async throws {
        repeat {
            let request = try runtime.request(RequestIdentity(requestID: "1"))
            let before = await request.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            let after = await request.invoke(
                .toolPostInvoke,
                try PayloadBlock(["name": "search", "result": nil] as JSONValue)
            )
            findings.add(before, after)
        } while !findings.isOver
    }

    /// The images of a store that are mapped.
    private static func images(in store: String, _ maps: String) -> Set<Substring> {
        Set(maps.split(separator: "\n").compactMap { $0.split(separator: " ").last }.filter { $0.hasPrefix(store) })
    }

    private static func removeCopies(in store: String, but runtime: PluginRuntime) throws {
        let used = runtime.plugins.compactMap(\.sha256).map { "\($0).so" }
        for name in try Files.names(in: store) where !used.contains(name) { try Files.remove("\(store)/\(name)") }
    }

    private static func residentBytes() -> Int {
        let text = (try? Files.readText("/proc/self/statm")) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}

/// What the tasks of a storm have seen.
private final class Findings: Sendable {
    private struct State {
        var requests = 0
        var calls = 0
        var mixed: [String] = []
        var failures: [String] = []
        var builds: [Int] = []
        var growth = 0
        var isOver = false
    }

    private let state = Mutex(State())

    var requests: Int { state.withLock { $0.requests } }
    /// The highest number that the unchanged plugin has given a call.
    var calls: Int { state.withLock { $0.calls } }
    var mixed: [String] { state.withLock { $0.mixed } }
    var failures: [String] { state.withLock { $0.failures } }
    var builds: [Int] { state.withLock { $0.builds } }
    var growth: Int { state.withLock { $0.growth } }
    var isOver: Bool { state.withLock { $0.isOver } }

    func end() { state.withLock { $0.isOver = true } }

    func add(growth: Int) { state.withLock { $0.growth = growth } }

    func add(build: String?) {
        guard let build, let number = Int(build.dropFirst(6)) else { return }
        state.withLock { $0.builds.append(number) }
    }

    func add(_ before: HookOutcome, _ after: HookOutcome) {
        state.withLock { state in
            state.requests += 1
            state.calls = max(state.calls, before.metadata["kept"]?.int.map { Int($0) } ?? 0)
            for outcome in [before, after] {
                if let error = outcome.error { state.failures.append(error.description) }
            }
            let builds = [before, after].map { $0.metadata["build"]?.string ?? "none" }
            if builds[0] != builds[1] { state.mixed.append(builds.joined(separator: " and ")) }
        }
    }
}
