public import CHookgate
import PluginSDK
import TokenAuth

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The one symbol that the library exports.
@c @implementation
public func hg_plugin_entry_v1(
    _ host: UnsafePointer<hg_host>?,
    _ registrar: OpaquePointer?,
    _ config: UnsafePointer<hg_block>?,
    _ plugin: UnsafeMutablePointer<hg_plugin>?
) -> hg_status {
    TokenAuth.export(host, registrar, config, plugin)
}
