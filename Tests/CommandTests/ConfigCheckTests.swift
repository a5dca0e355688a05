import TestSupport
import Testing

@Suite("hookgate config check")
struct ConfigCheckTests {
    @Test("prints five different mistakes at once, with hints, and ends with 3")
    func fiveMistakes() throws {
        let hookgate = try Hookgate(
            """
            plugins:
              - name: Mask
                kind: pii_filter
                mode: enforse
                priority: "50"
              - name: Deny
                kind: deny_filter
                timeout: 90000
                config:
                  words: ["{{ env.WORD }}"]
              - name: Mask
                kind: regex_filter
            """
        )
        let output = """
            $HERE/config.yaml:4:11: error: plugins[0].mode: expected enforce, enforce_ignore_error, permissive, audit, \
            concurrent, fire_and_forget, disabled, sequential or transform, found "enforse"
                mode: enforse
                      ^
            hint: did you mean "enforce"?
            $HERE/config.yaml:5:15: error: plugins[0].priority: expected an integer, found the text "50"
                priority: "50"
                          ^
            hint: remove the quotes
            $HERE/config.yaml:8:14: error: plugins[1].timeout: must be at most 86400 seconds, found 90000
                timeout: 90000
                         ^
            hint: the unit is seconds, not milliseconds
            $HERE/config.yaml:10:15: error: plugins[1].config.words[0]: the environment variable WORD is not set
                  words: ["{{ env.WORD }}"]
                          ^
            hint: set it, or write a default: {{ env.WORD | default('text') }}
            $HERE/config.yaml:11:11: error: plugins[2].name: the name "Mask" is already taken at 2:11
              - name: Mask
                      ^
            hint: give each plugin a name of its own

            """
        #expect(
            try hookgate("config", "check", "$HERE/config.yaml") == ChildProcess.Result(status: 3, output: output)
        )
    }

    @Test("prints what the file, the directories, the libraries and the plugins find wrong, in the order of the file")
    func mistakesOfAllKinds() throws {
        let problems = try FixturePlugin.path("config_problems")
        let aborts = try FixturePlugin.path("constructor_aborts")
        let hookgate = try Hookgate(
            """
            plugin_dirs: [nowhere]
            plugins:
              - name: a
                kind: unheard_of
                extra: 1
              - name: b
                path: \(problems)
                config: {errors: [/limit], limit: -1}
              - name: c
                path: \(aborts)
              - name: d
                kind: ffi
                config: {library: libc.so.6, symbol: no_such_function, hook: h, signature: void()}
            """
        )
        let output = """
            $HERE/config.yaml:1:15: warning: plugin_dirs[0]: there is no directory $HERE/nowhere
            plugin_dirs: [nowhere]
                          ^
            $HERE/config.yaml:4:11: error: plugins[0].kind: no plugin of kind "unheard_of" in $HERE/nowhere (which does \
            not exist)
                kind: unheard_of
                      ^
            $HERE/config.yaml:5:5: warning: plugins[0].extra: unknown key
                extra: 1
                ^
            $HERE/config.yaml:8:39: error: plugins[1].config.limit: has to be positive
                config: {errors: [/limit], limit: -1}
                                                  ^
            $HERE/config.yaml:10:11: error: plugins[2].path: \(aborts): a trial load died of SIGABRT (abort, or a failed \
            assertion)
                path: \(aborts)
                      ^
            $HERE/config.yaml:13:42: error: plugins[3].config.symbol: /lib/$ARCH-linux-gnu/libc.so.6: the library \
            exports no `no_such_function`
                config: {library: libc.so.6, symbol: no_such_function, hook: h, signature: void()}
                                                     ^

            """
        #if arch(x86_64)
        let architecture = "x86_64"
        #else
        let architecture = "aarch64"
        #endif
        let expected = ChildProcess.Result(status: 3, output: output.replacing("$ARCH", with: architecture))
        #expect(try hookgate("config", "check", "$HERE/config.yaml") == expected)
    }

    @Test("prints the same for programs")
    func json() throws {
        let hookgate = try Hookgate("plugins: [{name: a, kind: unheard_of, mode: disabled}]\nplugin_dir: []\n")
        let output =
            #"[{"severity":"warning","file":"$HERE/config.yaml","line":1,"column":27,"path":"plugins[0].kind","#
            + #""message":"no plugin of kind \"unheard_of\" is there; the entry is disabled, so nothing is missing","#
            + #""hint":null},{"severity":"warning","file":"$HERE/config.yaml","line":2,"column":1,"#
            + #""path":"plugin_dir","message":"unknown key","hint":"did you mean \"plugin_dirs\"?"}]"# + "\n"
        #expect(
            try hookgate("config", "check", "--format", "json", "$HERE/config.yaml")
                == ChildProcess.Result(status: 0, output: output)
        )
    }

    @Test("is content with a good file, and says so")
    func isContent() throws {
        let hookgate = try Hookgate("plugins: [{name: p, path: '\(try FixturePlugin.path("replies"))'}]")
        let expected = ChildProcess.Result(status: 0, output: "$HERE/config.yaml: no problems\n")
        #expect(try hookgate("config", "check", "$HERE/config.yaml") == expected)
    }

    @Test("needs a file")
    func needsFile() throws {
        let output =
            "$HERE/nowhere.yaml: error: cannot read the file: No such file or directory\nhint: a path that does not "
            + "begin with '/' counts from the working directory\n"
        #expect(
            try Hookgate()("config", "check", "$HERE/nowhere.yaml") == ChildProcess.Result(status: 3, output: output)
        )
    }
}
