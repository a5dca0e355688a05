import Glibc
import PluginStore
import Testing

@Suite("Files and directories that are refused")
struct StoreRefusalTests {
    let here: TemporaryDirectory
    let store: ContentStore

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"), sizeLimit: 1000)
    }

    @Test("what is no file that can be loaded")
    func notFiles() throws {
        try here.write("", to: "empty")
        try here.write(String(repeating: "x", count: 1001), to: "large")
        try here.write(String(repeating: "x", count: 1000), to: "largest")
        try Files.check(unsafe mkfifo(here("pipe"), 0o600), "mkfifo")
        try Files.check(unsafe symlink(here("nowhere"), here("dangling")), "symlink")
        try makeSocket(here("socket"))
        let refusals: [(String, StoreError)] = [
            (here("missing"), .noFile(path: here("missing"))),
            (here("dangling"), .noFile(path: here("dangling"))),
            ("", .noFile(path: "")),
            (here("store"), .notRegular(path: here("store"), what: "a directory")),
            (here("pipe"), .notRegular(path: here("pipe"), what: "a named pipe")),
            (here("socket"), .notRegular(path: here("socket"), what: "a socket")),
            ("/dev/null", .notRegular(path: "/dev/null", what: "a device")),
            (here("empty"), .empty(path: here("empty"))),
            (here("large"), .tooLarge(path: here("large"), size: 1001, limit: 1000)),
            (here("empty/below"), .system(operation: "examine", path: here("empty/below"), number: ENOTDIR)),
            (here("large\0.so"), .system(operation: "open", path: here("large\0.so"), number: EINVAL)),
        ]
        for (path, error) in refusals {
            #expect(throws: error) { try store.ingest(path: path) }
        }
        #expect(try Files.names(in: store.directory) == [])
        #expect(try store.ingest(path: here("largest")).size == 1000)
    }

    @Test("the directory is made for us alone, with what is missing above it")
    func makesDirectory() throws {
        let made = try ContentStore(directory: here("one/two/three"))
        #expect(made.directory == here("one/two/three"))
        for name in ["one", "one/two", "one/two/three"] {
            #expect(try Files.mode(here(name)) == "700")
        }
        try Files.check(unsafe symlink(here("one"), here("link")), "symlink")
        #expect(try ContentStore(directory: here("link/../one/two/three/")).directory == made.directory)
    }

    @Test("a directory that only we can write to is taken", arguments: [0o700, 0o750, 0o755] as [mode_t])
    func privateDirectories(mode: mode_t) throws {
        try Files.setMode(mode, store.directory)
        #expect(try ContentStore(directory: store.directory).directory == store.directory)
    }

    @Test("a directory that others can write to is refused", arguments: [0o770, 0o702, 0o1777] as [mode_t])
    func openDirectories(mode: mode_t) throws {
        try Files.setMode(mode, store.directory)
        #expect(
            throws: StoreError.unfitDirectory(store.directory, .writableByOthers(permissions: mode))
        ) { try ContentStore(directory: store.directory) }
    }

    @Test("a directory that others can put another one in the place of is refused")
    func replaceableDirectories() throws {
        let store = try ContentStore(directory: here("data/store"))
        try Files.setMode(0o777, here("data"))
        let fault = TrustFault.writable(path: here("data"), permissions: 0o777)
        let error = StoreError.unfitDirectory(store.directory, .replaceable(fault))
        #expect(throws: error) { try ContentStore(directory: store.directory) }
        #expect(
            "\(error)"
                == "\(store.directory): cannot keep the private copies of plugins: \(here("data")) may be written by "
                + "its group and everybody (mode 0777): chmod go-w \(here("data"))"
        )
    }

    @Test("a directory of somebody else is refused")
    func foreignDirectory() throws {
        // Root can give its directory away; others have none, but all have root's.
        let (directory, owner) = geteuid() == 0 ? (store.directory, uid_t(54_321)) : ("/usr", 0)
        if geteuid() == 0 { try Files.check(unsafe chown(directory, owner, getgid()), "chown") }
        #expect(throws: StoreError.unfitDirectory(directory, .owned(by: owner, user: geteuid()))) {
            try ContentStore(directory: directory)
        }
    }

    @Test("places where no directory can be")
    func noDirectories() throws {
        let file = try here.write("x", to: "file")
        #expect(throws: StoreError.unfitDirectory(file, .notADirectory(what: "a file"))) {
            try ContentStore(directory: file)
        }
        let below = here("file/store")
        #expect(throws: StoreError.system(operation: "make the directory", path: below, number: ENOTDIR)) {
            try ContentStore(directory: below)
        }
        #expect(throws: StoreError.system(operation: "make the directory", path: "", number: ENOENT)) {
            try ContentStore(directory: "")
        }
    }

    @Test(
        "the text of an error says what, where and the mend",
        arguments: [
            (
                .unfitDirectory("/s", .writableByOthers(permissions: 0o777)),
                "/s: cannot keep the private copies of plugins: its mode 777 lets other users write into it;"
                    + " run chmod 700 on it"
            ),
            (
                .unfitDirectory("/s", .owned(by: 1000, user: 33)),
                "/s: cannot keep the private copies of plugins: it belongs to user 1000, but this process runs as"
                    + " user 33; configure a directory of its own"
            ),
            (
                .unfitDirectory("/s", .notADirectory(what: "a file")),
                "/s: cannot keep the private copies of plugins: it is a file; configure a directory"
            ),
            (.noFile(path: "/p.so"), "/p.so: there is no such file; correct the path, or put the file there"),
            (
                .notRegular(path: "/p.so", what: "a directory"),
                "/p.so: it is a directory, not a file; name the plugin's .so file"
            ),
            (.empty(path: "/p.so"), "/p.so: the file is empty; copy it again under another name, then rename it"),
            (
                .tooLarge(path: "/p.so", size: 12, limit: 10),
                "/p.so: its 12 bytes are more than the limit of 10; strip its debug information"
            ),
            (
                .beingWritten(path: "/p.so"),
                "/p.so: it is being written; copy it under another name, then rename it"
            ),
            (
                .system(operation: "write", path: "/s/x", number: ENOSPC),
                "/s/x: cannot write: No space left on device; free space there, or configure another directory"
            ),
            (
                .system(operation: "open", path: "/p.so", number: EACCES),
                "/p.so: cannot open: Permission denied; give this process's user the right to do so"
            ),
            (.system(operation: "read", path: "/p.so", number: EIO), "/p.so: cannot read: Input/output error"),
        ] as [(StoreError, String)]
    )
    func texts(error: StoreError, text: String) {
        #expect(error.description == text)
    }

    private func makeSocket(_ path: String) throws {
        try Files.check(unsafe mknod(path, S_IFSOCK | 0o600, 0), "mknod")
    }
}
