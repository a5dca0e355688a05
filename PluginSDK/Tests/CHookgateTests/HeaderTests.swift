import Testing

@Suite("The C headers")
struct HeaderTests {
    private static let standards = ["c11", "c17", "c++17", "c++20"]

    private static let headers = [
        "slice.h", "block.h", "builder.h", "host.h", "plugin.h", "manifest.h", "hookgate.h",
    ]

    @Test("need nothing but themselves, in C and in C++, without a warning", arguments: headers, standards)
    func standAlone(header: String, standard: String) throws {
        let source = "#include <hookgate/\(header)>\n"
        for compiler in try Compiler.all(for: standard) {
            #expect(try compiler.check(source, standard: standard) == "", "\(compiler.command)")
        }
    }

    @Test("may be included twice, in any order", arguments: standards)
    func includeTwice(standard: String) throws {
        let names = Self.headers + Self.headers.reversed()
        let source = names.map { "#include <hookgate/\($0)>\n" }.joined()
        for compiler in try Compiler.all(for: standard) {
            #expect(try compiler.check(source, standard: standard) == "", "\(compiler.command)")
        }
    }

    @Test("are enough for a plugin, in C and in C++, without a warning", arguments: standards)
    func makePlugin(standard: String) throws {
        for compiler in try Compiler.all(for: standard) {
            #expect(try compiler.check(Self.plugin, standard: standard) == "", "\(compiler.command)")
        }
    }

    @Test("are checked by compilers that would complain", arguments: standards)
    func complain(standard: String) throws {
        for compiler in try Compiler.all(for: standard) {
            let output = try compiler.check(
                "#include <hookgate/hookgate.h>\nint f(void) { int x; }\n",
                standard: standard
            )
            #expect(output.contains("error"), "\(compiler.command)")
        }
    }

    private static let plugin = """
        #include <hookgate/hookgate.h>

        HG_MANIFEST("{\\"manifest\\": 1, \\"name\\": \\"sample\\"}")

        static hg_status hook(void *self, hg_call *call) {
            int64_t size = 0;
            hg_slice name = hg_text(hg_get(hg_root(call->payload), hg_text_of("name")));
            (void)self;
            if (hg_int64(hg_get(hg_root(call->payload), hg_text_of("size")), &size) == HG_NUMBER_EXACT && size > 100)
                return hg_deny(call, "TOO_LARGE", "too large", "at most 100");
            hg_metadata_bool(call, "checked", 1);
            hg_metadata_text(call, "mode", "strict");
            return hg_reply_text(call, "name", name);
        }

        static const char *check(const char *recipient, size_t length) { return length == 0 ? recipient : NULL; }

        HG_EXPORT hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                               hg_plugin *plugin) {
            (void)config;
            hg_plugin_init(plugin, "sample", "1.0.0", NULL);
            plugin->flags = HG_PLUGIN_SERIAL;
            hg_add_hook(host, registrar, "tool_pre_invoke", HG_MAY_DENY | HG_MAY_MODIFY | HG_MAY_BLOCK, hook);
            return hg_add_function(host, registrar, "email_pre_send", "deny(str recipient)", HG_MAY_BLOCK,
                                   (void (*)(void))check);
        }

        """
}
