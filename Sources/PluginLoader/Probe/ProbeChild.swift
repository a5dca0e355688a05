import Glibc
import PluginHooks
import PluginPayloads
import PluginSandbox
import Synchronization

/// The child's side of a probe: does what is asked, and writes what it found.
package enum ProbeChild {
    /// Descriptors that the parent sets up.
    ///
    /// None of them is a file that can be written.
    enum Descriptor {
        static let request: Int32 = 0
        static let report: Int32 = 3
        static let all = [request, 1, 2, report]
    }

    /// Answers the request on descriptor 0.
    ///
    /// - Returns: The exit status: 0 if a report was written, which may be a refusal.
    package static func run() -> Int32 {
        guard let bytes = MemoryFile.readAll(of: Descriptor.request),
            let value = try? PayloadBlock(json: bytes).value, let request = ProbeRequest(value)
        else {
            return 2
        }
        var report = ProbeReport()
        let log = ProbeLog()
        do throws(LoadError) {
            try probe(request, &report, log)
        } catch {
            report.refusal = error.description + log.remark
            report.problems = error.problems
        }
        return MemoryFile.write(Array(JSONValue.object(report.object).description.utf8), to: Descriptor.report) ? 0 : 1
    }

    private static func probe(
        _ request: ProbeRequest,
        _ report: inout ProbeReport,
        _ log: ProbeLog
    ) throws(LoadError) {
        // Another user may not find what this one does.
        let file = try LibraryFile(request.path)
        let bundled = try request.bundledLibraries.map { path throws(LoadError) in try LibraryFile(path) }
        try enterSandbox(request, bundled + [file], &report)
        try BundledLibraries.open(bundled)
        // Pinned: this process ends soon, and unmapping could crash what has been found sound.
        let library = try SharedLibrary(file, isPinned: true)
        switch request.subject {
        case .library(let symbol):
            guard unsafe library.address(of: symbol) != nil else {
                throw LoadError("the library exports no `\(symbol)`")
            }
        case .plugin(let configuration):
            try run(EntryPoint(in: library), of: library, configuration, &report, log)
        }
    }

    private static func enterSandbox(
        _ request: ProbeRequest,
        _ files: [LibraryFile],
        _ report: inout ProbeReport
    ) throws(LoadError) {
        do throws(SandboxError) {
            let sandbox = try unsafe Sandbox.enterBeforeLoading(
                request.sandbox,
                readable: files.map(\.openPath) + request.readable,
                parent: request.parent,
                keeping: Descriptor.all + files.map(\.descriptor)
            )
            report.sandboxWarning = sandbox.report.warning
        } catch { throw LoadError(error.description) }
    }

    private static func run(
        _ entry: EntryPoint,
        of library: SharedLibrary,
        _ configuration: JSONObject,
        _ report: inout ProbeReport,
        _ log: ProbeLog
    ) throws(LoadError) {
        let block: PayloadBlock
        do throws(BlockError) { block = try PayloadBlock(configuration) } catch {
            throw LoadError("configuration: \(error)")
        }
        let instance = try NativeInstance(
            library,
            entry: entry,
            configuration: block,
            services: log,
            executor: nil,
            limits: PayloadLimits()
        )
        report.problems = instance.registration.problems
        report.name = instance.name
        report.version = instance.version
        report.hooks = instance.registration.hooks.map { ProbeReport.Hook(name: $0.name.text, schema: $0.schema) }
    }
}

/// Keeps what a plugin that is only looked at says about a failure; all else goes nowhere.
private final class ProbeLog: HostServices {
    private let lines = Mutex<[String]>([])

    /// More lines than these explain nothing.
    private static let limit = 3

    /// The lines, to follow a refusal.
    var remark: String {
        let lines = lines.withLock { $0 }
        return lines.isEmpty ? "" : "; it logged: \(lines.joined(separator: "; "))"
    }

    func log(_ level: LogLevel, _ message: String) {
        guard level.rawValue >= LogLevel.warning.rawValue else { return }
        lines.withLock { lines in
            if lines.count < Self.limit { lines.append(String(message.prefix(300))) }
        }
    }

    func count(_ counter: String, by amount: Int64) {}
}
