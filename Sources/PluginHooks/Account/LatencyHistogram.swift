import Synchronization

/// How long calls took, in buckets that are at most an eighth wide.
///
/// Each power of two is split into eight, as HdrHistogram does.
package final class LatencyHistogram: Sendable {
    private static let subdivisions = 8
    /// Thirteen days, in nanoseconds: nothing takes longer.
    private static let longest: UInt64 = 1 << 50

    private let buckets = Mutex<[UInt32]>([])

    package init() {}

    /// Adds a measurement.
    package func record(_ nanoseconds: UInt64) {
        let bucket = Self.bucket(of: nanoseconds)
        buckets.withLock { buckets in
            if buckets.isEmpty { buckets = [UInt32](repeating: 0, count: Self.bucket(of: Self.longest) + 1) }
            buckets[min(bucket, buckets.count - 1)] &+= 1
        }
    }

    /// The percentiles of all measurements; `nil` if there is none.
    package var percentiles: LatencyPercentiles? {
        let buckets = buckets.withLock { $0 }
        let total = buckets.reduce(0) { $0 + Int($1) }
        guard total > 0 else { return nil }
        return LatencyPercentiles(
            median: Self.percentile(50, of: buckets, total),
            p95: Self.percentile(95, of: buckets, total),
            p99: Self.percentile(99, of: buckets, total)
        )
    }

    private static func percentile(_ percent: Int, of buckets: [UInt32], _ total: Int) -> UInt64 {
        let rank = max(1, (total * percent + 99) / 100)
        var sum = 0
        for (bucket, count) in buckets.enumerated() {
            sum += Int(count)
            if sum >= rank { return upperBound(of: bucket) }
        }
        return upperBound(of: buckets.count - 1)
    }

    private static func bucket(of nanoseconds: UInt64) -> Int {
        guard nanoseconds >= UInt64(subdivisions) else { return Int(nanoseconds) }
        let power = 63 - nanoseconds.leadingZeroBitCount
        let part = Int(nanoseconds >> UInt64(power - 3)) & (subdivisions - 1)
        return (power - 2) * subdivisions + part
    }

    /// The largest value of a bucket.
    private static func upperBound(of bucket: Int) -> UInt64 {
        guard bucket >= subdivisions else { return UInt64(bucket) }
        let power = UInt64(bucket / subdivisions + 2)
        let part = UInt64(bucket % subdivisions)
        return ((UInt64(subdivisions) + part + 1) << (power - 3)) - 1
    }
}

/// How long calls of a hook took, in nanoseconds; each is the upper bound of a range that is an eighth wide.
package struct LatencyPercentiles: Sendable, Equatable {
    package var median: UInt64
    package var p95: UInt64
    package var p99: UInt64

    package init(median: UInt64, p95: UInt64, p99: UInt64) {
        self.median = median
        self.p95 = p95
        self.p99 = p99
    }
}
