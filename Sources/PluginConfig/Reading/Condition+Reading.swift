extension Condition {
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

    static func list(_ field: Field?) -> [Condition] {
        let elements = field?.elements(of: "mappings", hint: "begin each condition with '- '") ?? []
        return elements.compactMap { Section($0).map(Condition.init) }
    }

    init(_ section: Section<Key>) {
        serverIDs = section[.serverIDs]?.textOrTexts() ?? []
        tenantIDs = section[.tenantIDs]?.textOrTexts() ?? []
        tools = section[.tools]?.textOrTexts() ?? []
        prompts = section[.prompts]?.textOrTexts() ?? []
        resources = section[.resources]?.textOrTexts() ?? []
        agents = section[.agents]?.textOrTexts() ?? []
        userPatterns = section[.userPatterns]?.textOrTexts() ?? []
        contentTypes = section[.contentTypes]?.textOrTexts() ?? []
        match = section[.match]?.choice(of: Match.self) ?? .exact
    }
}
