import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("The health of a plugin", .inBothIsolations)
struct HealthTests {
    @Test("is asked for from time to time, and shown")
    func isShown() async throws {
        let configuration = """
            plugin_settings: {plugin_health_check_interval: 0.01}
            plugins:
              - {name: well, path: "\(try FixturePlugin.path("health"))"}
              - {name: sick, path: "\(try FixturePlugin.path("health"))", config: {sick: no connection}}
              - {name: silent, path: "\(try FixturePlugin.path("does_nothing"))"}
            """
        let site = try Site()
        try await site.run(configuration) { runtime in
            try await eventually { runtime.plugins[1].healthProblem != nil }
            let problems = runtime.plugins.map(\.healthProblem)
            #expect(problems == [nil, "`health` failed: no connection", nil])
        }
        #expect(
            site.log.complaints
                == ["warning plugin says that it cannot work plugin=sick reason=`health` failed: no connection"]
        )
    }

    @Test("is not asked for again while there is no answer")
    func isAwaited() async throws {
        let control = try SharedControl()
        let configuration = """
            plugin_settings: {plugin_health_check_interval: 0.01, plugin_timeout: 0.05}
            plugins:
              - name: p
                path: "\(try FixturePlugin.path("health"))"
                process: {standby: 0}
                sandbox: \(TestedIsolation.openSandbox)
                config: {control: \(control.path)}
            """
        let site = try Site()
        try await site.run(configuration) { runtime in
            let unanswered = "`health` has not answered since it was asked before"
            try await eventually { runtime.plugins[0].healthProblem == unanswered }
            #expect(control[.entered] == 1)
            control.openGate()
            try await eventually { runtime.plugins[0].healthProblem == nil }
            let complaint = "warning plugin says that it cannot work plugin=p reason="
            #expect(
                site.log.complaints == [
                    complaint + "`health` was not done within 0.05 s", complaint + unanswered,
                    "notice plugin can work again plugin=p",
                ]
            )
        }
    }

    @Test("that takes long does not keep the plugin from being stopped in its time")
    func isStopped() async throws {
        let control = try SharedControl()
        let configuration = """
            plugin_settings: {plugin_health_check_interval: 0.01}
            plugins:
              - name: p
                path: "\(try FixturePlugin.path("health"))"
                process: {stop_timeout: 1, standby: 0}
                sandbox: \(TestedIsolation.openSandbox)
                config: {control: \(control.path)}
            """
        let site = try Site()
        try await site.run(configuration) { _ in
            try await control.wait(for: .entered, atLeast: 1)
        }
        #expect(control[.left] == 1)
        control.openGate()
    }
}
