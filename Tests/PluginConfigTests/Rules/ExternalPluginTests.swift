import PluginConfig
import Testing

@Suite("Rules: External plugins")
struct ExternalPluginTests {
    /// What an entry says about its transport, and what is wrong with that: `path: message`.
    struct Row: Sendable, CustomTestStringConvertible {
        let entry: String
        let problems: [String]

        init(_ entry: String, _ problems: String...) {
            self.entry = entry
            self.problems = problems
        }

        var testDescription: String { entry }
    }

    private static let http = "url: \"http://localhost:8000/mcp\""

    private static let rows = [
        Row("mcp: {proto: STDIO, cmd: [python, server.py]}"),
        Row("mcp: {proto: STDIO, script: /bin/sh}"),
        Row("mcp: {proto: STREAMABLEHTTP, \(http)}"),
        Row("mcp: {proto: STREAMABLEHTTP, \(http), uds: /run/plugin.sock}"),
        Row("mcp: {proto: SSE, \(http)}"),
        Row("mcp: {proto: SSE, \(http), tls: {certfile: /bin/sh, keyfile: /bin/sh, verify: true}}"),
        Row("grpc: {target: \"localhost:50051\"}"),
        Row("unix_socket: {path: /run/plugin.sock}"),
        Row("tags: []", "mcp: is required with kind: external, or grpc or unix_socket"),
        Row(
            "mcp: {proto: STDIO, cmd: x}, grpc: {}",
            "grpc: an external plugin has exactly one transport, found mcp, grpc"
        ),
        Row(
            "mcp: {proto: STDIO, cmd: x}, grpc: {}, unix_socket: {}",
            "grpc: an external plugin has exactly one transport, found mcp, grpc, unix_socket"
        ),
        Row("mcp: {proto: STDIO, cmd: x}, config: {a: b}", "config: has no meaning with kind: external"),
        Row("mcp: {cmd: x}", "mcp.proto: is required"),
        Row("mcp: {proto: HTTP, \(http)}", "mcp.proto: HTTP is no transport of MCP"),
        Row("mcp: {proto: STDOI, cmd: x}", "mcp.proto: expected STDIO, SSE or STREAMABLEHTTP, found \"STDOI\""),
        Row("mcp: {proto: STDIO}", "mcp.script: is required with proto: STDIO, or cmd"),
        Row("mcp: {proto: STDIO, script: /bin/sh, cmd: x}", "mcp.cmd: either script or cmd is given, not both"),
        Row("mcp: {proto: STDIO, script: /no/such.sh}", "mcp.script: there is no file /no/such.sh"),
        Row("mcp: {proto: STDIO, cmd: x, \(http)}", "mcp.url: has no meaning with proto: STDIO"),
        Row("mcp: {proto: STDIO, cmd: x, tls: {}}", "mcp.tls: has no meaning with proto: STDIO"),
        Row("mcp: {proto: STDIO, cmd: x, uds: /s}", "mcp.uds: has no meaning with proto: STDIO"),
        Row("mcp: {proto: STREAMABLEHTTP}", "mcp.url: is required with proto: STREAMABLEHTTP"),
        Row("mcp: {proto: SSE}", "mcp.url: is required with proto: SSE"),
        Row("mcp: {proto: SSE, url: localhost}", "mcp.url: expected a URL, found \"localhost\""),
        Row("mcp: {proto: SSE, \(http), cmd: x}", "mcp.cmd: has no meaning with proto: SSE"),
        Row("mcp: {proto: SSE, \(http), uds: /s}", "mcp.uds: is only for proto: STREAMABLEHTTP"),
        Row("mcp: {proto: STREAMABLEHTTP, \(http), uds: /s, tls: {}}", "mcp.uds: cannot be used with tls"),
        Row(
            "mcp: {proto: STREAMABLEHTTP, \(http), tls: {keyfile: /bin/sh}}",
            "mcp.tls.certfile: is required with keyfile"
        ),
        Row(
            "mcp: {proto: STREAMABLEHTTP, \(http), tls: {certfile: /no/c.pem, ca_bundle: no/ca.pem}}",
            "mcp.tls.certfile: there is no file /no/c.pem",
            "mcp.tls.ca_bundle: there is no file no/ca.pem"
        ),
    ]

    @Test(
        "an entry says by one complete transport where its plugin is; that it cannot be used yet is said too",
        arguments: rows
    )
    func transports(row: Row) {
        let loaded = load("plugins: [{name: A, kind: external, \(row.entry)}]")
        let problems = loaded.problems.map { "\($0.path.dropFirst("plugins[0].".count)): \($0.message)" }
        #expect(Set(problems) == Set(["kind: \"external\" is not supported yet"] + row.problems))
        #expect(problems.count == row.problems.count + 1)
        #expect(
            loaded.problems.allSatisfy {
                $0.severity == .error && $0.position != nil && $0.hint != nil || $0.path.hasSuffix("proto")
            }
        )
        #expect(loaded.content == nil)
    }

    @Test("a mistake is shown with its place and the mend")
    func places() {
        #expect(
            load("plugins:\n  - name: A\n    kind: external\n    mcp:\n      proto: HTTP\n").report == """
                config.yaml:3:11: error: plugins[0].kind: "external" is not supported yet
                    kind: external
                          ^
                hint: set mode: disabled, or remove the plugin
                config.yaml:5:14: error: plugins[0].mcp.proto: HTTP is no transport of MCP
                      proto: HTTP
                             ^
                hint: use STREAMABLEHTTP, or SSE for an old server

                """
        )
    }

    @Test("a disabled entry needs none of it")
    func disabled() {
        #expect(load("plugins: [{name: A, kind: external, mode: disabled, mcp: {proto: HTTP}, grpc: {}}]").report == "")
    }
}
