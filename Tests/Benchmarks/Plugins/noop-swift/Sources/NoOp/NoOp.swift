public import CHookgate
import PluginSDK

/// Hooks that do nothing, sync and async.
struct NoOp: Plugin {
    static let name = "bench_noop_swift"
    static let version = "1.0.0"

    init(configuration: NoConfiguration, host: PluginHost) {}

    func register(on hooks: HookRegistrar) {
        hooks.on(.toolPreInvoke, doNothing)
        hooks.on(.toolPostInvoke, doNothingLater)
    }

    func doNothing(_ payload: ToolPreInvokePayload, _ context: HookContext) throws -> ToolPreInvokeResult {
        .proceed
    }

    func doNothingLater(_ payload: ToolPostInvokePayload, _ context: HookContext) async throws -> ToolPostInvokeResult {
        .proceed
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry of the plugin.
@c @implementation
public func hg_plugin_entry_v1(
    _ host: UnsafePointer<hg_host>?,
    _ registrar: OpaquePointer?,
    _ config: UnsafePointer<hg_block>?,
    _ plugin: UnsafeMutablePointer<hg_plugin>?
) -> hg_status {
    NoOp.export(host, registrar, config, plugin)
}
