import PluginLoader
import Testing

@Suite("Where the loader looks for libraries")
struct ELFLinkageTests {
    @Test(
        "folders are absolute, or those of the file",
        arguments: [
            (nil, []), ("", []), ("/opt/x", ["/opt/x"]), ("/opt/x:/", ["/opt/x", "/"]),
            ("$ORIGIN", ["/store"]), ("${ORIGIN}/../lib:/a", ["/store/../lib", "/a"]),
        ] as [(String?, [String])]
    )
    func folders(path: String?, folders: [String]) throws {
        for linkage in [ELFLinkage(needed: [], runpath: path), ELFLinkage(needed: [], rpath: path)] {
            try linkage.check()
            #expect(linkage.folders(origin: "/store") == folders)
        }
    }

    @Test(
        "what depends on the current folder is refused",
        arguments: [
            ("lib", "lib"), (":/opt/x", ""), ("/opt/x:", ""), ("/a::/b", ""), ("./", "./"), ("$ORIGINAL", "$ORIGINAL"),
            ("$LIB/x", "$LIB/x"), ("/opt/$LIB", "/opt/$LIB"),
        ]
    )
    func relative(path: String, component: String) {
        for linkage in [ELFLinkage(needed: [], runpath: path), ELFLinkage(needed: [], rpath: path)] {
            #expect(throws: ELFError.relativeSearchPath(component)) { try linkage.check() }
        }
    }

    @Test("so is a library by a relative path")
    func relativeLibrary() throws {
        #expect(throws: ELFError.relativeLibrary("./libx.so")) { try ELFLinkage(needed: ["./libx.so"]).check() }
        try ELFLinkage(needed: ["libx.so", "/opt/libx.so"]).check()
    }

    @Test("a library of the compiler with such a path is not loadable")
    func image() throws {
        let image = try ELFImage(Workshop.library("int f(void) { return 1; }", flags: "-Wl,-rpath,/opt/x:lib"))
        #expect(throws: ELFError.relativeSearchPath("lib")) {
            try image.checkLoadable(runningGlibc: GlibcVersion(2, 99))
        }
    }
}
