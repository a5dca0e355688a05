import Glibc
import YAMLTree

/// Rule: an entry of kind `external` says by exactly one transport where its plugin is, and nothing of its own.
enum ExternalPlugins {
    private enum MCPKey: String, CaseIterable {
        case proto
        case url
        case script
        case cmd
        case env
        case cwd
        case uds
        case tls
    }

    private enum TLSKey: String, CaseIterable {
        case certfile
        case keyfile
        case caBundle = "ca_bundle"
        case keyfilePassword = "keyfile_password"
        case verify
        case checkHostname = "check_hostname"
    }

    private enum Transport: String, CaseIterable {
        case stdio = "STDIO"
        case sse = "SSE"
        case streamableHTTP = "STREAMABLEHTTP"
    }

    static func check(_ section: Section<PluginEntry.Key>) {
        section[.config]?.error(
            "has no meaning with kind: external",
            hint: "remove it; the plugin's server has its own"
        )
        let transports = [PluginEntry.Key.mcp, .grpc, .unixSocket].filter { section[$0] != nil }
        switch transports.count {
        case 0:
            section.reportMissing(
                .mcp,
                "is required with kind: external, or grpc or unix_socket",
                hint: "say where the plugin is, such as mcp: {proto: STREAMABLEHTTP, url: \"http://…/mcp\"}"
            )
        case 1: break
        default:
            let names = transports.map(\.rawValue)
            section[transports[1]]?.error(
                "an external plugin has exactly one transport, found \(names.joined(separator: ", "))",
                hint: "remove all but one"
            )
        }
        section[.mcp].flatMap { Section<MCPKey>($0) }.map(checkMCP)
    }

    private static func checkMCP(_ mcp: Section<MCPKey>) {
        guard let proto = mcp[.proto] else {
            mcp.reportMissing(.proto, hint: "use STDIO, SSE or STREAMABLEHTTP")
            return
        }
        if proto.scalar?.string == "HTTP" {
            return proto.error("HTTP is no transport of MCP", hint: "use STREAMABLEHTTP, or SSE for an old server")
        }
        guard let transport = proto.choice(of: Transport.self) else { return }
        switch transport {
        case .stdio: checkProcess(mcp)
        case .sse, .streamableHTTP: checkServer(mcp, transport)
        }
    }

    private static func checkProcess(_ mcp: Section<MCPKey>) {
        for key in [MCPKey.url, .tls, .uds] {
            mcp[key]?.error("has no meaning with proto: STDIO", hint: "remove it")
        }
        switch (mcp[.script], mcp[.cmd]) {
        case (nil, nil): mcp.reportMissing(.script, "is required with proto: STDIO, or cmd", hint: "name what to start")
        case (let script?, nil): checkFile(script)
        case (nil, _?): break
        case (_?, let command?): command.error("either script or cmd is given, not both", hint: "remove one")
        }
    }

    private static func checkServer(_ mcp: Section<MCPKey>, _ transport: Transport) {
        for key in [MCPKey.script, .cmd] {
            mcp[key]?.error("has no meaning with proto: \(transport.rawValue)", hint: "remove it")
        }
        if let url = mcp[.url] {
            checkURL(url)
        } else {
            mcp.reportMissing(
                .url,
                "is required with proto: \(transport.rawValue)",
                hint: "give the server's address, such as \"http://localhost:8000/mcp\""
            )
        }
        if let uds = mcp[.uds] {
            if transport != .streamableHTTP {
                uds.error("is only for proto: STREAMABLEHTTP", hint: "remove it")
            } else if mcp[.tls] != nil {
                uds.error("cannot be used with tls", hint: "remove one: a socket of this machine needs no TLS")
            } else {
                _ = uds.name()
            }
        }
        mcp[.tls].flatMap { Section<TLSKey>($0) }.map(checkTLS)
    }

    private static func checkURL(_ field: Field) {
        guard let url = field.name()?.value.lowercased() else { return }
        if !url.hasPrefix("http://") && !url.hasPrefix("https://") {
            field.error(expected: "a URL", hint: "begin it with http:// or https://")
        }
    }

    private static func checkTLS(_ tls: Section<TLSKey>) {
        for key in [TLSKey.certfile, .keyfile, .caBundle] { tls[key].map(checkFile) }
        for key in [TLSKey.verify, .checkHostname] { _ = tls[key]?.boolean() }
        if tls[.keyfile] != nil && tls[.certfile] == nil {
            tls.reportMissing(.certfile, "is required with keyfile", hint: "name the client's certificate too")
        }
    }

    /// A path counts from the folder of the configuration, as all of its paths do.
    private static func checkFile(_ field: Field) {
        guard let path = field.name()?.value else { return }
        let file = field.log.file
        let folder = path.hasPrefix("/") ? "" : file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        guard unsafe access(folder + path, F_OK) != 0 else { return }
        let shown = field.scalar?.isSecret == true ? "" : " \(folder + path)"
        field.error("there is no file\(shown)", hint: "correct the path, or put the file there")
    }
}
