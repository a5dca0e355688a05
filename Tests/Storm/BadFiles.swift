import GatewayTesting
import Glibc
import PluginPayloads
import TestSupport

/// Files that are no plugins appear beside a plugin that is in use, and that plugin's own file is destroyed.
struct BadFiles {
    private struct Case {
        let name: String
        /// The file; `nil` for a directory.
        let bytes: [UInt8]?
        /// What the reason has to say.
        let reason: String
    }

    let site: StormSite
    let report: Report

    func run() async throws {
        let gateway = try await site.start()
        let port = try await gateway.port
        let load = try Load(script: site.script, port: port)
        let observer = try await RawConnection(port: port)
        for bad in try cases() {
            try put(bad, gateway.site.directory)
            try await gateway.reload()
            try await check(bad, gateway)
            try remove(bad, gateway.site.directory)
            try await gateway.reload()
        }
        let plugins = try await gateway.client("GET /plugins").json
        report.check(plugins.array?.count == 1, "the good plugin is left alone")
        for length in [site.build.size / 2, 64, 0] {
            try await truncate(to: length, gateway, observer)
        }
        let seen = try load.stop()
        report.check(seen.isFaultless, "with bad files: \(seen.text)")
        report.check(try await gateway.stop() == 0, "the gateway stopped by SIGTERM with status 0")
    }

    private func cases() throws -> [Case] {
        let good = site.build.bytes(1)
        var foreign = good
        foreign[18...19] = [0xF3, 0]
        var cases = [
            Case(name: "an empty file", bytes: [], reason: "the file is empty"),
            Case(name: "a text", bytes: Array("#!/bin/sh\nexit 0\n".utf8), reason: "a script (#!/bin/sh)"),
            Case(name: "a directory", bytes: nil, reason: "no regular file"),
            Case(name: "a program", bytes: try Files.read("/bin/ls"), reason: "a program, not a plugin"),
            Case(name: "a plugin for another machine", bytes: foreign, reason: "built for riscv64"),
        ]
        for length in [16, 64, 4_096, good.count / 2, good.count - 1] {
            let reason = "the file is cut off"
            cases.append(
                Case(name: "the first \(length) bytes of a plugin", bytes: Array(good[..<length]), reason: reason)
            )
        }
        for (fixture, reason) in [
            ("missing_entry", "it has no manifest"), ("no_entry", "hg_plugin_entry_v1"),
            ("constructor_aborts", "SIGABRT"), ("constructor_sleeps", "probe_timeout"),
            ("constructor_exits_0", "ended the process with status 0"), ("constructor_segfaults", "SIGSEGV"),
        ] {
            cases.append(Case(name: fixture, bytes: try FixturePlugin.bytes(fixture), reason: reason))
        }
        return cases
    }

    private func put(_ bad: Case, _ directory: TemporaryDirectory) throws {
        if let bytes = bad.bytes {
            try directory.write(bytes, to: "drop/bad.so")
        } else {
            try directory.makeDirectory("drop/bad.so")
        }
    }

    private func remove(_ bad: Case, _ directory: TemporaryDirectory) throws {
        let path = directory("drop/bad.so")
        guard unsafe Glibc.remove(path) == 0 else { throw SetupFailure("cannot remove \(path)") }
    }

    /// The bad file is named with its reason in `GET /plugins`, `/ready` and the log; the good plugin runs.
    private func check(_ bad: Case, _ gateway: GatewayProcess) async throws {
        let plugins = try await gateway.client("GET /plugins").json.array ?? []
        let failed = plugins.filter { $0["status"]?.string == "failed" }
        let ready = try await gateway.client("GET /ready").json
        let name = failed.first?["name"]?.string ?? "nothing"
        let reason = failed.first?["reason"]?.string ?? "none"
        let errors = ready["last_reload"]?["errors"]?.array?.compactMap(\.string) ?? []
        let isNamed =
            failed.count == 1 && plugins.count == 2 && reason.contains(bad.reason)
            && failed.first?["file"]?.string?.hasSuffix("/drop/bad.so") == true
            && ready["ready"]?.bool == true && ready["degraded"] == [.string(name)]
            && ready["last_reload"]?["ok"]?.bool == true && errors.count == 1
            && errors.allSatisfy { $0.contains("drop/bad.so") && $0.contains(bad.reason) }
        report.check(isNamed, "\(bad.name): \(name): \(reason)" + (isNamed ? "" : "\n\(plugins)\n\(ready)"))
    }

    /// The file of the plugin that runs is cut off in place: the reload is rejected, and the plugin runs on.
    private func truncate(to length: Int, _ gateway: GatewayProcess, _ observer: RawConnection) async throws {
        try site.drop(1, in: gateway.site)
        try await gateway.reload()
        guard try await site.shows(1, observer) else {
            return report.fail("a good build after a bad file does not run")
        }
        guard unsafe Glibc.truncate(gateway.site.directory("drop/version_plugin.so"), off_t(length)) == 0 else {
            throw SetupFailure("cannot truncate the plugin's file")
        }
        try await gateway.reload()
        let plugin = try await gateway.client("GET /plugins").json[0] ?? .null
        let last = try await gateway.client("GET /ready").json["last_reload"] ?? .null
        let errors = last["errors"]?.array?.compactMap(\.string) ?? []
        let shows = try await site.shows(1, observer)
        report.check(
            shows && last["ok"]?.bool == false && errors.contains { $0.contains("drop/version_plugin.so") }
                && plugin["status"]?.string == "active"
                && plugin["reason"]?.string?.hasPrefix("the last reload was rejected: the file is") == true,
            "its own file cut off at \(length) bytes: \(errors.joined(separator: "; "))"
        )
        try site.drop(2, in: gateway.site)
        try await gateway.reload()
        let isMended = try await site.shows(2, observer)
        report.check(isMended, "and replaced by a good build")
    }
}
