import AuditLog
import Glibc
import PluginPayloads
import PluginTestKit
import Testing

@Suite("The audit log")
struct AuditLogTests {
    private let folder = Folder()

    private func makeLog(_ configuration: JSONObject = [:]) async throws -> PluginHarness {
        var configuration = configuration
        configuration["path"] = .string(folder.file("log"))
        let harness = try PluginHarness(AuditLog.self, configuration: configuration)
        try await harness.start()
        return harness
    }

    /// The lines of the log without their time, which has to be one.
    private func entries() throws -> [JSONValue] {
        try folder.entries("log").map { entry in
            var entry = entry
            let time = try #require(entry["time"]?.string)
            #expect(time.utf8.count == 24 && time.hasPrefix("20") && time.hasSuffix("Z"))
            entry["time"] = nil
            return entry
        }
    }

    @Test(
        "has a line for each hook, with what it is about",
        arguments: [
            ("prompt_pre_fetch", "prompt_id"), ("prompt_post_fetch", "prompt_id"), ("tool_pre_invoke", "name"),
            ("tool_post_invoke", "name"), ("resource_pre_fetch", "uri"), ("resource_post_fetch", "uri"),
            ("agent_pre_invoke", "agent_id"), ("agent_post_invoke", "agent_id"), ("http_pre_request", "path"),
            ("http_post_request", "path"), ("http_auth_check_permission", "permission"), ("http_auth_resolve_user", ""),
        ]
    )
    func hooks(_ hook: String, _ field: String) async throws {
        let harness = try await makeLog()
        let request = HarnessRequest(RequestIdentity(requestID: "r-1", user: "ada@example.com", tenantID: "acme"))
        var payload: JSONObject = ["args": ["secret": "x"], "headers": ["authorization": "x"]]
        if !field.isEmpty { payload[field] = "a\n\"b\"" }
        #expect(try await harness.invoke(hook, payload: payload, request: request) == HarnessResult())
        try await harness.stop()
        let expected: JSONValue = [
            "request_id": "r-1", "hook": .string(hook), "user": "ada@example.com", "tenant": "acme",
            "subject": field.isEmpty ? nil : "a\n\"b\"",
        ]
        #expect(try entries() == [expected])
        #expect(folder.text("log").utf8.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(harness.counters == ["lines_written": 1])
        #expect(harness.log == [])
    }

    @Test("declares that it neither denies nor changes anything")
    func promises() throws {
        let harness = try PluginHarness(AuditLog.self, configuration: ["path": "/log"])
        #expect(harness.hooks.count == 12)
        #expect(harness.hooks.allSatisfy { !$0.mayDeny && !$0.mayModify })
    }

    static let userCases: [(JSONValue?, JSONValue)] = [
        (nil, nil), ("ada", "ada"), (["email": "ada@example.com", "is_admin": true], "ada@example.com"),
        (["user_id": "42"], "42"), (["name": "ada"], nil),
    ]

    @Test("names the user, and says nothing else of an object", arguments: userCases)
    func users(_ user: JSONValue?, _ expected: JSONValue) async throws {
        let harness = try await makeLog()
        let request = HarnessRequest(RequestIdentity(requestID: "r", user: user))
        _ = try await harness.invoke("tool_pre_invoke", payload: ["name": "t"], request: request)
        try await harness.stop()
        #expect(try entries().map { $0["user"] } == [expected])
    }

    @Test("names the arguments without their values, if told to")
    func argumentKeys() async throws {
        let harness = try await makeLog(["include_argument_keys": true])
        let arguments: JSONValue = ["b": "x", "a": ["c": 1]]
        for (hook, field) in [
            ("prompt_pre_fetch", "args"), ("tool_pre_invoke", "args"), ("resource_pre_fetch", "metadata"),
            ("agent_pre_invoke", "parameters"), ("tool_post_invoke", "args"),
        ] {
            _ = try await harness.invoke(hook, payload: [field: arguments])
        }
        try await harness.stop()
        #expect(try entries().map { $0["argument_keys"] } == [["b", "a"], ["b", "a"], ["b", "a"], ["b", "a"], nil])
        #expect(try entries().allSatisfy { $0["payload"] == nil })
    }

    @Test("holds the payload without what is behind the keys to hide, if told to")
    func payloads() async throws {
        let harness = try await makeLog(["include_payload": true, "redact_keys": ["Password"]])
        let payload: JSONObject = [
            "name": "t", "args": ["PASSWORD": ["x"], "list": [["password": "x", "n": .number("1.10")]], "token": "y"],
        ]
        _ = try await harness.invoke("tool_pre_invoke", payload: payload)
        try await harness.stop()
        let expected: JSONValue = [
            "name": "t",
            "args": [
                "PASSWORD": "[REDACTED]", "list": [["password": "[REDACTED]", "n": .number("1.10")]], "token": "y",
            ],
        ]
        #expect(try entries().map { $0["payload"] } == [expected])
    }

    @Test("hides credentials by default")
    func defaultKeys() async throws {
        let harness = try await makeLog(["include_payload": true])
        let payload: JSONObject = [
            "credentials": ["scheme": "Bearer"], "headers": ["Authorization": "x", "Cookie": "y", "accept": "z"],
        ]
        _ = try await harness.invoke("http_auth_resolve_user", payload: payload)
        try await harness.stop()
        let expected: JSONValue = [
            "credentials": "[REDACTED]",
            "headers": ["Authorization": "[REDACTED]", "Cookie": "[REDACTED]", "accept": "z"],
        ]
        #expect(try entries().map { $0["payload"] } == [expected])
    }

    @Test("a line that would be too long has no payload, and tells its size")
    func longLines() async throws {
        let harness = try await makeLog(["include_payload": true, "max_line_bytes": 256])
        let text = String(repeating: "x", count: 1000)
        _ = try await harness.invoke("tool_pre_invoke", payload: ["name": "t", "args": .string(text)])
        try await harness.stop()
        let entry = try #require(entries().first)
        #expect(entry["payload"] == nil)
        // `,"payload":{"name":"t","args":"…"}`
        #expect(entry["payload_bytes"] == 1033)
    }

    @Test("what finds no room in the queue is lost, and counted")
    func fullQueue() async throws {
        let harness = try await makeLog(["include_payload": true, "queue_bytes": 1024])
        let text = String(repeating: "x", count: 1000)
        for text in [text, "short"] {
            let payload: JSONObject = ["name": "t", "args": .string(text)]
            #expect(try await harness.invoke("tool_pre_invoke", payload: payload) == HarnessResult())
        }
        try await harness.stop()
        #expect(try entries().map { $0["payload"]?["args"] } == ["short"])
        #expect(harness.counters == ["lines_lost": 1, "lines_written": 1])
    }

    @Test("does not start with a file that it cannot write to")
    func badFile() async throws {
        symlink(folder.file("elsewhere"), folder.file("log"))
        let error = await #expect(throws: HarnessError.self) { _ = try await makeLog() }
        #expect(error?.description.contains("it is a symbolic link: name the file itself") == true)
    }

    @Test("is not well while lines are lost, and says so in the log once")
    func lostLines() async throws {
        let harness = try await makeLog()
        try await harness.health()
        unlink(folder.file("log"))
        symlink(folder.file("elsewhere"), folder.file("log"))
        for _ in 0..<2 { _ = try await harness.invoke("tool_pre_invoke", payload: ["name": "t"]) }
        // The thread writes when it pleases.
        let patience = ContinuousClock.now + .seconds(10)
        while (try? await harness.health()) != nil, ContinuousClock.now < patience { await Task.yield() }
        await #expect(throws: HarnessError.self) { try await harness.health() }
        try await harness.stop()
        #expect(harness.counters == ["lines_lost": 2])
        #expect(harness.log.map(\.level) == [3])
        #expect(harness.log.first?.message.hasSuffix("until then lines are lost") == true)
    }

    // MARK: - Many at once

    @Test("eight threads and a file that is renamed again and again: each line is there once, and whole")
    func rotation() async throws {
        let harness = try await makeLog(["rotation_check_seconds": 0, "include_payload": true])
        let calls = 2_000
        let rotating = Task { [folder] in
            var rotations = 0
            repeat {
                if rename(folder.file("log"), folder.file("log.\(rotations)")) == 0 { rotations += 1 }
                await Task.yield()
            } while !Task.isCancelled
            return rotations
        }
        await withTaskGroup { group in
            for thread in 0..<8 {
                group.addTask {
                    for call in 0..<calls {
                        let request = HarnessRequest(RequestIdentity(requestID: "\(thread)-\(call)"))
                        let payload: JSONObject = ["name": .string(String(repeating: "x", count: call % 300))]
                        _ = try? await harness.invoke("tool_pre_invoke", payload: payload, request: request)
                    }
                }
            }
        }
        rotating.cancel()
        let rotations = await rotating.value
        try await harness.stop()
        #expect(rotations > 0)
        let ids = try folder.names.flatMap { try folder.entries($0) }.compactMap { $0["request_id"]?.string }
        #expect(ids.count == 8 * calls)
        #expect(Set(ids).count == 8 * calls)
        #expect(harness.counters == ["lines_written": 8 * calls])
        #expect(folder.names.allSatisfy { ["\n", nil].contains(folder.text($0).last) })
    }

    @Test("several logs may share a file")
    func sharedFile() async throws {
        let logs = try await [makeLog(), makeLog(), makeLog()]
        await withTaskGroup { group in
            for (number, log) in logs.enumerated() {
                group.addTask {
                    for call in 0..<500 {
                        let request = HarnessRequest(RequestIdentity(requestID: "\(number)-\(call)"))
                        _ = try? await log.invoke("tool_pre_invoke", payload: ["name": "t"], request: request)
                    }
                }
            }
        }
        for log in logs { try await log.stop() }
        #expect(try Set(entries().compactMap { $0["request_id"]?.string }).count == 1500)
        #expect(try entries().count == 1500)
    }

    // MARK: - Configuration

    @Test(
        "a wrong configuration is refused, and says where",
        arguments: [
            ([:], ""), (["path": ""], "/path"), (["path": "/log", "max_line_bytes": 255], "/max_line_bytes"),
            (["path": "/log", "queue_bytes": 1023], "/queue_bytes"),
            (["path": "/log", "rotation_check_seconds": -1], "/rotation_check_seconds"),
            (["path": "/log", "redact_keys": "password"], "/redact_keys"),
        ] as [(JSONObject, String)]
    )
    func refuses(_ configuration: JSONObject, _ pointer: String) {
        let error = #expect(throws: HarnessError.self) {
            _ = try PluginHarness(AuditLog.self, configuration: configuration)
        }
        #expect(error?.problems.map(\.pointer) == [pointer])
    }

    @Test("the duties of every plugin")
    func conforms() async {
        let suite = ConformanceSuite(
            AuditLog.self,
            configuration: ["path": .string(folder.file("log")), "include_payload": true],
            samples: [
                "tool_pre_invoke": ["name": "t", "args": ["a": 1]],
                "http_pre_request": ["path": "/rpc", "method": "POST", "headers": [:]],
                "http_auth_resolve_user": ["headers": [:]],
            ]
        )
        #expect(await suite.run() == [])
    }
}
