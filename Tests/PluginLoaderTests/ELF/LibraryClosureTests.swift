import PluginLoader
import Testing

@Suite("Bundled libraries of a plugin")
struct LibraryClosureTests {
    @Test(
        "dependencies first, each once",
        arguments: [
            ("nothing bundled is needed", ["libc.so.6"], [:], []),
            ("one", ["libc.so.6", "libone.so"], ["libone.so": ["libc.so.6"]], ["/lib/libone.so"]),
            (
                "a chain", ["liba.so"], ["liba.so": ["libb.so"], "libb.so": ["libc.so"], "libc.so": []],
                ["/lib/libc.so", "/lib/libb.so", "/lib/liba.so"]
            ),
            (
                "a diamond", ["liba.so", "libb.so"],
                ["liba.so": ["libd.so"], "libb.so": ["libd.so"], "libd.so": ["libm.so.6"], "libunused.so": []],
                ["/lib/libd.so", "/lib/liba.so", "/lib/libb.so"]
            ),
            (
                "a cycle", ["liba.so"], ["liba.so": ["libb.so"], "libb.so": ["liba.so", "libb.so"]],
                ["/lib/libb.so", "/lib/liba.so"]
            ),
            ("a bundled library behind one of the system", ["libsystem.so"], ["liba.so": []], []),
            ("names that are paths", ["../liba.so", "/lib/liba.so", ""], ["liba.so": [], "../liba.so": []], []),
        ] as [(String, [String], [String: [String]], [String])]
    )
    func order(_: String, needed: [String], bundled: [String: [String]], expected: [String]) throws {
        let libraries = Dictionary(uniqueKeysWithValues: bundled.map { ("/lib/\($0)", $1) })
        #expect(try LibraryClosure.paths(of: needed, in: "/lib") { libraries[$0] } == expected)
    }

    @Test("a chain of a hundred thousand libraries")
    func longChain() throws {
        let paths = try LibraryClosure.paths(of: ["0"], in: "/lib") { path in
            let number = Int(path.dropFirst("/lib/".count)) ?? 0
            return number < 99_999 ? ["\(number + 1)"] : []
        }
        #expect(paths.count == 100_000)
        #expect(paths.first == "/lib/99999")
        #expect(paths.last == "/lib/0")
    }

    @Test("what a library needs is read from its file, and a broken one is named")
    func files() throws {
        let files = [
            "/opt/hookgate/lib/liba.so": HandmadeLibrary(needed: ["libb.so", "libc.so.6"]).bytes(),
            "/opt/hookgate/lib/libb.so": HandmadeLibrary().bytes(),
        ]
        let paths = { (files: [String: [UInt8]]) throws(LibraryClosure.Failure) -> [String] in
            try LibraryClosure.paths(of: ["liba.so"], in: "/opt/hookgate/lib") { (path) throws(ELFError) in
                guard let bytes = files[path] else { return nil }
                return try ELFLinkage(bytes).needed
            }
        }
        #expect(try paths(files) == ["/opt/hookgate/lib/libb.so", "/opt/hookgate/lib/liba.so"])

        let error = #expect(throws: LibraryClosure.Failure.self) {
            try paths(files.merging(["/opt/hookgate/lib/libb.so": []]) { $1 })
        }
        #expect(error == LibraryClosure.Failure(path: "/opt/hookgate/lib/libb.so", reason: .empty))
        #expect(
            error?.description == "/opt/hookgate/lib/libb.so: the file is empty;"
                + " copy it again under another name, then rename it"
        )
    }
}
