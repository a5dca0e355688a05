import PluginHooks

/// What the host functions of one instance work with.
final class HostContext: Sendable {
    let services: any HostServices
    let executor: HookExecutor?

    init(services: any HostServices, executor: HookExecutor?) {
        self.services = services
        self.executor = executor
    }
}
