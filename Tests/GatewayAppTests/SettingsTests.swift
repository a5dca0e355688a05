import GatewayApp
import Logging
import Testing

@Suite("The environment of a gateway")
struct GatewayEnvironmentTests {
    @Test(
        "is read from lines of a file",
        arguments: [
            ("", [:]), ("A=1", ["A": "1"]), ("A=1\nB=2\n", ["A": "1", "B": "2"]),
            ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
            ("  A = b c  ", ["A": "b c"]), ("export A=1", ["A": "1"]), ("# A=1\n\n  #B=2", [:]), ("no equals", [:]),
            ("A=", ["A": ""]), ("A=1=2", ["A": "1=2"]), ("A=1 # why", ["A": "1"]), ("A=1#2", ["A": "1#2"]),
            (#"A="b # c" # d"#, ["A": "b # c"]), ("A='b \"c\"'", ["A": "b \"c\""]), (#"A="open"#, ["A": #""open"#]),
            ("A=1\nA=2", ["A": "2"]), ("URL=http://x/?a=b#c", ["URL": "http://x/?a=b#c"]),
        ]
    )
    func parse(text: String, values: [String: String]) {
        #expect(GatewayEnvironment.parse(text) == values)
    }

    @Test("does not tell an empty variable from an absent one")
    func empty() {
        let environment = GatewayEnvironment(["A": "", "B": "1"])
        #expect(environment["A"] == nil)
        #expect(environment.variables == ["A": "", "B": "1"])
        #expect(environment["B"] == "1")
        #expect(environment["C"] == nil)
    }
}

@Suite("The options of a gateway")
struct GatewayOptionsTests {
    private static func options(
        _ environment: [String: String] = [:],
        _ change: (inout GatewayOptions.Flags) -> Void = { _ in }
    ) throws(GatewayFailure) -> GatewayOptions {
        var flags = GatewayOptions.Flags()
        change(&flags)
        return try GatewayOptions(flags, GatewayEnvironment(["HOME": "/home/ada"].merging(environment) { $1 }))
    }

    @Test("are these when nothing is said")
    func defaults() throws {
        let options = try Self.options()
        #expect(options.configuration == nil)
        #expect(options.pluginsEnabled == false)
        #expect(options.settingFlags == [:])
        #expect(options.dataDirectory == "/home/ada/.local/state/hookgate")
        #expect(options.pluginDirectories == [])
        #expect(options.logLevel == .info)
        #expect(options.logFormat == nil)
    }

    @Test("are those of the variables, and flags come before them")
    func precedence() throws {
        let environment = [
            "PLUGINS_CONFIG_FILE": "a.yaml", "HOOKGATE_DATA_DIR": "/data", "XDG_STATE_HOME": "/state",
            "LOG_LEVEL": "Debug",
        ]
        let variables = try Self.options(environment)
        #expect(variables.configuration == "a.yaml")
        #expect(variables.pluginsEnabled)
        #expect(variables.environment["XDG_STATE_HOME"] == "/state")
        #expect(variables.dataDirectory == "/data")
        #expect(variables.logLevel == .debug)
        let flags = try Self.options(environment) { flags in
            flags.configuration = "b.yaml"
            flags.host = "0.0.0.0"
            flags.port = 0
            flags.dataDirectory = "here"
            flags.pluginDirectories = ["x", "y"]
            flags.logFormat = .text
        }
        #expect(flags.configuration == "b.yaml")
        #expect(flags.settingFlags == ["--host": "0.0.0.0", "--port": "0"])
        #expect(flags.dataDirectory == "here")
        #expect(flags.pluginDirectories == ["x", "y"])
        #expect(flags.logFormat == .text)
    }

    @Test(
        "name the configuration file, and say whether plugins run",
        arguments: [
            ([:], nil, false), (["PLUGIN_CONFIG_FILE": "b"], "b", true),
            (["PLUGINS_CONFIG_FILE": "a", "PLUGIN_CONFIG_FILE": "b"], "a", true),
            (["PLUGINS_ENABLED": "true"], "plugins/config.yaml", true), (["PLUGINS_ENABLED": "false"], nil, false),
            (["PLUGINS_ENABLED": "false", "PLUGINS_CONFIG_FILE": "a"], "a", false),
            (["PLUGINS_ENABLED": "true", "PLUGINS_CONFIG_FILE": "a"], "a", true),
        ] as [([String: String], String?, Bool)]
    )
    func plugins(environment: [String: String], file: String?, enabled: Bool) throws {
        let options = try Self.options(environment)
        #expect(options.configuration == file)
        #expect(options.pluginsEnabled == enabled)
    }

    @Test("switch plugins on and off in many words", arguments: ["1", "true", "TRUE", "yes", "On"])
    func words(yes: String) throws {
        #expect(try Self.options(["PLUGINS_ENABLED": yes]).pluginsEnabled)
        let no = ["1": "0", "true": "false", "TRUE": "FALSE", "yes": "no", "On": "Off"][yes] ?? ""
        #expect(try !Self.options(["PLUGINS_ENABLED": no, "PLUGINS_CONFIG_FILE": "a"]).pluginsEnabled)
    }

    @Test(
        "put the data directory where the system wants it",
        arguments: [
            (["XDG_STATE_HOME": "/state"], "/state/hookgate"),
            (["XDG_STATE_HOME": "relative"], "/home/ada/.local/state/hookgate"),
            (["HOME": ""], "/var/lib/.local/state/hookgate"),
            (["HOOKGATE_DATA_DIR": "d", "XDG_STATE_HOME": "/s"], "d"),
        ]
    )
    func dataDirectory(environment: [String: String], path: String) throws {
        #expect(try Self.options(environment).dataDirectory == path)
    }

    @Test("know the levels of the log", arguments: [("warn", "warning"), ("TRACE", "trace"), ("critical", "critical")])
    func levels(text: String, level: String) throws {
        #expect(try Self.options(["LOG_LEVEL": text]).logLevel.rawValue == level)
        #expect(try Self.options(["PLUGINS_LOG_LEVEL": text]).logLevel.rawValue == level)
        #expect(try Self.options(["LOG_LEVEL": text, "PLUGINS_LOG_LEVEL": "error"]).logLevel.rawValue == level)
    }

    @Test(
        "are refused with what was expected",
        arguments: [
            (["PLUGINS_ENABLED": "maybe"], "PLUGINS_ENABLED=maybe: expected true or false"),
            (
                ["LOG_LEVEL": "loud"],
                "LOG_LEVEL=loud: expected one of trace, debug, info, notice, warning, error, critical"
            ),
            (
                ["LOG_LEVEL": "info", "PLUGINS_LOG_LEVEL": "Loud"],
                "PLUGINS_LOG_LEVEL=Loud: expected one of trace, debug, info, notice, warning, error, critical"
            ),
        ]
    )
    func refused(environment: [String: String], text: String) {
        #expect(throws: GatewayFailure(text)) { try Self.options(environment) }
    }
}
