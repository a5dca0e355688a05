import Glibc
import IsolationTesting
import PluginPayloads
import PluginRuntime
import TestSupport
import Testing

@Suite("A bound function of a library", .inBothIsolations)
struct BindingTests {
    /// The configuration of one bound function, which other values may replace.
    private static func configuration(
        library: String? = nil,
        symbol: String = "refuse_long",
        hook: String = "email_pre_send",
        signature: String,
        rest: String = ""
    ) throws -> String {
        """
        plugins:
          - name: bound
            kind: ffi
            config:
              library: \(try library ?? FixturePlugin.path("plain_library"))
              symbol: \(symbol)
              hook: \(hook)
              signature: \(signature)
            \(rest)
        """
    }

    private static func outcome(_ configuration: String, _ hook: String, _ payload: JSONValue) async throws -> String {
        try await Site().run(configuration) { try await $0.invoke(HookName(hook), payload).text }
    }

    @Test("denies, or lets pass")
    func denies() async throws {
        let configuration = try Self.configuration(signature: "deny(str mail.subject)")
        let denied = try await Self.outcome(configuration, "email_pre_send", ["mail": ["subject": "hello, world"]])
        #expect(
            denied
                == #"{"continue_processing":false,"violation":{"reason":"subject","description":"subject","#
                + #""code":"TOO_LONG","details":{},"mcp_error_code":null,"http_status_code":null,"#
                + #""http_headers":null,"plugin_name":"bound"},"metadata":{"_decision_plugin":"bound"}}"#
        )
        #expect(try await Self.outcome(configuration, "email_pre_send", ["mail": ["subject": "hello"]]) == "{}")
    }

    @Test("replaces a field, however deep")
    func replaces() async throws {
        let configuration = try Self.configuration(
            symbol: "upper_case",
            hook: "tool_pre_invoke",
            signature: "replace args.q(cstr name)"
        )
        let outcome = try await Self.outcome(configuration, "tool_pre_invoke", Sample.call)
        #expect(outcome == #"{"modified_payload":{"name":"search","args":{"q":"SEARCH"}}}"#)
    }

    @Test("gets twelve mixed arguments")
    func getsAll() async throws {
        let signature =
            "'deny(str a, i64 b, f64 c, bool d, cstr e, str f, f64 g, i64 h, bool i, cstr j, f64 k, i64 l)'"
        let configuration = try Self.configuration(symbol: "all_types", signature: signature)
        let payload: JSONValue = [
            "a": "ay", "b": -2, "c": 3.5, "d": true, "e": "Zoë", "f": "ef", "g": -7.5, "h": 8, "i": false, "j": "jay",
            "k": 0.25, "l": -12,
        ]
        let outcome = try await Site().run(configuration) {
            try await $0.invoke(HookName("email_pre_send"), payload)
        }
        #expect(outcome.violation?.code == "ALL")
        #expect(outcome.violation?.reason == "ay -2 3.5 1 Zoë ef -7.5 8 0 jay 0.25 -12")
    }

    @Test("fails on a field that is missing or has another type, unless that is allowed")
    func missesField() async throws {
        let strict = try Self.configuration(signature: "deny(str subject)")
        for (payload, reason) in [
            ([:], "field \"subject\" is missing"),
            (["subject": 7], "field \"subject\" is a number, the signature wants str"),
        ] as [(JSONValue, String)] {
            #expect(
                try await Self.outcome(strict, "email_pre_send", payload)
                    == #"{"continue_processing":false,"error":"PLUGIN_ERROR: plugin bound: \#(reason.escaped)"}"#
            )
        }
        let lax = try Self.configuration(signature: "deny(str? subject)")
        #expect(try await Self.outcome(lax, "email_pre_send", [:]) == "{}")
    }

    @Test("may be the system's, which is not mapped a second time")
    func isOfSystem() async throws {
        let configuration = try Self.configuration(
            library: "libc.so.6",
            symbol: "gnu_get_libc_version",
            signature: "replace version()"
        )
        var buffer = [CChar](repeating: 0, count: 64)
        let size = unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), &buffer, buffer.count)
        let name = String(decoding: buffer[..<(size - 1)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        let version = try #require(name.split(separator: " ").last)
        let site = try Site()
        let outcome = try await site.run(configuration) { runtime in
            let maps = try Files.readText("/proc/self/maps")
            let digest = try #require(runtime.plugins.first?.sha256)
            #expect(!maps.contains(digest))
            return try await runtime.invoke(HookName("email_pre_send"), ["version": "1"]).text
        }
        #expect(outcome == #"{"modified_payload":{"version":"\#(version)"}}"#)
    }

    @Test("counts as a plugin")
    func isListed() async throws {
        let configuration = try Self.configuration(signature: "deny(str subject)", rest: "priority: 5")
        try await Site().run(configuration) { runtime in
            let plugin = try #require(runtime.plugins.first)
            #expect([plugin.name, plugin.kind] == ["bound", "ffi"])
            #expect(plugin.hooks == ["email_pre_send"])
            #expect(plugin.priority == 5)
            #expect(plugin.state == .active)
            #expect(plugin.file == (try FixturePlugin.path("plain_library")))
        }
    }

    @Test(
        "is refused with the place of what is wrong",
        arguments: [
            (
                "signature: deny(i32 size)",
                "8:18: error: plugins[0].config.signature: signature: unknown type \"i32\", at offset 5; did you mean "
                    + "\"i64\"? the types are str, cstr, i64, f64 and bool"
            ),
            (
                "signature: 'deny(str a..b)'",
                "8:18: error: plugins[0].config.signature: signature: a key is missing beside \".\" in \"a..b\", at "
                    + "offset 10"
            ),
            (
                "signature: deny(call)",
                "8:18: error: plugins[0].config.signature: signature: \"call\" is for plugins only, at offset 5; a "
                    + "function of an existing library takes fields of the payload"
            ),
            (
                "signature: deny(str nmae), hook: tool_pre_invoke",
                "8:18: error: plugins[0].config.signature: signature: the payload of tool_pre_invoke has no field "
                    + "\"nmae\" for \"nmae\"; it has name, args, headers"
            ),
            (
                "symbol: refuse",
                "6:15: error: plugins[0].config.symbol: $LIBRARY: the library exports no `refuse`"
            ),
            (
                "library: nowhere.so",
                "5:16: error: plugins[0].config.library: no library \"nowhere.so\" in $FOLDERS; give its path"
            ),
            (
                "library: ./nowhere.so",
                "5:16: error: plugins[0].config.library: $SITE/./nowhere.so: there is no such file; correct the path, "
                    + "or put the file there"
            ),
            (
                "library: ./text.so",
                "5:16: error: plugins[0].config.library: $SITE/./text.so: not a shared library but text (no library); "
                    + "name the .so file that the linker wrote"
            ),
            (
                "hooks: [tool_pre_invoke]",
                "9:13: error: plugins[0].hooks: the plugin has no hook \"tool_pre_invoke\"; it has email_pre_send"
            ),
        ]
    )
    func isRefused(wrong: String, text: String) async throws {
        var values = ["signature": "deny(str subject)", "symbol": "refuse_long", "hook": "email_pre_send"]
        for part in wrong.split(separator: ", ") {
            let colon = try #require(part.firstIndex(of: ":"))
            values[String(part[..<colon])] = String(part[part.index(colon, offsetBy: 2)...])
        }
        let configuration = try Self.configuration(
            library: values["library"],
            symbol: try #require(values["symbol"]),
            hook: try #require(values["hook"]),
            signature: try #require(values["signature"]),
            rest: values["hooks"].map { "hooks: \($0)" } ?? ""
        )
        let site = try Site()
        try site.directory.write("no library", to: "text.so")
        let folders =
            "/lib/x86_64-linux-gnu, /usr/lib/x86_64-linux-gnu, /lib/aarch64-linux-gnu, /usr/lib/aarch64-linux-gnu, "
            + "/lib64, /usr/lib64, /lib, /usr/lib, /usr/local/lib"
        let expected = text.replacing("$FOLDERS", with: folders)
            .replacing("$LIBRARY", with: try FixturePlugin.path("plain_library"))
        #expect(try await site.check(configuration) == ["$SITE/config.yaml:\(expected)"])
        _ = try await site.run(configuration) { $0.states }
        #expect(site.log.complaints.map(site.shortened) == ["error $SITE/config.yaml:\(expected)"])
    }
}

@Suite("A typed function of a plugin")
struct TypedFunctionTests {
    private static func outcome(_ payload: JSONValue) async throws -> String {
        let configuration = "plugins: [{name: p, path: '\(try FixturePlugin.path("typed_functions"))'}]"
        return try await Site().run(configuration) { try await $0.invoke(HookName("email_pre_send"), payload).text }
    }

    private static func mail(size: JSONValue, urgent: JSONValue = true) -> JSONValue {
        ["mail": ["recipient": "ada"], "size": size, "ratio": 0.5, "urgent": urgent, "subject": "hello"]
    }

    @Test("is the hook, and may use the call")
    func isHook() async throws {
        #expect(try await Self.outcome(Self.mail(size: 100)) == #"{"metadata":{"urgent":true}}"#)
        #expect(
            try await Self.outcome(Self.mail(size: 101, urgent: false))
                == #"{"continue_processing":false,"violation":{"reason":"ada: hello (101, 0.50)","#
                + #""description":"ada: hello (101, 0.50)","code":"TOO_LARGE","details":{},"mcp_error_code":null,"#
                + #""http_status_code":null,"http_headers":null,"plugin_name":"p"},"#
                + #""metadata":{"urgent":false,"_decision_plugin":"p"}}"#
        )
    }

    @Test(
        "is not called without its fields",
        arguments: [
            (TypedFunctionTests.mail(size: "101"), "field \"size\" is a string, the signature wants i64"),
            (["size": 1], "field \"mail\" is missing"),
        ] as [(JSONValue, String)]
    )
    func needsFields(payload: JSONValue, reason: String) async throws {
        #expect(
            try await Self.outcome(payload)
                == #"{"continue_processing":false,"error":"PLUGIN_ERROR: plugin p: \#(reason.escaped)"}"#
        )
    }
}

extension String {
    /// The text as it stands within a JSON string.
    fileprivate var escaped: String { replacing("\"", with: "\\\"") }
}
