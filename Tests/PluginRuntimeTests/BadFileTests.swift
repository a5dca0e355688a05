import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A file that is no plugin", .inBothIsolations)
struct BadFileTests {
    /// The reason for which a file is refused, by an entry and among the unlisted.
    private static func reasons(_ site: Site) async throws -> [String] {
        let configuration = """
            plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}
            drop_dirs: [drop]
            plugins: [{name: p, path: bad.so}, {name: good, path: "\(try FixturePlugin.path("replies"))"}]
            """
        return try await site.run(configuration) { runtime in
            // The process lives, and the good plugin works.
            let outcome = try await runtime.invoke()
            #expect(outcome.text == #"{"modified_payload":{"name":"second","args":{"q":"swift"}}}"#)
            return runtime.states.map(site.shortened).filter { !$0.hasPrefix("good: ") }
        }
    }

    private static func site(_ bytes: [UInt8]) throws -> Site {
        let site = try Site()
        try site.directory.makeDirectory("drop")
        try site.directory.write(bytes, to: "bad.so")
        try site.directory.write(bytes, to: "drop/bad.so")
        return site
    }

    @Test(
        "is refused with the reason",
        arguments: [
            ([], "the file is empty; copy it again under another name, then rename it"),
            (
                Array("#!/bin/sh\nexit 0\n".utf8),
                "not a shared library but a script (#!/bin/sh); name the .so file that the linker wrote"
            ),
            (
                Array("plugins: []\n".utf8),
                "not a shared library but text (plugins: []); name the .so file that the linker wrote"
            ),
            (
                [UInt8](repeating: 0, count: 4096),
                "not a shared library but a file of zero bytes, such as an interrupted copy leaves; name the .so file "
                    + "that the linker wrote"
            ),
        ] as [([UInt8], String)]
    )
    func isRefused(bytes: [UInt8], reason: String) async throws {
        let reasons = try await Self.reasons(Self.site(bytes))
        #expect(reasons == ["p: failed: $SITE/bad.so: \(reason)", "bad.so: failed: \(reason)"])
    }

    @Test("is a program")
    func isProgram() async throws {
        let reasons = try await Self.reasons(Self.site(Files.read("/bin/ls")))
        let reason = "it is a program, not a plugin; link it with -shared"
        #expect(reasons == ["p: failed: $SITE/bad.so: \(reason)", "bad.so: failed: \(reason)"])
    }

    @Test("is built for another machine")
    func isForeign() async throws {
        var bytes = try FixturePlugin.bytes("replies")
        bytes[18...19] = [0xF3, 0]
        let reasons = try await Self.reasons(Self.site(bytes))
        #if arch(x86_64)
        let machine = "x86_64"
        #else
        let machine = "aarch64"
        #endif
        let reason = "built for riscv64, but this machine is \(machine); build it for \(machine)"
        #expect(reasons == ["p: failed: $SITE/bad.so: \(reason)", "bad.so: failed: \(reason)"])
    }

    @Test("is a directory")
    func isDirectory() async throws {
        let site = try Site()
        try site.directory.makeDirectory("bad.so")
        try site.directory.makeDirectory("drop")
        try site.directory.makeDirectory("drop/bad.so")
        #expect(
            try await Self.reasons(site) == [
                "p: failed: $SITE/bad.so: it is a directory, not a file; name the plugin's .so file",
                "bad.so: failed: it is no regular file",
            ]
        )
    }

    @Test("is missing")
    func isMissing() async throws {
        let site = try Site()
        try site.directory.makeDirectory("drop")
        #expect(
            try await Self.reasons(site) == [
                "p: failed: $SITE/bad.so: there is no such file; correct the path, or put the file there"
            ]
        )
    }

    @Test("is a good one cut off, wherever that is", arguments: Array(1...10))
    func isTruncated(tenth: Int) async throws {
        let bytes = try FixturePlugin.bytes("replies")
        let length = tenth == 10 ? bytes.count - 1 : bytes.count * tenth / 10
        let reasons = try await Self.reasons(Self.site(Array(bytes[..<length])))
        #expect(reasons.count == 2)
        for (reason, start) in zip(reasons, ["p: failed: $SITE/bad.so: ", "bad.so: failed: "]) {
            #expect(reason.hasPrefix(start + "the file is cut off: at least "))
            #expect(reason.hasSuffix("; copy it again under another name, then rename it"))
        }
    }
}
