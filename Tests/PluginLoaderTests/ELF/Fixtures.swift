/// Libraries that several tests read, each compiled once.
enum Fixtures {
    /// A plugin of the SDK's headers, with manifest, entry and one more export.
    static let plugin = Result {
        try Workshop.library(pluginSource, flags: "-O1 -fvisibility=hidden -Wl,-soname,tiny.so,-rpath,/opt/tiny/lib")
    }

    static let pluginSource = """
        #include <hookgate/hookgate.h>

        HG_MANIFEST("{\\"manifest\\": 1, \\"name\\": \\"tiny\\"}")

        __attribute__((visibility("default"))) int tiny_counter = 1;

        hg_status hg_plugin_entry_v1(const hg_host *host, hg_registrar *registrar, const hg_block *config,
                                     hg_plugin *plugin) {
            return HG_OK;
        }
        """

    /// A library that needs symbols of a glibc that does not exist yet.
    static let futureGlibc = Result {
        try Workshop.make(
            "it.so",
            files: [
                "future.c": "void old(void) {} void later(void) {} void much_later(void) {}",
                "future.map": "GLIBC_2.4 { old; }; GLIBC_2.99 { later; much_later; }; GLIBC_PRIVATE { *; };",
                "it.c": "void old(void), later(void), much_later(void); void f(void) { old(); later(); much_later(); }",
            ],
            "cc -shared -fPIC -nostdlib -Wl,-soname,libfuture.so.6,--version-script=future.map -o libfuture.so future.c",
            "cc -shared -fPIC -nostdlib -o it.so it.c -L. -lfuture"
        )
    }

    static let manifest = #"{"manifest": 1, "name": "tiny"}"#
}

extension Result {
    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

extension [UInt8] {
    /// A copy with other bytes at an offset.
    func patched(at offset: Int, with bytes: [UInt8]) -> [UInt8] {
        Array(self[..<offset]) + bytes + Array(self[(offset + bytes.count)...])
    }
}
