package import PluginPayloads

/// When a plugin runs: any of the alternatives matches, or there are none.
package struct HookConditions: Sendable, Equatable {
    /// One condition object: all its keys have to match.
    package struct Alternative: Sendable, Equatable {
        package var serverIDs: [String] = []
        package var tenantIDs: [String] = []
        package var tools: [String] = []
        package var prompts: [String] = []
        package var resources: [String] = []
        package var agents: [String] = []
        package var userPatterns: [String] = []
        package var contentTypes: [String] = []
        /// Whether `*` and `?` in the exact lists are wildcards.
        package var usesGlobs = false

        package init() {}
    }

    package var alternatives: [Alternative]

    package init(_ alternatives: [Alternative] = []) {
        self.alternatives = alternatives
    }

    /// Whether the plugin runs for a request.
    ///
    /// - Parameters:
    ///   - hook: The hook, which says what the payload's subject is.
    ///   - payload: The payload as it was before any plugin changed it.
    ///   - context: The request.
    /// - Returns: Whether one of the alternatives matches.
    package func match(hook: HookName, payload: PayloadBlock, context: RequestContext) -> Bool {
        alternatives.isEmpty
            || alternatives.contains { $0.match(hook: hook, payload: payload, context: context) }
    }
}

extension HookConditions.Alternative {
    fileprivate func match(hook: HookName, payload: PayloadBlock, context: RequestContext) -> Bool {
        matches(serverIDs, context.identity.serverID)
            && matches(tenantIDs, context.identity.tenantID)
            && matchesSubject(of: hook, payload)
            && matchesUser(context.userText)
            && matchesContentType(context.identity.contentType)
    }

    /// A list that is not given matches everything; a value that is missing matches no list.
    private func matches(_ list: [String], _ value: String?) -> Bool {
        guard !list.isEmpty else { return true }
        guard let value, !value.isEmpty else { return false }
        return list.contains { usesGlobs ? Glob.matches($0, value) : $0.utf8.elementsEqual(value.utf8) }
    }

    private func matchesSubject(of hook: HookName, _ payload: PayloadBlock) -> Bool {
        switch hook {
        case .toolPreInvoke, .toolPostInvoke: matches(tools, payload.root["name"]?.string)
        case .promptPreFetch, .promptPostFetch: matches(prompts, payload.root["prompt_id"]?.string)
        case .resourcePreFetch, .resourcePostFetch: matches(resources, payload.root["uri"]?.string)
        case .agentPreInvoke, .agentPostInvoke: matches(agents, payload.root["agent_id"]?.string)
        default: true
        }
    }

    private func matchesUser(_ user: String?) -> Bool {
        guard !userPatterns.isEmpty else { return true }
        guard let user, !user.isEmpty else { return false }
        return userPatterns.contains { user.utf8Contains($0) }
    }

    private func matchesContentType(_ contentType: String?) -> Bool {
        guard !contentTypes.isEmpty else { return true }
        guard let contentType, !contentType.isEmpty else { return false }
        let wanted = Self.mediaType(contentType)
        return contentTypes.contains { Self.mediaType($0) == wanted }
    }

    /// A content type without its parameters and the blanks around it, in lower case.
    private static func mediaType(_ text: String) -> String {
        text.prefix { $0 != ";" }.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}

extension String {
    /// Whether the text contains another, byte by byte.
    fileprivate func utf8Contains(_ other: String) -> Bool {
        let text = Array(utf8)
        let wanted = Array(other.utf8)
        guard wanted.count <= text.count else { return false }
        return (0...(text.count - wanted.count)).contains { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
