import Glibc
import TestSupport
import Testing

@Suite("hookgate plugin quarantine")
struct QuarantineTests {
    private static let a = String(repeating: "a", count: 64)
    private static let b = String(repeating: "b", count: 64)

    /// `slow`, which is quarantined, and `quick`, which may have crashed once.
    private static let record =
        #"{"version":1,"plugins":{"\#(a)":{"name":"slow","quarantined":"2026-01-02T03:04:06Z","crashes":["#
        + #"{"time":"2026-01-02T03:04:05Z","name":"slow","hook":"tool_pre_invoke","request_id":"r-1","signal":"SIGSEGV","#
        + #""address":"0x8","weight":1.0}]},"\#(b)":{"name":"quick","quarantined":null,"crashes":["#
        + #"{"time":"2026-01-02T03:04:05Z","name":"quick","hook":"start","request_id":null,"signal":null,"address":null,"#
        + #""weight":0.5}]}}}"#

    private static func hookgate(_ record: String? = record) throws -> Hookgate {
        let hookgate = try Hookgate()
        try hookgate.directory.makeDirectory("data")
        if let record { try hookgate.directory.write(record, to: "data/quarantine.json") }
        return hookgate
    }

    @Test("list shows what each file did")
    func list() throws {
        let output = """
            quick: not quarantined
              file \(Self.b)
              ran when the gateway ended without a word, at 2026-01-02T03:04:05Z in start
            slow: quarantined since 2026-01-02T03:04:06Z
              file \(Self.a)
              crashed the gateway at 2026-01-02T03:04:05Z in tool_pre_invoke of request r-1 by SIGSEGV (a wild pointer, or a \
            stack overflow) at 0x8

            """
        let result = try Self.hookgate()("plugin", "quarantine", "list")
        #expect(result == ChildProcess.Result(status: 0, output: output))
        let none = try Self.hookgate(nil)("plugin", "quarantine", "list", "--data-dir", "$HERE/data")
        #expect(none == ChildProcess.Result(status: 0, output: "no plugin is remembered for a crash\n"))
    }

    @Test("list prints the same for programs")
    func listJSON() throws {
        let output =
            #"[{"sha256":"\#(Self.a)","name":"slow","quarantined":"2026-01-02T03:04:06Z","crashes":[{"time":"#
            + #""2026-01-02T03:04:05Z","name":"slow","hook":"tool_pre_invoke","request_id":"r-1","signal":"SIGSEGV","#
            + #""address":"0x8","weight":1.0}]},{"sha256":"\#(Self.b)","name":"quick","quarantined":null,"crashes":["#
            + #"{"time":"2026-01-02T03:04:05Z","name":"quick","hook":"start","request_id":null,"signal":null,"#
            + #""address":null,"weight":0.5}]}]"# + "\n"
        let result = try Self.hookgate()("plugin", "quarantine", "list", "--format", "json")
        #expect(result == ChildProcess.Result(status: 0, output: output))
        let none = try Self.hookgate(nil)("plugin", "quarantine", "list", "--format", "json")
        #expect(none == ChildProcess.Result(status: 0, output: "[]\n"))
    }

    @Test(
        "clear forgets by name, by digest, or all",
        arguments: [
            (["slow"], "cleared slow (\(a))\n", "quick"), (["bbbbbbbb"], "cleared quick (\(b))\n", "slow"),
            (["--all"], "cleared slow (\(a))\ncleared quick (\(b))\n", "no plugin is remembered for a crash"),
        ]
    )
    func clear(arguments: [String], output: String, left: String) throws {
        let hookgate = try Self.hookgate()
        let result = try hookgate(["plugin", "quarantine", "clear"] + arguments)
        #expect(result == ChildProcess.Result(status: 0, output: output))
        let list = try hookgate("plugin", "quarantine", "list").lines
        #expect(list.first?.hasPrefix(left) == true)
        #expect(list.count == (left.hasPrefix("no") ? 1 : 3))
    }

    @Test("clear says that it knows nothing of a plugin")
    func clearUnknown() throws {
        let hookgate = try Self.hookgate()
        #expect(
            try hookgate("plugin", "quarantine", "clear", "other")
                == ChildProcess.Result(
                    status: 1,
                    errors: "error: nothing is remembered of \"other\"; hookgate plugin quarantine list shows all\n"
                )
        )
        #expect(try hookgate("plugin", "quarantine", "clear").status == 64)
        #expect(try hookgate("plugin", "quarantine", "clear", "slow", "--all").status == 64)
        #expect(try Files.readText(hookgate.directory("data/quarantine.json")) == Self.record)
    }

    @Test("a file that is damaged is told, and kept")
    func damaged() throws {
        let hookgate = try Self.hookgate("{")
        let path = "$HERE/data/quarantine.json"
        #expect(
            try hookgate("plugin", "quarantine", "list")
                == ChildProcess.Result(
                    status: 0,
                    output: "no plugin is remembered for a crash\n",
                    errors: "warning: \(path): it is no JSON object\n"
                )
        )
        #expect(
            try hookgate("plugin", "quarantine", "clear", "--all")
                == ChildProcess.Result(
                    status: 0,
                    errors: "warning: \(path): it is no JSON object; it is kept as \(path).damaged\n"
                )
        )
    }

    @Test("a file that cannot be read is told, and left alone")
    func unreadable() throws {
        let hookgate = try Self.hookgate()
        let path = hookgate.directory("data/quarantine.json")
        #expect(unsafe chmod(path, 0o620) == 0)
        let error =
            "error: $HERE/data/quarantine.json: its mode 620 lets other users write to it; look who did, and run chmod 600 "
            + "on it\n"
        for arguments in [["list"], ["clear", "--all"]] {
            let result = try hookgate(["plugin", "quarantine"] + arguments)
            #expect(result == ChildProcess.Result(status: 1, errors: error))
        }
        #expect(try Files.readText(path) == Self.record)
        #expect(
            try Files.names(in: hookgate.directory("data")).sorted() == ["quarantine.json", "quarantine.json.lock"]
        )
    }

    @Test(
        "clear makes nothing in a directory of another user",
        .enabled(if: canGiveAway, "only root can give a directory to another user")
    )
    func otherUser() throws {
        let hookgate = try Self.hookgate(nil)
        #expect(unsafe chown(hookgate.directory("data"), 54_321, getgid()) == 0)
        let result = try hookgate("plugin", "quarantine", "clear", "--all")
        #expect(result.status == 1)
        #expect(
            result.errors
                == "error: $HERE/data: belongs to user 54321, but this process runs as user \(geteuid()); run it as that user "
                + "(sudo -u '#54321'), or chown it\n"
        )
        #expect(try Files.names(in: hookgate.directory("data")) == [])
    }

    /// Whether a file can be given to another user here: root can, unless a namespace has no other.
    private static var canGiveAway: Bool {
        guard let here = try? TemporaryDirectory() else { return false }
        return unsafe chown(here.path, 54_321, getgid()) == 0
    }

    @Test("plugin list and hook invoke do not run what is quarantined")
    func respected() throws {
        let hookgate = try Self.hookgate(nil)
        try hookgate.directory.write(
            "plugin_settings: {quarantine_action: disable}\nplugins: [{name: p, path: \"\(try FixturePlugin.path("does_nothing"))\"}]",
            to: "config.yaml"
        )
        #expect(try hookgate("plugin", "list", "--config", "$HERE/config.yaml").lines.last?.contains("active") == true)
        let digest = try Files.names(in: hookgate.directory("data/store")).first.map { String($0.dropLast(3)) } ?? ""
        try hookgate.directory.write(
            Self.record.replacing(Self.a, with: digest),
            to: "data/quarantine.json"
        )
        let row = try hookgate("plugin", "list", "--config", "$HERE/config.yaml").lines.last ?? ""
        #expect(row.contains("quarantined  enforce"))
        #expect(row.contains("quarantined since 2026-01-02T03:04:06Z: crashed the gateway"))
    }
}
