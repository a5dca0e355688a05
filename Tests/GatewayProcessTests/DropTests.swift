import GatewayTesting
import Glibc
import IsolationTesting
import PluginPayloads
import TestSupport
import Testing

@Suite("A file that is dropped into a running gateway", .inBothIsolations)
struct DropTests {
    /// A gateway with a good plugin `good`, whose mark is `1`.
    private static func start() async throws -> (GatewaySite, GatewayProcess, GatewayClient) {
        let site = try GatewaySite(Configurations.drops)
        try site.drop("good", mark: "1")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        return (site, gateway, client)
    }

    @Test("is active after SIGHUP, and no earlier; a changed one is a new generation, and a removed one is gone")
    func comesAndGoes() async throws {
        let (site, gateway, client) = try await Self.start()
        #expect(try await client.marks() == "[1]")
        try site.drop("other", mark: "2")
        #expect(try await client.marks() == "[1]")
        #expect(
            try await gateway.reload().stable.description
                == #"{"sequence":1,"covers":1,"ok":true,"at":"TIME","errors":[]}"#
        )
        #expect(try await client.marks() == "[12]")
        #expect(try await client.plugins(on: site) == ["good: active", "other: active"])
        try site.drop("good", mark: "one ")
        #expect(try await gateway.reload()["ok"] == true)
        #expect(try await client.marks() == "[one2]")
        try Files.remove(site.directory("drop/other.so"))
        #expect(try await gateway.reload()["ok"] == true)
        #expect(try await client.marks() == "[one]")
        #expect(try await client.plugins(on: site) == ["good: active"])
        #expect(
            try await client("GET /ready").stableLine
                == #"200 {"ready":true,"generation":4,"degraded":[],"last_reload":"#
                + #"{"sequence":3,"covers":3,"ok":true,"at":"TIME","errors":[]}}"#
        )
        #expect(gateway.complaints == [])
        #expect(try await gateway.stop() == 0)
    }

    /// Files that are no plugins, as they come about, with what is said of them.
    enum BadFile: String, CaseIterable, Sendable {
        case empty, text, truncated, zeros, wrongMachine, aborts, noEntry

        var bytes: [UInt8] {
            get throws {
                switch self {
                case .empty: return []
                case .text: return Array("plugins: []\n".utf8)
                case .truncated:
                    let bytes = try NamedPlugin.prompts(kind: "bad", mark: "x")
                    return Array(bytes[..<(bytes.count / 2)])
                case .zeros: return [UInt8](repeating: 0, count: 4_096)
                case .wrongMachine:
                    var bytes = try NamedPlugin.prompts(kind: "bad", mark: "x")
                    bytes[18...19] = [0xF3, 0]
                    return bytes
                case .aborts: return try FixturePlugin.bytes("constructor_aborts")
                case .noEntry: return try FixturePlugin.bytes("missing_entry")
                }
            }
        }

        /// How the reason begins.
        var reason: String {
            switch self {
            case .empty: "the file is empty; "
            case .text: "not a shared library but text (plugins: []); "
            case .truncated: "the file is cut off: at least "
            case .zeros: "not a shared library but a file of zero bytes"
            case .wrongMachine: "built for riscv64, but this machine is "
            case .aborts: "a trial load died of SIGABRT"
            case .noEntry: "it has no manifest, so only an entry with `path:` can load it; "
            }
        }

        /// What it is called: its file's name, or that of its manifest if it has one that can be read.
        var name: String {
            switch self {
            case .aborts: "constructor_aborts"
            default: "bad.so"
            }
        }
    }

    @Test("and is bad changes nothing, and is named in the log, in /plugins and in /ready")
    func badFiles() async throws {
        let (site, gateway, client) = try await Self.start()
        for (count, file) in BadFile.allCases.enumerated() {
            try site.directory.write(file.bytes, to: "drop/bad.so")
            let known = gateway.complaints.count
            let last = try await gateway.reload()
            // The rest of the reload proceeds.
            #expect(last["ok"] == true)
            let errors = last.errors(on: site)
            #expect(errors.count == 1)
            #expect(errors.first?.hasPrefix("$SITE/drop/bad.so: error: \(file.reason)") == true, "\(file): \(errors)")
            #expect(gateway.complaints.dropFirst(known) == errors[...])
            let plugins = try await client.plugins(on: site)
            #expect(plugins.contains("good: active"))
            #expect(
                plugins.filter { $0 != "good: active" }.allSatisfy {
                    $0.hasPrefix("\(file.name): failed: \(file.reason)")
                }
                    && plugins.count == 2,
                "\(file): \(plugins)"
            )
            let ready = try await client("GET /ready")
            #expect(ready.status == 200)
            #expect(try ready.json["degraded"] == [.string(file.name)])
            #expect(try ready.json["last_reload"] == last)
            #expect(try ready.json["generation"] == .int(Int64(count + 2)))
            #expect(try await client.marks() == "[1]")
        }
        try site.drop("bad", mark: "mended")
        #expect(try await gateway.reload().errors(on: site) == [])
        #expect(try await client.marks() == "[mended1]")
        #expect(try await gateway.stop() == 0)
    }

    @Test(
        "and replaces a plugin that runs by a bad one rejects the reload; the old one serves on",
        arguments: [true, false]
    )
    func badReplacement(listed: Bool) async throws {
        let site = try GatewaySite(listed ? Configurations.listed() : Configurations.drops)
        try site.drop("p", mark: "1")
        let gateway = try await GatewayProcess.serving(site)
        let client = try await gateway.client
        try await client.makePrompt()
        try site.directory.write("no library", to: "drop/p.so")
        try site.drop("other", mark: "2")
        let last = try await gateway.reload()
        let reason = "not a shared library but text (no library); name the .so file that the linker wrote"
        let error =
            listed
            ? "$SITE/config.yaml:3:21: error: plugins[0].path: $SITE/drop/p.so: \(reason)"
            : "$SITE/drop/p.so: error: \(reason)"
        #expect(last["ok"] == false)
        #expect(last.errors(on: site).map { String($0.prefix { $0 != "\n" }) } == [error])
        let shown = listed ? "$SITE/drop/p.so: \(reason)" : reason
        #expect(try await client.plugins(on: site) == ["p: active: the last reload was rejected: \(shown)"])
        let complaints = gateway.complaints
        #expect(complaints.count == 1)
        #expect(complaints.first?.hasPrefix("reload rejected; the plugins of before run on | \(error)") == true)
        let ready = try await client("GET /ready")
        #expect(ready.status == 200)
        #expect(try ready.json["generation"] == 1)
        #expect(try ready.json["degraded"] == [])
        #expect(try await client.marks() == "[1]")
        try site.drop("p", mark: "3")
        #expect(try await gateway.reload()["ok"] == true)
        #expect(try await client.marks() == (listed ? "[3]" : "[23]"))
        #expect(try await gateway.stop() == 0)
    }

    @Test("and is cut off while it runs harms nobody")
    func truncatedInPlace() async throws {
        let (site, gateway, client) = try await Self.start()
        // As `cp` would do it, which no operator should.
        #expect(unsafe truncate(site.directory("drop/good.so"), 100) == 0)
        #expect(try await client.marks() == "[1]")
        #expect(try await gateway.reload()["ok"] == false)
        #expect(try await client.marks() == "[1]")
        #expect(try await client("GET /health").status == 200)
        #expect(try await gateway.stop() == 0)
    }
}
