import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

/// Entries of `lifecycle.c`, which notes its start, stop and end under its label.
private enum Lifecycle {
    static func configuration(_ entries: (label: String, rest: String)..., control: SharedControl) -> String {
        let lines = entries.map { entry in
            """
              - name: \(entry.label)
                path: lifecycle.so
                config: {control: \(control.path), label: \(entry.label)}
                process: {standby: 0, kill_grace: 3600}
                sandbox: \(TestedIsolation.openSandbox)
                \(entry.rest)
            """
        }
        return "plugins:\n" + lines.joined(separator: "\n")
    }

    static func site() throws -> Site {
        let site = try Site()
        try site.directory.copy(FixturePlugin.path("lifecycle"), to: "lifecycle.so")
        return site
    }
}

/// An entry whose start takes longer than it may.
private enum Late {
    private static func configuration(_ path: String, _ control: SharedControl) -> String {
        """
        plugin_settings: {startup_timeout: 0.05}
        plugins:
          - name: p
            path: "\(path)"
            process: {standby: 0}
            sandbox: \(TestedIsolation.openSandbox)
            config: {control: \(control.path)}
        """
    }

    /// Leaves a plugin out that has not started in time, and then lets it go on.
    static func start(_ control: SharedControl) async throws {
        let path = try FixturePlugin.path("start_never_completes")
        let states = try await Site().run(configuration(path, control)) { $0.states }
        #expect(states == ["p: failed: \(path): `start` was not done within 0.05 s"])
        #expect(control.log == [])
        control.openGate()
    }
}

@Suite("An instance of a plugin", .inBothIsolations)
struct InstanceTests {
    @Test(
        "is kept by a reload that changes nothing that it knows of",
        arguments: [
            "", "mode: permissive", "priority: 7", "conditions: [{tools: [search]}]", "hooks: [tool_pre_invoke]",
            "timeout: 3", "on_error: ignore", "required: true", "description: changed",
        ]
    )
    func isKept(change: String) async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", ""), control: control)) { runtime in
            #expect(try await runtime.invoke().text == #"{"metadata":{"a":1}}"#)
            try site.configure(Lifecycle.configuration(("a", change), control: control))
            try await runtime.reload()
            #expect(try await runtime.invoke().text == #"{"metadata":{"a":2}}"#)
            #expect(runtime.plugins[0].counters.calls == 2)
            #expect(control.log == ["a start"])
        }
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["a start", "a stop", "a destroy"])
    }

    @Test("is replaced when its configuration changes: the new one starts before the old one stops")
    func isReplaced() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", ""), control: control)) { runtime in
            var request: HookRequest? = try runtime.request(RequestIdentity(requestID: "1"))
            let changed = Lifecycle.configuration(("a", ""), control: control).replacing("label: a", with: "label: b")
            try site.configure(changed)
            try await runtime.reload()
            // The old one stays as long as its last request.
            #expect(control.log == ["a start", "b start"])
            #expect(try await runtime.invoke().text == #"{"metadata":{"b":1}}"#)
            let old = await request?.invoke(.toolPreInvoke, try PayloadBlock(Sample.call))
            // The count is the image's.
            #expect(old?.text == #"{"metadata":{"a":\#(TestedIsolation.current == .inProcess ? 2 : 1)}}"#)
            #expect(control.log == ["a start", "b start"])
            request = nil
            try await control.wait(for: .lines, atLeast: 4)
            #expect(control.log == ["a start", "b start", "a stop", "a destroy"])
        }
        try await control.wait(for: .lines, atLeast: 6)
        #expect(control.log == ["a start", "b start", "a stop", "a destroy", "b stop", "b destroy"])
    }

    @Test(
        "stops when its entry is gone or disabled",
        arguments: ["plugins: []", "plugins: [{name: a, path: lifecycle.so, mode: disabled}]"]
    )
    func isRemoved(configuration: String) async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", ""), control: control)) { runtime in
            try site.configure(configuration)
            try await runtime.reload()
            try await control.wait(for: .lines, atLeast: 3)
            #expect(control.log == ["a start", "a stop", "a destroy"])
            #expect(try await runtime.invoke().text == "{}")
        }
    }

    @Test("stops only when a hook that is late has returned")
    func waitsForLateHook() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", "timeout: 0.05"), control: control)) { runtime in
            let outcome = try await runtime.invoke(HookName("slow"))
            #expect(outcome.error?.code == .timeout)
            try site.configure("plugins: []")
            try await runtime.reload()
            #expect(control.log == ["a start"])
            control.openGate()
            try await control.wait(for: .lines, atLeast: 4)
            #expect(control.log == ["a start", "a slow hook returns", "a stop", "a destroy"])
        }
    }

    @Test("stops in the reverse order in which they run")
    func stopsInReverse() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        let entries = Lifecycle.configuration(
            ("a", "priority: 30"),
            ("b", "priority: 10"),
            ("c", "priority: 20"),
            control: control
        )
        try await site.run(entries) { runtime in
            #expect(runtime.plugins.map(\.name) == ["b", "c", "a"])
        }
        try await control.wait(for: .lines, atLeast: 9)
        #expect(Set(control.log.prefix(3)) == ["a start", "b start", "c start"])
        #expect(
            control.log.dropFirst(3).filter { $0.hasSuffix("stop") } == ["a stop", "c stop", "b stop"]
        )
        #expect(Set(control.log.filter { $0.hasSuffix("destroy") }) == ["a destroy", "b destroy", "c destroy"])
    }

    @Test("started beside others that fail is stopped again, when the whole reload is rejected")
    func isUndone() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", ""), control: control)) { runtime in
            try site.configure(
                Lifecycle.configuration(("a", ""), ("b", ""), control: control) + "\n  - {name: c, path: nowhere.so}"
            )
            #expect(await runtime.reloadRefusal().count == 1)
            try await control.wait(for: .lines, atLeast: 4)
            #expect(control.log == ["a start", "b start", "b stop", "b destroy"])
            #expect(try await runtime.invoke().text == #"{"metadata":{"a":1}}"#)
        }
    }

    @Test("that could not start is destroyed, but not stopped")
    func couldNotStart() async throws {
        let control = try SharedControl()
        let configuration = """
            plugins:
              - name: p
                path: "\(try FixturePlugin.path("start_fails"))"
                process: {standby: 0}
                sandbox: \(TestedIsolation.openSandbox)
                config: {control: \(control.path)}
            """
        _ = try await Site().run(configuration) { $0.states }
        try await control.wait(for: .lines, atLeast: 1)
        #expect(control.log == ["start_fails destroy"])
    }

    @Test("that cannot stop is named in the log")
    func cannotStop() async throws {
        let site = try Site()
        let path = try FixturePlugin.path("stop_fails")
        try await site.run("plugins: [{name: p, path: '\(path)', process: {standby: 0}}]") { _ in }
        #expect(
            site.log.complaints
                == ["warning plugin did not stop cleanly plugin=p reason=`stop` failed: returned -4 (HG_E_STATE)"]
        )
    }

    @Test("that starts too late is left out, and in a worker its process is ended")
    func startsTooLate() async throws {
        try await Late.start(SharedControl())
    }
}

/// What a process can only do for its own plugins; those of workers end with their process.
@Suite("An instance of a plugin in this process")
struct OwnInstanceTests {
    @Test("is not stopped at the end while a hook has not returned, but when it returns")
    func waitsAtTheEnd() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        let entries = Lifecycle.configuration(
            ("a", "timeout: 0.05"),
            ("b", "hooks: [tool_pre_invoke]"),
            control: control
        )
        try await site.run(entries) { runtime in
            let outcome = try await runtime.invoke(HookName("slow"))
            #expect(outcome.error?.code == .timeout)
        }
        try await control.wait(for: .lines, atLeast: 4)
        #expect(Set(control.log) == ["a start", "b start", "b stop", "b destroy"])
        let warning = "warning plugin is not stopped: its hooks have not returned lost=1 plugin=a"
        #expect(site.log.complaints.contains(warning))
        control.openGate()
        try await control.wait(for: .lines, atLeast: 7)
        #expect(control.log.suffix(3) == ["a slow hook returns", "a stop", "a destroy"])
    }

    @Test("that starts too late is left alone until it has started, and undone then")
    func startsTooLate() async throws {
        let control = try SharedControl()
        try await Late.start(control)
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["start is done", "stop is done", "destroy is done"])
    }

    @Test("of a C plugin is unmapped when its file has changed; the old file is not needed")
    func isUnmapped() async throws {
        let site = try Site()
        try site.directory.write(NamedPlugin.build(1), to: "p.so")
        try await site.run("plugins: [{name: p, path: p.so}]") { runtime in
            let first = try #require(runtime.plugins.first?.sha256)
            #expect(try Files.readText("/proc/self/maps").contains(first))
            try site.directory.write(NamedPlugin.build(2), to: "p.so")
            try await runtime.reload()
            let second = try #require(runtime.plugins.first?.sha256)
            #expect(first != second)
            try await eventually { try !Files.readText("/proc/self/maps").contains(first) }
            #expect(try Files.readText("/proc/self/maps").contains(second))
            #expect(try await runtime.invoke().text == #"{"metadata":{"build":"BUILD:0000000002"}}"#)
        }
    }

    @Test("that is told twice of one file shares its image, not its configuration")
    func sharesImage() async throws {
        let control = try SharedControl()
        let site = try Lifecycle.site()
        try await site.run(Lifecycle.configuration(("a", ""), ("b", ""), control: control)) { runtime in
            let outcome = try await runtime.invoke()
            #expect(outcome.text == #"{"metadata":{"a":1,"b":2}}"#)
            #expect(Set(runtime.plugins.map(\.sha256)).count == 1)
        }
    }
}
