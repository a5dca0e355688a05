import PluginLoader
import PluginPayloads
import TestSupport
import Testing

@Suite("The entry of a plugin")
struct EntryTests {
    @Test(
        "is refused when it breaks a rule, with the rule and the mend",
        arguments: [
            (
                "wrong_major_table",
                "abi_major: the plugin has 7, this runtime speaks 0; build the plugin against the PluginSDK of this "
                    + "release"
            ),
            (
                "short_table",
                "struct_size: the plugin's table has 72 bytes, so `health` is missing; 96 are needed: set struct_size "
                    + "to sizeof(hg_plugin)"
            ),
            ("unknown_plugin_flags", "flags: 64 is unknown; the plugin was built for a newer runtime"),
            ("no_table", "name or version of the plugin's table is missing or no UTF-8: call hg_plugin_init"),
            ("name_not_utf8", "name or version of the plugin's table is missing or no UTF-8: call hg_plugin_init"),
            ("no_hooks", "the entry registered no hook: call add_hook or add_function"),
            ("entry_fails", "the entry returned -1 (HG_E_FAILED)"),
            ("null_handler", "hook \"tool_pre_invoke\": its function is null"),
            ("null_typed_function", "hook \"email_pre_send\": its function is null"),
            (
                "unknown_type",
                "hook \"email_pre_send\": signature \"deny(i32 size)\": signature: unknown type \"i32\", at offset 5; "
                    + "did you mean \"i64\"? the parameters are str, cstr, i64, f64, bool and call"
            ),
            (
                "lost_path",
                "hook \"tool_pre_invoke\": signature \"deny(str nmae)\": the payload of tool_pre_invoke has no field "
                    + "\"nmae\" for \"nmae\"; it has name, args, headers"
            ),
            (
                "unknown_hook_flags",
                "hook \"tool_pre_invoke\": unknown flags 1048576: the plugin was built for a newer runtime"
            ),
            (
                "bad_hook_name",
                "hook \"Tool Pre!\": the name may have a-z, 0-9 and _ . : - and at most 128 bytes"
            ),
            ("nameless_hook", "hook \"\": the name is missing"),
            (
                "same_hook_twice",
                "hook \"tool_pre_invoke\": it is registered twice; register one function that does both"
            ),
            (
                "malformed_schema",
                "hook \"email_pre_send\": the schema is no JSON: line 1, column 8: expected a colon after the key, "
                    + "found the end of the text"
            ),
            (
                "short_registration",
                "hook \"tool_pre_invoke\": struct_size of hg_hook is 16, 56 are needed: set it to sizeof(hg_hook)"
            ),
        ]
    )
    func isRefused(fixture: String, text: String) throws {
        #expect(throws: LoadError(text)) { try LoadedFixture.instance(fixture) }
    }

    @Test("is missing in a library that is no plugin")
    func isMissing() throws {
        let library = try SharedLibrary(path: FixturePlugin.path("missing_entry"), isPinned: false)
        #expect(throws: LoadError("the library exports no `hg_plugin_entry_v1`, so it is no plugin")) {
            try EntryPoint(in: library)
        }
    }

    @Test("says what is wrong with the configuration, with its warnings")
    func findsFault() throws {
        let problems = [
            ConfigurationProblem(isError: false, pointer: "/mode", message: "is not needed any more"),
            ConfigurationProblem(isError: true, pointer: "/limits/0", message: "has to be positive"),
            ConfigurationProblem(isError: true, pointer: "", message: "has to be positive"),
        ]
        let text = "the plugin refuses its configuration: /limits/0: has to be positive; has to be positive"
        #expect(throws: LoadError(text, problems: problems)) {
            try LoadedFixture.instance("config_problems", ["warnings": ["/mode"], "errors": ["/limits/0", ""]])
        }
        let instance = try LoadedFixture.instance("config_problems", ["warnings": ["/mode"]])
        #expect(instance.registration.problems == [problems[0]])
    }

    @Test("registers hooks with what they may do")
    func registers() throws {
        let instance = try LoadedFixture.instance("completes_late")
        #expect(instance.name == "completes_late")
        #expect(instance.version == "1.0.0")
        #expect(instance.isSerial == false)
        let hooks = instance.registration.hooks.map {
            [$0.name.text, "\($0.mayDeny) \($0.mayModify) \($0.maySuspend) \($0.mayBlock)", "\($0.schema ?? .null)"]
        }
        #expect(hooks == [["tool_pre_invoke", "true true true true", "null"]])
        #expect(instance.registration.refusals == [])
        #expect(try LoadedFixture.instance("serial").isSerial)
    }

    @Test("registers a schema for a custom hook")
    func registersSchema() throws {
        let hook = try #require(try LoadedFixture.instance("email_schema").registration.hooks.first)
        #expect(hook.name.text == "email_pre_send")
        #expect(hook.schema == ["type": "object", "properties": ["recipient": ["type": "string"]]])
    }

    @Test("may write to the log, although it fails")
    func logs() throws {
        let services = RecordedServices()
        #expect(throws: LoadError("the entry returned -1 (HG_E_FAILED)")) {
            try LoadedFixture.instance("entry_fails", services: services)
        }
        #expect(services.lines == ["info: looking for the model", "error: no model in /opt/models"])
    }

    @Test("that succeeds makes a plugin to destroy, also when that is refused")
    func isUndone() throws {
        let control = try SharedControl()
        #expect(throws: LoadError.self) {
            try LoadedFixture.instance("destroys_itself_only_once", ["control": .string(control.path)])
        }
        #expect(control.log == ["plugin destroy"])
    }
}
