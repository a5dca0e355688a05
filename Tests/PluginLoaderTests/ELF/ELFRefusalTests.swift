import PluginLoader
import Testing

@Suite("Files that are refused")
struct ELFRefusalTests {
    private static let host = ELFIdentity.hostArchitecture
    private static let foreign = host == "x86_64" ? (name: "aarch64", machine: 183) : (name: "x86_64", machine: 62)

    @Test(
        "what is no ELF file is called by its name",
        arguments: [
            (Array("#!/bin/sh\necho hello\n".utf8), "a script (#!/bin/sh)"),
            (Array("#! /usr/bin/env python3 -\u{1B}[31m".utf8), "a script (#! /usr/bin/env python3 -?[31m)"),
            (Array("name: tiny\nversion: 1\n".utf8), "text (name: tiny)"),
            (Array("Grüße\n".utf8), "text (Gr????e)"),
            (Array("/* GNU ld script */\nINPUT(libreal.so)\n".utf8), "a linker script"),
            (Array("!<arch>\nfile.o/".utf8), "a static library (.a)"),
            ([0x1F, 0x8B, 8, 0, 0], "a gzip archive"),
            (Array("PK\u{3}\u{4}....".utf8), "a zip archive"),
            (Array("MZ".utf8) + [0x90, 0], "a Windows library"),
            (Array("\0asm".utf8) + [1, 0, 0, 0], "a WebAssembly module"),
            ([0xCF, 0xFA, 0xED, 0xFE, 7], "a macOS library"),
            ([UInt8](repeating: 0, count: 8192), "a file of zero bytes, such as an interrupted copy leaves"),
            ([0x01, 0xFF, 0x00, 0x7F], "a file that begins with the bytes 01 ff 00 7f"),
        ] as [([UInt8], String)]
    )
    func notELF(bytes: [UInt8], look: String) {
        #expect(throws: ELFError.notELF(look)) { try ELFImage(bytes) }
    }

    @Test("an empty file")
    func empty() {
        #expect(throws: ELFError.empty) { try ELFImage([]) }
    }

    @Test("a program of the system")
    func systemProgram() throws {
        let bytes = try Workshop.read("/bin/ls")
        #expect(throws: ELFError.program) { try ELFImage(bytes) }
    }

    @Test(
        "programs of every kind",
        arguments: ["-no-pie", "-pie -fPIE", "-static -no-pie", "-pie -fPIE -Wl,--no-dynamic-linker"]
    )
    func programs(flags: String) throws {
        let bytes = try Workshop.make(
            "it",
            files: ["it.c": "void _start(void) { for (;;) {} }"],
            "cc -nostdlib \(flags) -o it it.c"
        )
        #expect(throws: ELFError.program) { try ELFImage(bytes) }
    }

    @Test("a library that can be run too, such as libc.so.6, is a library")
    func runnableLibrary() throws {
        let bytes = try Workshop.library(
            "const char loader[] __attribute__((section(\".interp\"))) = \"/lib/ld.so\"; int f(void) { return 1; }",
            flags: "-Wl,-soname,libit.so.6"
        )
        #expect(try ELFImage(bytes).export(named: "f")?.kind == .function)
    }

    @Test("an object file")
    func objectFile() throws {
        let bytes = try Workshop.make("it.o", files: ["it.c": "int f(void) { return 1; }"], "cc -c -o it.o it.c")
        #expect(throws: ELFError.notSharedLibrary(.relocatable)) { try ELFImage(bytes) }
    }

    @Test("other architectures")
    func architectures() throws {
        let bytes = try Fixtures.plugin.get()
        let changes: [([UInt8], ELFError)] = [
            (
                bytes.patched(at: 18, with: little(UInt16(Self.foreign.machine))),
                .foreignArchitecture(Self.foreign.name, wanted: Self.host)
            ),
            (bytes.patched(at: 18, with: [243, 0]), .foreignArchitecture("riscv64", wanted: Self.host)),
            (bytes.patched(at: 18, with: [0xE7, 3]), .foreignArchitecture("machine 999", wanted: Self.host)),
            (
                bytes.patched(at: 5, with: [2]).patched(at: 16, with: [0, 3, 0, 22]),
                .foreignArchitecture("s390x", wanted: Self.host)
            ),
            (bytes.patched(at: 4, with: [1]).patched(at: 18, with: [3, 0]), .notSixtyFourBit(architecture: "i386")),
            (bytes.patched(at: 4, with: [1]).patched(at: 18, with: [40, 0]), .notSixtyFourBit(architecture: "arm")),
        ]
        for (bytes, error) in changes {
            #expect(throws: error) { try ELFImage(bytes) }
        }
    }

    @Test("a plugin cut off at ten lengths", arguments: [1, 2, 5, 17, 33, 50, 66, 80, 95, 99])
    func truncated(percent: Int) throws {
        let bytes = try Fixtures.plugin.get()
        let size = bytes.count * percent / 100
        let missing = UInt64(bytes.count - size)
        #expect(throws: ELFError.truncated(missing: missing, size: size)) { try ELFImage(Array(bytes[..<size])) }
    }

    @Test("a plugin of which less than its header is there", arguments: [1, 3, 4, 20, 63])
    func truncatedHeader(size: Int) throws {
        let bytes = try Array(Fixtures.plugin.get()[..<size])
        #expect(throws: ELFError.truncated(missing: UInt64(64 - size), size: size)) { try ELFImage(bytes) }
    }

    @Test("a cut file without section table is found by its segments")
    func truncatedSegments() {
        let bytes = HandmadeLibrary(needed: ["libone.so"]).bytes()
        #expect(throws: ELFError.truncated(missing: 7, size: bytes.count - 7)) {
            try ELFImage(Array(bytes.dropLast(7)))
        }
    }

    @Test("text relocations")
    func textRelocations() throws {
        let bytes = try Workshop.make(
            "it.so",
            files: ["it.s": ".text\n.globl f\n.type f, %function\nf: .quad elsewhere\n"],
            "cc -shared -nostdlib -Wl,-z,notext -o it.so it.s"
        )
        let image = try ELFImage(bytes)
        #expect(image.hasTextRelocations)
        #expect(throws: ELFError.textRelocations) { try image.checkLoadable(runningGlibc: GlibcVersion(2, 36)) }
    }

    @Test(
        "static thread-local storage beyond the reserve",
        arguments: [
            ("initial-exec", 1024, nil), ("initial-exec", 1025, .staticTLS(size: 1025, limit: 1024)),
            ("global-dynamic", 1_000_000, nil),
        ] as [(String, UInt64, ELFError?)]
    )
    func staticTLS(model: String, size: UInt64, error: ELFError?) throws {
        let source = "static __thread char block[\(size)]; char *f(void) { return block; }"
        let image = try ELFImage(Workshop.library(source, flags: "-ftls-model=\(model)"))
        #expect(image.tlsSize == size)
        #expect(image.hasStaticTLS == (model == "initial-exec"))
        let result = Result { () throws(ELFError) in try image.checkLoadable(runningGlibc: GlibcVersion(2, 36)) }
        #expect(result.error == error)
    }

    @Test("a library without entry, with the names that may have been meant")
    func noEntry() throws {
        let source = """
            void hg_plugin_entry_v2(void) {} void my_plugin(void) {} void entry(void) {} void unrelated(void) {}
            __attribute__((visibility("hidden"))) void hg_plugin_entry_v1(void) {}
            """
        let image = try ELFImage(Workshop.library(source))
        let error = ELFError.noEntry(exported: ["entry", "hg_plugin_entry_v2", "my_plugin"])
        #expect(throws: error) { try image.checkEntry() }
    }

    @Test("an entry that is no function")
    func entryIsData() throws {
        let image = try ELFImage(Workshop.library("int hg_plugin_entry_v1 = 3;"))
        #expect(throws: ELFError.entryIsNoFunction) { try image.checkEntry() }
    }

    @Test("two manifests in one plugin")
    func twoManifests() throws {
        let manifest = "#include <hookgate/hookgate.h>\nHG_MANIFEST(\"{}\")\n"
        let bytes = try Workshop.make(
            "it.so",
            files: ["one.c": manifest, "two.c": manifest],
            "cc -shared -fPIC -nostdlib -I '\(Workshop.headers)' -o it.so one.c two.c"
        )
        let what =
            "its section .hookgate.abi is not 12 bytes long; HG_MANIFEST belongs into one C file of the plugin"
        #expect(throws: ELFError.malformed(what)) { try ELFImage(bytes) }
    }

    @Test("a second manifest section, added after linking")
    func addedManifest() throws {
        let bytes = try Workshop.make(
            "it.so",
            files: ["it.c": Fixtures.pluginSource, "manifest.json": "{}"],
            "cc -shared -fPIC -nostdlib -I '\(Workshop.headers)' -o it.so it.c",
            "objcopy --add-section .hookgate.manifesT=manifest.json it.so",
            "sed -i 's/hookgate.manifesT/hookgate.manifest/' it.so"
        )
        #expect(throws: ELFError.malformed("it has more than one section .hookgate.manifest")) { try ELFImage(bytes) }
    }

    @Test(
        "the text of an error says what, and the mend",
        arguments: [
            (.empty, "the file is empty; copy it again under another name, then rename it"),
            (
                .notELF("a script (#!/bin/sh)"),
                "not a shared library but a script (#!/bin/sh); name the .so file that the linker wrote"
            ),
            (.program, "it is a program, not a plugin; link it with -shared"),
            (.notSharedLibrary(.core), "it is of the kind core dump, not a shared library; link it with -shared"),
            (.notSixtyFourBit(architecture: "i386"), "it is a 32-bit library for i386; build it for \(host)"),
            (
                .foreignArchitecture("riscv64", wanted: "x86_64"),
                "built for riscv64, but this machine is x86_64; build it for x86_64"
            ),
            (
                .truncated(missing: 12, size: 100),
                "the file is cut off: at least 12 bytes are missing after its 100;"
                    + " copy it again under another name, then rename it"
            ),
            (.malformed("a name has no end"), "the file is damaged: a name has no end; build or copy it again"),
            (
                .noEntry(exported: ["_Z18hg_plugin_entry_v1v"]),
                "it does not export hg_plugin_entry_v1 (it exports _Z18hg_plugin_entry_v1v);"
                    + " define it as hookgate/plugin.h declares it, in C++ as extern \"C\", and let no version script"
                    + " hide it; a library without it is bound by kind: ffi"
            ),
            (
                .entryIsNoFunction,
                "its hg_plugin_entry_v1 is not a function; define it as hookgate/plugin.h declares it"
            ),
            (
                .textRelocations,
                "its code needs relocations, which makes it writable and fails where that is forbidden;"
                    + " compile it with -fPIC"
            ),
            (
                .newerGlibc(
                    GlibcRequirement(
                        version: GlibcVersion(2, 38),
                        library: "libc.so.6",
                        symbols: ["a", "b", "c", "d"]
                    ),
                    running: GlibcVersion(2, 36)
                ),
                "it needs glibc 2.38 (a, b, c and 1 more of libc.so.6), but this process has 2.36;"
                    + " build it on a system with glibc 2.36 or older"
            ),
            (
                .staticTLS(size: 2048, limit: 1024),
                "it wants 2048 bytes of static thread-local storage, more than the 1024 that are safe to give;"
                    + " compile it with -ftls-model=global-dynamic"
            ),
        ] as [(ELFError, String)]
    )
    func texts(error: ELFError, text: String) {
        #expect(error.description == text)
    }
}
