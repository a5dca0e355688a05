import Glibc
import PluginStore
import Testing

@Suite("What is removed from a store")
struct StoreCleaningTests {
    let here: TemporaryDirectory
    let store: ContentStore

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"))
    }

    @Test("copies that are neither kept nor young")
    func unused() throws {
        var digests: [String: String] = [:]
        for (name, age) in [("kept", 9000), ("old", 9000), ("older", 90_000), ("young", 100)] {
            let stored = try store.ingest(path: here.write(name, to: name))
            try Files.setAge(age, stored.path)
            digests[name] = stored.digest
        }
        let (kept, old, older, young) = try (
            #require(digests["kept"]), #require(digests["old"]), #require(digests["older"]), #require(digests["young"])
        )
        try here.write("", to: "store/notes.so")
        try here.write("", to: "store/\(String(repeating: "A", count: 64)).so")
        try Files.setAge(9000, here("store/notes.so"))
        let others = ["\(String(repeating: "A", count: 64)).so", "notes.so"]

        #expect(try store.remove(unused: [kept], olderThan: .seconds(80_000)) == [older])
        #expect(try store.remove(unused: [kept]) == [old])
        #expect(try Files.names(in: store.directory) == (others + ["\(kept).so", "\(young).so"]).sorted())
        #expect(try store.remove(unused: [], olderThan: .zero) == [kept, young].sorted())
        #expect(try Files.names(in: store.directory) == others)
    }

    @Test("a removed copy that is open stays readable")
    func openCopy() throws {
        let stored = try store.ingest(path: here.write("abc", to: "plugin.so"))
        guard let file = unsafe fopen(stored.path, "rb") else { throw TemporaryDirectory.Failure(operation: "open") }
        defer { unsafe fclose(file) }
        #expect(try store.remove(unused: [], olderThan: .zero) == [stored.digest])
        var bytes = [UInt8](repeating: 0, count: 3)
        #expect(unsafe fread(&bytes, 1, 3, file) == 3)
        #expect(bytes == Array("abc".utf8))
    }

    @Test("temporary files of dead processes, once they are not fresh")
    func leftovers() throws {
        let dead = try deadProcess()
        let leftovers = [
            (".\(dead)-aa-1.tmp", age: 100, stays: false),
            (".\(dead)-aa-2.tmp", age: 5, stays: true),
            (".\(getpid())-aa-3.tmp", age: 100, stays: false),
            (".\(getppid())-aa-4.tmp", age: 100, stays: true),
            (".1-aa-5.tmp", age: 100, stays: true),
            (".0-aa-6.tmp", age: 100, stays: true),
            (".-1-aa-7.tmp", age: 100, stays: true),
            (".\(dead)-aa.tmp", age: 100, stays: true),
            ("\(dead)-aa-8.tmp", age: 100, stays: true),
            (".99999999999999-aa-9.tmp", age: 100, stays: true),
        ]
        for (name, age, _) in leftovers {
            try here.write("", to: "store/\(name)")
            try Files.setAge(age, here("store/\(name)"))
        }
        _ = try ContentStore(directory: store.directory)
        #expect(try Files.names(in: store.directory) == leftovers.filter(\.stays).map(\.0).sorted())
    }

    /// The number of a process that has ended.
    private func deadProcess() throws -> pid_t {
        try Files.check(unsafe system("echo $$ > '\(here("process"))'"), "run a shell")
        return try #require(pid_t(Files.read(here("process")).dropLast()))
    }
}
