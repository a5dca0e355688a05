import PluginHooks

extension HookConditions.Alternative {
    private enum Match: String, CaseIterable {
        case exact
        case glob
    }

    enum Key: String, CaseIterable {
        case serverIDs = "server_ids"
        case tenantIDs = "tenant_ids"
        case tools
        case prompts
        case resources
        case agents
        case userPatterns = "user_patterns"
        case contentTypes = "content_types"
        case match
    }

    fileprivate init(_ section: Section<Key>) {
        self.init()
        serverIDs = section[.serverIDs]?.textOrTexts() ?? []
        tenantIDs = section[.tenantIDs]?.textOrTexts() ?? []
        tools = section[.tools]?.textOrTexts() ?? []
        prompts = section[.prompts]?.textOrTexts() ?? []
        resources = section[.resources]?.textOrTexts() ?? []
        agents = section[.agents]?.textOrTexts() ?? []
        userPatterns = section[.userPatterns]?.textOrTexts() ?? []
        contentTypes = section[.contentTypes]?.textOrTexts() ?? []
        usesGlobs = section[.match]?.choice(of: Match.self) == .glob
    }
}

extension HookConditions {
    init(_ field: Field?) {
        let elements = field?.elements(of: "mappings", hint: "begin each condition with '- '") ?? []
        self.init(elements.compactMap { Section($0).map(Alternative.init) })
    }
}
