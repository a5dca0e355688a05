import Glibc
import PluginConfig
import PluginHooks
import PluginLoader
import PluginPayloads
import PluginSandbox
import PluginStore
import PluginWorker
import WorkerProtocol

extension PluginLoading {
    /// Starts processes that map the file.
    func workers(
        _ plan: EntryPlan,
        _ staged: StagedFile,
        _ identity: PluginInstance.Identity,
        _ counters: PluginCounters
    ) async throws(LoadError) -> WorkerPool {
        guard let executor, let supervisor, let completions else { throw LoadError("plugins are only checked here") }
        let subject: WorkerLaunch.Subject =
            switch plan.subject {
            case .plugin: .plugin(configuration: identity.configuration)
            case .function(let binding, _, _):
                .function(
                    symbol: binding.symbol.value,
                    signature: binding.signature.value,
                    hook: binding.hook.value
                )
            }
        let launch = WorkerLaunch(
            name: plan.name,
            path: staged.stored.path,
            bundledLibraries: staged.bundledLibraries,
            readable: staged.searchedLibraries,
            subject: subject,
            maxBlockBytes: settings.maxBlockBytes,
            threads: plan.process.threads,
            priority: WorkerLaunch.Priority(plan.process.priority),
            allowsInline: plan.allowsInline,
            isSerial: plan.isSerial,
            startupTimeout: settings.startupTimeout.nanoseconds,
            parent: getpid(),
            sandbox: identity.process?.sandbox.object ?? [:]
        )
        let pool = WorkerPool(
            launch,
            settings: WorkerSettings(plan.process, settings),
            executable: tools.prober.executable,
            supervisor: supervisor,
            completions: completions,
            executor: executor,
            services: counters,
            observer: WorkerLog(logger: counters.logger)
        )
        tools.images.keep(digest: identity.digest, for: pool)
        try await pool.start()
        return pool
    }
}

extension WorkerLaunch.Priority {
    fileprivate init(_ priority: ProcessSettings.Priority) {
        self =
            switch priority {
            case .normal: .normal
            case .low: .low
            case .idle: .idle
            }
    }
}

extension WorkerSettings {
    /// What the configuration says, in the worker's own terms.
    fileprivate init(_ process: ProcessSettings, _ settings: RuntimeSettings) {
        self.init()
        workers = process.workers
        standby = process.standby
        threads = process.threads
        killGrace = process.killGrace.nanoseconds
        stopTimeout = process.stopTimeout.nanoseconds
        startupTimeout = settings.startupTimeout.nanoseconds
        spins = process.spin
        queue = process.queue
        idempotentHooks = process.idempotentHooks
        restart.first = process.restartPause.nanoseconds
        restart.longest = process.restartPauseLimit.nanoseconds
        restart.stableAfter = process.stableAfter.nanoseconds
    }
}

extension EntryPlan {
    /// What has to stay the same for the plugin's processes to be taken over; `nil` if it has none.
    func processIdentity(
        _ settings: RuntimeSettings
    ) throws(LoadFailure) -> PluginInstance.ProcessIdentity? {
        guard isolation == .process else { return nil }
        let sandbox = try sandboxPolicy()
        let missing = SandboxSupport.current.missing(for: sandbox)
        if let first = missing.first, !sandbox.degrade {
            let mend = "\(first.part.mend), or set sandbox.degrade: true to go without"
            let reason = "this kernel cannot keep it in its sandbox (\(first.part.phrase): \(first.reason)); \(mend)"
            throw LoadFailure(origin.problem(reason, key: "sandbox"))
        }
        return PluginInstance.ProcessIdentity(
            settings: process,
            allowsInline: allowsInline,
            startupTimeout: settings.startupTimeout,
            sandbox: sandbox
        )
    }

    /// What its worker processes may do, with users looked up.
    fileprivate func sandboxPolicy() throws(LoadFailure) -> SandboxPolicy {
        do throws(LoadError) { return try SandboxPolicy(sandbox) } catch {
            throw LoadFailure(origin.problem(error.description, at: sandbox.user, key: "sandbox.user"))
        }
    }

    /// What the trial load may do: what the workers may, or what a plugin of this process needs at most.
    func probePolicy() throws(LoadFailure) -> SandboxPolicy {
        try isolation == .process ? sandboxPolicy() : sandboxPolicy().inProcessProbe
    }
}
