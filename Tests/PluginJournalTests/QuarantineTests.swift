import Glibc
import PluginJournal
import PluginPayloads
import TestSupport
import Testing

@Suite("The quarantine")
struct QuarantineTests {
    private static let start: Int64 = 1_800_000_000

    private static func time(_ seconds: Int64) -> WallTime { WallTime(seconds: start + seconds) }

    /// Crashes of one file, at seconds after the start, and after which of them it is quarantined.
    struct History: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var policy = QuarantinePolicy()
        let crashes: [(second: Int64, weight: Double)]
        /// The number of the crash, from 1; `nil` if it never is.
        let quarantinedAfter: Int?
    }

    private static let third = 1.0 / 3
    private static let histories = [
        History(testDescription: "one crash is not enough", crashes: [(0, 1)], quarantinedAfter: nil),
        History(testDescription: "the second one is", crashes: [(0, 1), (9, 1)], quarantinedAfter: 2),
        History(
            testDescription: "at the window's end it still counts",
            crashes: [(0, 1), (600, 1)],
            quarantinedAfter: 2
        ),
        History(testDescription: "after it, it does not", crashes: [(0, 1), (601, 1)], quarantinedAfter: nil),
        History(
            testDescription: "the window moves on",
            crashes: [(0, 1), (601, 1), (1_200, 1)],
            quarantinedAfter: 3
        ),
        History(
            testDescription: "suspicions add up",
            crashes: [(0, 0.5), (1, 0.5), (2, 0.5), (3, 0.5)],
            quarantinedAfter: 4
        ),
        History(
            testDescription: "six thirds are two",
            crashes: (0..<6).map { ($0, third) },
            quarantinedAfter: 6
        ),
        History(
            testDescription: "as many as are configured are enough, also many",
            policy: QuarantinePolicy(crashes: 1_000),
            crashes: (0..<1_000).map { ($0 / 2, 1) },
            quarantinedAfter: 1_000
        ),
        History(
            testDescription: "small parts add up, too",
            crashes: (0..<40).map { ($0, 1.0 / 17) },
            quarantinedAfter: 34
        ),
        History(
            testDescription: "one that lies ahead, because the clock was set back, does not count",
            crashes: [(9_000_000, 1), (0, 1), (1, 0.5)],
            quarantinedAfter: nil
        ),
        History(
            testDescription: "one that lies ahead by a moment does",
            crashes: [(5, 1), (0, 1)],
            quarantinedAfter: 2
        ),
        History(
            testDescription: "one is enough if that is configured",
            policy: QuarantinePolicy(crashes: 1),
            crashes: [(0, 1)],
            quarantinedAfter: 1
        ),
        History(
            testDescription: "no number is, if it is 0",
            policy: QuarantinePolicy(crashes: 0),
            crashes: [(0, 1), (1, 1), (2, 1)],
            quarantinedAfter: nil
        ),
        History(
            testDescription: "a report is no quarantine",
            policy: QuarantinePolicy(action: .report),
            crashes: [(0, 1), (1, 1), (2, 1)],
            quarantinedAfter: nil
        ),
    ]

    @Test("takes in a file after so many crashes within a window", arguments: histories)
    func policy(_ history: History) {
        var record = QuarantineRecord()
        var quarantinedAfter: Int?
        for (index, crash) in history.crashes.enumerated() {
            let noted = QuarantineRecord.Crash(time: Self.time(crash.second), name: "p", weight: crash.weight)
            let news = record.note(noted, of: Self.digest("a"), history.policy, at: Self.time(crash.second)).isNews
            if news { quarantinedAfter = index + 1 }
        }
        #expect(quarantinedAfter == history.quarantinedAfter)
        #expect((record.entries[Self.digest("a")]?.quarantined != nil) == (quarantinedAfter != nil))
    }

    private static func digest(_ digit: Character) -> String { JournalSketch.digest(digit) }

    /// `a`, which is quarantined, and `b`, which crashed once, perhaps.
    private static var record: QuarantineRecord {
        var record = QuarantineRecord()
        for second in [1, 5] as [Int64] {
            _ = record.note(
                QuarantineRecord.Crash(
                    time: time(second),
                    name: "a",
                    activity: "tool_pre_invoke",
                    requestID: "r-\(second)",
                    signal: FatalSignal(named: "SIGSEGV"),
                    address: 16
                ),
                of: digest("a"),
                QuarantinePolicy(),
                at: time(second)
            )
        }
        _ = record.note(
            QuarantineRecord.Crash(time: time(5), name: "b", activity: "start", weight: 0.25),
            of: digest("b"),
            QuarantinePolicy(),
            at: time(5)
        )
        return record
    }

    private static let deed =
        "crashed the gateway at 2027-01-15T08:00:05Z in tool_pre_invoke of request r-5 by SIGSEGV (a wild pointer, or a "
        + "stack overflow) at 0x10"
    private static let reason =
        "quarantined since 2027-01-15T08:00:05Z: \(deed); load another build of it, or run `hookgate plugin quarantine "
        + "clear a` and `hookgate reload`"

    @Test(
        "says what is to be done with a file",
        arguments: [
            ("a", QuarantinePolicy(), .isolate(reason: reason)),
            ("a", QuarantinePolicy(action: .disable), .refuse(reason: reason)),
            ("a", QuarantinePolicy(action: .report), .run(note: deed)),
            ("a", QuarantinePolicy(crashes: 0), .run(note: deed)),
            (
                "b", QuarantinePolicy(),
                .run(
                    note:
                        "ran when the gateway ended without a word, at 2027-01-15T08:00:05Z in start; 0.25 of 2 crashes "
                        + "within 600 s that quarantine it"
                )
            ),
            ("c", QuarantinePolicy(), .run(note: nil)),
        ] as [(Character, QuarantinePolicy, QuarantineVerdict)]
    )
    func verdicts(digit: Character, policy: QuarantinePolicy, verdict: QuarantineVerdict) {
        #expect(Self.record.verdict(on: Self.digest(digit), policy, at: Self.time(6)) == verdict)
    }

    @Test(
        "forgets by name, by the beginning of a digest, or all",
        arguments: [
            (.file("a"), ["a"]), (.file("bbbbbbbb"), ["b"]), (.file("bbbbbbb"), []), (.file("c"), []),
            (.all, ["a", "b"]),
        ] as [(QuarantineRecord.Selection, [String])]
    )
    func clear(selection: QuarantineRecord.Selection, names: [String]) {
        var record = Self.record
        #expect(record.clear(selection).map(\.name) == names)
        #expect(record.entries.count == 2 - names.count)
    }

    /// A digest that ends with a number.
    private static func digest(_ number: Int) -> String {
        let digits = "\(number)"
        return String(repeating: "0", count: 64 - digits.count) + digits
    }

    @Test("forgets crashes of a week ago that led to nothing, and keeps at most 256 files beside those in quarantine")
    func bounded() {
        var record = Self.record
        let later = Self.time(8 * 86_400)
        for number in 0..<300 {
            let crash = QuarantineRecord.Crash(
                time: WallTime(seconds: later.seconds + Int64(number)),
                name: "\(number)"
            )
            _ = record.note(crash, of: Self.digest(number), QuarantinePolicy(), at: crash.time)
        }
        #expect(record.entries.count == 257)
        #expect(record.entries[Self.digest("a")]?.quarantined != nil)
        #expect(record.entries[Self.digest("b")] == nil)
        #expect(record.entries.values.contains { $0.names == ["299"] })
        #expect(!record.entries.values.contains { $0.names == ["1"] })
    }

    @Test("keeps at most 512 files in quarantine, of each at most 16 crashes, and its file can be read again")
    func boundedQuarantine() throws {
        var record = QuarantineRecord()
        let name = String(repeating: "\"", count: 128)
        for number in 0..<600 {
            for second in 0..<20 as Range<Int64> {
                let crash = QuarantineRecord.Crash(time: Self.time(Int64(number) * 20 + second), name: name)
                _ = record.note(crash, of: Self.digest(number), QuarantinePolicy(), at: crash.time)
            }
        }
        #expect(record.entries.count == 512)
        #expect(record.entries.values.allSatisfy { $0.crashes.count == 16 && $0.quarantined != nil })
        #expect(record.entries[Self.digest(87)] == nil)
        #expect(record.entries[Self.digest(599)] != nil)
        let directory = try TemporaryDirectory()
        let file = QuarantineFile(directory("quarantine.json"))
        _ = try file.update { $0 = record }
        #expect(try file.read().record == record)
        #expect(try file.read().problem == nil)
    }

    // MARK: The file

    @Test("is kept in a file for its owner alone, and read back as it was")
    func file() throws {
        let directory = try TemporaryDirectory()
        let file = QuarantineFile(directory("quarantine.json"))
        #expect(try file.read().record == QuarantineRecord())
        #expect(try file.update { $0 = Self.record }.problem == nil)
        #expect(try file.read().record == Self.record)
        #expect(try file.read().problem == nil)
        #expect(try Files.names(in: directory.path).sorted() == ["quarantine.json", "quarantine.json.lock"])
        let json = try JSONValue(json: Files.readText(directory("quarantine.json")))
        #expect(
            json["plugins"]?[Self.digest("b")]?.description
                == #"{"name":"b","quarantined":null,"crashes":[{"time":"2027-01-15T08:00:05Z","name":"b","hook":"start","#
                + #""request_id":null,"signal":null,"address":null,"weight":0.25}]}"#
        )
    }

    @Test(
        "of a damaged file has what makes sense, and keeps the file beside the new one",
        arguments: [
            ("", "it is no JSON object", 0), ("{\"version\":1,\"plug", "it is no JSON object", 0),
            ("[]", "it is no JSON object", 0), ("{}", "it is of another version of Hookgate", 0),
            ("{\"version\":2,\"plugins\":{}}", "it is of another version of Hookgate", 0),
            ("{\"version\":1,\"plugins\":{\"x\":{}}}", "1 of its 1 entries make no sense", 0),
            (
                record.object.description.replacing("r-5\",\"signal\":\"SIGSEGV\"", with: "r-5\",\"weight\":9"),
                "it is no JSON object", 0
            ),
            (
                record.object.description.replacing("\"weight\":0.25", with: "\"weight\":25"),
                "1 of its 2 entries make no sense", 1
            ),
        ]
    )
    func damaged(text: String, reason: String, count: Int) throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "quarantine.json")
        let file = QuarantineFile(path)
        #expect(try file.read().problem == "\(path): \(reason)")
        let (left, problem) = try file.update { $0.entries.count }
        #expect(left == count)
        #expect(problem == "\(path): \(reason); it is kept as \(path).damaged")
        #expect(try Files.readText(path + ".damaged") == text)
        #expect(try file.read().problem == nil)
        #expect(try file.read().record.entries.count == count)
    }

    @Test("reads a file of any bytes")
    func mutated() throws {
        let directory = try TemporaryDirectory()
        var random = SplitMix64(seed: 7)
        let original = Array(Self.record.object.description.utf8)
        var good = 0
        for _ in 0..<300 {
            var bytes = original
            for _ in 0...Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let file = QuarantineFile(try directory.write(bytes, to: "quarantine.json"))
            let (record, problem) = try file.read()
            if problem == nil { good += 1 }
            #expect(record.entries.count <= 2)
        }
        #expect(good > 0 && good < 300)
    }

    @Test("loses nothing when two change it at the same time")
    func together() async throws {
        let directory = try TemporaryDirectory()
        let file = QuarantineFile(directory("quarantine.json"))
        await withTaskGroup(of: Void.self) { group in
            for part in 0..<2 {
                group.addTask {
                    _ = try? await Blocking.run {
                        for number in 0..<20 {
                            let digits = "\(100 + part * 20 + number)"
                            let digest = String(repeating: "0", count: 61) + digits
                            let crash = QuarantineRecord.Crash(time: Self.time(1), name: digits)
                            _ = try file.update { $0.note(crash, of: digest, QuarantinePolicy(), at: Self.time(1)) }
                        }
                    }
                }
            }
        }
        #expect(try file.read().record.entries.count == 40)
    }

    @Test("is not taken from a file that somebody else could have written, which is left as it is")
    func foreign() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(Self.record.object.description, to: "quarantine.json")
        let link = directory("link.json")
        _ = unsafe symlink(path, link)
        _ = unsafe chmod(path, 0o666)
        let reasons = [
            path: "\(path): its mode 666 lets other users write to it; look who did, and run chmod 600 on it",
            link: "\(link): cannot be opened: Too many levels of symbolic links; it is a symbolic link, which is not "
                + "followed: remove it",
        ]
        for (path, reason) in reasons {
            let file = QuarantineFile(path)
            #expect(throws: JournalError.self) { try file.read() }
            let error = #expect(throws: JournalError.self) { try file.update { _ = $0.clear(.all) } }
            #expect(error?.description == reason)
        }
        #expect(
            try Files.names(in: directory.path).sorted() == [
                "link.json", "link.json.lock", "quarantine.json", "quarantine.json.lock",
            ]
        )
        _ = unsafe chmod(path, 0o600)
        #expect(try QuarantineFile(path).read().record == Self.record)
    }

    @Test(
        "is changed by the user alone whose directory it is in",
        .enabled(if: canGiveAway, "only root can give a directory to another user")
    )
    func user() throws {
        let directory = try TemporaryDirectory()
        let file = QuarantineFile(directory("quarantine.json"))
        try file.checkUser()
        _ = unsafe chown(directory.path, 54_321, getgid())
        let error = #expect(throws: JournalError.self) { try file.checkUser() }
        #expect(
            error?.description
                == "\(directory.path): belongs to user 54321, but this process runs as user \(geteuid()); run it as that "
                + "user (sudo -u '#54321'), or chown it"
        )
        try QuarantineFile(directory("none/quarantine.json")).checkUser()
    }

    /// Whether a file can be given to another user here: root can, unless a namespace has no other.
    private static var canGiveAway: Bool {
        guard let here = try? TemporaryDirectory() else { return false }
        return unsafe chown(here.path, 54_321, getgid()) == 0
    }
}
