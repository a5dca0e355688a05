import Glibc
import IsolationTesting
import PluginPayloads
import PluginRuntime
import PluginStore
import TestSupport
import Testing

@Suite("A plugin's file that is not trusted", .inBothIsolations)
struct TrustTests {
    private static func site(dropping kinds: String...) throws -> Site {
        let site = try Site()
        try site.directory.makeDirectory("drop")
        for kind in kinds { try site.directory.write(NamedPlugin.bytes(kind: kind), to: "drop/\(kind).so") }
        return site
    }

    private static func configuration(_ trust: String = "{}", plugins: String = "") -> String {
        "plugin_settings: {load_unlisted: true, unlisted_isolation: $ISOLATION}\ndrop_dirs: [drop]\ntrust: \(trust)\nplugins: [\(plugins)]\n"
    }

    private static func setMode(_ mode: mode_t, _ path: String) throws {
        guard unsafe chmod(path, mode) == 0 else { throw SetupFailure(operation: "chmod \(path)") }
    }

    private static func makeKey(_ site: Site, _ name: String) throws -> SigningKey {
        let key = SigningKey()
        try key.write(prefix: site.directory(name))
        return key
    }

    private static let group =
        "it may be written by its group (mode 0664): chmod g-w $SITE/drop/x.so, or set "
        + "trust.check_owner: false"

    @Test("is left out at the start, listed or not, and named with the rule and the mend", arguments: [true, false])
    func start(isListed: Bool) async throws {
        let site = try Self.site(dropping: "x", "y")
        try Self.setMode(0o664, site.directory("drop/x.so"))
        let entry = isListed ? "{name: x, kind: x}" : ""
        let reason = (isListed ? "$SITE/drop/x.so: " : "") + Self.group
        let states = try await site.run(Self.configuration(plugins: entry)) { $0.states.map(site.shortened) }
        #expect(states.sorted() == ["x: failed: \(reason)", "y: active"])
        let place =
            isListed ? "$SITE/config.yaml:4:27: error: plugins[0].kind: $SITE/drop/x.so" : "$SITE/drop/x.so: error"
        #expect(site.log.complaints.map(site.shortened) == ["error \(place): \(Self.group)"])
        let off = Self.configuration("{check_owner: false}", plugins: entry)
        #expect(try await site.run(off) { $0.states }.sorted() == ["x: active", "y: active"])
    }

    @Test("is reported by a check of the configuration")
    func check() async throws {
        let site = try Self.site(dropping: "x")
        try Self.setMode(0o775, site.directory("drop"))
        #expect(
            try await site.check(Self.configuration(plugins: "{name: x, kind: x}")) == [
                "$SITE/config.yaml:4:27: error: plugins[0].kind: $SITE/drop/x.so: $SITE/drop may be written by its group "
                    + "(mode 0775): chmod g-w $SITE/drop, or set trust.check_owner: false"
            ]
        )
    }

    @Test("rejects a reload if it runs; a new one is left out; what trusts them counts at a reload")
    func reload() async throws {
        let site = try Self.site(dropping: "x")
        let digest = try TrustPolicy().bytes(of: site.directory("drop/x.so"))
        try await site.run(Self.configuration()) { runtime in
            try site.directory.write(NamedPlugin.bytes(kind: "y"), to: "drop/y.so")
            try site.configure(Self.configuration("{digests: [\(ContentDigest.of(digest))]}"))
            #expect(await runtime.reloadRefusal() == [])
            let other = ContentDigest.of(try NamedPlugin.bytes(kind: "y"))
            let reason = "its SHA-256 \(other) is not in trust.digests: add it, if you know where the file comes from"
            #expect(runtime.states == ["x: active", "y: failed: \(reason)"])
            try site.configure(Self.configuration("{digests: [{sha256: \(other), name: y}]}"))
            let refusal = await runtime.reloadRefusal().map(site.shortened)
            #expect(refusal.count == 1)
            #expect(refusal.first?.hasPrefix("$SITE/drop/x.so: error: its SHA-256 ") == true)
            #expect(runtime.generationNumber == 2)
            #expect(try await runtime.invoke().metadata == ["seen_by": ""])
            try Files.remove(site.directory("drop/x.so"))
            #expect(await runtime.reloadRefusal() == [])
            #expect(runtime.states == ["y: active"])
        }
    }

    @Test("has a signature by one of the keys, each a file or a line")
    func signatures() async throws {
        let site = try Self.site(dropping: "x", "y", "z")
        let (old, new) = (try Self.makeKey(site, "old"), try Self.makeKey(site, "new"))
        _ = try old.sign(site.directory("drop/x.so"))
        _ = try new.sign(site.directory("drop/y.so"))
        let trust = "{public_keys: [old.pub, \(new.publicKey.text)]}"
        let reason =
            "there is no $SITE/drop/z.so.sig, and trust.public_keys asks for a signature: hookgate plugin sign "
            + "--key FILE $SITE/drop/z.so"
        try await site.run(Self.configuration(trust)) { runtime in
            #expect(runtime.states.map(site.shortened) == ["x: active", "y: active", "z: failed: \(reason)"])
            _ = try new.sign(site.directory("drop/z.so"))
            _ = try new.sign(site.directory("drop/x.so"))
            try site.configure(Self.configuration("{public_keys: [new.pub]}"))
            #expect(await runtime.reloadRefusal() == [])
            #expect(runtime.states == ["x: active", "y: active", "z: active"])
        }
    }

    @Test("is any, if a key cannot be used: then nothing starts, and a reload changes nothing")
    func badKeys() async throws {
        let site = try Self.site(dropping: "x")
        let key = try Self.makeKey(site, "good")
        try site.directory.write("ssh-ed25519 AAAA\n", to: "bad.pub")
        let hint = "not a key that can be used"
        let bad = Self.configuration("{public_keys: [good.pub, bad.pub, none.pub]}")
        let expected = [
            "$SITE/config.yaml:3:33: error: trust.public_keys[1]: $SITE/bad.pub: \(hint): it does not begin with "
                + "\"hookgate-public-key-v1\"",
            "$SITE/config.yaml:3:42: error: trust.public_keys[2]: $SITE/none.pub: there is no such file; correct the path, "
                + "or put the file there",
        ]
        #expect(try await site.refusal(of: bad) == expected)
        #expect(try await site.check(bad) == expected)
        // A private key that was put into the configuration by mistake is not shown.
        let secret = try Files.readText(site.directory("good.key")).replacing("\n", with: "")
        #expect(
            try await site.check(Self.configuration("{public_keys: [\(secret)]}")) == [
                "$SITE/config.yaml:3:23: error: trust.public_keys[0]: the line: \(hint): it is a private key where a public "
                    + "key is needed"
            ]
        )
        _ = try key.sign(site.directory("drop/x.so"))
        try await site.run(Self.configuration("{public_keys: [good.pub]}")) { runtime in
            try site.configure(bad)
            #expect(await runtime.reloadRefusal().map(site.shortened) == expected)
            #expect(runtime.states == ["x: active"])
        }
    }

    @Test("may be bundled: the installation's own folder obeys the same rules")
    func bundled() async throws {
        var site = try Self.site()
        try site.directory.makeDirectory("installed")
        try site.directory.write(NamedPlugin.bytes(kind: "x"), to: "installed/x.so")
        site.options.bundledPluginDirectory = site.directory("installed")
        let entry = "{name: x, kind: x}"
        #expect(try await site.run(Self.configuration(plugins: entry)) { $0.states } == ["x: active"])
        let refused = try await site.run(Self.configuration("{digests: []}", plugins: entry)) { $0.states }
        #expect(refused.count == 1 && refused[0].contains("is not in trust.digests"))
        try Self.setMode(0o646, site.directory("installed/x.so"))
        let open = try await site.run(Self.configuration(plugins: entry)) { $0.states }
        #expect(open.count == 1 && open[0].contains("may be written by everybody"))
    }

    @Test("is no library of the system's, by name; by path it is as a plugin's")
    func libraries() async throws {
        let site = try Self.site()
        func entry(_ library: String) -> String {
            "{name: f, kind: ffi, config: {library: \(library), symbol: strlen, hook: h, signature: 'void(cstr x)'}}"
        }
        let strict = "{digests: [], public_keys: []}"
        #expect(
            try await site.run(Self.configuration(strict, plugins: entry("libc.so.6"))) { $0.states } == ["f: active"]
        )
        try site.directory.copy(FixturePlugin.path("plain_library"), to: "libplain.so")
        let copied = try await site.run(Self.configuration(strict, plugins: entry("./libplain.so"))) { $0.states }
        #expect(copied.count == 1 && copied[0].contains("is not in trust.digests"))
    }

    @Test(
        "may have a manifest beside it, which is looked at as well, and counts for nothing where contents have to be known"
    )
    func manifests() async throws {
        let site = try Self.site()
        try site.directory.copy(FixturePlugin.path("no_manifest"), to: "drop/x.so")
        let beside = try site.directory.write("{manifest: 1, name: no_manifest}", to: "drop/plugin-manifest.yaml")
        let entry = "{name: x, path: drop/x.so}"
        #expect(try await site.run(Self.configuration(plugins: entry)) { $0.states.first } == "x: active")
        try Self.setMode(0o666, beside)
        let open = try await site.run(Self.configuration(plugins: entry)) { $0.states.map(site.shortened).first }
        #expect(open?.contains("$SITE/drop/plugin-manifest.yaml: it may be written by its group and everybody") == true)
        try Self.setMode(0o644, beside)
        let digest = ContentDigest.of(try FixturePlugin.bytes("no_manifest"))
        let strict = try await site.run(Self.configuration("{digests: [\(digest)]}", plugins: entry)) {
            $0.states.first
        }
        #expect(strict?.contains("neither trust.digests nor a signature covers") == true)
    }

    @Test("is described so, by the defaults or by a configuration")
    func description() async throws {
        let site = try Self.site(dropping: "x")
        let file = site.directory("drop/x.so")
        let digest = ContentDigest.of(try NamedPlugin.bytes(kind: "x"))
        let plain = try PluginDescription(file: file)
        #expect(plain.sha256 == digest)
        #expect(plain.distrust == nil)
        try site.configure(Self.configuration("{digests: []}"))
        let strict = try PluginDescription(file: file, configuration: site.file)
        #expect(
            strict.distrust
                == "its SHA-256 \(digest) is not in trust.digests: add it, if you know where the file comes from"
        )
        try Self.setMode(0o664, file)
        #expect(try PluginDescription(file: file).distrust.map(site.shortened) == Self.group)
        try site.configure("trust: {digests: 1}")
        #expect(throws: RuntimeError.self) { try PluginDescription(file: file, configuration: site.file) }
    }
}
