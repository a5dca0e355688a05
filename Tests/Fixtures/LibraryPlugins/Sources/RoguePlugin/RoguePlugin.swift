import CHookgate
import PluginSDK

/// Ends its process as Swift code does: by the deed that its configuration names.
struct RoguePlugin: PromptPreFetchHook {
    static let name = "rogue_swift"
    static let version = "1.0.0"

    /// What it does.
    enum Deed: String, Decodable {
        case fatalError = "fatal_error"
        case outOfRange = "out_of_range"
        case allocate
    }

    struct Configuration: Decodable, Sendable {
        var deed: Deed
    }

    private let deed: Deed

    init(configuration: Configuration, host: PluginHost) { deed = configuration.deed }

    func promptPreFetch(_ payload: PromptPreFetchPayload, _ context: HookContext) -> PromptPreFetchResult {
        switch deed {
        case .fatalError: fatalError("as the configuration says")
        case .outOfRange:
            // The optimizer must not see that it is out of range.
            let index = (payload.args?.count ?? 0) + 7
            return result(["a", "b", "c"][index], of: payload)
        case .allocate:
            var bytes: [UInt8] = []
            // Not written to: where nobody prevents it, the machine has to live on.
            bytes.reserveCapacity(10 << 30)
            bytes.append(1)
            return result("allocated \(bytes.count)", of: payload)
        }
    }

    private func result(_ text: String, of payload: PromptPreFetchPayload) -> PromptPreFetchResult {
        var changed = payload
        changed.args?["result"] = .string(text)
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
    unsafe RoguePlugin.export(host, registrar, config, plugin)
}
