import CHookgate
import PluginSDK
import PluginText

/// Hides digits, which takes PCRE2.
struct PatternPlugin: ToolPreInvokeHook {
    static let name = "pattern_plugin"
    static let version = "1.0.0"

    let rules: ReplacementRules

    init(configuration: NoConfiguration, host: PluginHost) throws {
        rules = ReplacementRules([try ReplacementRule(search: #"\d+"#, replace: "#")])
    }

    func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) throws -> ToolPreInvokeResult {
        let scratch = MatchScratch()
        let arguments = JSONValue.object(payload.args ?? [:])
        guard
            case .object(let hidden)? = try arguments.rewritingStrings({ text, _ in
                try rules.apply(to: text, using: scratch)
            })
        else {
            return .proceed
        }
        var changed = payload
        changed.args = hidden
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
    unsafe PatternPlugin.export(host, registrar, config, plugin)
}
