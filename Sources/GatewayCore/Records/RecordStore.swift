/// Where the records of one kind are kept.
///
/// What a method has returned from survives the end of the process.
package protocol RecordStore<Record>: Sendable {
    associatedtype Record: GatewayRecord

    /// All records, the oldest first.
    func records() async throws -> [Record]

    /// Adds a record.
    func insert(_ record: Record) async throws

    /// Replaces the record with the same identifier.
    func update(_ record: Record) async throws

    /// Removes a record.
    func delete(id: String) async throws
}

/// Where the records of all kinds are kept.
package protocol RecordStores: Sendable {
    /// The store of one kind of records.
    func store<Record: GatewayRecord>(of kind: Record.Type) -> any RecordStore<Record>
}
