package import GatewayCore
import Synchronization

/// Records of one kind that are kept as long as the test runs.
package final class InMemoryRecords<Record: GatewayRecord>: RecordStore {
    private let kept: Mutex<[Record]>
    private let failure: Mutex<(any Error)?>

    /// - Parameter records: Those that are there from the beginning.
    package init(_ records: [Record] = []) {
        kept = Mutex(records)
        failure = Mutex(nil)
    }

    /// What is kept now.
    package var all: [Record] { kept.withLock { $0 } }

    /// Makes all writes fail from now on.
    package func fail(_ error: any Error) {
        failure.withLock { $0 = error }
    }

    package func records() async throws -> [Record] { all }

    package func insert(_ record: Record) async throws {
        try write { $0 + [record] }
    }

    package func update(_ record: Record) async throws {
        try write { records in records.map { $0.id == record.id ? record : $0 } }
    }

    package func delete(id: String) async throws {
        try write { records in records.filter { $0.id != id } }
    }

    private func write(_ body: ([Record]) -> [Record]) throws {
        if let failure = failure.withLock({ $0 }) { throw failure }
        kept.withLock { $0 = body($0) }
    }
}

/// Records of all kinds that are kept as long as the test runs.
package final class InMemoryStores: RecordStores {
    private let stores = Mutex<[String: any Sendable]>([:])

    package init() {}

    /// Stores whose prompts are there from the beginning.
    package convenience init(_ prompts: [Prompt]) {
        self.init()
        stores.withLock { $0[Prompt.kind] = InMemoryRecords(prompts) }
    }

    package func records<Record: GatewayRecord>(of kind: Record.Type) -> InMemoryRecords<Record> {
        stores.withLock { stores in
            if let known = stores[Record.kind] as? InMemoryRecords<Record> { return known }
            let new = InMemoryRecords<Record>()
            stores[Record.kind] = new
            return new
        }
    }

    package func store<Record: GatewayRecord>(of kind: Record.Type) -> any RecordStore<Record> { records(of: kind) }
}
