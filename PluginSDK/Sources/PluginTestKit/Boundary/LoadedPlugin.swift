import CHookgate
import PluginPayloads

/// One instance of a plugin, behind its C table; the last reference releases it.
///
/// `@unchecked Sendable`: the table is written before the object is shared. Its pointers are the plugin's and valid until
/// `destroy`, which comes after the last call, because every call holds this object.
@safe
final class LoadedPlugin: @unchecked Sendable {
    let host: RecordingHost
    let name: String
    let version: String
    let hooks: [HookEntry]
    let functions: [(hook: String, signature: String)]
    let problems: [RecordedProblem]
    private let table: hg_plugin

    /// Runs an entry.
    ///
    /// - Throws: That it failed, with what it said about its configuration.
    init(_ entry: PluginEntry, configuration: PayloadBlock) throws(HarnessError) {
        let host = RecordingHost()
        let registration = Registration(host)
        var table = unsafe hg_plugin()
        unsafe table.struct_size = UInt32(MemoryLayout<hg_plugin>.size)
        let status = unsafe configuration.withUnsafeBlock { block in
            unsafe entry.function(host.table, registration.registrar, block, &table)
        }
        self.host = host
        self.hooks = registration.hooks
        self.functions = registration.functions
        self.problems = registration.problems
        guard status == HG_OK, !problems.contains(where: { $0.severity == .error }) else {
            if status == HG_OK, let destroy = unsafe table.destroy { unsafe destroy(table.`self`) }
            throw HarnessError("the entry returned \(status)", problems: problems, lines: host.lines)
        }
        self.name = unsafe table.name.text ?? ""
        self.version = unsafe table.version.text ?? ""
        unsafe self.table = unsafe table
    }

    deinit {
        if let destroy = unsafe table.destroy { unsafe destroy(table.`self`) }
    }

    /// The plugin's own `self`.
    var context: UnsafeMutableRawPointer? { unsafe table.`self` }

    var isSerial: Bool { unsafe table.flags & UInt32(HG_PLUGIN_SERIAL) != 0 }

    func cancel(_ call: CallRecord) {
        if let cancel = unsafe table.cancel { unsafe cancel(context, call.call) }
    }

    /// The functions that end by `completed`.
    enum Function: String {
        case start
        case stop
        case health
    }

    private func address(
        of function: Function
    ) -> (@convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void)? {
        switch function {
        case .start: unsafe table.start
        case .stop: unsafe table.stop
        case .health: unsafe table.health
        }
    }

    func run(_ function: Function) async throws(HarnessError) {
        guard let address = unsafe address(of: function) else { return }
        let (status, message) = unsafe await host.completion(function.rawValue) { completion in
            unsafe address(context, completion)
        }
        guard status == HG_OK else {
            throw HarnessError("\(function.rawValue) failed: \(message.isEmpty ? "status \(status)" : message)")
        }
    }
}
