import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Decision 10: files that no entry names.
@Suite("A dropped file", .inBothIsolations)
struct DropTests {
    private static func site(dropping names: [String: [UInt8]]) throws -> Site {
        let site = try Site()
        for place in ["drop", "drop2", "plugins"] { try site.directory.makeDirectory(place) }
        for (name, bytes) in names { try site.directory.write(bytes, to: name) }
        return site
    }

    private static func configuration(_ plugins: String = "", loads: Bool? = true) -> String {
        """
        plugin_settings: {unlisted_isolation: $ISOLATION\(loads.map { ", load_unlisted: \($0)" } ?? "")}
        drop_dirs: [drop, drop2]
        plugin_dirs: [plugins]
        plugins: [\(plugins)]
        """
    }

    @Test("is loaded with its manifest's defaults, enforced, at priority 100")
    func isLoaded() async throws {
        let site = try Self.site(dropping: ["drop/x.so": FixturePlugin.bytes("defaults")])
        try await site.run(Self.configuration()) { runtime in
            let outcome = try await runtime.invoke()
            #expect(outcome.text == #"{"metadata":{"config":{"size":1,"mode":"fast"}}}"#)
            var object = try #require(runtime.plugins.first).object
            object["sha256"] = nil
            let expected =
                #"{"name":"defaults","kind":"defaults","version":"1.0.0","author":"Ada","#
                + #""description":"Shows its configuration","hooks":["tool_pre_invoke"],"tags":["one","two"],"#
                + #""mode":"enforce","priority":100,"status":"active","reason":null,"isolation":"\#(TestedIsolation.current.rawValue)","#
                + #""file":"$SITE/drop/x.so"}"#
            #expect(site.shortened(JSONValue.object(object).description) == expected)
        }
    }

    @Test("runs in a worker if nothing else is configured")
    func runsInWorker() async throws {
        let site = try Self.site(dropping: ["drop/x.so": NamedPlugin.bytes(kind: "x")])
        let configuration = "{plugin_settings: {load_unlisted: true}, drop_dirs: [drop], plugins: []}"
        let isolations = try await site.run(configuration) { $0.plugins.map { $0.object["isolation"] } }
        #expect(isolations == ["process"])
    }

    @Test("is left alone unless that is configured", arguments: [nil, false])
    func isLeftAlone(loads: Bool?) async throws {
        let site = try Self.site(dropping: ["drop/x.so": FixturePlugin.bytes("constructor_aborts")])
        #expect(try await site.run(Self.configuration(loads: loads)) { $0.states } == [])
        #expect(site.log.complaints == [])
    }

    @Test("is loaded from the drop directories only")
    func isLoadedFromDrops() async throws {
        let site = try Self.site(dropping: [
            "drop2/x.so": NamedPlugin.bytes(kind: "x"), "plugins/y.so": NamedPlugin.bytes(kind: "y"),
        ])
        #expect(try await site.run(Self.configuration()) { $0.states } == ["x: active"])
    }

    @Test("comes after listed plugins of its priority, by name")
    func isOrdered() async throws {
        let site = try Self.site(dropping: [
            "drop/1.so": NamedPlugin.bytes(kind: "zebra"), "drop2/2.so": NamedPlugin.bytes(kind: "ant"),
            "plugins/3.so": NamedPlugin.bytes(kind: "wasp"),
        ])
        let entries = "{name: late, kind: wasp, priority: 101}, {name: listed, kind: wasp}"
        #expect(
            try await site.run(Self.configuration(entries)) { $0.plugins.map(\.name) }
                == ["listed", "ant", "zebra", "late"]
        )
    }

    @Test(
        "is never loaded besides an entry that means it",
        arguments: [
            "kind: x", "path: drop/x.so", "path: ./drop/../drop/x.so", "path: drop/x.so, mode: disabled",
            "kind: x, mode: disabled",
        ]
    )
    func isNotLoadedTwice(means: String) async throws {
        let site = try Self.site(dropping: ["drop/x.so": NamedPlugin.bytes(kind: "x")])
        let state = means.contains("disabled") ? "disabled" : "active"
        #expect(try await site.run(Self.configuration("{name: p, \(means)}")) { $0.states } == ["p: \(state)"])
    }

    @Test("has a name that an entry has taken")
    func nameIsTaken() async throws {
        let site = try Self.site(dropping: [
            "drop/x.so": NamedPlugin.bytes(kind: "x"), "plugins/y.so": NamedPlugin.bytes(kind: "y"),
        ])
        let reason = "the name \"x\" is already taken by an entry of the configuration"
        #expect(
            try await site.run(Self.configuration("{name: x, kind: y}")) { $0.states }
                == ["x: active", "x.so: failed: \(reason)"]
        )
        #expect(site.log.complaints.map(site.shortened) == ["error $SITE/drop/x.so: error: \(reason)"])
    }

    @Test("is of a kind that another one has, by name or by alias")
    func kindIsTaken() async throws {
        let site = try Self.site(dropping: [
            "drop/a.so": NamedPlugin.bytes(kind: "x", mark: "a"), "drop/b.so": NamedPlugin.bytes(kind: "x", mark: "b"),
            "drop/c.so": FixturePlugin.bytes("defaults"), "drop2/d.so": NamedPlugin.bytes(kind: "defaults"),
        ])
        #expect(
            try await site.run(Self.configuration()) { $0.states.map(site.shortened) } == [
                "b.so: failed: $SITE/drop/a.so is of the same kind \"x\"; remove one of them",
                "d.so: failed: $SITE/drop/c.so is of the same kind \"defaults\"; remove one of them",
                "defaults: active", "x: active",
            ]
        )
    }
}
