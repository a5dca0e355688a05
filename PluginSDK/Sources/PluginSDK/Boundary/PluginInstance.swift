import CHookgate
import PluginPayloads

/// What `self` of the C table points to: the plugin, and all that has to live as long as it does.
final class PluginInstance: Sendable {
    private let plugin: any Plugin
    private let connection: HostConnection
    /// The runtime calls them by their address.
    let hooks: [RegisteredHook]
    private let name: StableText
    private let version: StableText

    init<P: Plugin>(_ plugin: P, _ hooks: [RegisteredHook], _ connection: HostConnection) {
        self.plugin = plugin
        self.hooks = hooks
        self.connection = connection
        self.name = StableText(P.name)
        self.version = StableText(P.version)
    }

    /// The C table; it owns this object until `destroy`.
    var table: hg_plugin {
        unsafe hg_plugin(
            struct_size: UInt32(MemoryLayout<hg_plugin>.size),
            abi_major: UInt16(HG_ABI_MAJOR),
            abi_minor: UInt16(HG_ABI_MINOR),
            flags: type(of: plugin).isSerial ? UInt32(HG_PLUGIN_SERIAL) : 0,
            reserved: 0,
            name: name.slice,
            version: version.slice,
            self: Unmanaged.passRetained(self).toOpaque(),
            start: { instance, completion in
                unsafe PluginInstance.run(instance, completion) { try await $0.initialize() }
            },
            stop: { instance, completion in
                unsafe PluginInstance.run(instance, completion) { await $0.shutdown() }
            },
            health: { instance, completion in
                unsafe PluginInstance.run(instance, completion) { try await $0.health() }
            },
            cancel: { _, call in
                guard let call = unsafe call else { return }
                unsafe HookCall(call).cancel()
            },
            destroy: { instance in unsafe PluginInstance.release(instance) }
        )
    }

    /// Releases the plugin, which may say good-bye in the log, and then cuts the way there.
    private static func release(_ instance: UnsafeMutableRawPointer?) {
        guard let instance = unsafe instance else { return }
        var owned: PluginInstance? = unsafe Unmanaged.fromOpaque(instance).takeRetainedValue()
        let connection = owned?.connection
        owned = nil
        connection?.close()
    }

    /// Runs a function of the plugin as a task on Swift's default pool: there is no call, and so no lane, to run it on.
    private static func run(
        _ instance: UnsafeMutableRawPointer?,
        _ completion: OpaquePointer?,
        _ function: @escaping @Sendable (any Plugin) async throws -> Void
    ) {
        guard let instance = unsafe instance, let completion = unsafe completion else { return }
        let owner = unsafe Unmanaged<PluginInstance>.fromOpaque(instance).takeUnretainedValue()
        let ending = unsafe RuntimeHandle(completion)
        Task.detached {
            do {
                try await function(owner.plugin)
                owner.connection.end(ending, hg_status(HG_OK), "")
            } catch {
                owner.connection.end(ending, hg_status(HG_E_FAILED), String(describing: error))
            }
        }
    }
}
