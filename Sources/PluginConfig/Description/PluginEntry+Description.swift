import PluginHooks
import PluginPayloads

extension PluginEntry.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .name: KeyDescription("Tells the plugin apart from all others.", .text, isRequired: true)
        case .kind: KeyDescription("The name or an alias of the plugin's manifest; ffi for a bound function.", .text)
        case .path: KeyDescription("The plugin's .so file, instead of kind; relative to this file.", .text)
        case .description: KeyDescription("What it is for.", .text)
        case .author: KeyDescription("Who wrote it.", .text)
        case .version: KeyDescription("Its version.", .textOrNumber)
        case .namespace: KeyDescription("A word to group plugins by.", .text)
        case .hooks: KeyDescription("The hooks to serve; absent or empty means all that the plugin has.", .list(.text))
        case .tags: KeyDescription("Words to find it by.", .list(.text), [])
        case .mode:
            KeyDescription(
                "What becomes of its violations and errors.",
                .word(PluginMode.words.map(\.0)),
                "enforce"
            )
        case .priority:
            KeyDescription("Smaller runs earlier.", .integer(.min ... .max), 100)
        case .conditions:
            KeyDescription(
                "When it runs: if any of these holds, or there is none.",
                .list(HookConditions.Alternative.Key.section),
                []
            )
        case .config: KeyDescription("What the plugin itself is given.", .anything)
        case .timeout: KeyDescription("Seconds that one call may take.", .seconds)
        case .onError:
            KeyDescription(
                "What an error does, before the mode is asked.",
                .word(ErrorPolicy.allCases.map(\.rawValue))
            )
        case .required: KeyDescription("Whether its hooks fail closed when it cannot be loaded.", .boolean, false)
        case .inline: KeyDescription("Whether calls may run on the caller's thread, as the plugin declares.", .boolean)
        case .serial: KeyDescription("Whether calls run one after the other, whatever the plugin declares.", .boolean)
        case .isolation: KeyDescription("Where it runs, if not where plugin_settings say.", .word(Isolation.words))
        case .process: KeyDescription("Its processes, if it runs in its own.", ProcessSettings.Key.section)
        case .sandbox:
            KeyDescription("What its worker process may do.", SandboxSettings.Key.settings(hasDefaults: false))
        case .breaker:
            KeyDescription(
                "When it is switched off for a while, as plugin_settings.breaker; off for never.",
                BreakerSection.Key.kind(hasStandards: false)
            )
        case .mcp, .grpc, .unixSocket: KeyDescription("Where a plugin of kind external is.", .anything)
        case .capabilities: KeyDescription("Has no effect; accepted for existing files.", .list(.text))
        case .maxContentSize: KeyDescription("Has no effect; accepted for existing files.", .integer(.min ... .max))
        case .appliedTo: KeyDescription("Has no effect; accepted for existing files.", .anything)
        }
    }
}

extension Isolation {
    static let words = allCases.map(\.rawValue)
}

extension HookConditions.Alternative.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .serverIDs: KeyDescription("The server is one of these.", .textOrTexts)
        case .tenantIDs: KeyDescription("The tenant is one of these.", .textOrTexts)
        case .tools: KeyDescription("The tool is one of these.", .textOrTexts)
        case .prompts: KeyDescription("The prompt is one of these.", .textOrTexts)
        case .resources: KeyDescription("The resource is one of these.", .textOrTexts)
        case .agents: KeyDescription("The agent is one of these.", .textOrTexts)
        case .userPatterns: KeyDescription("The user's name contains one of these.", .textOrTexts)
        case .contentTypes: KeyDescription("The content type is one of these.", .textOrTexts)
        case .match: KeyDescription("How the texts of this condition are compared.", .word(["exact", "glob"]), "exact")
        }
    }
}
