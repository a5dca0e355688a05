import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Decision 11: what a reload takes over, and what rejects it.
@Suite("A reload", .inBothIsolations)
struct ReloadTests {
    private static let configuration = """
        plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}
        drop_dirs: [drop]
        plugins: [{name: p, path: p.so}]
        """

    private static func site() throws -> Site {
        let site = try Site()
        try site.directory.makeDirectory("drop")
        try site.directory.write(NamedPlugin.bytes(kind: "p", mark: "one"), to: "p.so")
        return site
    }

    private static func seenBy(_ mark: String) -> String { #"{"metadata":{"seen_by":"\#(mark)"}}"# }

    @Test("puts a new file in the place of the old one; a request goes on with what it began with")
    func takesOver() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration) { runtime in
            let request = try runtime.request(RequestIdentity(requestID: "1"))
            try site.directory.write(NamedPlugin.bytes(kind: "p", mark: "two"), to: "p.so")
            #expect(try await runtime.reload() == [])
            let old = await request.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            #expect(old.text == Self.seenBy("one"))
            #expect(try await runtime.invoke().text == Self.seenBy("two"))
            #expect([request.generationNumber, runtime.generationNumber] == [1, 2])
        }
    }

    @Test("is rejected by a listed plugin that cannot be loaded, and by nothing else that has changed")
    func isRejected() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration) { runtime in
            try site.directory.write("no library", to: "p.so")
            try site.directory.write(NamedPlugin.bytes(kind: "new", mark: "new"), to: "drop/new.so")
            let reason =
                "$SITE/config.yaml:3:27: error: plugins[0].path: $SITE/p.so: not a shared library but text (no "
                + "library); name the .so file that the linker wrote"
            #expect(await runtime.reloadRefusal().map(site.shortened) == [reason])
            #expect(runtime.generationNumber == 1)
            let message =
                "$SITE/p.so: not a shared library but text (no library); name the .so file that the linker wrote"
            #expect(
                runtime.states.map(site.shortened) == ["p: active: the last reload was rejected: \(message)"]
            )
            #expect(try await runtime.invoke().text == Self.seenBy("one"))
            try site.directory.write(NamedPlugin.bytes(kind: "p", mark: "two"), to: "p.so")
            #expect(try await runtime.reload() == [])
            #expect(runtime.states == ["p: active", "new: active"])
            #expect(try await runtime.invoke().text == Self.seenBy("new"))
        }
    }

    @Test("that is rejected names the plugins that it would have brought")
    func namesRejectedPlugins() async throws {
        let site = try Self.site()
        try await site.run("plugins: [{name: p, path: p.so, priority: 7}]") { runtime in
            try site.directory.write("no library", to: "q.so")
            try site.configure("plugins: [{name: p, path: p.so, priority: 7}, {name: q, path: q.so, priority: 5}]")
            #expect(await runtime.reloadRefusal().count == 1)
            let reason =
                "$SITE/q.so: not a shared library but text (no library); name the .so file that the linker wrote"
            #expect(runtime.states.map(site.shortened) == ["q: failed: \(reason)", "p: active"])
            try site.configure("plugins: [")
            #expect(await runtime.reloadRefusal().count == 1)
            #expect(runtime.states == ["p: active"])
        }
    }

    @Test("is rejected by a configuration that is wrong, or missing")
    func isRejectedByConfiguration() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration) { runtime in
            try site.configure("plugins: [{name: p, path: p.so, mode: enforse}]\nextra: 1")
            let refusal = await runtime.reloadRefusal().map(site.shortened)
            #expect(
                refusal == [
                    "$SITE/config.yaml:1:39: error: plugins[0].mode: expected enforce, enforce_ignore_error, "
                        + "permissive, audit, concurrent, fire_and_forget, disabled, sequential or transform, found \"enforse\"",
                    "$SITE/config.yaml:2:1: warning: extra: unknown key",
                ]
            )
            try Files.remove(site.file)
            #expect(
                await runtime.reloadRefusal().map(site.shortened)
                    == ["$SITE/config.yaml: error: cannot read the file: No such file or directory"]
            )
            #expect(try await runtime.invoke().text == Self.seenBy("one"))
        }
    }

    @Test("skips a new file that nobody listed and that is bad, and reports it")
    func skips() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration) { runtime in
            try site.directory.write("no library", to: "drop/text.so")
            try site.directory.copy(FixturePlugin.path("constructor_aborts"), to: "drop/aborts.so")
            try site.directory.write(NamedPlugin.bytes(kind: "new", mark: "new"), to: "drop/new.so")
            let problems = try await runtime.reload().map { site.shortened($0.description) }
            #expect(
                problems == [
                    "$SITE/drop/text.so: error: not a shared library but text (no library); name the .so file that the "
                        + "linker wrote",
                    "$SITE/drop/aborts.so: error: a trial load died of SIGABRT (abort, or a failed assertion)",
                ]
            )
            #expect(
                runtime.states.map(site.shortened) == [
                    "p: active",
                    "text.so: failed: not a shared library but text (no library); name the .so file that the linker "
                        + "wrote",
                    "constructor_aborts: failed: a trial load died of SIGABRT (abort, or a failed assertion)",
                    "new: active",
                ]
            )
            #expect(try await runtime.invoke().text == Self.seenBy("new"))
        }
    }

    @Test("is rejected when a file that runs has become bad", arguments: ["no library", "constructor_aborts"])
    func protectsActive(becomes: String) async throws {
        let site = try Self.site()
        try site.directory.write(NamedPlugin.bytes(kind: "active", mark: "active"), to: "drop/active.so")
        try await site.run(Self.configuration) { runtime in
            let isText = becomes == "no library"
            try site.directory.write(
                isText ? Array(becomes.utf8) : FixturePlugin.bytes(becomes),
                to: "drop/active.so"
            )
            let reason =
                isText
                ? "not a shared library but text (no library); name the .so file that the linker wrote"
                : "a trial load died of SIGABRT (abort, or a failed assertion)"
            #expect(
                await runtime.reloadRefusal().map(site.shortened) == ["$SITE/drop/active.so: error: \(reason)"]
            )
            #expect(runtime.states == ["p: active", "active: active: the last reload was rejected: \(reason)"])
            #expect(try await runtime.invoke().text == Self.seenBy("active"))
        }
    }

    @Test("does not give the kind of a file that runs to a new one")
    func keepsKind() async throws {
        let site = try Self.site()
        try site.directory.write(NamedPlugin.bytes(kind: "x", mark: "old"), to: "drop/b.so")
        try await site.run(Self.configuration) { runtime in
            try site.directory.write(NamedPlugin.bytes(kind: "x", mark: "new"), to: "drop/a.so")
            let problems = try await runtime.reload().map { site.shortened($0.description) }
            #expect(
                problems == [
                    "$SITE/drop/a.so: error: $SITE/drop/b.so is of the same kind \"x\"; remove one of them"
                ]
            )
            #expect(try await runtime.invoke().text == Self.seenBy("old"))
        }
    }

    @Test("lets go of a dropped file that was removed")
    func removes() async throws {
        let site = try Self.site()
        try site.directory.write(NamedPlugin.bytes(kind: "gone", mark: "gone"), to: "drop/gone.so")
        try await site.run(Self.configuration) { runtime in
            #expect(runtime.states == ["p: active", "gone: active"])
            try Files.remove(site.directory("drop/gone.so"))
            #expect(try await runtime.reload() == [])
            #expect(runtime.states == ["p: active"])
        }
    }

    @Test("loads what could not be loaded at the start, once it is mended")
    func recovers() async throws {
        let site = try Self.site()
        try site.directory.write("no library", to: "p.so")
        try await site.run(Self.configuration) { runtime in
            #expect(runtime.plugins.map(\.state) == [.failed])
            #expect(try await runtime.invoke().text == "{}")
            try site.directory.write(NamedPlugin.bytes(kind: "p", mark: "mended"), to: "p.so")
            #expect(try await runtime.reload() == [])
            #expect(try await runtime.invoke().text == Self.seenBy("mended"))
        }
    }

    @Test("runs after the one before it, however many are asked for at once")
    func isOneOfMany() async throws {
        let site = try Self.site()
        try await site.run(Self.configuration) { runtime in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try? await runtime.reload() } }
            }
            #expect(runtime.generationNumber == 11)
        }
    }

    @Test("is refused after the runtime was shut down")
    func isTooLate() async throws {
        let site = try Self.site()
        try site.configure(Self.configuration)
        let runtime = try await PluginRuntime(configuration: site.file, options: site.options)
        await runtime.shutdown()
        #expect(
            await runtime.reloadRefusal().map(site.shortened) == [
                "$SITE/config.yaml: error: the runtime is shut down"
            ]
        )
        #expect(runtime.plugins == [])
        #expect(try await runtime.invoke().text == "{}")
    }
}
