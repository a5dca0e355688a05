/// What all plugins know about one request.
public struct GlobalContext: Sendable {
    let context: HookContext

    /// The request, the same for all its hooks.
    public var requestID: String { identity.requestID }

    /// The user: a text or an object.
    public var user: JSONValue? { identity.user }

    /// The tenant.
    public var tenantID: String? { identity.tenantID }

    /// The server that the request is for.
    public var serverID: String? { identity.serverID }

    /// The content type of the request's body.
    public var contentType: String? { identity.contentType }

    /// All of the above as one value; read it while the hook runs, and keep it for later.
    public var identity: RequestIdentity { context.identity }

    /// Values that all plugins of the request share.
    ///
    /// Writes are merged when the hook has ended; until then the plugin sees its own.
    public var state: ContextValues { ContextValues(context: context, scope: .globalState) }

    /// Values that describe the request rather than drive it, shared as ``state`` is.
    public var metadata: ContextValues { ContextValues(context: context, scope: .globalMetadata) }
}
