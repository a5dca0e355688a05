/// A bucket that loses a token with each call, and gets them back at its rate.
///
/// It only knows when it will be full again. Times are counted in parts of a nanosecond, as many as the rate has calls in
/// a period, so that a token takes a whole number of them, and nothing is ever rounded.
struct Bucket {
    let rate: Rate
    private(set) var fullAt: Int128

    /// A full bucket.
    init(_ rate: Rate, at now: Int) {
        self.rate = rate
        fullAt = Int128(now) * Int128(rate.count)
    }

    private var tokenTime: Int128 { Int128(rate.period) }
    private var emptyTime: Int128 { tokenTime * Int128(rate.burst) }

    private func missing(at now: Int) -> Int128 { max(0, fullAt - Int128(now) * Int128(rate.count)) }

    /// The nanosecond in which the bucket is full again.
    var fullNanosecond: Int { Int(Self.roundedUp(fullAt, by: Int128(rate.count))) }

    /// Tokens in the bucket.
    func tokens(at now: Int) -> Int { Int((emptyTime - missing(at: now)) / tokenTime) }

    /// Takes a token, which is known to be there.
    mutating func take(at now: Int) {
        fullAt = max(fullAt, Int128(now) * Int128(rate.count)) + tokenTime
    }

    /// Seconds until there is a token, rounded up; 0 if there is one.
    func secondsToToken(at now: Int) -> Int { seconds(missing(at: now) + tokenTime - emptyTime) }

    /// Seconds until the bucket is full, rounded up.
    func secondsToFull(at now: Int) -> Int { seconds(missing(at: now)) }

    private func seconds(_ time: Int128) -> Int {
        Int(Self.roundedUp(max(0, time), by: Int128(rate.count) * 1_000_000_000))
    }

    private static func roundedUp(_ value: Int128, by divisor: Int128) -> Int128 { (value + divisor - 1) / divisor }
}
