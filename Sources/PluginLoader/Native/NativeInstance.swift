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
    /// What the crash journal calls the plugin; 0 if there is none.
    let journalNumber: UInt32
    let hostTable: UnsafePointer<hg_host>
    private let table: hg_plugin
    private let registrar: Registrar
    private let isAsked = Atomic<Bool>(false)
    /// Whether the plugin has something to destroy.
    private let isMade: Bool

    /// Runs a plugin's entry.
    ///
    /// - Parameters:
    ///   - library: The plugin's image.
    ///   - entry: The entry of that image.
    ///   - configuration: An object.
    ///   - services: Where log lines and counters go.
    ///   - executor: Runs the lanes of calls; `nil` where no hook is called.
    ///   - limits: How large replies may be.
    ///   - journalNumber: What the crash journal calls the plugin; 0 if there is none.
    /// - Throws: What the entry did wrong.
    package init(
        _ library: SharedLibrary,
        entry: EntryPoint,
        configuration: PayloadBlock,
        services: any HostServices,
        executor: HookExecutor?,
        limits: PayloadLimits,
        journalNumber: UInt32 = 0
    ) throws(LoadError) {
        let host = HostContext(services: services, executor: executor)
        let table = UnsafeMutablePointer<hg_host>.allocate(capacity: 1)
        unsafe table.initialize(to: HostTable.make(for: host))
        let registrar = Registrar()
        let run = JournalMark(plugin: journalNumber, "entry").around {
            unsafe EntryRun(entry, registrar: registrar, configuration: configuration, host: table)
        }
        self.library = library
        self.host = host
        self.limits = limits
        self.journalNumber = journalNumber
        unsafe self.hostTable = unsafe UnsafePointer(table)
        unsafe self.table = unsafe run.table
        self.registration = run.registration
        self.name = unsafe run.table.name.text ?? ""
        self.version = unsafe run.table.version.text ?? ""
        self.isSerial = unsafe run.table.flags & UInt32(HG_PLUGIN_SERIAL) != 0
        self.registrar = registrar
        self.isMade = run.isMade
        if let problem = run.problem { throw problem }
    }

    deinit {
        if isMade, let destroy = unsafe table.destroy {
            JournalMark(plugin: journalNumber, "destroy").around { unsafe destroy(context) }
        }
        unsafe hostTable.deallocate()
    }

    /// The plugin's own `self`.
    var context: UnsafeMutableRawPointer? { unsafe table.context }

    /// Gets the plugin ready.
    ///
    /// One that is ready only after its time is stopped again.
    package func start(within nanoseconds: UInt64) async throws(LoadError) {
        try await unsafe run("start", within: nanoseconds, table.start) { [self] succeeded, isLate in
            if succeeded, isLate { Task { try? await stop(within: nanoseconds) } }
        }
    }

    /// Undoes `start`.
    package func stop(within nanoseconds: UInt64) async throws(LoadError) {
        try await unsafe run("stop", within: nanoseconds, table.stop)
    }

    /// Asks whether the plugin can work; one that has not answered yet is not asked again.
    package func health(within nanoseconds: UInt64) async throws(LoadError) {
        guard !isAsked.exchange(true, ordering: .relaxed) else {
            throw LoadError("`health` has not answered since it was asked before")
        }
        try await unsafe run("health", within: nanoseconds, table.health) { [self] _, _ in
            isAsked.store(false, ordering: .relaxed)
        }
    }

    private func run(
        _ what: String,
        within nanoseconds: UInt64,
        _ function: (@convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void)?,
        whenDone: @escaping @Sendable (_ succeeded: Bool, _ isLate: Bool) -> Void = { _, _ in }
    ) async throws(LoadError) {
        guard let function = unsafe function else { return whenDone(true, false) }
        // The address of the plugin's code, which `self` holds.
        let step = unsafe Step(function: function, context: context, mark: JournalMark(plugin: journalNumber, what))
        let completion = Completion(of: self, whenDone: whenDone)
        guard let failure = await completion.run(within: nanoseconds, step.run) else { return }
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

/// One of the plugin's functions that end by `completed`.
///
/// `@unchecked Sendable`: the plugin bears calls from any thread, and neither address is written.
@safe
private struct Step: @unchecked Sendable {
    let function: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void
    let context: UnsafeMutableRawPointer?
    let mark: JournalMark

    func run(_ completion: Completion) {
        mark.around { unsafe function(context, completion.handle) }
    }
}
