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
        let files = Dictionary(
            uniqueKeysWithValues: bundled.map { ("/lib/\($0)", HandmadeLibrary(needed: $1).bytes()) }
        )
        let image = try ELFImage(HandmadeLibrary(needed: needed).bytes())
        #expect(try LibraryClosure.paths(of: image, in: "/lib") { files[$0] } == expected)
    }

    @Test("a chain of a hundred thousand libraries")
    func longChain() throws {
        let image = try ELFImage(HandmadeLibrary(needed: ["0"]).bytes())
        let paths = try LibraryClosure.paths(of: image, in: "/lib") { path in
            let number = Int(path.dropFirst("/lib/".count)) ?? 0
            return HandmadeLibrary(needed: number < 99_999 ? ["\(number + 1)"] : []).bytes()
        }
        #expect(paths.count == 100_000)
        #expect(paths.first == "/lib/99999")
        #expect(paths.last == "/lib/0")
    }

    @Test("a broken bundled library is named")
    func broken() throws {
        let image = try ELFImage(HandmadeLibrary(needed: ["liba.so"]).bytes())
        let error = #expect(throws: LibraryClosure.Failure.self) {
            try LibraryClosure.paths(of: image, in: "/opt/hookgate/lib") { _ in [] }
        }
        #expect(error == LibraryClosure.Failure(path: "/opt/hookgate/lib/liba.so", reason: .empty))
        #expect(
            error?.description == "/opt/hookgate/lib/liba.so: the file is empty;"
                + " copy it again under another name, then rename it"
        )
    }
}
