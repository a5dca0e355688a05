import Testing
import TokenAuth

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "the digests of the standard",
        arguments: [
            ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "a", 1_000_000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
            ),
        ]
    )
    func digests(of message: String, times count: Int, _ digest: String) {
        let digits = SHA256.digest(String(repeating: message, count: count).utf8).map {
            ($0 < 16 ? "0" : "") + String($0, radix: 16)
        }
        #expect(digits.joined() == digest)
    }
}

@Suite("Times")
struct UTCTimeTests {
    @Test(
        "are read as seconds since 1970",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -86_400), ("2000-02-29", 951_782_400), ("2000-03-01", 951_868_800),
            ("2026-11-21T05:30:00Z", 1_795_239_000), ("2026-11-21T07:30:00+02:00", 1_795_239_000),
            ("2026-11-21T00:00:00-05:30", 1_795_239_000), ("9999-12-31", 253_402_214_400),
        ]
    )
    func seconds(_ text: String, _ seconds: Int) {
        #expect(UTCTime.seconds(text) == seconds)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-1-1", "2026-11-21T05:30Z",
            "2026-11-21T05:30:00", "2026-11-21T24:00:00Z", "2026-11-21T05:30:00Zx", "2026-11-21 05:30:00Z",
            "2026-11-21T05:30:00+2:00", "+026-01-01",
        ]
    )
    func noTimes(_ text: String) {
        #expect(UTCTime.seconds(text) == nil)
    }
}
