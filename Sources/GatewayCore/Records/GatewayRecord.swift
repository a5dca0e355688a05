package import PluginPayloads

/// Something that the gateway keeps under a name: a prompt, a tool, a resource, an agent, a server.
///
/// What a record says of itself is one object of fields, whether a client sends it or a store keeps it.
package protocol GatewayRecord: Sendable, Equatable {
    /// What the gateway makes of a record to work with it.
    associatedtype Usable: Sendable

    /// What one is called in messages: `prompt`.
    static var kind: String { get }
    /// The path of its routes: `prompts`.
    static var path: String { get }
    /// The field that no two records have alike.
    static var keyField: String { get }
    /// What a caller has to be allowed to do.
    static var permissions: RecordPermissions { get }
    /// Hooks that see a record before and after it is registered.
    static var registration: RegistrationHooks? { get }

    var stamp: RecordStamp { get }
    /// The value of the key field.
    var key: String { get }

    /// Reads a record, and notes all that is wrong in the fields.
    init(_ fields: inout RecordFields)

    /// All fields, as ``init(_:)`` reads them.
    var fields: JSONObject { get }
    /// The fields as clients see them: without credentials.
    var shownFields: JSONObject { get }

    /// Prepares the record for requests.
    ///
    /// - Throws: Why it is not usable.
    func usable() throws(GatewayError) -> Usable
}

/// What a caller has to be allowed to do with records of one kind.
package struct RecordPermissions: Sendable, Equatable {
    package let read: Permission
    package let create: Permission
    package let update: Permission
    package let delete: Permission
}

/// Hooks that see a record before and after it is registered.
package struct RegistrationHooks: Sendable {
    /// It may change the record.
    package let before: HookName
    package let after: HookName
    /// The field of their payloads that holds the record.
    package let field: String
}

/// Which record it is, and since when.
package struct RecordStamp: Sendable, Equatable {
    /// Never changes.
    package let id: String
    /// RFC 3339, in UTC.
    package let createdAt: String
    package let updatedAt: String

    package init(id: String, createdAt: String, updatedAt: String) {
        self.id = id
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The stamp of a record that is made now.
    static func new() -> RecordStamp {
        let now = Timestamp.now.text
        return RecordStamp(id: Identifier.random(), createdAt: now, updatedAt: now)
    }

    /// The stamp of the record once it is changed now.
    var changed: RecordStamp { RecordStamp(id: id, createdAt: createdAt, updatedAt: Timestamp.now.text) }
}

extension GatewayRecord {
    package static var keyField: String { "name" }
    package static var registration: RegistrationHooks? { nil }

    package var id: String { stamp.id }
    package var createdAt: String { stamp.createdAt }
    package var updatedAt: String { stamp.updatedAt }

    package var shownFields: JSONObject { fields }

    /// The record as clients see it.
    package var object: JSONObject {
        JSONObject(
            [("id", .string(id))] + shownFields.map { ($0.key, $0.value) }
                + [("created_at", .string(createdAt)), ("updated_at", .string(updatedAt))]
        )
    }

    /// Reads a record whose fields have to be right.
    ///
    /// - Throws: All that is wrong, in one message.
    package init(reading fields: RecordFields) throws(GatewayError) {
        var fields = fields
        self.init(&fields)
        try fields.requireValid(Self.kind)
    }

    /// Reads a record as a store keeps it.
    ///
    /// - Throws: What is wrong with it.
    package init(stored fields: JSONObject, _ stamp: RecordStamp) throws(GatewayError) {
        try self.init(reading: RecordFields(fields, stamp: stamp))
    }
}

extension GatewayRecord where Usable == Self {
    package func usable() throws(GatewayError) -> Self { self }
}
