import Glibc
import PluginStore
import Testing

@Suite("Signatures and digests of a plugin's file")
struct SignatureTests {
    let here: TemporaryDirectory
    let store: ContentStore
    let file: String
    let key = SigningKey()

    init() throws {
        here = try TemporaryDirectory()
        store = try ContentStore(directory: here("store"))
        file = try here.write("abc", to: "a.so")
    }

    private func trust(_ keys: SigningKey...) -> TrustPolicy { TrustPolicy(keys: keys.map(\.publicKey)) }

    private func fault(_ trust: TrustPolicy) -> TrustFault? {
        do throws(StoreError) {
            _ = try store.ingest(path: file, trust: trust)
            return nil
        } catch {
            guard case .untrusted(file, let fault) = error else {
                Issue.record("\(error)")
                return nil
            }
            return fault
        }
    }

    @Test("a signature by one of the keys is good")
    func good() throws {
        let other = SigningKey()
        #expect(try key.sign(file) == here("a.so.sig"))
        #expect(fault(trust(key)) == nil)
        #expect(fault(trust(other, key)) == nil)
        #expect(fault(trust(key, other)) == nil)
        #expect(try Files.names(in: store.directory).count == 1)
        // Signed anew by the next key, over the earlier signature.
        _ = try other.sign(file)
        #expect(fault(trust(key, other)) == nil)
        #expect(try Files.names(in: here.path) == ["a.so", "a.so.sig", "store"])
        #expect(try Files.mode(here("a.so.sig")) == "644")
    }

    @Test("a missing one, one by another key, and one that fits something else are refused")
    func wrong() throws {
        let signature = here("a.so.sig")
        #expect(fault(trust(key)) == .unsigned(signature: signature))
        _ = try key.sign(file)
        let other = SigningKey()
        #expect(
            fault(trust(other))
                == .unknownKey(signature: signature, key: key.publicKey.id, trusted: [other.publicKey.id])
        )
        #expect(fault(TrustPolicy(keys: [])) == .unknownKey(signature: signature, key: key.publicKey.id, trusted: []))
        for content in ["abd", "ab", "abcd", "Abc"] {
            try here.write(content, to: "a.so")
            #expect(fault(trust(key)) == .wrongSignature(signature: signature, key: key.publicKey.id))
        }
        try here.write("abc", to: "a.so")
        #expect(fault(trust(key)) == nil)
        let another = try here.write("xyz", to: "b.so")
        let text = try Files.read(key.sign(another))
        try here.write(text, to: "a.so.sig")
        #expect(fault(trust(key)) == .wrongSignature(signature: signature, key: key.publicKey.id))
        // The other key's id, with this key's signature.
        let line = try Files.read(key.sign(file)).replacing(key.publicKey.id, with: other.publicKey.id)
        try here.write(line, to: "a.so.sig")
        #expect(fault(trust(key, other)) == .wrongSignature(signature: signature, key: other.publicKey.id))
        #expect(try Files.names(in: store.directory).count == 1)
    }

    @Test("one of which a byte has changed is refused, whichever byte it is")
    func changed() throws {
        let good = Array(try Files.read(key.sign(file)).utf8)
        for index in good.indices {
            for bit in [UInt8(1), 2, 32] {
                var bytes = good
                bytes[index] ^= bit
                try here.write(String(decoding: bytes, as: UTF8.self), to: "a.so.sig")
                #expect(fault(trust(key)) != nil, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test(
        "what is no signature is refused",
        arguments: [
            ("", "it is empty"), ("x", "it does not begin with \"hookgate-signature-v1\""),
            ("hookgate-signature-v2 a b", "it does not begin with \"hookgate-signature-v1\""),
            ("hookgate-public-key-v1 a b", "it is a public key where a signature is needed"),
            ("hookgate-signature-v1", "it is not one line \"hookgate-signature-v1 ID BASE64\""),
            ("hookgate-signature-v1 a b c", "it is not one line \"hookgate-signature-v1 ID BASE64\""),
            ("hookgate-signature-v1  0123456789abcdef AA==", "it is not one line \"hookgate-signature-v1 ID BASE64\""),
            ("hookgate-signature-v1 0123 AA==", "its id has to be 16 hexadecimal digits"),
            ("hookgate-signature-v1 0123456789ABCDEF AA==", "its id has to be 16 hexadecimal digits"),
            ("hookgate-signature-v1 0123456789abcdef AA==", "it does not end with 64 bytes in base64"),
            ("hookgate-signature-v1 0123456789abcdef ????", "it does not end with 64 bytes in base64"),
            (String(repeating: "x", count: 1_025), "it has 1025 bytes"), ("directory", "it is a directory"),
        ]
    )
    func garbage(text: String, reason: String) throws {
        if text == "directory" {
            try Files.check(unsafe mkdir(here("a.so.sig"), 0o755), "mkdir")
        } else {
            try here.write(text, to: "a.so.sig")
        }
        #expect(fault(trust(key)) == .malformedSignature(path: here("a.so.sig"), reason: reason))
    }

    @Test("one that is cut off is refused, wherever that is")
    func truncated() throws {
        let good = try Files.read(key.sign(file))
        for count in 0..<(good.count - 1) {
            try here.write(String(good.prefix(count)), to: "a.so.sig")
            #expect(fault(trust(key)) != nil, "\(count)")
        }
        // The end of the line may be missing, and nothing may follow it.
        try here.write(String(good.dropLast()), to: "a.so.sig")
        #expect(fault(trust(key)) == nil)
        try here.write(good + "\n", to: "a.so.sig")
        #expect(fault(trust(key)) != nil)
    }

    @Test("a digest is on the list, or the file is refused; with keys, both have to hold")
    func digests() throws {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(fault(TrustPolicy(digests: [digest])) == nil)
        #expect(fault(TrustPolicy(digests: [])) == .unlistedDigest(digest))
        try here.write("abd", to: "a.so")
        let other = "a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9"
        #expect(fault(TrustPolicy(digests: [digest])) == .unlistedDigest(other))
        let keys = [key.publicKey]
        #expect(fault(TrustPolicy(digests: [other], keys: keys)) == .unsigned(signature: here("a.so.sig")))
        _ = try key.sign(file)
        #expect(fault(TrustPolicy(digests: [other], keys: keys)) == nil)
        #expect(fault(TrustPolicy(digests: [digest], keys: keys)) == .unlistedDigest(other))
        #expect(fault(TrustPolicy(digests: [digest], keys: keys).withAnyContent) == nil)
        #expect(try Files.names(in: store.directory).count == 2)
    }

    @Test("the bytes that are kept are those that were signed, although the file changes behind them")
    func noSecondRead() throws {
        _ = try key.sign(file)
        let stored = try store.ingest(path: file, trust: trust(key))
        try here.write("xyz", to: "a.so")
        #expect(try Files.read(stored.path) == "abc")
        #expect(fault(trust(key)) == .wrongSignature(signature: here("a.so.sig"), key: key.publicKey.id))
    }

    // MARK: Keys

    @Test("keys are written and read, the private one for its owner alone; nothing is overwritten")
    func keys() throws {
        try key.write(prefix: here("k"))
        #expect(try Files.mode(here("k.key")) == "600")
        #expect(try Files.mode(here("k.pub")) == "644")
        #expect(try SigningKey(file: here("k.key")).publicKey == key.publicKey)
        #expect(try VerifyingKey(file: here("k.pub")) == key.publicKey)
        #expect(try VerifyingKey(key.publicKey.text, from: "the line") == key.publicKey)
        #expect(VerifyingKey.isKey(key.publicKey.text))
        #expect(!VerifyingKey.isKey("keys/hookgate-public-key-v1.pub"))
        let before = try Files.read(here("k.key"))
        #expect(throws: StoreError.system(operation: "open", path: here("k.key"), number: EEXIST)) {
            try SigningKey().write(prefix: here("k"))
        }
        #expect(try Files.read(here("k.key")) == before)
        try Files.check(unsafe unlink(here("k.key")), "unlink")
        #expect(throws: StoreError.system(operation: "open", path: here("k.pub"), number: EEXIST)) {
            try SigningKey().write(prefix: here("k"))
        }
        #expect(try Files.names(in: here.path) == ["a.so", "k.pub", "store"])
    }

    @Test("a private key that others can read is refused, and each kind in the place of the other")
    func badKeys() throws {
        try key.write(prefix: here("k"))
        func refusal(_ body: () throws(StoreError) -> Void) -> String {
            do throws(StoreError) { try body() } catch { return error.description.replacing(here.path, with: "$") }
            return ""
        }
        #expect(
            refusal { () throws(StoreError) in _ = try VerifyingKey(file: here("k.key")) }
                == "$/k.key: not a key that can be used: it is a private key where a public key is needed"
        )
        try Files.setMode(0o640, here("k.key"))
        #expect(
            refusal { () throws(StoreError) in _ = try SigningKey(file: here("k.key")) }
                == "$/k.key: a private key that others can read (mode 640): chmod 600 $/k.key"
        )
        try Files.setMode(0o600, here("k.pub"))
        #expect(
            refusal { () throws(StoreError) in _ = try SigningKey(file: here("k.pub")) }
                == "$/k.pub: not a key that can be used: it is a public key where a private key is needed"
        )
        let text = key.publicKey.text.replacing(key.publicKey.id, with: "0123456789abcdef")
        #expect(
            refusal { () throws(StoreError) in _ = try VerifyingKey(text, from: "the line") }
                == "the line: not a key that can be used: its id 0123456789abcdef is not that of the key, which is "
                + key.publicKey.id
        )
    }

    @Test("a public file of keys is looked at as plugins are")
    func keyOwners() throws {
        try key.write(prefix: here("k"))
        try Files.setMode(0o666, here("k.pub"))
        #expect(throws: StoreError.untrusted(path: here("k.pub"), .writable(path: here("k.pub"), permissions: 0o666))) {
            try VerifyingKey(file: here("k.pub"), TrustPolicy())
        }
    }

    @Test("the format is as it is documented: another program's signature of the same bytes is the same")
    func knownAnswer() throws {
        // RFC 8032, 7.1, test 3.
        let seed = "xaqN9D+fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc="
        let publicKey = "/FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU="
        try here.write("hookgate-private-key-v1 dac073e0123bdea5 \(seed)\n", to: "k.key")
        try Files.setMode(0o600, here("k.key"))
        let message: [UInt8] = [0xAF, 0x82]
        let descriptor = unsafe open(here("m"), O_WRONLY | O_CREAT, 0o644)
        try #require(unsafe write(descriptor, message, 2) == 2)
        close(descriptor)
        let key = try SigningKey(file: here("k.key"))
        #expect(key.publicKey.text == "hookgate-public-key-v1 dac073e0123bdea5 \(publicKey)")
        #expect(
            try Files.read(key.sign(here("m")))
                == "hookgate-signature-v1 dac073e0123bdea5 "
                + "YpHWV97sJAJIJ+acOr4BowzlSKKEdDpEXjaA19taw6wY/5tTjRbykK5n92CYTcZZSnwV6XFu0o3AJ77O6h7ECg==\n"
        )
    }
}
