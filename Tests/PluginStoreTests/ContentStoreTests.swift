import Glibc
import PluginStore
import Testing

@Suite("Private copies")
struct ContentStoreTests {
    static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    let here: TemporaryDirectory
    let store: ContentStore

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"))
    }

    @Test("a file is copied under the name of its content")
    func copy() throws {
        let source = try here.write("abc", to: "plugin.so")
        let copy = here("store/\(Self.abc).so")
        #expect(
            try store.ingest(path: source) == StoredFile(digest: Self.abc, path: copy, bytes: Array("abc".utf8))
        )
        #expect(try Files.names(in: here("store")) == ["\(Self.abc).so"])
        #expect(try Files.mode(copy) == "444")
        #expect(try Files.status(copy).st_nlink == 1)

        try here.write("changed", to: "plugin.so")
        #expect(try Files.read(copy) == "abc")
    }

    @Test("a symbolic link is followed")
    func symbolicLink() throws {
        let source = try here.write("abc", to: "plugin.so")
        try Files.check(unsafe symlink(source, here("link.so")), "symlink")
        #expect(try store.ingest(path: here("link.so")).digest == Self.abc)
    }

    @Test("a large file, which is read and written in many parts")
    func largeFile() throws {
        let text = String(repeating: "0123456789abcdef", count: 200_000)
        let stored = try store.ingest(path: here.write(text, to: "plugin.so"))
        #expect(stored.size == 3_200_000)
        #expect(stored.bytes == Array(text.utf8))
        #expect(try Files.status(stored.path).st_size == 3_200_000)
        #expect(try store.ingest(path: stored.path) == stored)
    }

    @Test("an intact copy is used again, and counts as new")
    func reuse() throws {
        let source = try here.write("abc", to: "plugin.so")
        let first = try store.ingest(path: source)
        let inode = try Files.status(first.path).st_ino
        try Files.setAge(7200, first.path)
        #expect(try store.ingest(path: source) == first)
        #expect(try Files.status(first.path).st_ino == inode)
        #expect(try store.remove(unused: []) == [])
    }

    @Test(
        "a copy that was tampered with is replaced",
        arguments: [
            "printf abd > $COPY && chmod 444 $COPY", "printf abcd > $COPY && chmod 444 $COPY",
            ": > $COPY && chmod 444 $COPY", "chmod 600 $COPY", "chmod 400 $COPY",
            "chmod 444 $COPY && ln $COPY ../other",
            "chmod 444 $COPY && mv $COPY ../other && ln -s ../other $COPY", "rm $COPY && mkfifo -m 444 $COPY",
        ]
    )
    func tampering(command: String) throws {
        let source = try here.write("abc", to: "plugin.so")
        let stored = try store.ingest(path: source)
        try Files.setMode(0o600, stored.path)
        try Files.check(unsafe system("cd '\(store.directory)' && COPY=\(Self.abc).so && \(command)"), command)
        let tampered = try Files.status(stored.path).st_ino

        #expect(try store.ingest(path: source) == stored)
        let status = try Files.status(stored.path)
        #expect(status.st_ino != tampered)
        #expect(status.st_mode == S_IFREG | 0o444)
        #expect(status.st_nlink == 1)
        #expect(try Files.read(stored.path) == "abc")
        #expect(try Files.names(in: store.directory) == ["\(Self.abc).so"])
    }

    @Test("several processes share a store")
    func processes() async throws {
        let (here, directory) = (here.path, store.directory)
        for number in 0..<8 {
            try Files.write("content \(number)", to: "\(here)/\(number).so")
        }
        await withTaskGroup { group in
            for _ in 0..<3 {
                group.addTask { await Self.ingestInAnotherProcess(here, directory) }
            }
        }
        let names = try Files.names(in: directory)
        #expect(names.count == 8)
        #expect(names.allSatisfy { $0.hasSuffix(".so") })
        for number in 0..<8 {
            let stored = try store.ingest(path: "\(here)/\(number).so")
            #expect(try Files.read(stored.path) == "content \(number)")
        }
    }

    private static func ingestInAnotherProcess(_ here: String, _ directory: String) async {
        await #expect(processExitsWith: .success) { [here, directory] in
            let store = try ContentStore(directory: directory)
            for round in 0..<200 {
                let stored = try store.ingest(path: "\(here)/\(round % 8).so")
                guard String(decoding: stored.bytes, as: UTF8.self) == "content \(round % 8)" else { exit(1) }
                // Makes copies come and go under the others' hands.
                try store.remove(unused: [], olderThan: round % 10 == 0 ? .zero : .seconds(60))
            }
            for number in 0..<8 {
                _ = try store.ingest(path: "\(here)/\(number).so")
            }
        }
    }
}
