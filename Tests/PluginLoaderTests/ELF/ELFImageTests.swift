import PluginLoader
import Testing

@Suite("What an ELF file says")
struct ELFImageTests {
    @Test("a C plugin")
    func plugin() throws {
        let image = try ELFImage(Fixtures.plugin.get())
        #expect(image.identity.description == "64-bit little-endian shared library for \(ELFIdentity.hostArchitecture)")
        #expect(image.needed == [])
        #expect(image.soname == "tiny.so")
        #expect([image.runpath, image.rpath].compactMap(\.self) == ["/opt/tiny/lib"])
        #expect(names(image.exports) == ["hg_plugin_entry_v1 function global", "tiny_counter data global"])
        #expect(names(image.imports) == [])
        #expect(image.glibc == nil)
        #expect(image.hasTextRelocations == false)
        #expect(image.hasStaticTLS == false)
        #expect(image.tlsSize == 0)
        #expect(image.initArraySize == 0)
        #expect(image.isNeverUnloaded == false)
        #expect(image.manifest.map { String(decoding: $0, as: UTF8.self) } == Fixtures.manifest)
        #expect(image.abi == ELFImage.ABINote(format: 1, major: 0, minor: 2))
        #expect(image.toolchain.isSwift == false)
        #expect(image.pinReason == nil)
        try image.checkEntry()
        try image.checkLoadable(runningGlibc: GlibcVersion(2, 17))
    }

    @Test("the old and the new form of the search path", arguments: [("--disable", "rpath"), ("--enable", "runpath")])
    func searchPath(flag: String, expected: String) throws {
        let image = try ELFImage(
            Workshop.library("int f(void) { return 1; }", flags: "-Wl,\(flag)-new-dtags,-rpath,/opt/x")
        )
        #expect(image.runpath == (expected == "runpath" ? "/opt/x" : nil))
        #expect(image.rpath == (expected == "rpath" ? "/opt/x" : nil))
    }

    @Test("symbols are found by either hash table, and without section names", arguments: ["sysv", "gnu", "both"])
    func hashTables(style: String) throws {
        let source = """
            extern int other_library(void); extern int variable; __attribute__((weak)) extern int perhaps(void);
            __attribute__((visibility("hidden"))) int hidden(void) { return 1; }
            static int local(void) { return hidden(); }
            int first(void) { return other_library() + variable + local(); }
            __attribute__((weak)) int second(void) { return perhaps ? perhaps() : 0; }
            __thread int third;
            int fourth[7];
            """
        let bytes = try Workshop.library(source, flags: "-Wl,--hash-style=\(style)")
        for file in [bytes, withoutSectionTable(bytes)] {
            let image = try ELFImage(file)
            let exports = [
                "first function global", "fourth data global", "second function weak", "third threadLocal global",
            ]
            #expect(names(image.exports) == exports)
            #expect(
                names(image.imports) == [
                    "other_library untyped global", "perhaps untyped weak", "variable untyped global",
                ]
            )
            #expect(image.tlsSize == 4)
        }
    }

    @Test("a library that exports nothing is no plugin", arguments: ["sysv", "gnu"])
    func noExports(style: String) throws {
        let source = "extern void use(void); __attribute__((visibility(\"hidden\"))) void f(void) { use(); }"
        let image = try ELFImage(Workshop.library(source, flags: "-Wl,--hash-style=\(style)"))
        #expect(names(image.exports) == [])
        #expect(throws: ELFError.noEntry(exported: [])) { try image.checkEntry() }
    }

    @Test("the manifest goes with the section table, the rest stays")
    func withoutSections() throws {
        let image = try ELFImage(withoutSectionTable(Fixtures.plugin.get()))
        #expect(image.manifest == nil)
        #expect(image.abi == nil)
        #expect(image.toolchain.description == "unknown")
        #expect(names(image.exports) == ["hg_plugin_entry_v1 function global", "tiny_counter data global"])
    }

    @Test("a stripped plugin keeps its manifest")
    func stripped() throws {
        let bytes = try Workshop.make(
            "it.so",
            files: ["it.c": Fixtures.pluginSource],
            "cc -shared -fPIC -nostdlib -I '\(Workshop.headers)' -o it.so it.c && strip -s it.so"
        )
        #expect(try ELFImage(bytes).manifest == Array(Fixtures.manifest.utf8))
    }

    @Test("needed libraries in their order, and functions that run when the library is opened")
    func neededLibraries() throws {
        let bytes = try Workshop.make(
            "it.so",
            files: [
                "one.c": "int one(void) { return 1; }", "two.c": "int two(void) { return 2; }",
                "it.c": """
                extern int one(void), two(void);
                __attribute__((constructor)) static void begin(void) { two(); }
                __attribute__((constructor)) static void go_on(void) { one(); }
                """,
            ],
            "cc -shared -fPIC -nostdlib -Wl,-soname,libone.so.1 -o libone.so one.c",
            "cc -shared -fPIC -nostdlib -o libtwo.so two.c",
            "cc -shared -fPIC -nostdlib -o it.so it.c -L. -ltwo -lone"
        )
        let image = try ELFImage(bytes)
        #expect(image.needed == ["libtwo.so", "libone.so.1"])
        #expect(image.soname == nil)
        #expect(image.initArraySize == 16)
    }

    @Test("the newest glibc that is asked for, by whom and for what")
    func neededGlibc() throws {
        let image = try ELFImage(Fixtures.futureGlibc.get())
        let requirement = GlibcRequirement(
            version: GlibcVersion(2, 99),
            library: "libfuture.so.6",
            symbols: ["much_later", "later"].sorted()
        )
        #expect(image.glibc == requirement)
        #expect(throws: ELFError.newerGlibc(requirement, running: GlibcVersion(2, 98))) {
            try image.checkLoadable(runningGlibc: GlibcVersion(2, 98))
        }
        try image.checkLoadable(runningGlibc: GlibcVersion(2, 99))
    }

    @Test("a real Swift library is pinned and named as one")
    func swiftLibrary() throws {
        let bytes = try Workshop.make(
            "libit.so",
            files: ["it.swift": "public struct It { public var text: String }"],
            "swiftc -O -parse-as-library -emit-library -o libit.so it.swift"
        )
        let image = try ELFImage(bytes)
        #expect(image.needed.contains("libswiftCore.so"))
        #expect(image.toolchain.description.hasPrefix("Swift (clang "))
        #expect(image.isPinned)
    }

    private func names(_ symbols: [ELFSymbol]) -> [String] {
        symbols.map { "\($0.name) \($0.kind) \($0.binding)" }.sorted()
    }

    private func withoutSectionTable(_ bytes: [UInt8]) -> [UInt8] {
        bytes.patched(at: 40, with: little(UInt64(0))).patched(at: 60, with: little(UInt32(0)))
    }
}

@Suite("Texts of the ELF reader")
struct ELFTextTests {
    @Test(
        "versions of glibc",
        arguments: [
            ("2.36", "2.36"), ("2.2.5", "2.2.5"), ("2.0", "2.0"), ("2", nil), ("2.x", nil), ("", nil), ("2..3", nil),
            ("2.3.4.5", nil), ("-2.3", nil), ("2.99999999999999999999", nil),
        ]
    )
    func glibcVersions(text: String, expected: String?) {
        #expect(GlibcVersion(text)?.description == expected)
    }

    @Test("versions of glibc are ordered by their numbers")
    func glibcOrder() {
        let sorted = [GlibcVersion(2, 10), GlibcVersion(2, 2, 5), GlibcVersion(3, 0), GlibcVersion(2, 3)].sorted()
        #expect(sorted.map(\.description) == ["2.2.5", "2.3", "2.10", "3.0"])
    }

    @Test("the version of the C library of this process is the one that getconf prints")
    func runningGlibc() throws {
        let printed = try Workshop.make("version", files: [:], "getconf GNU_LIBC_VERSION > version")
        let running = try #require(GlibcVersion.running)
        #expect("glibc \(running)\n" == String(decoding: printed, as: UTF8.self))
    }

    @Test(
        "toolchains",
        arguments: [
            (["GCC: (Debian 12.2.0-14) 12.2.0"], false, "GCC: (Debian 12.2.0-14) 12.2.0"),
            (["GCC: (Debian 12.2.0-14) 12.2.0", "Debian clang version 14.0.6"], false, "clang 14.0.6"),
            (["clang version 21.0.0 (https://example.org/llvm)"], true, "Swift (clang 21.0.0)"),
            (["GCC: (GNU) 13", "rustc version 1.80.0 (051478957 2024-07-21)"], false, "rustc 1.80.0"),
            (["Linker: LLD 18.1.8"], false, "Linker: LLD 18.1.8"),
            ([], true, "Swift"), ([], false, "unknown"),
        ]
    )
    func toolchains(comments: [String], isSwift: Bool, expected: String) {
        let section = Array(comments.joined(separator: "\0").utf8) + [0]
        let toolchain = Toolchain(comment: section[...], isSwift: isSwift)
        #expect(toolchain.comments == comments)
        #expect(toolchain.description == expected)
    }
}
