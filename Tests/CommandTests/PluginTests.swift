import PluginStore
import TestSupport
import Testing

@Suite("hookgate plugin")
struct PluginTests {
    @Test("list shows what became of every plugin, in the order in which they run")
    func list() throws {
        let aborts = try FixturePlugin.path("constructor_aborts")
        let hookgate = try Hookgate(
            """
            plugins:
              - {name: good, path: "\(try FixturePlugin.path("completes_late"))", priority: 7}
              - {name: aborting, path: "\(aborts)", mode: permissive, priority: -7}
              - {name: off, kind: unheard_of, mode: disabled, hooks: [tool_pre_invoke, my_hook]}
              - {name: prints, path: "\(try FixturePlugin.path("constructor_prints"))"}
            """
        )
        let output = """
            NAME      VERSION  STATUS    MODE        PRIORITY  HOOKS
            aborting  1.0.0    failed    permissive  -7        \(aborts): a trial load died of SIGABRT (abort, or a \
            failed assertion)
            good      1.0.0    active    enforce     7         tool_pre_invoke
            off       -        disabled  disabled    100       tool_pre_invoke, my_hook
            prints    1.0.0    active    enforce     100       tool_pre_invoke

            """
        let result = try hookgate("plugin", "list", "--config", "$HERE/config.yaml")
        #expect(result == ChildProcess.Result(status: 0, output: output, errors: "printed by a constructor\n"))
    }

    @Test("list prints the same for programs")
    func listJSON() throws {
        let hookgate = try Hookgate("plugins: [{name: off, kind: unheard_of, mode: disabled}]")
        let output =
            #"[{"name":"off","kind":"unheard_of","version":null,"author":null,"description":null,"hooks":[],"tags":[],"#
            + #""mode":"disabled","priority":100,"status":"disabled","reason":null,"isolation":"in_process","#
            + #""file":null,"sha256":null}]"# + "\n"
        let result = try hookgate("plugin", "list", "--format", "json", "--config", "$HERE/config.yaml")
        #expect(result == ChildProcess.Result(status: 0, output: output))
    }

    @Test("list says what keeps the configuration from being used")
    func listInvalid() throws {
        let errors = """
            $HERE/config.yaml:1:11: error: plugins[0].kind: is required unless path is given
            plugins: [{name: p}]
                      ^
            hint: name the plugin's kind, or the path of its .so file

            """
        let hookgate = try Hookgate("plugins: [{name: p}]\n")
        let result = try hookgate("plugin", "list", "--config", "$HERE/config.yaml")
        #expect(result.status == 3)
        #expect(result.output == "")
        #expect(result.errors == errors)
    }

    @Test("inspect shows what a file says about itself")
    func inspect() throws {
        let hookgate = try Hookgate()
        try hookgate.directory.copy(FixturePlugin.path("defaults"), to: "plugin.so")
        let result = try hookgate("plugin", "inspect", "$HERE/plugin.so")
        let lines = result.lines
        #expect(result.status == 0)
        #expect(result.errors == "")
        // What the file was built with, and what it needs for that, differs between machines.
        #expect(
            lines.filter { !$0.hasPrefix("built with") && !$0.hasPrefix("needs glibc") } == [
                "file         $HERE/plugin.so", "name         defaults", "version      1.0.0", "author       Ada",
                "description  Shows its configuration", "hooks        tool_pre_invoke",
                "aliases      plugins.defaults.Defaults", "interface    0.2", "needs        libc.so.6",
                "when unused  is unmapped", "loadable     yes",
                "sha256       \(ContentDigest.of(try FixturePlugin.bytes("defaults")))", "trusted      yes",
            ]
        )
        #expect(lines.count == 15)
    }

    @Test("inspect runs none of the code, however dangerous it is")
    func inspectDangerous() throws {
        let hookgate = try Hookgate()
        for name in ["constructor_aborts", "constructor_sleeps", "constructor_exits_3", "constructor_segfaults"] {
            try hookgate.directory.copy(FixturePlugin.path(name), to: "plugin.so")
            let result = try hookgate("plugin", "inspect", "--format", "json", "$HERE/plugin.so")
            #expect(result.status == 0)
            #expect(result.errors == "")
            let start =
                #"{"file":"$HERE/plugin.so","manifest":{"manifest":1,"name":"\#(name)","version":"1.0.0","author":null,"#
                + #""description":null,"tags":[],"hooks":["tool_pre_invoke"],"aliases":[],"default_config":{},"#
                + #""config_schema":null},"abi":"0.2","toolchain":"#
            #expect(result.output.hasPrefix(start), "\(result.output)")
            let digest = ContentDigest.of(try FixturePlugin.bytes(name))
            let end = #","refusal":null,"sha256":"\#(digest)","trusted":true,"distrust":null}"# + "\n"
            #expect(result.output.hasSuffix(end), "\(result.output)")
        }
    }

    @Test("inspect says what keeps a file from being loaded, and why it would stay mapped")
    func inspectRefusal() throws {
        let hookgate = try Hookgate()
        try hookgate.directory.copy(FixturePlugin.path("wrong_major_note"), to: "wrong.so")
        let wrong = try hookgate("plugin", "inspect", "$HERE/wrong.so")
        #expect(
            wrong.lines.first { $0.hasPrefix("loadable") }
                == "loadable     no: abi_major: the plugin has 7, this runtime speaks 0; build the plugin against the "
                + "PluginSDK of this release"
        )
        try hookgate.directory.copy(FixturePlugin.path("completes_late"), to: "threads.so")
        let threads = try hookgate("plugin", "inspect", "$HERE/threads.so")
        #expect(
            threads.lines.contains(
                "when unused  stays mapped: imports pthread_create, and a thread that outlives the library would run "
                    + "unmapped code"
            )
        )
    }

    @Test(
        "inspect refuses what is no library",
        arguments: [
            ("text", "not a shared library but text (text); name the .so file that the linker wrote"),
            ("", "the file is empty; copy it again under another name, then rename it"),
        ]
    )
    func inspectNoLibrary(text: String, reason: String) throws {
        let hookgate = try Hookgate()
        try hookgate.directory.write(text, to: "plugin.so")
        #expect(
            try hookgate("plugin", "inspect", "$HERE/plugin.so")
                == ChildProcess.Result(status: 1, errors: "$HERE/plugin.so: error: \(reason)\n")
        )
    }
}
