public import CHookgate
import PluginPayloads

extension Plugin {
    /// What the exported entry of a plugin's library does.
    ///
    /// ```swift
    /// @c @implementation
    /// public func hg_plugin_entry_v1(
    ///     _ host: UnsafePointer<hg_host>?,
    ///     _ registrar: OpaquePointer?,
    ///     _ config: UnsafePointer<hg_block>?,
    ///     _ plugin: UnsafeMutablePointer<hg_plugin>?
    /// ) -> hg_status {
    ///     unsafe EmailGuard.export(host, registrar, config, plugin)
    /// }
    /// ```
    ///
    /// The arguments are those of `hg_plugin_entry_v1`, and have to be the runtime's. It makes an instance, registers its
    /// hooks and fills the table; it may run any number of times.
    @unsafe
    public static func export(
        _ host: UnsafePointer<hg_host>?,
        _ registrar: OpaquePointer?,
        _ config: UnsafePointer<hg_block>?,
        _ plugin: UnsafeMutablePointer<hg_plugin>?
    ) -> hg_status {
        guard let host = unsafe host, let registrar = unsafe registrar, let config = unsafe config,
            let plugin = unsafe plugin
        else { return hg_status(HG_E_ARGUMENT) }
        guard unsafe host.pointee.abi_major == UInt16(HG_ABI_MAJOR),
            unsafe host.pointee.struct_size >= UInt32(MemoryLayout<hg_host>.size),
            unsafe plugin.pointee.struct_size >= UInt32(MemoryLayout<hg_plugin>.size)
        else { return hg_status(HG_E_UNSUPPORTED) }

        let connection = unsafe HostConnection(host, registrar)
        defer { connection.endEntry() }
        do {
            let configuration = unsafe PayloadBlock(unsafeCopying: config)
            let instance = try makeInstance(configuration, connection)
            unsafe plugin.pointee = instance.table
            return hg_status(HG_OK)
        } catch {
            let problem = error as? ConfigurationProblem ?? ConfigurationProblem(String(describing: error))
            _ = connection.report(problem, .error)
            connection.close()
            return hg_status(HG_E_FAILED)
        }
    }

    private static func makeInstance(
        _ configuration: PayloadBlock,
        _ connection: HostConnection
    ) throws -> PluginInstance {
        let host = PluginHost(connection: connection)
        let plugin = try Self(configuration: try decode(configuration, warningBy: host), host: host)
        let hooks = HookRegistrar()
        hooks.registerProtocols(of: plugin)
        plugin.register(on: hooks)
        for hook in try hooks.checked() { try connection.add(hook) }
        return PluginInstance(plugin, hooks.hooks, connection)
    }
}
