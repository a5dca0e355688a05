package import PluginPayloads
import Synchronization

/// All records of one kind, ready for requests; what is written is in the store before anyone sees it.
///
/// What clients may do with records is here for everyone; what the gateway makes of them is for ``GatewayDispatch``.
package final class RecordLibrary<Record: GatewayRecord>: Sendable {
    private struct Entry {
        let record: Record
        let usable: Record.Usable
    }

    private struct Entries {
        /// In the order of their making.
        var all: [Entry] = []
        var places: [String: Int] = [:]

        /// A record by its key or, if no key is meant, its identifier.
        func find(_ keyOrID: String) -> Entry? { places[keyOrID].map { all[$0] } }

        mutating func put(_ entry: Entry) {
            if let place = all.firstIndex(where: { $0.record.id == entry.record.id }) {
                all[place] = entry
            } else {
                all.append(entry)
            }
            index()
        }

        mutating func remove(id: String) {
            all.removeAll { $0.record.id == id }
            index()
        }

        private mutating func index() {
            places = Dictionary(all.enumerated().map { ($1.record.id, $0) }) { first, _ in first }
            for (place, entry) in all.enumerated() { places[entry.record.key] = place }
        }
    }

    private let store: any RecordStore<Record>
    private let entries = Mutex(Entries())
    private let writes = SerialWork()

    /// Reads all records of a store.
    ///
    /// - Parameters:
    ///   - store: The store, to which nobody else writes.
    ///   - unusable: Is told of a record that was stored by another version and is not usable in this one.
    /// - Throws: What the store throws.
    package init(_ store: any RecordStore<Record>, unusable: (Record, GatewayError) -> Void) async throws {
        self.store = store
        let records = try await store.records()
        for record in records {
            do throws(GatewayError) {
                let entry = Entry(record: record, usable: try record.usable())
                entries.withLock { $0.put(entry) }
            } catch {
                unusable(record, error)
            }
        }
    }

    /// All records, the oldest first.
    package var records: [Record] { entries.withLock { $0.all.map(\.record) } }

    /// A record by its key or identifier.
    package func record(_ keyOrID: String) throws(GatewayError) -> Record { try entry(keyOrID).record }

    /// What requests work with.
    func find(_ keyOrID: String) throws(GatewayError) -> Record.Usable { try entry(keyOrID).usable }

    /// The first of all records that a condition holds for.
    func first<Found>(_ match: (Record.Usable) -> Found?) -> Found? {
        for entry in entries.withLock({ $0.all }) {
            if let found = match(entry.usable) { return found }
        }
        return nil
    }

    private func entry(_ keyOrID: String) throws(GatewayError) -> Entry {
        guard let entry = entries.withLock({ $0.find(keyOrID) }) else {
            throw .notFound("\(Record.kind) not found: \(keyOrID); GET /\(Record.path) lists all")
        }
        return entry
    }

    /// Makes a record.
    ///
    /// - Throws: That it is not valid, that its key is taken, or that a plugin refuses it.
    package func create(_ body: BlockValue, _ hooks: any RequestHooks) async throws -> Record {
        let record = try Record(reading: RecordFields(body, of: Record.kind, stamp: .new()))
        return try await writes.run { [self] in try await put(record, insteadOf: nil, hooks) }
    }

    /// Changes what a client says of a record, and keeps the rest.
    ///
    /// - Throws: That there is no such record, that the new one is not valid, that its key is taken, or that a plugin
    ///   refuses it.
    package func update(_ keyOrID: String, _ body: BlockValue, _ hooks: any RequestHooks) async throws -> Record {
        try await writes.run { [self] in
            let old = try entry(keyOrID)
            let fields = try RecordFields(
                body,
                of: Record.kind,
                keeping: old.record.fields,
                stamp: old.record.stamp.changed
            )
            return try await put(try Record(reading: fields), insteadOf: old, hooks)
        }
    }

    /// Removes a record.
    ///
    /// - Throws: That there is no such record.
    package func delete(_ keyOrID: String) async throws {
        try await writes.run { [self] in
            let id = try record(keyOrID).id
            try await store.delete(id: id)
            entries.withLock { $0.remove(id: id) }
        }
    }

    /// Registers a record: the hooks of the registration see it before and after, also when it takes another's place,
    /// and what they refuse afterwards is as it was.
    private func put(_ record: Record, insteadOf old: Entry?, _ hooks: any RequestHooks) async throws -> Record {
        let record = try await Record.registration?.before(record, hooks) ?? record
        let entry = Entry(record: record, usable: try record.usable())
        try requireFree(record)
        if old == nil { try await store.insert(record) } else { try await store.update(record) }
        entries.withLock { $0.put(entry) }
        do {
            try await Record.registration?.after(record, hooks)
        } catch {
            if let old { try await store.update(old.record) } else { try await store.delete(id: record.id) }
            entries.withLock { if let old { $0.put(old) } else { $0.remove(id: record.id) } }
            throw error
        }
        return record
    }

    private func requireFree(_ record: Record) throws(GatewayError) {
        guard let owner = entries.withLock({ $0.find(record.key) })?.record, owner.id != record.id else { return }
        throw .conflict(
            "a \(Record.kind) \(Record.keyDescription) \"\(record.key)\" exists already; "
                + "change it with PUT /\(Record.path)/\(Record.keyField == "name" ? record.key : owner.id)"
        )
    }
}

extension GatewayRecord {
    /// How a message introduces the key: `named "x"`, `with the uri "x"`.
    package static var keyDescription: String { keyField == "name" ? "named" : "with the \(keyField)" }
}
