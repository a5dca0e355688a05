import PluginPayloads
import Testing

@Suite("Round trips")
struct RoundTripTests {
    @Test("a value comes back from its block", arguments: 0..<20)
    func values(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: true)
        for _ in 0..<100 {
            let value = random.value()
            let block = try PayloadBlock(value)
            #expect(block.value == value)
            #expect(block.jsonBytes == Array(value.description.utf8))
            #expect(try PayloadBlock(block.value) == block)
        }
    }

    @Test("text comes back from its block", arguments: 100..<120)
    func texts(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: false)
        for _ in 0..<100 {
            let value = random.value()
            let text = value.description
            let block = try PayloadBlock(json: text)
            #expect(block.jsonBytes == Array(text.utf8))
            #expect(block.value == value)
            #expect(try memory(of: PayloadBlock(value)) == memory(of: block))
        }
    }

    @Test("white space and escapes change nothing", arguments: 200..<220)
    func looseTexts(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: false)
        for index in UInt64(0)..<100 {
            let value = random.value()
            let text = LooseText(value, seed: seed &* 1000 &+ index).text
            #expect(try JSONValue(json: text) == value)
        }
    }

    @Test("the validator accepts what parser, writer and builder make", arguments: 300..<310)
    func accepted(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: true)
        for _ in 0..<100 {
            let written = try PayloadBlock(random.value())
            let parsed = try PayloadBlock(json: written.json)
            for block in [written, parsed, written.root.block] {
                #expect(refusalInPlace(of: memory(of: block)) == nil)
                #expect(try checkedCopy(of: memory(of: block)) == block)
            }
        }
    }

    @Test("blocks in any order, with garbage between, are accepted and read", arguments: 400..<420)
    func shuffled(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: true)
        for index in UInt64(0)..<50 {
            let value = random.value()
            let bytes = ShuffledBlock.bytes(of: value, seed: seed &* 1000 &+ index)
            #expect(refusalInPlace(of: bytes) == nil)
            #expect(try checkedCopy(of: bytes).value == value)
        }
    }

    @Test("a large block in any order is accepted and read")
    func largeShuffled() throws {
        let value = JSONValue.array((0..<5000).map { ["number": .int($0), "text": .string("text \($0)")] })
        let bytes = ShuffledBlock.bytes(of: value, seed: 7)
        #expect(refusalInPlace(of: bytes) == nil)
        #expect(try checkedCopy(of: bytes).value == value)
    }

    @Test("random changes of a text are refused, or change to a text that is stable", arguments: 500..<510)
    func changedTexts(seed: UInt64) throws {
        var random = RandomValues(seed: seed, beyondJSON: false)
        var accepted = 0
        for _ in 0..<300 {
            var text = Array(LooseText(random.value(), seed: seed).text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random.generator) { change(&text, &random.generator) }
            guard let block = try? PayloadBlock(json: text) else { continue }
            accepted += 1
            #expect(refusal(of: memory(of: block)) == nil)
            let printed = block.jsonBytes
            #expect(try PayloadBlock(json: printed).jsonBytes == printed)
        }
        #expect(accepted > 30)
    }

    private func change(_ text: inout [UInt8], _ generator: inout SeededGenerator) {
        let place = Int.random(in: 0...text.count, using: &generator)
        let byte = generator.one(
            of: Array("\"\\{}[]:,-+.eE0123456789 tfnu\n".utf8) + [0, 0x7F, 0x80, 0xC3, 0xED, 0xF0]
        )
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: text.insert(byte, at: place)
        case 1 where place < text.count: text[place] = byte
        default: if place < text.count { text.remove(at: place) }
        }
    }
}
