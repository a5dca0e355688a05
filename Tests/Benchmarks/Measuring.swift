import Glibc
import Logging
import PluginPayloads
import PluginRuntime

/// All benchmarks of one process, each printed as a line of tab-separated fields.
struct Measuring {
    let installation: String
    let plugins: String
    /// The configuration of the chain of five filters.
    let chain: String
    /// Measures only what has this in its name.
    var filter = ""

    private static let race = "race an empty function with Task.sleep"

    func run() async throws {
        try await measureBaselines()
        try await measureHooks()
        try await measureIsolated()
        try await measureRecovery()
        try await measureCompiledPatterns()
        try await measureJournal()
        try await measureFilter()
        try await measureChain()
        try await measureCodec()
        try await measureLoading()
    }

    func measure(
        _ benchmark: Benchmark,
        operations: Int,
        rounds: Int = 15,
        bytes: Int = 0,
        batch: Int = 1,
        _ operation: () async throws -> Void
    ) async rethrows {
        guard filter.isEmpty || benchmark.name.contains(filter) else { return }
        let measurement = try await Measurement.of(
            benchmark,
            operations: operations,
            rounds: rounds,
            bytes: bytes,
            batch: batch,
            operation
        )
        print(measurement.line)
    }

    // MARK: Baselines

    private func measureBaselines() async throws {
        let nothing = Nothing()
        await measure(Benchmark("await an empty function"), operations: 200_000) { await nothing.wait() }
        await measure(Benchmark("await an empty child task"), operations: 20_000) {
            async let done: Void = nothing.wait()
            await done
        }
        await measure(Benchmark(Self.race), operations: 2_000) { await nothing.raceWithSleep() }
    }

    // MARK: Hooks

    private func measureHooks() async throws {
        try await withRuntime([("noop", "bench_noop", "")]) { request, payload in
            let none = Benchmark("hook without plugin", goal: 50, baseline: "await an empty function")
            await measure(none, operations: 200_000) { _ = await request.invoke(.promptPreFetch, payload) }
            let inline = Benchmark("one C plugin that never blocks", goal: 150, baseline: "await an empty function")
            await measure(inline, operations: 100_000) { _ = await request.invoke(.toolPreInvoke, payload) }
            let abandonable = Benchmark("one C plugin, abandonable", goal: 600, baseline: Self.race)
            await measure(abandonable, operations: 50_000) { _ = await request.invoke(.toolPostInvoke, payload) }
        }
        let five = (1...5).map { ("noop\($0)", "bench_noop_swift", "") }
        try await withRuntime(five) { request, payload in
            let sync = Benchmark("five Swift plugins, sync", goal: 2.5, .microseconds, baseline: Self.race)
            await measure(sync, operations: 20_000) { _ = await request.invoke(.toolPreInvoke, payload) }
            let async = Benchmark("five Swift plugins, async", goal: 4, .microseconds, baseline: Self.race)
            await measure(async, operations: 20_000) { _ = await request.invoke(.toolPostInvoke, payload) }
        }
    }

    private func measureJournal() async throws {
        let marks = try JournalMarks()
        let nothing = Benchmark("an empty call")
        await measure(nothing, operations: 1_000, batch: JournalMarks.batch) { marks.passNothing() }
        let marked = Benchmark("an empty call, noted in the crash journal", goal: 5, baseline: nothing.name)
        await measure(marked, operations: 1_000, batch: JournalMarks.batch) { marks.passMarked() }
        marks.end()
        var journaled = options
        journaled.crashJournal = plugins + "/bench-\(getpid()).journal"
        try await withRuntime([("noop", "bench_noop", "")], "", journaled) { request, payload in
            let inline = Benchmark("one C plugin that never blocks, noted", baseline: "one C plugin that never blocks")
            await measure(inline, operations: 100_000) { _ = await request.invoke(.toolPreInvoke, payload) }
            let abandonable = Benchmark("one C plugin, abandonable, noted", baseline: "one C plugin, abandonable")
            await measure(abandonable, operations: 50_000) { _ = await request.invoke(.toolPostInvoke, payload) }
        }
        if let path = journaled.crashJournal { unsafe unlink(path) }
    }

    private func measureFilter() async throws {
        let words = (0..<10).map { "{search: 'forbidden\($0)', replace: 'x'}" }.joined(separator: ", ")
        let payload = try PayloadBlock(json: Sample.arguments)
        let text = Sample.arguments
        let search = Benchmark("ten literal searches with String.contains", .microseconds)
        await measure(search, operations: 500) {
            for number in 0..<10 { precondition(!text.contains("forbidden\(number)")) }
        }
        try await withRuntime([("filter", "regex_filter", "words: [\(words)]")]) { request, _ in
            let filter = Benchmark(
                "regex filter, ten rules, 1 KB, no hit",
                goal: 5,
                .microseconds,
                baseline: search.name
            )
            await measure(filter, operations: 20_000) { _ = await request.invoke(.toolPreInvoke, payload) }
        }
    }

    /// Five plugins on one hook: two PII filters, a deny list and two regex filters.
    private func measureChain() async throws {
        let text = Sample.prose
        let search = Benchmark("three literal searches with String.contains", .microseconds)
        await measure(search, operations: 500) {
            for word in ["innovative", "groundbreaking", "revolutionary"] { precondition(!text.contains(word)) }
        }
        let runtime = try await PluginRuntime(configuration: chain, options: options)
        let request = try runtime.request(RequestIdentity(requestID: "bench"))
        let noHit = try Self.promptPayload(text)
        let hits = try Self.promptPayload(Sample.proseWithHits)
        await withTaskExecutorPreference(runtime.executor) {
            let clean = Benchmark("chain of five filters, 1 KB, no hit", goal: 10, .microseconds, baseline: search.name)
            await measure(clean, operations: 10_000) { _ = await request.invoke(.promptPreFetch, noHit) }
            let changed = Benchmark("chain of five filters, 1 KB, hits", goal: 25, .microseconds, baseline: search.name)
            await measure(changed, operations: 5_000) { _ = await request.invoke(.promptPreFetch, hits) }
        }
        let outcome = await request.invoke(.promptPreFetch, hits)
        precondition(outcome.modifiedPayload?.root["args"]?["text"]?.string?.hasPrefix(Sample.filteredHits) == true)
        await runtime.shutdown()
    }

    private static func promptPayload(_ text: String) throws -> PayloadBlock {
        let payload: JSONObject = ["prompt_id": "bench", "args": ["text": .string(text)]]
        return try PayloadBlock(payload)
    }

    /// Runs a body on the runtime's threads, with a request and a payload of 200 bytes.
    func withRuntime(
        _ entries: [(name: String, kind: String, config: String)],
        _ keys: String = "",
        _ given: RuntimeOptions? = nil,
        _ body: @escaping @Sendable (HookRequest, PayloadBlock) async throws -> Void
    ) async throws {
        let runtime = try await PluginRuntime(
            configuration: try configuration(entries, keys),
            options: given ?? options
        )
        for plugin in runtime.plugins where plugin.state != .active {
            fatalError("\(plugin.name): \(plugin.reason ?? "")")
        }
        let request = try runtime.request(RequestIdentity(requestID: "bench", user: "ada@example.com"))
        let payload = try PayloadBlock(json: Sample.call)
        try await withTaskExecutorPreference(runtime.executor) { try await body(request, payload) }
        await runtime.shutdown()
    }

    func configuration(
        _ entries: [(name: String, kind: String, config: String)],
        _ keys: String = ""
    ) throws -> String {
        let lines = entries.map { "  - {name: \($0.name), kind: \($0.kind), config: {\($0.config)}\(keys)}\n" }.joined()
        return try TemporaryFile.write("plugins:\n" + lines)
    }

    var options: RuntimeOptions { .bench(installation: installation, plugins: plugins) }

    // MARK: Codec

    private func measureCodec() async throws {
        let text = Array(Sample.arguments.utf8)
        let block = try PayloadBlock(json: text)
        let copy = Benchmark("copy 1 KB byte by byte", .megabytesPerSecond)
        await measure(copy, operations: 100_000, bytes: text.count) { blackHole(text.map(\.self)) }
        let parse = Benchmark("JSON text to block", goal: 400, .megabytesPerSecond, baseline: copy.name)
        try await measure(parse, operations: 20_000, bytes: text.count) { blackHole(try PayloadBlock(json: text)) }
        let print = Benchmark("block to JSON text", goal: 400, .megabytesPerSecond, baseline: copy.name)
        await measure(print, operations: 20_000, bytes: text.count) { blackHole(block.jsonBytes) }
    }

    // MARK: Loading

    private func measureLoading() async throws {
        let path = plugins + "/noop-swift.so"
        let open = Benchmark("dlopen of an open library", .milliseconds)
        await measure(open, operations: 1, rounds: 9) {
            guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else { return }
            unsafe dlclose(handle)
        }
        let configuration = try configuration([("first", "bench_noop", "")])
        let runtime = try await PluginRuntime(configuration: configuration, options: options)
        var number = 0
        let load = Benchmark("load a Swift plugin, probe included", goal: 20, .milliseconds, baseline: open.name)
        try await measure(load, operations: 1, rounds: 9) {
            number += 1
            let entry = "  - {name: n\(number), path: \(try variant(of: path, number))}\n"
            try TemporaryFile.write("plugins:\n  - {name: first, kind: bench_noop}\n" + entry, to: configuration)
            try await runtime.reload()
        }
        await runtime.shutdown()
    }

    /// A copy of a plugin with other bytes at its end, which no loader reads: a build of its own for the runtime.
    private func variant(of path: String, _ number: Int) throws -> String {
        var bytes = try TemporaryFile.read(path)
        bytes += Array("variant \(number) of process \(getpid())".utf8)
        return try TemporaryFile.write(bytes, suffix: ".so")
    }
}

extension RuntimeOptions {
    /// Options for an installation, with the benchmark's own plugins.
    static func bench(installation: String, plugins: String) -> RuntimeOptions {
        var options = RuntimeOptions(installation: installation, storeDirectory: plugins + "/store")
        options.pluginDirectories = [plugins]
        options.logger.logLevel = .critical
        return options
    }
}

/// Keeps the optimiser from seeing that a value is not used.
@inline(never)
func blackHole<Value>(_ value: Value) {}

/// Things to wait for that do nothing.
final class Nothing: Sendable {
    @inline(never) @_optimize(none)
    func wait() async {}

    /// The usual way to bound a call: a group of two tasks.
    func raceWithSleep() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask { try? await Task.sleep(for: .seconds(30)) }
            await group.next()
            group.cancelAll()
        }
    }
}
