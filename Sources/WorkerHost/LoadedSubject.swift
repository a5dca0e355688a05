import PluginHooks
import PluginLoader
import PluginPayloads
import WorkerProtocol

/// The files of a launch, opened before the worker gives up the right to find them.
///
/// They stay open: the loader takes a path of an open file that it has seen for the library that it knows.
struct LaunchFiles {
    let bundled: [LibraryFile]
    let library: LibraryFile

    init(_ launch: WorkerLaunch) throws(LoadError) {
        bundled = try launch.bundledLibraries.map { path throws(LoadError) in try LibraryFile(path) }
        library = try LibraryFile(launch.path)
    }

    var all: [LibraryFile] { bundled + [library] }
}

/// What a worker runs: a plugin, or a function of a library.
enum LoadedSubject {
    case plugin(NativeInstance)
    case function(FunctionHandler, symbol: String)

    /// Maps the file, and runs the plugin's entry.
    ///
    /// - Parameters:
    ///   - launch: What to run.
    ///   - files: The files of it, which are open.
    ///   - services: Where log lines and counts go.
    ///   - executor: Runs the lanes of calls.
    /// - Throws: Why it cannot be loaded.
    init(
        _ launch: WorkerLaunch,
        _ files: LaunchFiles,
        _ services: WorkerServices,
        _ executor: HookExecutor
    ) throws(LoadError) {
        try BundledLibraries.open(files.bundled)
        // Pinned: the process ends with it.
        let library = try SharedLibrary(files.library, isPinned: true)
        switch launch.subject {
        case .plugin(let configuration):
            let block: PayloadBlock
            do throws(BlockError) { block = try PayloadBlock(configuration) } catch {
                throw LoadError("configuration: \(error)")
            }
            self = .plugin(
                try NativeInstance(
                    library,
                    entry: EntryPoint(in: library),
                    configuration: block,
                    services: services,
                    executor: executor,
                    limits: PayloadLimits(maxBlockBytes: launch.maxBlockBytes)
                )
            )
        case .function(let symbol, let text, let hook):
            let signature: FunctionSignature
            do throws(SignatureError) { signature = try FunctionSignature(parsing: text, allowsCall: false) } catch {
                throw LoadError("signature: \(error)")
            }
            let handler = try FunctionHandler(
                symbol: symbol,
                of: library,
                signature: signature,
                hook: HookName(hook)
            )
            self = .function(handler, symbol: symbol)
        }
    }

    /// The hooks as the worker calls them, in the order of the registration.
    func planned(_ launch: WorkerLaunch) -> [PlannedHook] {
        let account = PluginAccount(name: "", isSerial: launch.isSerial || isSerial)
        func plan(_ name: HookName, _ handler: any HookHandler, isInline: Bool) -> PlannedHook {
            PlannedHook(
                hook: name,
                plugin: "",
                stateKey: 0,
                account: account,
                handler: handler,
                mode: .enforce,
                errorPolicy: .fail,
                conditions: HookConditions(),
                timeoutNanoseconds: .max,
                isInline: isInline && launch.allowsInline
            )
        }
        return switch self {
        case .plugin(let instance):
            instance.registration.hooks.map { hook in
                let neverBlocks = !hook.mayBlock && !hook.maySuspend
                return plan(hook.name, NativeHandler(hook, of: instance), isInline: neverBlocks)
            }
        case .function(let handler, _): [plan(handler.hook, handler, isInline: false)]
        }
    }

    /// Tells whether the plugin is destroyed, and does not keep it from that: its image goes after it.
    var isDestroyed: () -> Bool {
        guard case .plugin(let instance) = self else { return { true } }
        return { [weak library = instance.library] in library == nil }
    }

    private var isSerial: Bool {
        if case .plugin(let instance) = self { instance.isSerial } else { false }
    }

    /// What the gateway gets to know of it.
    func registration(sandbox: JSONObject) -> WorkerRegistration {
        switch self {
        case .plugin(let instance):
            WorkerRegistration(
                name: instance.name,
                version: instance.version,
                isSerial: isSerial,
                hooks: instance.registration.hooks.map { hook in
                    WorkerRegistration.Hook(name: hook.name.text, mayDeny: hook.mayDeny, mayModify: hook.mayModify)
                },
                sandbox: sandbox
            )
        case .function(let handler, let symbol):
            WorkerRegistration(
                name: symbol,
                version: "",
                isSerial: false,
                hooks: [.init(name: handler.hook.text, mayDeny: true, mayModify: handler.mayModify)],
                sandbox: sandbox
            )
        }
    }

    func start(within nanoseconds: UInt64) async throws(LoadError) {
        if case .plugin(let instance) = self { try await instance.start(within: nanoseconds) }
    }

    func stop(within nanoseconds: UInt64) async throws(LoadError) {
        if case .plugin(let instance) = self { try await instance.stop(within: nanoseconds) }
    }

    func health(within nanoseconds: UInt64) async throws(LoadError) {
        if case .plugin(let instance) = self { try await instance.health(within: nanoseconds) }
    }
}
