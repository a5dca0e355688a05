import CJournal
import Glibc
import PluginJournal
import TestSupport
import Testing

@Suite("A journal that cannot be believed")
struct DamageTests {
    private static var sketch: JournalSketch {
        var sketch = JournalSketch()
        for (index, digit) in "0123456789abcdef".enumerated() {
            let number = sketch.add("plugin \(index)", digest: JournalSketch.digest(digit))
            let hook = sketch.add(hook: "hook_\(index)")
            sketch.mark(slot: index + 1, number, hook, request: "r-\(index)")
        }
        sketch.crash(SIGSEGV, image: 3, slot: 4)
        return sketch
    }

    private static func reason(_ change: (inout JournalSketch) -> Void) -> JournalRemains {
        var sketch = sketch
        change(&sketch)
        return sketch.remains
    }

    @Test("is not read when it is of something else, of another version, or of another length")
    func refused() {
        #expect(JournalRemains(reading: []) == JournalRemains(.none))
        #expect(JournalRemains(reading: Array("no journal".utf8)).end == .unreadable("it is no crash journal"))
        #expect(
            JournalRemains(reading: [UInt8](repeating: 0xFF, count: HOOKGATE_JOURNAL_SIZE)).end
                == .unreadable("it is no crash journal")
        )
        let version = JournalRemains(.unreadable("it is of another version of Hookgate"))
        #expect(Self.reason { $0.header.version += 1 } == version)
        #expect(Self.reason { $0.header.slot_capacity += 1 } == version)
        #expect(Self.reason { $0.header.header_size = 0 } == version)
        #expect(Self.reason { $0.header.state = 7 }.end == .unreadable("its state is 7, which means nothing"))
        #expect(Self.reason { $0.header.state = 0 } == JournalRemains(.none))
    }

    @Test("is not read when its end is missing, wherever that begins, or when there is more")
    func truncated() {
        let bytes = Self.sketch.bytes
        let size = bytes.count
        for count in [1, 7, 8, 128, 247, 248, 255] {
            #expect(JournalRemains(reading: Array(bytes[..<count])).end == .unreadable("it is no crash journal"))
        }
        for count in [256, 4_096, HOOKGATE_JOURNAL_PLUGINS_AT, size / 2, size - 1] {
            #expect(
                JournalRemains(reading: Array(bytes[..<count])).end
                    == .unreadable("it has \(count) bytes instead of \(size)")
            )
        }
        #expect(
            JournalRemains(reading: bytes + [0]).end == .unreadable("it has \(size + 1) bytes instead of \(size)")
        )
    }

    @Test("accuses only plugins that it has, and of no more than one crash, whatever its bytes are", arguments: 0..<4)
    func mutated(part: UInt64) {
        var random = SplitMix64(seed: 20_261_121 + part)
        let original = Self.sketch.bytes
        // What is in use: the header, the slots, and the tables.
        let regions = [
            0..<256, 0..<128, HOOKGATE_JOURNAL_SLOTS_AT..<HOOKGATE_JOURNAL_SLOTS_AT + 16 * 128,
            HOOKGATE_JOURNAL_PLUGINS_AT..<HOOKGATE_JOURNAL_PLUGINS_AT + 16 * 192,
            HOOKGATE_JOURNAL_HOOKS_AT..<HOOKGATE_JOURNAL_HOOKS_AT + 16 * 64,
        ]
        var readable = 0
        for _ in 0..<500 {
            var bytes = original
            for _ in 0...Int.random(in: 0...12, using: &random) {
                let region = regions.randomElement(using: &random) ?? 0..<256
                let start = region.lowerBound == 0 ? 8 : region.lowerBound
                let place = Int.random(in: start..<region.upperBound, using: &random)
                bytes[place] =
                    [0, 0xFF, 1, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            let remains = JournalRemains(reading: bytes)
            if case .unreadable = remains.end { continue }
            readable += 1
            let culprits = remains.culprits
            #expect(culprits.reduce(0) { $0 + $1.weight } < 1.001)
            for culprit in culprits {
                #expect(culprit.plugin.digest.utf8.count == 64)
                #expect(!culprit.plugin.name.isEmpty)
                #expect(culprit.weight > 0)
            }
        }
        // Else the loop has looked at nothing.
        #expect(readable > 50)
    }
}
