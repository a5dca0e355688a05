import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Decision 9: how an entry finds its file.
@Suite("The kind of an entry", .inBothIsolations)
struct CatalogTests {
    /// The places that are searched, in their order.
    private static let places = ["flag", "drop", "plugins", "bundled"]

    private static let configuration = """
        drop_dirs: [drop]
        plugin_dirs: [plugins]
        plugins: [{name: p, kind: guard}]
        """

    private static func site() throws -> Site {
        var site = try Site()
        for place in places { try site.directory.makeDirectory(place) }
        site.options.pluginDirectories = [site.directory("flag")]
        site.options.bundledPluginDirectory = site.directory("bundled")
        return site
    }

    @Test("is found in the first directory that has it", arguments: Array(places.indices))
    func isFoundInOrder(first: Int) async throws {
        let site = try Self.site()
        // What comes later has it too, and what comes first has another one.
        for (index, place) in Self.places.enumerated() {
            let kind = index < first ? "other" : "guard"
            try site.directory.write(NamedPlugin.bytes(kind: kind, mark: place), to: "\(place)/plugin.so")
        }
        let outcome = try await site.run(Self.configuration) { try await $0.invoke() }
        #expect(outcome.text == #"{"metadata":{"seen_by":"\#(Self.places[first])"}}"#)
    }

    @Test("may be an alias of the manifest")
    func isAlias() async throws {
        let site = try Self.site()
        try site.directory.copy(FixturePlugin.path("defaults"), to: "plugins/any_name.so")
        let configuration = """
            plugin_dirs: [plugins]
            plugins:
              - name: p
                kind: plugins.defaults.Defaults
                config: {size: 2, more: true}
            """
        try await site.run(configuration) { runtime in
            let outcome = try await runtime.invoke()
            #expect(outcome.text == #"{"metadata":{"config":{"size":2,"mode":"fast","more":true}}}"#)
            let plugin = try #require(runtime.plugins.first)
            #expect(plugin.kind == "plugins.defaults.Defaults")
            #expect(
                [plugin.version, plugin.author, plugin.description] == ["1.0.0", "Ada", "Shows its configuration"]
            )
            #expect(plugin.tags == ["one", "two"])
            #expect(plugin.hooks == ["tool_pre_invoke"])
            #expect(plugin.file == site.directory("plugins/any_name.so"))
            #expect(plugin.pinReason == nil)
        }
    }

    @Test("is ambiguous when two files of one directory have it, whatever lies in other directories")
    func isAmbiguous() async throws {
        let site = try Self.site()
        for name in ["drop/a.so", "drop/b.so", "plugins/c.so"] {
            try site.directory.write(NamedPlugin.bytes(kind: "guard", mark: name), to: name)
        }
        let text =
            "both $SITE/drop/a.so and $SITE/drop/b.so are of kind \"guard\"; remove one, or name the other by `path:`"
        #expect(try await site.run(Self.configuration) { $0.states.map(site.shortened) } == ["p: failed: \(text)"])
        #expect(
            try await site.check(Self.configuration)
                == ["$SITE/config.yaml:3:27: error: plugins[0].kind: \(text)"]
        )
    }

    @Test("is overridden by a path")
    func isOverridden() async throws {
        let site = try Self.site()
        try site.directory.write(NamedPlugin.bytes(kind: "guard", mark: "plugins"), to: "plugins/guard.so")
        try site.directory.write(NamedPlugin.bytes(kind: "other", mark: "path"), to: "elsewhere.so")
        let configuration = "{plugin_dirs: [plugins], plugins: [{name: p, kind: guard, path: elsewhere.so}]}"
        #expect(
            try await site.run(configuration) { try await $0.invoke().text } == #"{"metadata":{"seen_by":"path"}}"#
        )
    }

    @Test("is unknown: all that was searched, and all that could not be read there, is named")
    func isUnknown() async throws {
        let site = try Self.site()
        try site.directory.write("no library", to: "drop/broken.so")
        try site.directory.copy(FixturePlugin.path("no_manifest"), to: "plugins/anonymous.so")
        try site.directory.write("not looked at", to: "plugins/readme.txt")
        let configuration = """
            plugin_dirs: [plugins, absent]
            drop_dirs: [drop]
            plugins:
              - {name: p, kind: guard}
            """
        let missing = "$SITE/config.yaml:1:24: warning: plugin_dirs[1]: there is no directory $SITE/absent"
        let problem =
            "no plugin of kind \"guard\" in $SITE/flag, $SITE/drop, $SITE/plugins, $SITE/bundled, $SITE/absent (which "
            + "does not exist); not readable there: $SITE/drop/broken.so: not a shared library but text (no library); "
            + "name the .so file that the linker wrote; $SITE/plugins/anonymous.so: it has no manifest, so only an "
            + "entry with `path:` can load it; add one with HG_MANIFEST, or put a plugin-manifest.yaml beside it"
        #expect(
            try await site.check(configuration) == [
                missing, "$SITE/config.yaml:4:21: error: plugins[0].kind: \(problem)",
            ]
        )
    }

    @Test("is not looked at in a disabled entry, whose plugin is never opened")
    func isDisabled() async throws {
        let site = try Self.site()
        try site.directory.copy(FixturePlugin.path("constructor_aborts"), to: "plugins/aborts.so")
        let configuration = """
            plugin_dirs: [plugins]
            plugins:
              - {name: a, kind: constructor_aborts, mode: disabled}
              - {name: b, path: plugins/aborts.so, mode: disabled}
              - {name: c, kind: unheard_of, mode: disabled}
              - {name: d, path: nowhere.so, mode: disabled}
            """
        let warning =
            "$SITE/config.yaml:5:21: warning: plugins[2].kind: no plugin of kind \"unheard_of\" is there; the entry is "
            + "disabled, so nothing is missing"
        #expect(
            try await site.run(configuration) { $0.states } == [
                "a: disabled", "b: disabled", "c: disabled", "d: disabled",
            ]
        )
        #expect(site.log.complaints.map(site.shortened) == ["warning \(warning)"])
        #expect(try await site.check(configuration) == [warning])
        #expect(try Files.names(in: site.directory("store")) == [])
    }

    @Test("comes from the manifest beside a file that has none, and follows its changes")
    func isBeside() async throws {
        let site = try Self.site()
        try site.directory.copy(FixturePlugin.path("no_manifest"), to: "plugins/plugin.so")
        try site.directory.write(
            "name: no_manifest\nversion: 1.0.0\naliases: [guard]\n",
            to: "plugins/plugin-manifest.yaml"
        )
        try await site.run(Self.configuration) { runtime in
            #expect(runtime.states == ["p: active"])
            #expect(runtime.plugins.map(\.version) == ["1.0.0"])
            try site.directory.write("name: no_manifest\nversion: 1.0.0\n", to: "plugins/plugin-manifest.yaml")
            let refusal = await runtime.reloadRefusal()
            #expect(refusal.map { $0.contains("no plugin of kind \"guard\" in ") } == [true])
        }
    }

    @Test("is not needed with a path, even without a manifest")
    func isNotNeeded() async throws {
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("no_manifest"))'}]"
        try await Site().run(configuration) { runtime in
            let outcome = try await runtime.invoke()
            #expect(outcome.text == #"{"metadata":{"seen":true}}"#)
            #expect(runtime.plugins.map { [$0.kind, $0.version] } == [[nil, nil]])
        }
    }
}
