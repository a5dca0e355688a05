import PluginSDK
import PluginTestKit
import Synchronization
import Testing

@Suite("Asynchronous handlers")
struct AsyncTests {
    struct Travelling: HandlerPlugin {
        static let gate = Gate()

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, _ in
                var isOnLane = [PluginHarness.isOnLane]
                await Self.gate.pass()
                isOnLane.append(PluginHarness.isOnLane)
                isOnLane.append(await Self.elsewhere())
                async let child = Self.elsewhere()
                isOnLane.append(await child)
                await withTaskGroup { group in
                    group.addTask { await Self.elsewhere() }
                    for await answer in group { isOnLane.append(answer) }
                }
                isOnLane.append(PluginHarness.isOnLane)
                let detached = await Task.detached { PluginHarness.isOnLane }.value
                return HookResult(metadata: ["lane": .array(isOnLane.map { .bool($0) }), "detached": .bool(detached)])
            }
        }

        @concurrent
        private static func elsewhere() async -> Bool {
            await Task.yield()
            return PluginHarness.isOnLane
        }
    }

    @Test("every part of a handler and of its child tasks runs on the call's lane")
    func lane() async throws {
        let harness = try PluginHarness(Travelling.self)
        let call = try harness.begin("tool_pre_invoke", payload: .toolCall())
        await Travelling.gate.arrival()
        Travelling.gate.open()
        let always: [JSONValue] = Array(repeating: true, count: 6)
        #expect(await call.result == HarnessResult(metadata: ["lane": .array(always), "detached": false]))
        #expect(!PluginHarness.isOnLane)
        #expect(harness.complaints == [])
    }

    struct TaskLocals: HandlerPlugin {
        @TaskLocal static var secret = "none"

        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { _, _ async in HookResult(metadata: ["secret": .string(Self.secret)]) }
        }
    }

    @Test("a handler does not inherit the caller's task-local values")
    func taskLocals() async throws {
        let harness = try PluginHarness(TaskLocals.self)
        let result = try await TaskLocals.$secret.withValue("the gateway's") {
            try await harness.invoke("tool_pre_invoke", payload: .toolCall())
        }
        #expect(result == HarnessResult(metadata: ["secret": "none"]))
    }

    /// Waits until its task is cancelled.
    struct Patient: HandlerPlugin {
        static let arrived = Mutex<[String: Gate]>([:])

        static func gate(_ name: String) -> Gate {
            arrived.withLock { gates in
                if let gate = gates[name] { return gate }
                let gate = Gate()
                gates[name] = gate
                return gate
            }
        }

        func register(on hooks: HookRegistrar) {
            // Suspended until it is cancelled.
            hooks.on("suspended", EmailPayload.self) { email, context in
                let gate = Gate()
                await withTaskCancellationHandler {
                    Self.gate("suspended").open()
                    await gate.pass()
                } onCancel: {
                    gate.open()
                }
                guard context.isCancelled else { return .proceed }
                try Task.checkCancellation()
                return .proceed
            }
            // In its first part, which never suspends.
            hooks.on("spinning", EmailPayload.self) { email, _ async throws in
                Self.gate("spinning").open()
                while !Task.isCancelled {}
                try Task.checkCancellation()
                return .proceed
            }
            // Deaf to it.
            hooks.on("deaf", EmailPayload.self) { email, context in
                Self.gate("deaf").open()
                await Self.gate("deaf.end").pass()
                context.state["late"] = true
                return .deny(code: "LATE", reason: "late", description: "Too late.")
            }
        }
    }

    private let email: JSONObject = ["recipient": "ada", "subject": "", "body": ""]

    @Test("cancelling a call cancels its task", arguments: ["suspended", "spinning"])
    func cancel(hook: String) async throws {
        let harness = try PluginHarness(Patient.self)
        let call = try harness.begin(hook, payload: email)
        await Patient.gate(hook).pass()
        call.cancel()
        #expect(
            await call.result == HarnessResult(continueProcessing: false, error: "CancellationError()", isLate: true)
        )
        #expect(harness.complaints == [])
    }

    @Test("what a handler does after its call was answered is dropped")
    func late() async throws {
        let harness = try PluginHarness(Patient.self)
        let request = HarnessRequest()
        let call = try harness.begin("deaf", payload: email, request: request)
        await Patient.gate("deaf").pass()
        call.cancel()
        call.cancel()
        Patient.gate("deaf.end").open()
        #expect(await call.result == HarnessResult(continueProcessing: false, isLate: true))
        #expect(request.state(of: "handlers") == [:])
        call.cancel()
        #expect(harness.complaints == [])
    }

    /// Suspends a few times for each call, resumed by whoever comes along.
    struct Busy: HandlerPlugin {
        func register(on hooks: HookRegistrar) {
            hooks.on(.toolPreInvoke) { payload, context in
                let number = payload.args?["n"]?.int ?? 0
                context.state["n"] = .int(Int64(number))
                for round in 0..<(number % 4) {
                    await withCheckedContinuation { continuation in
                        if round % 2 == 0 {
                            Task.detached { continuation.resume() }
                        } else {
                            continuation.resume()
                        }
                    }
                }
                guard number % 10 != 9 else { throw HandlerTests.Broken() }
                async let square = Self.square(context.state["n"]?.int ?? -1)
                return HookResult(metadata: ["square": .int(Int64(await square))])
            }
        }

        @concurrent
        private static func square(_ number: Int) async -> Int { number * number }
    }

    @Test("many concurrent calls get each its own answer")
    func storm() async throws {
        let harness = try PluginHarness(Busy.self)
        let tasks = 8
        let calls = 5000
        let wrong = try await withThrowingTaskGroup { group in
            for first in 0..<tasks {
                group.addTask {
                    var wrong = 0
                    for number in stride(from: first, to: calls, by: tasks) {
                        let payload = JSONObject.toolCall(["n": .int(Int64(number))])
                        let expected: HarnessResult =
                            number % 10 == 9
                            ? .failed("the filter is broken")
                            : HarnessResult(metadata: ["square": .int(Int64(number * number))])
                        let result = try await harness.invoke("tool_pre_invoke", payload: payload)
                        if result != expected { wrong += 1 }
                    }
                    return wrong
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(wrong == 0)
        #expect(harness.complaints == [])
    }

    @Test("cancelling at any moment ends a call exactly once")
    func cancelStorm() async throws {
        let harness = try PluginHarness(Busy.self)
        try await withThrowingTaskGroup { group in
            for first in 0..<8 {
                group.addTask {
                    for number in stride(from: first, to: 2000, by: 8) {
                        let payload = JSONObject.toolCall(["n": .int(Int64(number))])
                        let call = try harness.begin("tool_pre_invoke", payload: payload)
                        call.cancel()
                        _ = await call.result
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(harness.complaints == [])
    }
}
