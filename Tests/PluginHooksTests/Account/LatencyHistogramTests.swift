import PluginHooks
import TestSupport
import Testing

@Suite("How long calls took")
struct LatencyHistogramTests {
    private static func percentiles(_ values: some Sequence<UInt64>) -> LatencyPercentiles? {
        let histogram = LatencyHistogram()
        for value in values { histogram.record(value) }
        return histogram.percentiles
    }

    private static func all(_ value: UInt64) -> LatencyPercentiles {
        LatencyPercentiles(median: value, p95: value, p99: value)
    }

    @Test("is not known before the first call")
    func empty() {
        #expect(Self.percentiles([]) == nil)
    }

    @Test(
        "is the upper bound of a range that is an eighth wide",
        arguments: [
            (0, 0), (1, 1), (7, 7), (8, 8), (15, 15), (16, 17), (17, 17), (18, 19), (100, 103), (1000, 1023),
            (1024, 1151), (1_000_000, 1_048_575), (1 << 50, (9 << 47) - 1),
        ] as [(UInt64, UInt64)]
    )
    func bounds(_ value: UInt64, _ bound: UInt64) {
        #expect(Self.percentiles([value]) == Self.all(bound))
    }

    @Test("is never less than it was, and at most an eighth more", arguments: 0..<50)
    func precision(_ power: Int) throws {
        let first = UInt64(1) << UInt64(power)
        var random = SplitMix64(seed: UInt64(power))
        for _ in 0..<100 {
            let value = UInt64.random(in: first..<(2 * first), using: &random)
            let bound = try #require(Self.percentiles([value])).median
            #expect(bound >= value)
            #expect(bound - value <= value / 8)
        }
    }

    @Test("is a fortnight at most", arguments: [(1 << 51) + 5, 1 << 63, .max] as [UInt64])
    func huge(_ value: UInt64) {
        #expect(Self.percentiles([value]) == Self.percentiles([1 << 50]))
    }

    @Test("is the time that so many of a hundred calls did not exceed")
    func ranks() {
        let hundred = (0..<50).map { _ in 1 as UInt64 } + (0..<45).map { _ in 2 } + (0..<4).map { _ in 3 } + [4]
        #expect(Self.percentiles(hundred.reversed()) == LatencyPercentiles(median: 1, p95: 2, p99: 3))
        #expect(Self.percentiles([1, 2]) == LatencyPercentiles(median: 1, p95: 2, p99: 2))
        #expect(Self.percentiles([1, 2, 3]) == LatencyPercentiles(median: 2, p95: 3, p99: 3))
    }
}
