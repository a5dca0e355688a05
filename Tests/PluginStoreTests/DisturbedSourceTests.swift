import Glibc
import PluginStore
import Testing

@Suite("Files that change while they are copied")
struct DisturbedSourceTests {
    let here: TemporaryDirectory
    let store: ContentStore
    let source: String

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"))
        source = try here.write("abc", to: "plugin.so")
        try Files.setAge(7200, source)
    }

    enum Change: String, CaseIterable {
        case append, rewriteInPlace, truncate, replace
    }

    @Test("once: the new content is copied", arguments: [Change.append, .rewriteInPlace, .replace])
    func once(change: Change) throws {
        var reads = 0
        let stored = try store.ingest(path: source) { (file) throws(StoreError) in
            let bytes = try file.read()
            reads += 1
            if reads == 1 { apply(change) }
            return bytes
        }
        #expect(reads == 2)
        #expect(String(decoding: stored.bytes, as: UTF8.self) == (change == .append ? "abcx" : "xyz"))
        #expect(try Files.names(in: store.directory) == ["\(stored.digest).so"])
    }

    @Test(
        "again and again: it is being written",
        arguments: [(Change.append, reads: 2), (.rewriteInPlace, reads: 2), (.replace, reads: 16)]
    )
    func always(change: Change, reads expected: Int) throws {
        var reads = 0
        #expect(throws: StoreError.beingWritten(path: source)) {
            try store.ingest(path: source) { (file) throws(StoreError) in
                let bytes = try file.read()
                reads += 1
                apply(change)
                return bytes
            }
        }
        #expect(reads == expected)
        #expect(try Files.names(in: store.directory) == [])
    }

    @Test("by others that are renamed to it, one after another: the last one is copied")
    func replacedOften() throws {
        var reads = 0
        let stored = try store.ingest(path: source) { (file) throws(StoreError) in
            let bytes = try file.read()
            reads += 1
            if reads < 10 { apply(.replace) }
            return bytes
        }
        #expect(reads == 10)
        #expect(String(decoding: stored.bytes, as: UTF8.self) == "xyz")
    }

    @Test("it grows before it is read")
    func growing() throws {
        #expect(throws: StoreError.beingWritten(path: source)) {
            try store.ingest(path: source) { (file) throws(StoreError) in
                apply(.append)
                return try file.read()
            }
        }
    }

    @Test("it is emptied or taken away: the second look says so")
    func gone() throws {
        #expect(throws: StoreError.empty(path: source)) {
            try store.ingest(path: source) { (file) throws(StoreError) in
                apply(.truncate)
                return try file.read()
            }
        }
        try here.write("abc", to: "plugin.so")
        #expect(throws: StoreError.noFile(path: source)) {
            try store.ingest(path: source) { (file) throws(StoreError) in
                _ = unsafe unlink(source)
                return try file.read()
            }
        }
    }

    @Test("under a writer that never rests, a copy is always what was hashed")
    func restlessWriter() async throws {
        let (source, store) = (source, store)
        await withTaskGroup { group in
            group.addTask {
                for round in 0... {
                    guard !Task.isCancelled else { return }
                    try? Files.write(String(repeating: "\(round % 10)", count: 100_000), to: source)
                }
            }
            for _ in 0..<200 {
                do throws(StoreError) {
                    let stored = try store.ingest(path: source)
                    #expect((try? Files.read(stored.path)) == String(decoding: stored.bytes, as: UTF8.self))
                } catch {
                    #expect([.beingWritten(path: source), .empty(path: source)].contains(error))
                }
            }
            group.cancelAll()
        }
    }

    private func apply(_ change: Change) {
        let new = here("new")
        switch change {
        case .append: try? Files.write("x", to: source, append: true)
        case .rewriteInPlace: try? Files.write("xyz", to: source)
        case .truncate: try? Files.write("", to: source)
        case .replace:
            try? Files.write("xyz", to: new)
            _ = unsafe rename(new, source)
        }
        if change == .rewriteInPlace {
            // Its own time each time, as two writes within one tick of the file system's clock would not have.
            try? Files.setAge(Int.random(in: 0..<1_000_000), source)
        }
    }
}
