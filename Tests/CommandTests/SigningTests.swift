import TestSupport
import Testing

@Suite("hookgate plugin keygen, sign and verify")
struct SigningTests {
    private static func id(in line: String) -> String {
        line.split(separator: " ").first { $0.utf8.count == 16 }.map(String.init) ?? ""
    }

    @Test("make keys, sign plugins, and say whether a signature is good")
    func whole() throws {
        let hookgate = try Hookgate("trust: {public_keys: [release.pub]}\n")
        try hookgate.directory.copy(FixturePlugin.path("defaults"), to: "a.so")
        try hookgate.directory.copy(FixturePlugin.path("no_hooks"), to: "b.so")
        let keygen = try hookgate("plugin", "keygen", "--output", "$HERE/release")
        let id = try Self.id(in: Files.readText(hookgate.directory("release.pub")))
        let line = try Files.readText(hookgate.directory("release.pub"))
        #expect(
            keygen
                == ChildProcess.Result(
                    status: 0,
                    output: "$HERE/release.key, which signs: keep it to yourself\n"
                        + "$HERE/release.pub, for trust.public_keys: \(line)"
                )
        )
        let files = ["$HERE/a.so", "$HERE/b.so"]
        #expect(
            try hookgate(["plugin", "sign", "--key", "$HERE/release.key"] + files)
                == ChildProcess.Result(
                    status: 0,
                    output: files.map { "\($0).sig: by the key \(id)\n" }.joined()
                )
        )
        let verify = ["plugin", "verify", "--key", "$HERE/release.pub"]
        #expect(
            try hookgate(verify + files)
                == ChildProcess.Result(status: 0, output: files.map { "\($0): signed by the key \(id)\n" }.joined())
        )
        let trusted = try hookgate("plugin", "inspect", "--config", "$HERE/config.yaml", "$HERE/a.so")
        #expect(trusted.lines.last == "trusted      yes")
        try hookgate.directory.copy(FixturePlugin.path("no_hooks"), to: "a.so")
        let reason =
            "$HERE/a.so.sig by the key \(id) does not fit the file's content: get the file again from where it was "
            + "signed, or sign it anew"
        #expect(
            try hookgate(verify + files)
                == ChildProcess.Result(
                    status: 1,
                    output: "$HERE/a.so: \(reason)\n$HERE/b.so: signed by the key \(id)\n"
                )
        )
        let distrusted = try hookgate("plugin", "inspect", "--config", "$HERE/config.yaml", "$HERE/a.so")
        #expect(distrusted.lines.last == "trusted      no: \(reason)")
    }

    @Test("a key that cannot be written leaves nothing behind, and nothing in the way of the next attempt")
    func fullDisk() throws {
        let hookgate = try Hookgate()
        let prefix = hookgate.directory("release")
        let program = try BuiltProducts.directory() + "/hookgate"
        let commands = "trap '' XFSZ; ulimit -f 0; exec '\(program)' plugin keygen --output '\(prefix)' >/dev/null 2>&1"
        #expect(try ChildProcess.run("/bin/sh", ["-c", commands]).status == 1)
        #expect(try Files.names(in: hookgate.directory.path) == ["config.yaml"])
        #expect(try hookgate("plugin", "keygen", "--output", "$HERE/release").status == 0)
    }

    @Test("verify prints the same for programs")
    func json() throws {
        let hookgate = try Hookgate()
        try hookgate.directory.write("abc", to: "a.so")
        try hookgate.directory.write("abd", to: "b.so")
        #expect(try hookgate("plugin", "keygen", "--output", "$HERE/k").status == 0)
        #expect(try hookgate("plugin", "sign", "--key", "$HERE/k.key", "$HERE/a.so").status == 0)
        let id = try Self.id(in: Files.readText(hookgate.directory("k.pub")))
        let result = try hookgate(
            "plugin",
            "verify",
            "--format",
            "json",
            "--key",
            "$HERE/k.pub",
            "$HERE/a.so",
            "$HERE/b.so",
            "$HERE/c.so"
        )
        #expect(result.status == 1)
        #expect(
            result.output == #"[{"file":"$HERE/a.so","sha256":"#
                + #""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","valid":true,"key":"\#(id)","#
                + #""reason":null},{"file":"$HERE/b.so","sha256":"#
                + #""a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9","valid":false,"key":null,"#
                + #""reason":"$HERE/b.so: there is no $HERE/b.so.sig, and trust.public_keys asks for a signature: hookgate "#
                + #"plugin sign --key FILE $HERE/b.so"},{"file":"$HERE/c.so","sha256":null,"valid":false,"key":null,"#
                + #""reason":"$HERE/c.so: there is no such file; correct the path, or put the file there"}]"# + "\n"
        )
    }

    @Test("keygen overwrites nothing")
    func keygenTwice() throws {
        let hookgate = try Hookgate()
        #expect(try hookgate("plugin", "keygen", "--output", "$HERE/k").status == 0)
        let (key, pub) = (
            try Files.readText(hookgate.directory("k.key")), try Files.readText(hookgate.directory("k.pub"))
        )
        #expect(
            try hookgate("plugin", "keygen", "--output", "$HERE/k")
                == ChildProcess.Result(
                    status: 1,
                    errors: "error: $HERE/k.key: cannot open: File exists; it is not overwritten: choose another name\n"
                )
        )
        #expect(try Files.readText(hookgate.directory("k.key")) == key)
        #expect(try Files.readText(hookgate.directory("k.pub")) == pub)
    }

    @Test("sign says which file it could not sign, and signs the others")
    func signSome() throws {
        let hookgate = try Hookgate()
        try hookgate.directory.write("abc", to: "a.so")
        #expect(try hookgate("plugin", "keygen", "--output", "$HERE/k").status == 0)
        let result = try hookgate("plugin", "sign", "--key", "$HERE/k.key", "$HERE/none.so", "$HERE/a.so")
        #expect(result.status == 1)
        #expect(result.lines.count == 1)
        #expect(
            result.errors == "error: $HERE/none.so: there is no such file; correct the path, or put the file there\n"
        )
        #expect(
            try hookgate("plugin", "sign", "--key", "$HERE/k.pub", "$HERE/a.so")
                == ChildProcess.Result(
                    status: 1,
                    errors:
                        "error: $HERE/k.pub: not a key that can be used: it is a public key where a private key is needed\n"
                )
        )
    }
}
