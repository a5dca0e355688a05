import PluginPayloads
import PluginSchema
import Synchronization

/// The compiled forms of schemas that come with the calls.
///
/// A schema is compiled when it is first seen. When too many were seen, the cache starts anew: tools have few schemas,
/// and what is dropped is only work.
final class SchemaCache: Sendable {
    private let schemas = Mutex<[JSONValue: Result<JSONSchema, SchemaError>]>([:])
    private let capacity: Int
    private let limits: JSONSchema.Limits

    init(capacity: Int, limits: JSONSchema.Limits) {
        self.capacity = capacity
        self.limits = limits
    }

    /// The compiled form of a schema.
    func schema(_ source: JSONValue) throws(SchemaError) -> JSONSchema {
        if let known = schemas.withLock({ $0[source] }) { return try known.get() }
        let result = Result { () throws(SchemaError) in try JSONSchema(source, limits: limits) }
        schemas.withLock { schemas in
            if schemas.count >= capacity { schemas = [:] }
            schemas[source] = result
        }
        return try result.get()
    }
}
