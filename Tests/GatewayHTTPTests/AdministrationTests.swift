import GatewayTesting
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("The administration of plugins", .inBothIsolations)
struct AdministrationTests {
    private static func site() throws -> GatewaySite {
        let path = try FixturePlugin.path("prompt_guard")
        let site = try GatewaySite(
            """
            drop_dirs: [drop]
            plugins:
              - {name: First, kind: one, priority: 1}
              - name: Guard
                path: "\(path)"
                priority: 2
                conditions: [{prompts: [p]}]
                config: {label: secret-value}
                tags: [security]
              - {name: Off, kind: one, mode: disabled, priority: 3}
            """
        )
        try site.drop("one", mark: "1")
        return site
    }

    private static let deny: JSONValue = ["act": "deny", "text": "bad"]

    @Test("lists plugins with their counters, and never the values of their configurations")
    func list() async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            _ = try await gateway.client("POST /prompts", ["name": "p", "template": "x"])
            _ = try await gateway.client("POST /prompts/p", Self.deny)
            let response = try await gateway.client("GET /admin/plugins")
            let plugins = try response.json.array ?? []
            #expect(plugins.map { $0["name"]?.string } == ["First", "Guard", "Off"])
            #expect(plugins.map { $0["status"]?.string } == ["active", "active", "disabled"])
            #expect(plugins[1]["config_keys"] == ["label"])
            #expect(!response.text.contains("secret-value"))
            #expect(
                plugins[1]["counters"] == [
                    "calls": 1, "blocks": 1, "modified": 0, "errors": 0, "timeouts": 0, "late": 0, "overruns": 0,
                    "lost_threads": 0, "dropped": 0, "custom": [:],
                ]
            )
        }
    }

    @Test(
        "finds plugins by words, mode, hook and tag",
        arguments: [
            ("search=guar", ["Guard"]), ("search=ONE", ["First", "Off"]), ("mode=disabled", ["Off"]),
            ("hook=prompt_pre_fetch", ["First", "Guard"]), ("tag=security", ["Guard"]),
            ("tag=security&mode=disabled", []),
        ]
    )
    func search(query: String, names: [String]) async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            for path in ["/plugins", "/v1/plugins", "/admin/plugins"] {
                let found = try await gateway.client("GET \(path)?\(query)").json.array ?? []
                #expect(found.map { $0["name"]?.string } == names.map(Optional.some), "\(path)")
            }
        }
    }

    @Test("counts by plugin and hook")
    func statistics() async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            _ = try await gateway.client("POST /prompts", ["name": "p", "template": "x"])
            for _ in 0..<3 { _ = try await gateway.client("POST /prompts/p", Self.deny) }
            let statistics = try await gateway.client("GET /admin/plugins/stats").json
            #expect(statistics["total_plugins"] == 3)
            #expect(statistics["enabled_plugins"] == 2)
            #expect(statistics["disabled_plugins"] == 1)
            #expect(statistics["plugins_by_mode"] == ["disabled": 1, "enforce": 2])
            #expect(
                statistics["watchdog"] == [
                    "lost_threads": 0, "max_lost_threads": 64, "limit_reached": false, "plugins_at_limit": [],
                ]
            )
            #expect(statistics["plugins"]?["Guard"]?["breaker"]?["state"] == "closed")
            let hook = try #require(statistics["plugins"]?["Guard"]?["hooks"]?["prompt_pre_fetch"])
            #expect(hook["calls"] == 3)
            #expect(hook["blocks"] == 3)
            let latency = try #require(hook["latency"]?.object)
            let values = latency.compactMap { $0.value.int }
            #expect(latency.map(\.key) == ["p50_ns", "p95_ns", "p99_ns"])
            #expect(values == values.sorted() && values.allSatisfy { $0 > 0 })
        }
    }

    @Test("shows everything of one plugin but the values of its configuration")
    func detail() async throws {
        try await LiveGateway.run(try Self.site()) { gateway in
            let plugin = try await gateway.client("GET /admin/plugins/Guard").json
            #expect(plugin["conditions"] == [["prompts": ["p"]]])
            #expect(plugin["tags"] == ["security"])
            #expect(plugin["mode_overridden"] == false)
            #expect(
                plugin["breaker"] == [
                    "state": "closed", "failures": 0, "opens": 0, "refused": 0, "retry_in_seconds": nil,
                    "last_error": nil,
                ]
            )
            #expect(plugin["watchdog"] == ["lost_threads": 0, "max_lost_threads": 16, "limit_reached": false])
            let off = try await gateway.client("GET /admin/plugins/Off").json
            #expect([off["breaker"], off["watchdog"]] == [.null, .null])
            #expect(try await gateway.client("GET /admin/plugins/Nobody").status == 404)
        }
    }

    @Test("sets a mode, keeps it in a file, and takes it back")
    func mode() async throws {
        let site = try Self.site()
        try await LiveGateway.run(site) { gateway in
            let client = gateway.client
            _ = try await client("POST /prompts", ["name": "p", "template": "x"])
            #expect(try await client("POST /prompts/p", Self.deny).status == 422)
            #expect(
                try await client("PUT /admin/plugins/Guard", ["mode": "permissive"]).line
                    == #"200 {"plugin":"Guard","mode":"permissive","overridden":true}"#
            )
            #expect(try await client("POST /prompts/p", Self.deny).status == 200)
            #expect(try Files.readText(site.directory("mode_overrides.json")) == #"{"Guard":"permissive"}"# + "\n")
            #expect(
                try await client("PUT /admin/plugins/Guard", ["mode": nil]).line
                    == #"200 {"plugin":"Guard","mode":"enforce","overridden":false}"#
            )
            #expect(try await client("POST /prompts/p", Self.deny).status == 422)
            #expect(try Files.readText(site.directory("mode_overrides.json")) == "{}\n")
        }
    }

    private static let refusals: [(plugin: String, body: JSONValue, line: String)] = [
        (
            "Guard", ["mode": "enforse"],
            #"422 {"message":"mode: there is no mode \"enforse\"; there are enforce, enforce_ignore_error, "#
                + #"permissive, audit, concurrent, fire_and_forget, disabled, sequential, transform"}"#
        ),
        (
            "Guard", ["enabled": true],
            #"422 {"message":"mode: give the word of a mode, or null for what the configuration says"}"#
        ),
        ("Gard", ["mode": "audit"], #"404 {"message":"plugin not found: Gard; there are First, Guard, Off"}"#),
    ]

    @Test("refuses a mode that cannot be set, and says what can", arguments: refusals)
    func refused(plugin: String, body: JSONValue, line: String) async throws {
        let answer = try await LiveGateway.run(try Self.site()) { gateway in
            try await gateway.client("PUT /admin/plugins/\(plugin)", body).line
        }
        #expect(answer == line)
    }
}
