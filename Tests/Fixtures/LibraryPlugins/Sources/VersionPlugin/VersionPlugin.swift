import CHookgate
import PluginSDK

/// Says in a prompt, before and after it is rendered, which build it is.
struct VersionPlugin: PromptPreFetchHook, PromptPostFetchHook {
    static let name = "version_plugin"
    static let version = "1.0.0"

    /// The digits are replaced in the finished file: a text of this length is in the file as it is here.
    private static let build = "version-plugin-0000000000"

    init(configuration: NoConfiguration, host: PluginHost) {}

    func promptPreFetch(_ payload: PromptPreFetchPayload, _ context: HookContext) -> PromptPreFetchResult {
        var changed = payload
        changed.args?["version"] = .string(Self.build)
        return .modified(changed)
    }

    func promptPostFetch(_ payload: PromptPostFetchPayload, _ context: HookContext) -> PromptPostFetchResult {
        var changed = payload
        changed.result.messages = payload.result.messages.map { message in
            var message = message
            message.text = "\(message.text ?? "") after \(Self.build)"
            return message
        }
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
    unsafe VersionPlugin.export(host, registrar, config, plugin)
}
