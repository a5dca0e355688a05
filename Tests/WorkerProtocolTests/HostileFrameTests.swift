import PluginHooks
import PluginPayloads
import Testing
import WorkerProtocol

@Suite("A frame that a plugin has spoilt")
struct HostileFrameTests {
    @Test("is refused if its lengths or offsets cannot be")
    func headers() throws {
        let tested = try TestedMemory()
        let area = UInt64(RegionGeometry.slotArea(3))
        let end = UInt64(tested.memory.geometry.regionBytes)
        func header(_ offset: UInt64, _ reply: UInt32, _ effects: UInt32, status: UInt32 = 0) -> ResultFrame.Header {
            ResultFrame.Header(offset: offset, status: status, replyBytes: reply, effectsBytes: effects)
        }
        let outside: [(UInt64, UInt32, UInt32)] = [
            (0, 64, 0), (area + 4, 64, 0), (end, 64, 0), (end - 8, 64, 0), (.max, 64, 0), (.max - 7, 64, 0),
            (area, .max, 0), (area, .max, .max), (area, .max - 7, 16), (area, 0, .max), (area, 8, .max - 7),
            (UInt64(Int.max) + 1, 8, 8),
        ]
        for (offset, reply, effects) in outside {
            let verdict = tested.verdict(header(offset, reply, effects))
            #expect(
                verdict == "\(reply) and \(effects) bytes at \(offset) are not within the worker's areas",
                "\(offset) \(reply) \(effects)"
            )
        }
        #expect(tested.verdict(header(.max, 0, 0)) == "accepted")
        #expect(tested.verdict(header(area, 0, 0, status: 2)) == "the status is 2, known are 0 and 1")
        #expect(tested.verdict(header(area, 0, 0, status: 1)) == "a failure without code or message")
    }

    @Test(
        "is refused if its effects are of wrong types",
        arguments: [
            ([], "the effects are no object"),
            (["metadata": 1], "metadata is no object"),
            (["http_headers": []], "http_headers is no object"),
            (["http_headers": ["a": 1]], "the headers are no object of texts"),
            (["retry_delay_ms": -1], "retry_delay_ms is no whole number of milliseconds"),
            (["retry_delay_ms": 1.5], "retry_delay_ms is no whole number of milliseconds"),
            (["retry_delay_ms": "1"], "retry_delay_ms is no whole number of milliseconds"),
            (["state": [:]], "the state is no list"),
            (["state": [[0]]], "a state is no list of scope, key and value"),
            (["state": [[4, "k", 1]]], "a state is no list of scope, key and value"),
            (["state": [[-1, "k"]]], "a state is no list of scope, key and value"),
            (["state": [[9_000_000_000_000_000_000, "k"]]], "a state is no list of scope, key and value"),
            (["state": [[0, 1, 1]]], "a state is no list of scope, key and value"),
            (["state": [[0, "k", 1, 1]]], "a state is no list of scope, key and value"),
            (["counts": [1]], "counts are no object, or too many"),
            (["counts": ["a": "b"]], #"the count of "a" is no integer"#),
        ] as [(JSONValue, String)]
    )
    func effects(value: JSONValue, refusal: String) throws {
        let tested = try TestedMemory()
        let block = try PayloadBlock(value)
        tested.memory.replies.write(block, at: RegionGeometry.slotArea(3))
        let header = ResultFrame.Header(
            offset: UInt64(RegionGeometry.slotArea(3)),
            status: 0,
            replyBytes: 0,
            effectsBytes: UInt32(block.size)
        )
        #expect(tested.verdict(header) == refusal)
    }

    @Test("is refused if it counts under too many names")
    func counts() throws {
        let tested = try TestedMemory()
        let names = (0..<1025).map { ("n\($0)", Int64(1)) }
        #expect(throws: BlockError.self) {
            try tested.roundTrip(.completed(nil), counts: Dictionary(uniqueKeysWithValues: names))
        }
        let allowed = Dictionary(uniqueKeysWithValues: names.dropLast())
        #expect(try tested.roundTrip(.completed(nil), counts: allowed).counts == allowed)
    }

    @Test("is refused if it counts under a name of more than 64 bytes")
    func countNames() throws {
        let tested = try TestedMemory()
        let longest = String(repeating: "n", count: 64)
        #expect(try tested.roundTrip(.completed(nil), counts: [longest: 1]).counts == [longest: 1])
        #expect {
            try tested.roundTrip(.completed(nil), counts: [longest + "n": 1])
        } throws: { error in
            "\(error)" == "the name of a count has 65 bytes, 64 are allowed"
        }
    }

    @Test("has a message of 4,096 bytes at most, also if these are one character")
    func message() throws {
        let tested = try TestedMemory()
        let accents = "e" + String(repeating: "\u{301}", count: 20_000)
        guard case .failed(.failed, let message) = try tested.roundTrip(.failed(.failed, message: accents)).response
        else {
            Issue.record("a failure arrives as one")
            return
        }
        #expect(message.unicodeScalars.elementsEqual(accents.unicodeScalars.prefix(2_048)))
        #expect(message.utf8.count == 4_095)
    }

    @Test("is refused if its block is larger than the limit, although it fits")
    func size() throws {
        let tested = try TestedMemory()
        let effects = HookEffects()
        effects.reply = try PayloadBlock(["text": .string(String(repeating: "x", count: 70_000))] as JSONValue)
        #expect(throws: BlockError.self) { try tested.roundTrip(.completed(effects)) }
    }

    @Test("that asks is refused if its slot, name or lengths cannot be")
    func questions() throws {
        let memory = try TestedMemory().memory
        let payload = try PayloadBlock(["a": 1] as JSONValue)
        AskFrame(slot: 1, sequence: 1, hook: "ask", payload: payload).write(
            to: memory,
            ask: 0,
            at: RegionGeometry.askArea(0)
        )
        let good = memory.replies.load(AskFrame.Header.self, at: memory.askHeader(0))
        func isRefused(_ change: (inout AskFrame.Header) -> Void) -> Bool {
            var header = good
            change(&header)
            memory.replies.store(header, at: memory.askHeader(0))
            return (try? AskFrame(memory, ask: 0, limits: TestedMemory.limits)) == nil
        }
        #expect(!isRefused { _ in })
        #expect(isRefused { $0.slot = 64 })
        #expect(isRefused { $0.slot = .max })
        #expect(isRefused { $0.nameBytes = 0 })
        #expect(isRefused { $0.nameBytes = 129 })
        #expect(isRefused { $0.nameBytes = .max })
        #expect(isRefused { $0.payloadBytes = .max })
        #expect(isRefused { $0.payloadBytes = 0 })
        #expect(isRefused { $0.offset = 0 })
        #expect(isRefused { $0.offset = .max - 7 })
        #expect(isRefused { $0.offset += 1 })
        memory.replies.write([0xFF, 0xFE, 0x20], at: RegionGeometry.askArea(0))
        #expect(isRefused { _ in })
    }

    @Test(
        "never does harm: 5,000 frames of each seed with random changes are read or refused",
        arguments: 1...4 as ClosedRange<UInt64>
    )
    func mutations(seed: UInt64) throws {
        let tested = try TestedMemory()
        let effects = HookEffects()
        effects.reply = try PayloadBlock(["name": "x", "args": ["a": [1, 2, "three"]]] as JSONValue)
        effects.metadata = ["m": ["k": "v"]]
        effects.stateWrites = [StateWrite(scope: .pluginState, key: "k", value: effects.reply)]
        let area = RegionGeometry.slotArea(3)
        let parts = try ResultFrame(.completed(effects), counts: ["n": 1]).parts()
        parts.write(to: tested.memory, slot: 3, at: area)
        let good = tested.memory.replies.bytes(at: area, count: parts.size)
        let header = tested.memory.replies.bytes(at: tested.memory.resultHeader(3), count: 20)
        var random = Random(state: seed)
        var refusals = 0
        for _ in 0..<5_000 {
            var bytes = good
            var head = header
            for _ in 0...random.next(below: 3) {
                let value = random.next(below: 4) == 0 ? 0xFF : UInt8(random.next(below: 256))
                if random.next(below: 3) == 0 {
                    head[Int(random.next(below: UInt64(head.count)))] = value
                } else {
                    bytes[Int(random.next(below: UInt64(bytes.count)))] = value
                }
            }
            tested.memory.replies.write(bytes, at: area)
            tested.memory.replies.write(head, at: tested.memory.resultHeader(3))
            if let frame = try? tested.readResult() { _ = text(frame.response) } else { refusals += 1 }
        }
        #expect(refusals > 500)
        #expect(refusals < 5_000)
    }

    /// A small generator that gives the same numbers for the same seed.
    private struct Random {
        var state: UInt64

        mutating func next(below limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }
    }
}
