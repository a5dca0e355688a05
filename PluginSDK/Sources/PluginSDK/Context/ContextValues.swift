/// Values that are kept under keys for one request.
///
/// Reading copies the value. After the hook has ended, everything reads as absent and writes are dropped.
public struct ContextValues: Sendable {
    let context: HookContext
    let scope: StateScope

    /// The value of a key; assigning `nil` removes it.
    public subscript(key: String) -> JSONValue? {
        get { context.value(of: key, in: scope) }
        nonmutating set { context.set(newValue, of: key, in: scope) }
    }

    /// All values.
    public var all: JSONObject { context.values(in: scope) }
}

/// What the keys belong to, and who sees them; the raw values are those of the C header.
enum StateScope: Int32 {
    case pluginState = 0
    case pluginMetadata = 1
    case globalState = 2
    case globalMetadata = 3
}
