import Glibc
import PluginPayloads
import PluginRuntime
import Synchronization

/// What the tasks that invoke hooks share.
private final class Traffic: Sendable {
    let isDone = Atomic<Bool>(false)
    let requests = Atomic<Int>(0)
}

/// How much memory a reload leaves behind, while eight tasks invoke hooks.
struct Reloads {
    let options: RuntimeOptions
    let plugins: String
    let count: Int

    func run() async throws {
        try await measure("changed Swift plugin, whose images stay mapped", "noop-swift.so", isChanged: true)
        try await measure("unchanged Swift plugin", "noop-swift.so", isChanged: false)
        try await measure("changed C plugin, whose images are unmapped", "noop.so", isChanged: true)
    }

    private func measure(_ name: String, _ file: String, isChanged: Bool) async throws {
        let original = try TemporaryFile.read("\(plugins)/\(file)")
        let path = try TemporaryFile.write(original, suffix: ".so")
        let configuration = try TemporaryFile.write("plugins:\n  - {name: plugin, path: \(path)}\n")
        let runtime = try await PluginRuntime(configuration: configuration, options: options)
        let traffic = Traffic()
        let growth = try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask(executorPreference: runtime.executor) {
                    while !traffic.isDone.load(ordering: .relaxed) {
                        try await Self.invokeBoth(runtime)
                        traffic.requests.add(1, ordering: .relaxed)
                        await Task.yield()
                    }
                }
            }
            defer { traffic.isDone.store(true, ordering: .relaxed) }
            return try await reload(runtime) { number in
                if isChanged { try TemporaryFile.replace(path, original + Array("variant \(number)".utf8)) }
            }
        }
        let images = Self.mappedImages(below: options.storeDirectory)
        print(
            "\(name): \(growth / 1024 / count) KB a reload, \(images) images mapped, \(traffic.requests.load(ordering: .relaxed)) requests"
        )
        await runtime.shutdown()
    }

    /// Reloads, after as many that fill what the process needs once and for all.
    ///
    /// - Returns: The growth of the memory in use, in bytes.
    private func reload(_ runtime: PluginRuntime, _ change: (Int) throws -> Void) async throws -> Int {
        var start = 0
        for number in 0..<(count * 2) {
            if number == count { start = Self.ownBytes }
            try change(number)
            try await runtime.reload()
        }
        return Self.ownBytes - start
    }

    private static func invokeBoth(_ runtime: PluginRuntime) async throws {
        let request = try runtime.request(RequestIdentity(requestID: "reload"))
        let payload = try PayloadBlock(json: Sample.call)
        for hook in [HookName.toolPreInvoke, .toolPostInvoke] {
            let outcome = await request.invoke(hook, payload)
            guard outcome.error == nil else { fatalError("\(hook): \(outcome)") }
        }
    }

    /// The memory that is this process's alone, wherever the system keeps it.
    ///
    /// The clean pages of an image's code are not: they belong to its file, and cost nothing when memory is short.
    private static var ownBytes: Int {
        let fields = ["Anonymous:", "Swap:"]
        return text(of: "/proc/self/smaps_rollup").split(separator: "\n").reduce(0) { sum, line in
            guard fields.contains(where: { line.hasPrefix($0) }) else { return sum }
            return sum + (line.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) * 1024
        }
    }

    private static func mappedImages(below directory: String) -> Int {
        let paths = text(of: "/proc/self/maps").split(separator: "\n").compactMap { $0.split(separator: " ").last }
        return Set(paths.filter { $0.hasPrefix(directory) }).count
    }

    private static func text(of path: String) -> String {
        String(decoding: (try? TemporaryFile.read(path)) ?? [], as: UTF8.self)
    }
}
