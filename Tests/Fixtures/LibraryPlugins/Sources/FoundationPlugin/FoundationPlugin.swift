import CHookgate
import Foundation
import PluginSDK

/// Adds a number as Germans write it, which takes Foundation and the data of its ICU.
struct FoundationPlugin: ToolPreInvokeHook {
    static let name = "foundation_plugin"
    static let version = "1.0.0"

    init(configuration: NoConfiguration, host: PluginHost) {}

    func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) -> ToolPreInvokeResult {
        var changed = payload
        changed.args?["formatted"] = .string(1234567.5.formatted(.number.locale(Locale(identifier: "de_DE"))))
        return .modified(changed)
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry that Hookgate calls.
@c @implementation
public func hg_plugin_entry_v1(
    _ host: UnsafePointer<hg_host>?,
    _ registrar: OpaquePointer?,
    _ config: UnsafePointer<hg_block>?,
    _ plugin: UnsafeMutablePointer<hg_plugin>?
) -> hg_status {
    unsafe FoundationPlugin.export(host, registrar, config, plugin)
}
