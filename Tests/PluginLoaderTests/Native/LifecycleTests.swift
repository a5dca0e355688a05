import PluginLoader
import PluginPayloads
import TestSupport
import Testing

@Suite("The life of a plugin")
struct LifecycleTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("is start, stop and destroy, each once")
    func startsAndStops() async throws {
        let control = try SharedControl()
        do {
            let instance = try LoadedFixture.instance(
                "lifecycle",
                ["control": .string(control.path), "label": "plugin"]
            )
            #expect(control.log == [])
            try await instance.start(within: Self.second)
            #expect(control.log == ["plugin start"])
            try await instance.stop(within: Self.second)
        }
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["plugin start", "plugin stop", "plugin destroy"])
    }

    @Test("needs none of its functions")
    func needsNothing() async throws {
        let instance = try LoadedFixture.instance("does_nothing")
        try await instance.start(within: 0)
        try await instance.health(within: 0)
        try await instance.stop(within: 0)
    }

    @Test("does not begin when start fails")
    func startFails() async throws {
        let instance = try LoadedFixture.instance("start_fails")
        await #expect(throws: LoadError("`start` failed: no answer from db.example.com")) {
            try await instance.start(within: Self.second)
        }
    }

    @Test("ends with a status if stop gives no reason")
    func stopFails() async throws {
        let instance = try LoadedFixture.instance("stop_fails")
        await #expect(throws: LoadError("`stop` failed: returned -4 (HG_E_STATE)")) {
            try await instance.stop(within: Self.second)
        }
    }

    @Test("may begin slowly, as long as it is in time")
    func startIsSlow() async throws {
        let control = try SharedControl()
        do {
            let instance = try LoadedFixture.instance("start_never_completes", ["control": .string(control.path)])
            async let started: Void = instance.start(within: 20 * Self.second)
            control.openGate()
            try await started
            #expect(control.log == ["start is done"])
            try await instance.stop(within: Self.second)
        }
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["start is done", "stop is done", "destroy is done"])
    }

    @Test("goes on while a start is late; when that is done it is stopped and destroyed")
    func startIsLate() async throws {
        let control = try SharedControl()
        do {
            let instance = try LoadedFixture.instance("start_never_completes", ["control": .string(control.path)])
            await #expect(throws: LoadError("`start` was not done within 0.02 s")) {
                try await instance.start(within: 20_000_000)
            }
        }
        #expect(control.log == [])
        control.openGate()
        try await control.wait(for: .lines, atLeast: 3)
        #expect(control.log == ["start is done", "stop is done", "destroy is done"])
    }

    @Test("is healthy, or the plugin says why not")
    func health() async throws {
        try await LoadedFixture.instance("health").health(within: Self.second)
        let instance = try LoadedFixture.instance("health", ["sick": "no connection"])
        await #expect(throws: LoadError("`health` failed: no connection")) {
            try await instance.health(within: Self.second)
        }
    }
}
