/// The name of a hook: one of the standard hooks, or any name of a custom one.
public struct HookName: Sendable, Hashable, CustomStringConvertible {
    /// The name as it is written in manifests and configurations, such as `tool_pre_invoke`.
    public let text: String

    /// The place among the standard hooks, or `nil` for a custom hook.
    ///
    /// A registry finds the plan of a standard hook by this number, without hashing its name.
    public let standardIndex: Int?

    /// Makes a name from its text; standard names are recognised.
    public init(_ text: String) {
        self.text = text
        self.standardIndex = Self.standardNames.firstIndex(of: text)
    }

    private init(standard index: Int) {
        self.text = Self.standardNames[index]
        self.standardIndex = index
    }

    /// The text.
    public var description: String { text }

    /// Two names are equal if their texts are.
    public static func == (left: HookName, right: HookName) -> Bool {
        left.standardIndex == right.standardIndex && (left.standardIndex != nil || left.text == right.text)
    }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    private static let standardNames = [
        "prompt_pre_fetch", "prompt_post_fetch", "tool_pre_invoke", "tool_post_invoke",
        "resource_pre_fetch", "resource_post_fetch", "agent_pre_invoke", "agent_post_invoke",
        "http_pre_request", "http_post_request", "http_auth_resolve_user", "http_auth_check_permission",
        "server_pre_register", "server_post_register", "federation_pre_sync", "federation_post_sync",
    ]

    /// All standard hooks, in the order of ``standardIndex``.
    public static let standard: [HookName] = standardNames.indices.map(HookName.init(standard:))

    /// Before a prompt is looked up.
    public static let promptPreFetch = HookName(standard: 0)
    /// After a prompt was rendered.
    public static let promptPostFetch = HookName(standard: 1)
    /// Before a tool is called.
    public static let toolPreInvoke = HookName(standard: 2)
    /// After a tool was called.
    public static let toolPostInvoke = HookName(standard: 3)
    /// Before a resource is fetched.
    public static let resourcePreFetch = HookName(standard: 4)
    /// After a resource was fetched.
    public static let resourcePostFetch = HookName(standard: 5)
    /// Before an agent is called.
    public static let agentPreInvoke = HookName(standard: 6)
    /// After an agent has answered.
    public static let agentPostInvoke = HookName(standard: 7)
    /// Before a request is authenticated.
    public static let httpPreRequest = HookName(standard: 8)
    /// After a response was made.
    public static let httpPostRequest = HookName(standard: 9)
    /// To find out who sends a request.
    public static let httpAuthResolveUser = HookName(standard: 10)
    /// To decide whether a user may do something.
    public static let httpAuthCheckPermission = HookName(standard: 11)
    /// Before a virtual server is registered.
    public static let serverPreRegister = HookName(standard: 12)
    /// After a virtual server was registered.
    public static let serverPostRegister = HookName(standard: 13)
    /// Before a federated gateway is synchronised.
    public static let federationPreSync = HookName(standard: 14)
    /// After a federated gateway was synchronised.
    public static let federationPostSync = HookName(standard: 15)
}

extension HookName: ExpressibleByStringLiteral {
    /// Makes a name from a literal; standard names are recognised.
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
