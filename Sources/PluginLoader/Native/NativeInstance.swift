import CHookgate
package import PluginHooks
package import PluginPayloads
import Synchronization

/// One instance of a loaded plugin: its configuration, its hooks, and its life from the entry to `destroy`.
///
/// The last reference destroys it: every call, and everybody who may make one, holds a reference.
/// `@unchecked Sendable`: the tables are written in `init` and read after; the plugin bears calls from any thread.
@safe
package final class NativeInstance: @unchecked Sendable {
    package let library: SharedLibrary
    package let registration: Registration
    package let name: String
    package let version: String
    package let isSerial: Bool
    let host: HostContext
    package let limits: PayloadLimits
    let hostTable: UnsafePointer<hg_host>
    private let table: hg_plugin

    /// Runs a plugin's entry.
    ///
    /// - Parameters:
    ///   - library: The plugin's image.
    ///   - entry: The entry of that image.
    ///   - configuration: An object.
    ///   - services: Where log lines and counters go.
    ///   - executor: Runs the lanes of calls; `nil` where no hook is called.
    ///   - limits: How large replies may be.
    /// - Throws: What the entry did wrong.
    package init(
        _ library: SharedLibrary, entry: EntryPoint, configuration: PayloadBlock, services: any HostServices,
        executor: HookExecutor?, limits: PayloadLimits
    ) throws(LoadError) {
        let host = HostContext(services: services, executor: executor)
        let table = UnsafeMutablePointer<hg_host>.allocate(capacity: 1)
        unsafe table.initialize(to: HostTable.make(for: host))
        let run = unsafe EntryRun(entry, configuration: configuration, host: table)
        self.library = library
        self.host = host
        self.limits = limits
        unsafe self.hostTable = unsafe UnsafePointer(table)
        unsafe self.table = unsafe run.table
        self.registration = run.registration
        self.name = unsafe run.table.name.text ?? ""
        self.version = unsafe run.table.version.text ?? ""
        self.isSerial = unsafe run.table.flags & UInt32(HG_PLUGIN_SERIAL) != 0
        self.isUsable = run.problem == nil
        if let problem = run.problem { throw problem }
    }

    /// Whether the entry succeeded, so that the plugin has something to destroy.
    private let isUsable: Bool

    deinit {
        if isUsable, let destroy = unsafe table.destroy { unsafe destroy(context) }
        unsafe hostTable.deallocate()
    }

    /// The plugin's own `self`.
    var context: UnsafeMutableRawPointer? { unsafe table.context }

    /// Gets the plugin ready.
    package func start(within nanoseconds: UInt64) async throws(LoadError) {
        try await unsafe run("start", within: nanoseconds, table.start)
    }

    /// Undoes `start`.
    package func stop(within nanoseconds: UInt64) async throws(LoadError) {
        try await unsafe run("stop", within: nanoseconds, table.stop)
    }

    /// Asks whether the plugin can work.
    package func health(within nanoseconds: UInt64) async throws(LoadError) {
        try await unsafe run("health", within: nanoseconds, table.health)
    }

    private func run(
        _ what: String, within nanoseconds: UInt64,
        _ function: (@convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void)?
    ) async throws(LoadError) {
        guard let function = unsafe function else { return }
        let address = unsafe unsafeBitCast(function, to: UInt.self)
        let failure = await Completion.run(within: nanoseconds) { [self] completion in
            // The address of the plugin's code, which `self` holds.
            let function = unsafe unsafeBitCast(
                address, to: (@convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void).self)
            unsafe function(context, completion.handle)
        }
        guard let failure else { return }
        throw LoadError("`\(what)` \(failure)")
    }

    func cancel(_ call: NativeCall) {
        guard let cancel = unsafe table.cancel else { return }
        unsafe cancel(context, call.pointer)
    }
}

extension hg_plugin {
    /// The plugin's `self`, which Swift can only name so.
    fileprivate var context: UnsafeMutableRawPointer? { unsafe self.`self` }
}
